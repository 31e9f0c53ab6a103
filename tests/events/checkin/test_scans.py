"""What devices send, in the database: whom it lets in, who is refused and why, conflicts, walk-ins, and who
came in the end."""

from datetime import timedelta

import pytest
from factories.checkin import HOUR, MINUTE, a_day, an_entrance, came, main_list, scan, sent, undo
from factories.registrations import STARTS, WORKER, a_ticket, registered, registration_data

from sauga.events.checkin.actions import attendance, setup, walk_ins
from sauga.events.checkin.actions.attendance import AttendanceRefused, Came
from sauga.events.checkin.actions.scans import Message, ScanRefused, take
from sauga.events.checkin.actions.setup import ListRefused
from sauga.events.checkin.actions.walk_ins import ListClosed
from sauga.events.checkin.models import CheckIn, CheckList, Device
from sauga.events.checkin.queries import progress
from sauga.events.checkin.queries.attendance import count_of
from sauga.events.checkin.rules import Outcome
from sauga.events.planning.queries.counts import between, no_show
from sauga.events.planning.rules.counts import What
from sauga.events.programme.actions.events import copy_event
from sauga.events.programme.actions.publication import cancel_event, close_events
from sauga.events.programme.actions.sessions import SessionGiven, add_session
from sauga.events.programme.models import Event
from sauga.events.programme.rules.local_times import local_time
from sauga.events.registration.actions import desk
from sauga.events.registration.actions.registrations import NoSeat
from sauga.events.registration.models import Quota, Registration, Ticket
from sauga.events.states import RegistrationState
from sauga.kernel import audit, retention
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.refusals import ReasonMissing
from sauga.kernel.sealed.models import WrappedKey
from tests.centre import Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
BEFORE = STARTS - timedelta(days=30)
DOORS = STARTS - HOUR


def people(ticket, *names: str) -> list[Registration]:
    return [registered(ticket, name, at=BEFORE) for name in names]


def state(row: Registration) -> tuple[str, int | None]:
    row.refresh_from_db()
    return row.state, row.attended_heads


def over(centre: Centre, event) -> None:
    close_events(by=WORKER, at=event.ends + MINUTE)
    event.refresh_from_db()
    while attendance.settle_some(by=WORKER, event=event, at=event.ends + MINUTE):
        pass


def test_the_first_scan_counts_a_second_elsewhere_is_a_conflict_and_sending_again_adds_nothing(
    centre: Centre,
):
    event, ticket = a_day(centre, STARTS)
    (ona,) = people(ticket, "Ona")
    first, second = an_entrance(centre, event, "A"), an_entrance(centre, event, "B")
    late, early = scan(ona, DOORS + 5 * MINUTE), scan(ona, DOORS)
    assert came(sent(centre, event, late, at=DOORS + 20 * MINUTE, entrance=first)) == [("COUNTED", "")]
    assert state(ona) == (RegistrationState.CHECKED_IN, 1)
    rows = sent(centre, event, early, at=DOORS + 30 * MINUTE, device="phone-b", entrance=second)
    assert came(rows) == [("COUNTED", "")]  # earlier by the time of the scan, though it arrived later
    assert CheckIn.objects.get(nonce=late.nonce).outcome == Outcome.CONFLICT
    for _again in range(2):
        rows = sent(centre, event, late, early, at=DOORS + HOUR)
        assert came(rows) == [("CONFLICT", ""), ("COUNTED", "")]
    assert CheckIn.objects.count() == 2 and state(ona) == (RegistrationState.CHECKED_IN, 1)
    counts = progress.counts_of(main_list(event))
    assert (counts.expected, counts.inside, counts.by_entrance) == (1, 1, {second.ref: 1})
    (clash,) = progress.conflicts(event)
    with pytest.raises(ReasonMissing):
        setup.resolve(by=centre.actor("DOOR_STAFF"), check_in=clash, resolution="?", at=DOORS)
    setup.resolve(by=centre.actor("DOOR_STAFF"), check_in=clash, resolution="SAME", at=DOORS)
    assert progress.conflict_count(event) == 0 and CheckIn.objects.count() == 2  # nothing is dropped


def test_undo_takes_back_and_what_came_after_counts_instead(centre: Centre):
    event, ticket = a_day(centre, STARTS)
    (ona,) = people(ticket, "Ona")
    first, second = scan(ona, DOORS), scan(ona, DOORS + MINUTE)
    sent(centre, event, first, at=DOORS)
    sent(centre, event, undo(first, ona, DOORS + MINUTE), at=DOORS + MINUTE, device="phone-b")
    assert state(ona) == (RegistrationState.CONFIRMED, None)
    assert not ona.steps.filter(before=RegistrationState.CHECKED_IN, mailed_at__isnull=False).exists()
    sent(centre, event, second, at=DOORS + 2 * MINUTE)
    assert state(ona) == (RegistrationState.CHECKED_IN, 1)


