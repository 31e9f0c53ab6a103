"""Seats and the waiting line in the database: never oversold, in order, each trap of other registration
systems."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from factories.registrations import (
    NOW,
    STARTS,
    WORKER,
    a_ticket,
    advanced,
    an_event,
    registered,
    registration_data,
    unconfirmed,
)
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.events.planning.queries.counts import counted
from sauga.events.planning.rules.counts import What
from sauga.events.programme.actions.events import copy_event
from sauga.events.programme.actions.publication import cancel_event
from sauga.events.programme.rules.local_times import local_time
from sauga.events.registration.actions import desk, own, registrations, setup, waiting_list
from sauga.events.registration.actions.registrations import (
    REGISTRANT,
    AdultMissing,
    AnswerMissing,
    CodeRefused,
    DetailsRefused,
    RegisteredAlready,
    RegistrationClosed,
    TooMany,
)
from sauga.events.registration.models import Quota, Registration
from sauga.events.registration.presenters import why_sentence
from sauga.events.registration.queries.tickets import numbers_of, offer_of
from sauga.events.registration.queries.waiting_list import line_of, position_of
from sauga.events.registration.rules import CommandRefused
from sauga.events.states import RegistrationState
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import SystemActor
from tests.centre import Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def state(row: Registration) -> str:
    row.refresh_from_db()
    return row.state


def quota(ticket) -> tuple[int, int, int]:
    row = ticket.quotas.get()
    return row.size, row.taken, row.waiting


def why(line) -> str:
    with override("en"):
        return why_sentence(line)


def jobs(name: str) -> int:
    return ProcrastinateJob.objects.filter(task_name=name).count()


def test_seats_are_given_until_none_is_left_and_then_places_in_the_line(centre: Centre):
    ticket = a_ticket(centre, an_event(centre), 2)
    rows = [registered(ticket, name) for name in ("Ona", "Jonas", "Ieva", "Petras")]
    assert [state(row) for row in rows] == [
        RegistrationState.CONFIRMED,
        RegistrationState.CONFIRMED,
        RegistrationState.WAITLISTED,
        RegistrationState.WAITLISTED,
    ]
    assert quota(ticket) == (2, 2, 2) and rows[2].number < rows[3].number
    assert offer_of(ticket, NOW).waiting == 2
    n = numbers_of(ticket.event)
    assert (n.registered, n.confirmed, n.offered, n.waiting) == (4, 2, 0, 2)


def test_the_database_itself_refuses_a_seat_too_many(centre: Centre):
    ticket = a_ticket(centre, an_event(centre), 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.objects.filter(tickets=ticket).update(taken=3)


def test_the_same_form_sent_twice_is_one_seat(centre: Centre):
    ticket, given = a_ticket(centre, an_event(centre), 5), registration_data("Ona")
    first = registrations.register(by=REGISTRANT, ticket=ticket, data=given, at=NOW)
    again = registrations.register(by=REGISTRANT, ticket=ticket, data=given, at=NOW)
    assert first == again and quota(ticket) == (5, 1, 0)
    with pytest.raises(RegisteredAlready):
        registered(ticket, " ONA ", address="ona@mokykla.example")
    own.cancel(by=REGISTRANT, registration=first, at=NOW)
    assert state(registered(ticket, "Ona")) == RegistrationState.CONFIRMED  # who cancelled may register anew


def test_one_address_takes_only_so_many_places(centre: Centre):
    ticket = a_ticket(centre, an_event(centre), 20)
    for number in range(6):
        registered(ticket, f"Vaikas {number}", address="mama@namai.example")
    with pytest.raises(RegisteredAlready):
        registered(ticket, "Vaikas 7", address="mama@namai.example")
    assert quota(ticket) == (20, 6, 0)


def test_cancelling_offers_the_seat_to_the_first_in_line_by_a_job_of_the_same_transaction(centre: Centre):
    event = an_event(centre)
    ticket = a_ticket(centre, event, 1)
    ona, ieva, petras = (registered(ticket, name) for name in ("Ona", "Ieva", "Petras"))
    own.cancel(by=REGISTRANT, registration=ona, at=NOW)
    assert jobs("events.advance") == 1 and quota(ticket) == (1, 0, 2)
    with pytest.raises(RuntimeError), transaction.atomic():
        own.cancel(by=REGISTRANT, registration=petras, at=NOW)
        raise RuntimeError
    assert jobs("events.advance") == 1
    late = registered(ticket, "Vėlyvas")  # a seat is free, but others wait
    assert state(late) == RegistrationState.WAITLISTED
    assert advanced(event) == 1 and advanced(event) == 0
    assert [state(row) for row in (ieva, petras, late)] == [
        RegistrationState.OFFERED,
        RegistrationState.WAITLISTED,
        RegistrationState.WAITLISTED,
    ]
    assert ieva.offer_until == NOW + 48 * HOUR and quota(ticket) == (1, 1, 2)
    own.accept(by=REGISTRANT, registration=ieva, at=NOW + HOUR)
    assert state(ieva) == RegistrationState.CONFIRMED
    for _again in range(2):
        with pytest.raises(CommandRefused):
            own.accept(by=REGISTRANT, registration=ieva, at=NOW + HOUR)


def test_whoever_cancels_after_an_offer_is_never_offered_again_and_blocks_nothing(centre: Centre):
    event = an_event(centre)
    ticket = a_ticket(centre, event, 1)
    ona, ieva, petras = (registered(ticket, name) for name in ("Ona", "Ieva", "Petras"))
    own.cancel(by=REGISTRANT, registration=ona, at=NOW)
    advanced(event)
    own.cancel(by=REGISTRANT, registration=ieva, at=NOW)
    advanced(event)
    assert [state(ieva), state(petras)] == [RegistrationState.CANCELLED, RegistrationState.OFFERED]
    for command in (own.accept, own.cancel):
        with pytest.raises(CommandRefused):
            command(by=REGISTRANT, registration=ieva, at=NOW)
    own.cancel(by=REGISTRANT, registration=petras, at=NOW)
    advanced(event)
    assert state(ieva) == RegistrationState.CANCELLED and quota(ticket) == (1, 0, 0)


def test_an_offer_that_is_over_cannot_be_used_even_before_the_job_has_run(centre: Centre):
    event = an_event(centre)
    ticket = a_ticket(centre, event, 1)
    ona, ieva, petras = (registered(ticket, name) for name in ("Ona", "Ieva", "Petras"))
    own.cancel(by=REGISTRANT, registration=ona, at=NOW)
    advanced(event)
    late = NOW + 48 * HOUR
    with pytest.raises(CommandRefused) as refused:
        own.accept(by=REGISTRANT, registration=ieva, at=late)
    assert refused.value.why == "late"
    assert advanced(event, late) == 2
    assert [state(ieva), state(petras)] == [
        RegistrationState.WAITLISTED,
        RegistrationState.OFFERED,
    ] and ieva.number > petras.number
    assert [step.after for step in ieva.steps.order_by("pk")][-2:] == [
        RegistrationState.OFFER_EXPIRED,
        RegistrationState.WAITLISTED,
    ]


def test_after_three_offers_without_an_answer_the_registration_ends(centre: Centre):
    event = an_event(centre)
    ticket = a_ticket(centre, event, 1)
    ona, ieva = registered(ticket, "Ona"), registered(ticket, "Ieva")
    own.cancel(by=REGISTRANT, registration=ona, at=NOW)
    for number in range(4):
        advanced(event, NOW + number * 3 * DAY)
    assert state(ieva) == RegistrationState.CANCELLED and ieva.steps.latest("pk").why == "NO_ANSWER"
    assert quota(ticket) == (1, 0, 0)


def test_a_class_gets_all_seats_or_none_and_may_give_some_back(centre: Centre):
    event = an_event(centre)
    people = a_ticket(centre, event, 30)
    classes = a_ticket(centre, event, classes=True, quotas=people.quotas.all())
    first = registered(classes, "a", pupils=24)
    second = registered(classes, "b", pupils=9)
    assert [state(first), state(second)] == [RegistrationState.CONFIRMED, RegistrationState.WAITLISTED]
    ona = registered(people, "Ona")
    assert state(ona) == RegistrationState.WAITLISTED and advanced(event) == 0
    assert line_of(event, NOW).kept_for == second
    own.change_heads(by=REGISTRANT, registration=first, groups={"grades_5_8": 18, "educators": 1}, at=NOW)
    assert jobs("events.advance") >= 1 and advanced(event) == 2  # 11 are free: the class of ten, then Ona
    assert [state(second), state(ona)] == [RegistrationState.OFFERED, RegistrationState.OFFERED]
    with pytest.raises(CommandRefused):
        own.change_heads(by=REGISTRANT, registration=first, groups={"grades_5_8": 30, "educators": 1}, at=NOW)
    assert quota(people) == (30, 30, 0)
    with pytest.raises(AdultMissing):
        own.change_heads(by=REGISTRANT, registration=first, groups={"grades_5_8": 3}, at=NOW)
    with pytest.raises(AdultMissing):
        registrations.register(
            by=REGISTRANT, ticket=classes, data=registration_data("c", groups={"grades_5_8": 4}), at=NOW
        )


def test_seats_are_kept_for_a_class_until_a_week_before_and_then_go_to_the_next_who_fit(centre: Centre):
    event = an_event(centre)
    ticket = a_ticket(centre, event, 20)
    classes = a_ticket(centre, event, classes=True, quotas=ticket.quotas.all())
    registered(classes, "a", pupils=14)
    big, ona = registered(classes, "b", pupils=9), registered(ticket, "Ona")
    assert advanced(event, STARTS - 8 * DAY) == 0
    line = line_of(event, STARTS - 8 * DAY)
    assert line.kept_for == big and line.next_at == STARTS - 7 * DAY
    assert line.standing(ona).position == 2 and line.standing(ona).behind_class
    assert "kept for the first in line" in why(line)
    assert advanced(event, STARTS - 7 * DAY) == 1
    assert [state(big), state(ona)] == [RegistrationState.WAITLISTED, RegistrationState.OFFERED]
    assert line_of(event, STARTS - 7 * DAY).standing(big).position == 1


@pytest.mark.parametrize(
    "groups",
    [
        {"grades_5_8": 30, "educators": -28},
        {"grades_5_8": 0, "educators": 1},
        {"pupils": 3, "educators": 1},
    ],
)
def test_numbers_that_no_form_offers_are_refused_by_the_action(centre: Centre, groups):
    event = an_event(centre)
    classes = a_ticket(centre, event, 30, classes=True)
    with pytest.raises(CodeRefused):
        registrations.register(
            by=REGISTRANT, ticket=classes, data=registration_data("a", groups=groups), at=NOW
        )
    row = registered(classes, "b", pupils=4)
    with pytest.raises(CodeRefused):
        own.change_heads(by=REGISTRANT, registration=row, groups=groups, at=NOW)
    people = a_ticket(centre, event, quotas=classes.quotas.all())
    for more in ({"groups": {"educators": 3}}, {"photo": "yes"}):
        with pytest.raises(CodeRefused):
            registered(people, "Ona", **more)
    assert quota(people) == (30, 5, 0)


@pytest.mark.parametrize(
    "given",
    [
        {"name": " "},
        {"name": "a" * 121, "address": "a@mokykla.example"},
        {"address": ""},
        {"address": "not an address"},
        {"address": f"{'a' * 250}@b.example"},
        {"guardian": "ona@mokykla.example"},
        {"guardian": "nobody"},
        {"needs": "a" * 601},
    ],
)
def test_details_that_no_form_lets_through_are_refused_by_the_action(centre: Centre, given):
    ticket = a_ticket(centre, an_event(centre), 30)
    with pytest.raises(DetailsRefused):
        registered(ticket, given.pop("name", "Ona"), **given)
    assert quota(ticket) == (30, 0, 0) and not Registration.objects.exists()


def test_a_copied_event_has_the_same_tickets_and_nobody_is_registered(centre: Centre):
    event, by = an_event(centre), centre.actor("ORGANISER")
    hall = a_ticket(centre, event, 30)
    group = a_ticket(centre, event, classes=True, quotas=hall.quotas.all())
    given = {"kind": "TEXT", "text": {"lt": "Ko klausite?", "en": "Your question?"}, "choices": {}}
    setup.put_question(by=by, event=event, given={**given, "is_required": True}, at=NOW)
    registered(hall, "Ona", answers={event.questions.get().ref: "Nieko"})
    starts = local_time(STARTS).moved(timedelta(days=90))  # over the change of the clocks
    made = copy_event(by=by, event=event, starts=starts, at=NOW)
    quotas = {quota.pk for quota in made.quotas.all()}
    assert [(quota.size, quota.taken) for quota in made.quotas.all()] == [(30, 0)]
    assert [one.is_for_classes for one in made.tickets.all()] == [hall.is_for_classes, group.is_for_classes]
    assert all({quota.pk for quota in one.quotas.all()} == quotas for one in made.tickets.all())
    before, after = (local_time(one.tickets.first().opens_at).naive for one in (event, made))
    assert after - before == timedelta(days=90) and made.tickets.first().closes_at <= made.starts
    assert made.questions.get().is_required and not Registration.objects.filter(event=made).exists()


def test_answers_that_no_form_offers_are_refused_by_the_action(centre: Centre):
    event = an_event(centre)
    people, by = a_ticket(centre, event, 30), centre.actor("ORGANISER")

    def asked(kind: str, *, is_required: bool = False) -> str:
        choices = {"lt": ["Rytas", "Vakaras"], "en": ["Morning", "Evening"]}
        given = {"kind": kind, "text": {"lt": "Kada?", "en": "When?"}, "choices": choices}
        return setup.put_question(by=by, event=event, given={**given, "is_required": is_required}, at=NOW).ref

    text, choice, decided = asked("TEXT"), asked("CHOICE"), asked("YES_NO", is_required=True)
    fine = {text: "Vakare", choice: "1", decided: "no"}
    row = registered(people, "Ona", answers=fine)
    wrong = [
        {**fine, "unknown": "1"},
        {**fine, choice: "2"},
        {**fine, decided: "maybe"},
        {**fine, text: "a" * 401},
    ]
    for number, answers in enumerate([*wrong, {text: "Vakare", choice: "1"}]):
        expected = CodeRefused if number < len(wrong) else AnswerMissing
        with pytest.raises(expected):
            registered(people, f"b{number}", answers=answers)
        with pytest.raises(expected):
            own.change_answers(by=REGISTRANT, registration=row, answers=answers, at=NOW)
    own.change_answers(by=REGISTRANT, registration=row, answers={decided: "yes"}, at=NOW)
    assert quota(people) == (30, 1, 0)


def test_a_class_larger_than_the_quota_is_told_at_once(centre: Centre):
    classes = a_ticket(centre, an_event(centre), 20, classes=True)
    with pytest.raises(TooMany):
        registered(classes, "a", pupils=24)
    assert not Registration.objects.exists()


def test_a_ticket_on_two_quotas_takes_a_seat_of_each_or_none(centre: Centre):
    event = an_event(centre)
    workshop = a_ticket(centre, event, 1)
    day = a_ticket(centre, event, 5, quotas=workshop.quotas.all())
    assert state(registered(day, "Ona")) == RegistrationState.CONFIRMED
    ieva = registered(day, "Ieva")
    assert state(ieva) == RegistrationState.WAITLISTED
    assert sorted(Quota.objects.values_list("size", "taken", "waiting")) == [(1, 1, 1), (5, 1, 1)]
    with pytest.raises(setup.TicketRefused):
        a_ticket(centre, event)


def test_a_quota_never_becomes_smaller_than_what_is_taken_and_a_larger_one_serves_the_line(centre: Centre):
    by, event = centre.actor("ORGANISER"), an_event(centre)
    ticket = a_ticket(centre, event, 2)
    rows = [registered(ticket, name) for name in ("Ona", "Jonas", "Ieva")]
    held, name = ticket.quotas.get(), {"lt": "Salė", "en": "Hall"}
    for size, why in ((1, "taken"), (0, "size")):
        with pytest.raises(setup.QuotaRefused) as refused:
            setup.change_quota(by=by, quota=held, name=name, size=size, at=NOW)
        assert refused.value.why == why
    setup.change_quota(by=by, quota=held, name=name, size=3, at=NOW)
    assert (
        jobs("events.advance") == 1 and advanced(event) == 1 and state(rows[2]) == RegistrationState.OFFERED
    )
    own.cancel(by=REGISTRANT, registration=rows[0], at=NOW)
    assert quota(ticket) == (3, 2, 0)  # cancelling never makes seats that were not there
    with pytest.raises(setup.QuotaRefused):
        setup.remove_quota(by=by, quota=held, at=NOW)
    with pytest.raises(setup.TicketRefused):
        setup.remove_ticket(by=by, ticket=ticket, at=NOW)


def test_priority_has_a_reason_and_stands_before_time(centre: Centre):
    by, event = centre.actor("ORGANISER"), an_event(centre)
    ticket = a_ticket(centre, event, 1)
    ona, ieva, petras = (registered(ticket, name) for name in ("Ona", "Ieva", "Petras"))
    with pytest.raises(desk.ReasonMissing):
        desk.give_priority(by=by, registration=petras, reason="", at=NOW)
    with pytest.raises(desk.NotWaiting):
        desk.give_priority(by=by, registration=ona, reason="ACCESS", at=NOW)
    desk.give_priority(by=by, registration=petras, reason="ACCESS", at=NOW)
    assert line_of(event, NOW).standing(ieva).position == position_of(ieva) == 2
    petras.refresh_from_db()
    assert position_of(petras) == 1
    own.cancel(by=REGISTRANT, registration=ona, at=NOW)
    advanced(event)
    assert [state(ieva), state(petras)] == [RegistrationState.WAITLISTED, RegistrationState.OFFERED]
    late = NOW + 3 * DAY
    advanced(event, late)  # the offer ran out: the end of the line, and no priority any more
    petras.refresh_from_db()
    assert (petras.state, petras.has_priority) == (RegistrationState.WAITLISTED, False) and state(
        ieva
    ) == RegistrationState.OFFERED


def test_approval_decides_and_only_then_a_seat_is_claimed(centre: Centre):
    by, event = centre.actor("ORGANISER"), an_event(centre)
    ticket = a_ticket(centre, event, 1, approval=True)
    rows = [registered(ticket, name) for name in ("Ona", "Ieva", "Petras")]
    assert {state(row) for row in rows} == {RegistrationState.PENDING_APPROVAL} and quota(ticket) == (1, 0, 0)
    done = desk.act_on_many(by=by, rows=rows[:2], what="approve", at=NOW)
    assert done == 2 and [state(row) for row in rows] == [
        RegistrationState.CONFIRMED,
        RegistrationState.WAITLISTED,
        RegistrationState.PENDING_APPROVAL,
    ]
    desk.reject(by=by, registration=rows[2], at=NOW)
    assert state(rows[2]) == RegistrationState.REJECTED
    assert desk.act_on_many(by=by, rows=rows, what="approve", at=NOW) == 0


def test_a_child_alone_waits_for_the_guardian(centre: Centre):
    ticket = a_ticket(centre, an_event(centre), 1)
    child = registered(ticket, "Vaikas", guardian="mama@namai.example")
    assert state(child) == RegistrationState.GUARDIAN_PENDING and quota(ticket) == (1, 0, 0)
    ona = registered(ticket, "Ona")
    own.guardian_agrees(by=REGISTRANT, registration=child, at=NOW)
    assert [state(ona), state(child)] == [RegistrationState.CONFIRMED, RegistrationState.WAITLISTED]
    with pytest.raises(CommandRefused):
        own.guardian_refuses(by=REGISTRANT, registration=child, at=NOW)
    other = registered(ticket, "Kitas", guardian="tete@namai.example")
    advanced(ticket.event, NOW + 7 * DAY)
    assert state(other) == RegistrationState.REJECTED and other.steps.latest("pk").why == "NO_ANSWER"


def test_invented_addresses_hold_seats_for_half_an_hour_and_whoever_reads_the_mail_gets_them(centre: Centre):
    event = an_event(centre)
    ticket = a_ticket(centre, event, 3)
    invented = [unconfirmed(ticket, f"Niekas{n}") for n in range(5)]
    assert [state(row) for row in invented] == [RegistrationState.HELD] * 3 + [
        RegistrationState.UNCONFIRMED
    ] * 2
    assert quota(ticket) == (3, 3, 0) and jobs("events.registration_mail") == 5
    ona = registered(ticket, "Ona")  # opens the link: nothing is free, so she is the first in the line
    assert (
        state(ona) == RegistrationState.WAITLISTED
        and state(unconfirmed(ticket, "Vėl")) == RegistrationState.UNCONFIRMED
    )
    assert advanced(event, NOW + HOUR / 2 - timedelta(seconds=1)) == 0
    assert advanced(event, NOW + HOUR / 2) == 4  # three holds are over, and she is offered a seat
    assert state(ona) == RegistrationState.OFFERED and quota(ticket) == (3, 1, 0)
    late = own.confirm(by=REGISTRANT, registration=invented[0], at=NOW + HOUR)
    assert (
        late.state == RegistrationState.CONFIRMED
    )  # the link works for a day, for the seats that are free then
    mails = jobs("events.registration_mail")
    advanced(event, NOW + DAY)
    assert {state(row) for row in invented[1:]} == {RegistrationState.REJECTED}
    assert jobs("events.registration_mail") == mails and counted(event)[What.SIGNED_UP, ""] == 2
    with pytest.raises(CommandRefused):
        own.confirm(by=REGISTRANT, registration=invented[1], at=NOW + DAY)
    with pytest.raises(RegistrationClosed):
        own.confirm(by=REGISTRANT, registration=invented[1], at=STARTS)


def test_organisers_and_the_line_see_nobody_whose_address_may_be_invented(centre: Centre):
    ticket = a_ticket(centre, an_event(centre), 2, approval=True)
    row = unconfirmed(ticket, "Ona")
    assert state(row) == RegistrationState.UNCONFIRMED
    with pytest.raises(CommandRefused):
        desk.approve(by=centre.actor("ORGANISER"), registration=row, at=NOW)
    assert own.confirm(by=REGISTRANT, registration=row, at=NOW).state == RegistrationState.PENDING_APPROVAL


def test_a_cancelled_event_ends_every_registration_and_takes_no_new_one(centre: Centre):
    event = an_event(centre)
    ticket = a_ticket(centre, event, 1)
    ona, ieva = registered(ticket, "Ona"), registered(ticket, "Ieva")
    assert waiting_list.cancel_some(by=WORKER, event=event, at=NOW) == 0
    cancel_event(by=centre.actor("ORGANISER"), event=event, reason="speaker", note={}, at=NOW)
    assert jobs("events.cancel_registrations") == 1
    event.refresh_from_db()
    with pytest.raises(RegistrationClosed):
        registered(ticket, "Petras")
    assert waiting_list.cancel_some(by=WORKER, event=event, at=NOW) == 2
    assert {state(ona), state(ieva)} == {RegistrationState.EVENT_CANCELLED} and quota(ticket) == (1, 0, 0)
    assert advanced(event) == 0


def test_nothing_is_registered_before_opening_after_closing_or_offered_in_the_last_hour(centre: Centre):
    event = an_event(centre)
    ticket = a_ticket(centre, event, 1)
    for at in (NOW - 2 * DAY, STARTS - HOUR, STARTS):
        with pytest.raises(RegistrationClosed):
            registered(ticket, "Ona", at=at)
    ona, _ieva = registered(ticket, "Ona"), registered(ticket, "Ieva")
    own.cancel(by=REGISTRANT, registration=ona, at=NOW)
    assert advanced(event, STARTS - HOUR / 2) == 0
    assert line_of(event, STARTS - HOUR / 2).is_over


def test_the_page_says_why_nothing_moves(centre: Centre):
    event = an_event(centre)
    ticket = a_ticket(centre, event, 1)
    assert "Nobody is waiting" in why(line_of(event, NOW))
    ona, _ieva, _petras = (registered(ticket, name) for name in ("Ona", "Ieva", "Petras"))
    assert "All seats are taken" in why(line_of(event, NOW))
    own.cancel(by=REGISTRANT, registration=ona, at=NOW)
    assert "1 offer is due" in why(line_of(event, NOW))
    advanced(event)
    line = line_of(event, NOW)
    assert "the next offer ends" in why(line) and line.next_at == NOW + 48 * HOUR
    assert "no more offers" in why(line_of(event, STARTS))


@pytest.mark.parametrize("role", ["EDITOR", "ANALYST", "DOOR_STAFF"])
def test_who_is_not_an_organiser_is_refused_by_every_action(centre: Centre, role: str):
    by, event = centre.actor(role), an_event(centre)
    ticket = a_ticket(centre, event, 1, approval=True)
    row = registered(ticket)
    name = {"lt": "a", "en": "a"}
    for refused in (
        lambda: desk.approve(by=by, registration=row, at=NOW),
        lambda: desk.reject(by=by, registration=row, at=NOW),
        lambda: desk.cancel(by=by, registration=row, at=NOW),
        lambda: desk.give_priority(by=by, registration=row, reason="ACCESS", at=NOW),
        lambda: desk.take_priority(by=by, registration=row, at=NOW),
        lambda: desk.act_on_many(by=by, rows=[row], what="approve", at=NOW),
        lambda: desk.open_needs(by=by, event=event, rows=0, at=NOW),
        lambda: desk.export(by=by, event=event, rows=0, kind="csv", at=NOW),
        lambda: setup.add_quota(by=by, event=event, name=name, size=1, at=NOW),
        lambda: setup.change_quota(by=by, quota=ticket.quotas.get(), name=name, size=2, at=NOW),
        lambda: setup.remove_quota(by=by, quota=ticket.quotas.get(), at=NOW),
        lambda: setup.put_ticket(by=by, event=event, given={}, at=NOW),
        lambda: setup.remove_ticket(by=by, ticket=ticket, at=NOW),
        lambda: setup.put_question(by=by, event=event, given={}, at=NOW),
        lambda: waiting_list.advance(by=by, event=event, at=NOW),
        lambda: waiting_list.cancel_some(by=by, event=event, at=NOW),
        lambda: own.cancel(by=SystemActor("reader"), registration=row, at=NOW),
        lambda: registrations.register(
            by=SystemActor("reader"), ticket=ticket, data=registration_data("A"), at=NOW
        ),
    ):
        with pytest.raises(PermissionRefused):
            refused()
    assert state(row) == RegistrationState.PENDING_APPROVAL


def test_what_a_registration_costs_does_not_grow_with_those_before_it(centre: Centre):
    ticket = a_ticket(centre, an_event(centre), 2)
    asked = []
    for number in range(6):
        with CaptureQueriesContext(connection) as seen:
            registered(ticket, f"Nr {number}", address=f"nr{number}@mokykla.example")
        asked.append(len(seen))
    assert asked[3] == asked[5] and max(asked) < 42  # the form and the button