def test_a_class_may_come_in_parts(centre: Centre):
    event, _ticket = a_day(centre, STARTS)
    classes = a_ticket(centre, event, 30, classes=True, at=BEFORE)
    group = registered(classes, "a", pupils=9, at=BEFORE)
    most = scan(group, DOORS, groups={"grades_5_8": 7, "educators": 1})
    rest = scan(group, DOORS + MINUTE, groups={"grades_5_8": 2})
    whole = scan(group, DOORS + 2 * MINUTE, groups={"grades_5_8": 9, "educators": 1})
    sent(centre, event, rest, at=DOORS + 3 * MINUTE, device="phone-b")
    rows = sent(centre, event, most, whole, at=DOORS + 3 * MINUTE)
    assert came(rows) == [("COUNTED", ""), ("CONFLICT", "")]
    assert state(group) == (RegistrationState.CHECKED_IN, 10) and group.attended_groups == {
        "grades_5_8": 9,
        "educators": 1,
    }
    more = scan(group, DOORS, groups={"grades_5_8": 90})
    assert came(sent(centre, event, more, at=DOORS)) == [("REFUSED", "HEADS")]


def a_workshop(centre: Centre, event: Event) -> tuple[CheckList, Ticket]:
    """The check list of a session with a ticket of its own."""
    by = centre.actor("ORGANISER")
    given = SessionGiven(
        title={"lt": "Dirbtuvės", "en": "Workshop"},
        starts=local_time(STARTS),
        ends=local_time(STARTS + HOUR),
    )
    session = add_session(by=by, event=event, given=given, at=BEFORE)
    ticket = a_ticket(centre, event, 5, at=BEFORE)
    listed = setup.put_list(by=by, event=event, session=session, tickets=[ticket], opens_before=15, at=BEFORE)
    return listed, ticket


def test_who_does_not_enter_is_refused_with_the_reason_and_recorded(centre: Centre):
    event, ticket = a_day(centre, STARTS, 2)
    ona, ieva, rita = people(ticket, "Ona", "Ieva", "Rita")
    other, foreign = a_day(centre, STARTS + 50 * HOUR)
    stranger = registered(foreign, "Jonas", at=BEFORE + timedelta(days=3))
    desk.cancel(by=centre.actor("ORGANISER"), registration=ieva, at=BEFORE)
    assert state(rita)[0] == RegistrationState.WAITLISTED
    workshop, workshop_ticket = a_workshop(centre, event)
    (member,) = people(workshop_ticket, "Lukas")
    rows = sent(
        centre,
        event,
        scan(ona, STARTS - 3 * HOUR),
        scan(ieva, DOORS),
        scan(rita, DOORS),
        scan(ona, DOORS, token=stranger.entry_token),
        scan(ona, DOORS, token="0" * 16),
        scan(ona, STARTS - 5 * MINUTE, check_list=workshop),
        scan(member, STARTS - 5 * MINUTE, check_list=workshop),
        scan(ona, STARTS - 5 * MINUTE, token=f"sauga:{ona.entry_token.lower()}"),
        at=STARTS,
    )
    assert came(rows) == [
        ("REFUSED", "EARLY"),
        ("REFUSED", "CANCELLED"),
        ("REFUSED", "WAITLISTED"),
        ("REFUSED", "OTHER_EVENT"),
        ("REFUSED", "UNKNOWN"),
        ("REFUSED", "LIST"),
        ("COUNTED", ""),
        ("COUNTED", ""),
    ]
    assert state(ona) == (RegistrationState.CHECKED_IN, 1)
    assert state(member) == (
        RegistrationState.CONFIRMED,
        None,
    )  # the list of a session is independent of the main one
    assert len(progress.refused(event)) == 6
    assert not CheckIn.objects.filter(registration=stranger).exists()
    late = scan(member, event.ends + MINUTE)
    assert came(sent(centre, event, late, at=event.ends + MINUTE)) == [("REFUSED", "OVER")]
    cancel_event(by=centre.actor("ORGANISER"), event=other, reason="speaker", note={}, at=STARTS)
    gone = scan(stranger, other.starts)
    assert came(sent(centre, other, gone, at=other.starts)) == [("REFUSED", "EVENT_CANCELLED")]


def test_nobody_without_the_permission_and_no_list_of_another_event(centre: Centre):
    event, ticket = a_day(centre, STARTS)
    (ona,) = people(ticket, "Ona")
    other, _ticket = a_day(centre, STARTS + 50 * HOUR)
    for role in ("PHOTOGRAPHER", "PROGRAMME_COMMITTEE", "EDITOR", "COUNSELLOR"):
        with pytest.raises(PermissionRefused):
            sent(centre, event, scan(ona, DOORS), at=DOORS, role=role)
    with pytest.raises(ScanRefused):
        sent(centre, event, scan(ona, DOORS, check_list=main_list(other)), at=DOORS)
    with pytest.raises(ScanRefused):
        sent(centre, event, *[scan(ona, DOORS)] * 501, at=DOORS)
    with pytest.raises(ScanRefused):
        take(
            by=centre.actor("DOOR_STAFF"),
            event=event,
            message=Message(device="", sent=DOORS),
            at=DOORS,
        )
    for act in (setup.put_entrance, setup.put_list, attendance.record_list):
        with pytest.raises(PermissionRefused):
            given = {"name": {}} if act is setup.put_entrance else {"tickets": [], "opens_before": 0}
            given = {"came": [], "others_missed": True} if act is attendance.record_list else given
            act(by=centre.actor("DOOR_STAFF"), event=event, at=DOORS, **given)
    assert not CheckIn.objects.exists() and not Device.objects.exists()


def test_a_phone_with_a_wrong_clock_is_put_in_order_and_says_so(centre: Centre):
    event, ticket = a_day(centre, STARTS)
    (ona,) = people(ticket, "Ona")
    year = timedelta(days=365)
    first = scan(ona, DOORS - year)
    sent(centre, event, scan(ona, DOORS + 2 * MINUTE), at=DOORS + 2 * MINUTE)
    sent(
        centre,
        event,
        first,
        at=DOORS + 10 * MINUTE,
        clock=DOORS + 10 * MINUTE - year,
        device="phone-b",
    )
    row = CheckIn.objects.get(nonce=first.nonce)
    assert (row.scanned_at, row.outcome) == (DOORS, Outcome.COUNTED)
    assert Device.objects.get(code="phone-b").slow_by == 2**31 - 1


def test_walk_ins_get_a_seat_at_once_or_nothing(centre: Centre):
    event, ticket = a_day(centre, STARTS, 2)
    people(ticket, "Ona")
    by, given = centre.actor("DOOR_STAFF"), registration_data("Jonas", address="")

    def walk(given=given, at=DOORS, ticket=ticket):
        return walk_ins.walk_in(
            by=by,
            ticket=ticket,
            data=given,
            check_list=main_list(event),
            device="phone-a",
            entrance=None,
            at=at,
        )

    with pytest.raises(ListClosed):
        walk(at=STARTS - 3 * HOUR)
    row, scanned = walk()
    assert walk()[0].pk == row.pk and scanned.outcome == Outcome.COUNTED  # a double click is one
    assert state(row) == (RegistrationState.CHECKED_IN, 1) and Quota.objects.get().taken == 2
    with pytest.raises(NoSeat) as full:
        walk(registration_data("Petras", address=""))
    assert full.value.why == "full" and Registration.objects.count() == 2
    two = setup_more(centre, event, ticket)
    namesakes = [walk(registration_data("Rasa", address=""))[0] for _n in range(2)]
    assert {one.state for one in namesakes} == {RegistrationState.CHECKED_IN} and two == 4
    people(ticket, "Vilius")  # waits
    Quota.objects.update(size=5)
    with pytest.raises(NoSeat) as waits:
        walk(registration_data("Petras", address=""), at=STARTS - HOUR - MINUTE)
    assert waits.value.why == "waiting"
    assert (
        walk(registration_data("Petras", address=""), at=STARTS)[0].state == RegistrationState.CHECKED_IN
    )  # the line has ended
    approved = a_ticket(centre, event, 5, approval=True, at=BEFORE)
    with pytest.raises(NoSeat) as asks:
        walk(registration_data("Agnė", address=""), ticket=approved)
    assert asks.value.why == "approval"


def setup_more(centre: Centre, event, ticket) -> int:
    from sauga.events.registration.actions.setup import change_quota

    quota = ticket.quotas.get()
    return change_quota(by=centre.actor("ORGANISER"), quota=quota, name=quota.name, size=4, at=DOORS).size


def test_after_the_event_who_was_in_has_attended_and_the_others_did_not_come(centre: Centre):
    event, ticket = a_day(centre, STARTS)
    ona, ieva, rita = people(ticket, "Ona", "Ieva", "Rita")
    sent(centre, event, scan(ona, DOORS), at=DOORS)
    with pytest.raises(AttendanceRefused):
        attendance.correct(
            by=centre.actor("ORGANISER"), registration=ona, heads=0, reason="MISTAKE", at=DOORS
        )
    over(centre, event)
    assert [state(row) for row in (ona, ieva, rita)] == [
        (RegistrationState.ATTENDED, 1),
        (RegistrationState.NO_SHOW, 0),
        (RegistrationState.NO_SHOW, 0),
    ]
    late = scan(ieva, STARTS)
    sent(centre, event, late, at=event.ends + HOUR)  # a phone that was without a network
    assert state(ieva) == (RegistrationState.ATTENDED, 1)
    by = centre.actor("ORGANISER")
    attendance.correct(by=by, registration=rita, heads=1, reason="SEEN", at=event.ends + HOUR)
    attendance.correct(by=by, registration=ona, heads=0, reason="MISTAKE", at=event.ends + HOUR)
    for wrong in ("SEEN", "?"):
        with pytest.raises((AttendanceRefused, ReasonMissing)):
            attendance.correct(by=by, registration=rita, heads=1, reason=wrong, at=STARTS)
    with pytest.raises(AttendanceRefused):
        attendance.correct(by=by, registration=rita, heads=2, reason="PART", at=STARTS)
    assert [state(row) for row in (ona, ieva, rita)] == [
        (RegistrationState.NO_SHOW, 0),
        (RegistrationState.ATTENDED, 1),
        (RegistrationState.ATTENDED, 1),
    ]
    assert rita.steps.latest("pk").why == "SEEN"
    day = event.starts.date()
    days = (day, day + timedelta(days=1))
    assert between(What.REGISTERED, *days, "kind") == {"seminar": 3}
    assert between(What.ATTENDED, *days, "kind") == {"seminar": 2}
    share, seats = no_show(*days)
    assert seats == 3 and share == pytest.approx(1 / 3)
    names = [entry.action for entry in audit.timeline(rita, zone="awareness")]
    assert "event_registration:changed" in names
    retention.run(event.ends + timedelta(days=31), only=["events.registration", "events.device"])
    assert not CheckIn.objects.filter(registration__isnull=False).exists() and not Device.objects.exists()
    assert count_of(event).attended == 2  # the figures stay
    assert not WrappedKey.objects.filter(holder=rita.holder).exists()


def test_without_check_in_nobody_is_called_absent_until_a_list_is_entered(centre: Centre):
    event, ticket = a_day(centre, STARTS)
    ona, ieva, rita = people(ticket, "Ona", "Ieva", "Rita")
    by, later = centre.actor("ORGANISER"), STARTS + 9 * HOUR
    with pytest.raises(AttendanceRefused):
        attendance.record_list(
            by=by, event=event, came=[Came(registration=ona, heads=1)], others_missed=True, at=DOORS
        )
    over(centre, event)
    assert state(ona) == (RegistrationState.CONFIRMED, None) and count_of(event).attended is None
    with pytest.raises(AttendanceRefused):  # one wrong line, and nothing is entered
        attendance.record_list(
            by=by,
            event=event,
            came=[Came(registration=ona, heads=1), Came(registration=ieva, heads=2)],
            others_missed=True,
            at=later,
        )
    assert state(ona) == (RegistrationState.CONFIRMED, None)
    done = attendance.record_list(
        by=by, event=event, came=[Came(registration=ona, heads=1)], others_missed=False, at=later
    )
    assert (
        done == 1
        and state(ona) == (RegistrationState.ATTENDED, 1)
        and state(ieva) == (RegistrationState.CONFIRMED, None)
    )
    attendance.record_list(
        by=by, event=event, came=[Came(registration=rita, heads=1)], others_missed=True, at=later
    )
    assert [state(row) for row in (ona, ieva, rita)] == [
        (RegistrationState.NO_SHOW, 0),
        (RegistrationState.NO_SHOW, 0),
        (RegistrationState.ATTENDED, 1),
    ]


def test_lists_and_entrances_are_set_up_copied_and_kept_where_they_are_used(centre: Centre):
    event, ticket = a_day(centre, STARTS)
    by = centre.actor("ORGANISER")
    main, entrance = main_list(event), an_entrance(centre, event)
    setup.put_list(by=by, event=event, tickets=[], opens_before=30, check_list=main, at=BEFORE)
    assert main_list(event).opening.opens == STARTS - 30 * MINUTE
    for wrong in ({"opens_before": 5000, "check_list": main}, {"opens_before": 5}):
        with pytest.raises(ListRefused):
            setup.put_list(by=by, event=event, tickets=[], at=BEFORE, **wrong)
    with pytest.raises(ListRefused):
        setup.remove_list(by=by, check_list=main, at=BEFORE)
    (ona,) = people(ticket, "Ona")
    sent(centre, event, scan(ona, STARTS), at=STARTS, entrance=entrance)
    setup.remove_entrance(by=by, entrance=entrance, at=STARTS)
    assert CheckIn.objects.get().entrance is None
    an_entrance(centre, event, "B")
    copy = copy_event(by=by, event=event, starts=local_time(STARTS + timedelta(days=40)), at=STARTS)
    assert [str(one) for one in progress.entrances_of(copy)] == ["B įėjimas"]
    assert CheckList.objects.get(event=copy).opens_before == 30
