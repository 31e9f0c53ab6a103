"""Shifts from publication to the debrief: guards, one taker a place, swaps, late cancelling, coming
and not coming.
"""

import threading
from datetime import date, time, timedelta

import pytest
from django.db import connections

from sauga.helpline.chat.actions import presence
from sauga.helpline.chat.models import Conversation
from sauga.helpline.line.models import ClosedDay
from sauga.helpline.rota.actions import attendance, shifts, templates
from sauga.helpline.rota.actions import debriefs as held
from sauga.helpline.rota.actions import duty as duties
from sauga.helpline.rota.models import Duty, Shift, ShiftTemplate
from sauga.helpline.rota.queries.opening_hours import openings
from sauga.helpline.volunteers.models import Debrief, Volunteer
from sauga.helpline.volunteers.queries import debriefs
from sauga.helpline.volunteers.rules import shift_eligibility
from sauga.helpline.volunteers.rules.shift_eligibility import Able, ClaimRefused, Fault, Limits, Place, Term
from sauga.kernel.notifications.models import Notification
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.states import MoveNotAllowed, SystemActor
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.line import FAR, LONG_AGO, local, on_duty, published, volunteer

NOW = local("2026-11-24 11:30")
MONDAY = date(2026, 11, 30)
QUEUE = SystemActor("queue")


@pytest.fixture
def staff(centre: Centre) -> Centre:
    for role in ("COUNSELLOR", "COUNSELLOR_2"):
        volunteer(centre.people[role])
    for role in ("SHIFT_LEAD", "SHIFT_LEAD_2"):
        volunteer(centre.people[role], trained=["CHAT", "PHONE", "LEAD"])
    return centre


def open_place(
    centre: Centre,
    begins: str = "2026-12-01 18:00",
    ends: str = "2026-12-01 22:00",
    *,
    channels=("CHAT",),
    lead=False,
) -> Shift:
    return templates.add_shift(
        by=centre.actor("VOLUNTEER_COORDINATOR"),
        begins=local(begins),
        ends=local(ends),
        channels=list(channels),
        is_lead=lead,
        at=NOW,
    )


def confirmed(centre: Centre, role: str = "COUNSELLOR", **more) -> Shift:
    by = centre.actor(role)
    return shifts.confirm_shift(
        by=by, shift=shifts.claim_shift(by=by, shift=open_place(centre, **more), at=NOW), at=NOW
    )


def template(centre: Centre, **more) -> ShiftTemplate:
    fields = {
        "weekday": 1,
        "begins": time(18),
        "ends": time(22),
        "channels": ["CHAT"],
        "is_lead": False,
        "places": 3,
        "minimum": 2,
        "valid_from": date(2026, 11, 24),
    } | more
    return templates.add_template(by=centre.actor("VOLUNTEER_COORDINATOR"), at=NOW, **fields)


# Templates and publication
# ----------------------------------------------------------------------------------------------------
def test_publishing_is_repeatable_and_adds_only_what_templates_have_more_of(staff: Centre):
    by = staff.actor("VOLUNTEER_COORDINATOR")
    template(staff)
    template(staff, weekday=3, channels=[], is_lead=True, places=1, minimum=1)
    assert templates.publish_week(by=by, monday=MONDAY, at=NOW) == 4
    assert templates.publish_week(by=by, monday=MONDAY + timedelta(days=5), at=NOW) == 0, (
        "any day of the week names it"
    )
    assert set(Shift.objects.values_list("state", "begins_at")) == {
        ("OPEN", local("2026-12-01 18:00")),
        ("OPEN", local("2026-12-03 18:00")),
    }
    assert list(Shift.objects.first().steps.order_by("pk").values_list("after", flat=True)) == [
        "PUBLISHED",
        "OPEN",
    ]
    ShiftTemplate.objects.filter(is_lead=False).update(places=4)
    assert templates.publish_week(by=by, monday=MONDAY, at=NOW) == 1
    assert (
        Notification.objects.filter(
            template="helpline.week_published", person=staff.people["COUNSELLOR"]
        ).count()
        == 2
    )


def test_publishing_leaves_out_the_past_closed_days_and_templates_out_of_force(staff: Centre):
    by = staff.actor("VOLUNTEER_COORDINATOR")
    ended = template(staff, places=1, minimum=1)
    templates.end_template(by=by, template=ended, last_date=date(2026, 11, 24), at=NOW)
    template(staff, weekday=0, places=1, minimum=1)
    ClosedDay.objects.create(date=MONDAY, channel="CHAT", label_lt="x", label_en="x")
    assert templates.publish_week(by=by, monday=MONDAY, at=NOW) == 0
    assert templates.publish_week(by=by, monday=date(2026, 11, 23), at=local("2026-11-24 18:00")) == 0, (
        "has begun"
    )
    with pytest.raises(templates.WeekOver):
        templates.publish_week(by=by, monday=date(2026, 11, 16), at=NOW)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"channels": []}, "CHANNELS"),
        ({"ends": time(22, 15)}, "LONG"),
        ({"places": 0}, "PLACES"),
        ({"places": 21, "minimum": 1}, "PLACES"),
        ({"minimum": 4}, "MINIMUM"),
    ],
)
def test_templates_have_bounds(staff: Centre, fields, why: str):
    with pytest.raises(templates.TemplateUnfit) as refused:
        template(staff, **fields)
    assert refused.value.why == why
    with pytest.raises(templates.TemplatePast):
        template(staff, valid_from=date(2026, 11, 23))


def test_only_the_coordinator_shapes_the_rota(staff: Centre):
    for role in ("COUNSELLOR", "SHIFT_LEAD", "SERVICE_ADMINISTRATOR"):
        with pytest.raises(PermissionRefused):
            templates.publish_week(by=staff.actor(role), monday=MONDAY, at=NOW)
        with pytest.raises(PermissionRefused):
            shifts.assign_shift(by=staff.actor(role), shift=open_place(staff), person_id=1, at=NOW)


# Guards
# ------------------------------------------------------------------------------------------------------------
LIMITS = Limits(timedelta(hours=4), timedelta(hours=11))
GOOD = Able({"CHAT": [Term(LONG_AGO)], "LEAD": [Term(LONG_AGO)]}, [Term(LONG_AGO, FAR)])
EVENING = Place(local("2026-12-01 18:00"), local("2026-12-01 22:00"), frozenset({"CHAT"}))


def moved(hours: float, length: float = 4) -> Place:
    begins = EVENING.begins + timedelta(hours=hours)
    return Place(begins, begins + timedelta(hours=length), frozenset({"CHAT"}))


@pytest.mark.parametrize(
    ("able", "place", "others", "expected"),
    [
        (GOOD, EVENING, [], []),
        (None, EVENING, [], [Fault.NOT_A_VOLUNTEER]),
        (Able({}, GOOD.checks), EVENING, [], [Fault.NOT_TRAINED]),
        (Able({"CHAT": [Term(LONG_AGO, date(2026, 11, 30))]}, GOOD.checks), EVENING, [], [Fault.NOT_TRAINED]),
        (Able({"CHAT": [Term(date(2026, 12, 2))]}, GOOD.checks), EVENING, [], [Fault.NOT_TRAINED]),
        (Able(GOOD.trainings, ()), EVENING, [], [Fault.CHECK]),
        (Able(GOOD.trainings, [Term(LONG_AGO, date(2026, 11, 30))]), EVENING, [], [Fault.CHECK]),
        (Able(GOOD.trainings, [Term(LONG_AGO, date(2026, 12, 1))]), EVENING, [], []),
        (Able(GOOD.trainings, [Term(LONG_AGO, date(2026, 12, 1))]), moved(3), [], [Fault.CHECK]),
        (Able(GOOD.trainings, GOOD.checks, date(2026, 11, 30)), EVENING, [], [Fault.LEFT]),
        (GOOD, moved(0, 4.25), [], [Fault.TOO_LONG]),
        (GOOD, EVENING, [moved(3.9)], [Fault.OVERLAP]),
        (GOOD, EVENING, [moved(4)], [Fault.REST]),
        (GOOD, EVENING, [moved(14.9)], [Fault.REST]),
        (GOOD, EVENING, [moved(15)], []),
        (GOOD, EVENING, [moved(-14.9)], [Fault.REST]),
        (GOOD, EVENING, [moved(-15)], []),
        (
            GOOD,
            Place(local("2026-11-24 07:00"), local("2026-11-24 11:30"), frozenset({"CHAT"})),
            [],
            [Fault.TOO_LONG, Fault.BEGUN],
        ),
        (
            Able({"CHAT": [Term(LONG_AGO)]}, GOOD.checks),
            Place(EVENING.begins, EVENING.ends, frozenset(), True),
            [],
            [Fault.NOT_TRAINED],
        ),
    ],
)
def test_guards_of_a_claim(able, place, others, expected):
    assert shift_eligibility.faults(place, able, others, LIMITS, NOW) == expected


def test_a_midnight_end_belongs_to_the_day_before():
    assert Place(local("2026-12-01 20:00"), local("2026-12-02 00:00")).days == (
        date(2026, 12, 1),
        date(2026, 12, 1),
    )


def test_rest_is_the_shortest_on_either_side():
    assert shift_eligibility.shortest_rest(EVENING, [moved(28), moved(-24)]) == timedelta(hours=20)
    assert shift_eligibility.shortest_rest(EVENING, []) is None


# Taking
# ------------------------------------------------------------------------------------------------------------
def test_claim_confirm_and_give_back(staff: Centre):
    by, shift = staff.actor("COUNSELLOR"), open_place(staff)
    shift = shifts.claim_shift(by=by, shift=shift, at=NOW)
    assert (shift.state, shift.person_id) == ("CLAIMED", by.person_id)
    with pytest.raises(MoveNotAllowed):
        shifts.claim_shift(by=staff.actor("COUNSELLOR_2"), shift=shift, at=NOW)
    with pytest.raises(shifts.NotYours):
        shifts.give_back(by=staff.actor("COUNSELLOR_2"), shift=shift, at=NOW)
    with pytest.raises(shifts.NotYours):
        shifts.confirm_shift(by=staff.actor("COUNSELLOR_2"), shift=shift, at=NOW)
    shift = shifts.give_back(by=by, shift=shift, at=NOW)
    assert (shift.state, shift.person_id) == ("OPEN", None)
    shift = shifts.confirm_shift(by=by, shift=shifts.claim_shift(by=by, shift=shift, at=NOW), at=NOW)
    with pytest.raises(MoveNotAllowed):
        shifts.give_back(by=by, shift=shift, at=NOW)


def test_a_claim_that_begins_soon_is_confirmed_at_once(staff: Centre):
    shift = open_place(staff, "2026-11-25 08:00", "2026-11-25 11:30")
    assert shifts.claim_shift(by=staff.actor("COUNSELLOR"), shift=shift, at=NOW).state == "CONFIRMED"


def test_own_shifts_stand_in_the_way_and_all_reasons_are_told(staff: Centre):
    by = staff.actor("COUNSELLOR")
    shifts.claim_shift(by=by, shift=open_place(staff), at=NOW)
    Volunteer.objects.get(person=by.person_id).trainings.filter(kind="PHONE").delete()
    next_morning = open_place(staff, "2026-12-02 08:00", "2026-12-02 12:00", channels=("PHONE",))
    with pytest.raises(ClaimRefused) as refused:
        shifts.claim_shift(by=by, shift=next_morning, at=NOW)
    assert refused.value.faults == (Fault.NOT_TRAINED, Fault.REST)
    next_morning.refresh_from_db()
    assert next_morning.state == "OPEN"


def test_assigned_by_the_coordinator_and_confirmed_by_either(staff: Centre):
    coordinator, person = staff.actor("VOLUNTEER_COORDINATOR"), staff.people["COUNSELLOR"]
    shift = shifts.assign_shift(
        by=coordinator,
        shift=open_place(staff, "2026-11-25 08:00", "2026-11-25 11:30"),
        person_id=person.pk,
        at=NOW,
    )
    assert shift.state == "CLAIMED", "what others decided for me I confirm"
    assert shifts.confirm_shift(by=coordinator, shift=shift, at=NOW).state == "CONFIRMED"


@pytest.mark.django_db(transaction=True)
def test_a_place_has_one_taker_when_two_press_at_once(staff: Centre):
    shift, results = open_place(staff), []
    start = threading.Barrier(2)

    def take(role: str) -> None:
        try:
            by = staff.actor(role, unlocked=False)
            start.wait(5)
            shifts.claim_shift(by=by, shift=shift, at=NOW)
            results.append(role)
        except MoveNotAllowed:
            results.append("late")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=(role,)) for role in ("COUNSELLOR", "COUNSELLOR_2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(results) == 2 and results.count("late") == 1
    assert shift.steps.filter(after="CLAIMED").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_person_cannot_take_two_places_of_the_same_evening_from_two_tabs(staff: Centre):
    places, results = [open_place(staff), open_place(staff, channels=("PHONE",))], []
    start = threading.Barrier(2)

    def take(shift: Shift) -> None:
        try:
            by = staff.actor("COUNSELLOR", unlocked=False)
            start.wait(5)
            shifts.claim_shift(by=by, shift=shift, at=NOW)
            results.append("taken")
        except ClaimRefused:
            results.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=(shift,)) for shift in places]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(results) == ["refused", "taken"]


# Giving up
# ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("before", "state", "told"), [(24 * 60, "CANCELLED", 0), (24 * 60 - 1, "LATE_CANCELLED", 3)]
)
def test_cancelling_opens_the_place_again_and_late_the_leads_hear(
    staff: Centre, before: int, state: str, told: int
):
    shift = confirmed(staff)
    at = shift.begins_at - timedelta(minutes=before)
    shift = shifts.cancel_shift(by=staff.actor("COUNSELLOR"), shift=shift, at=at)
    assert shift.state == state
    again = Shift.objects.get(replaces=shift)
    assert (again.state, again.begins_at, again.channels) == ("OPEN", shift.begins_at, ["CHAT"])
    assert Notification.objects.filter(template="helpline.shift_late_cancelled").count() == told
    assert shifts.claim_shift(by=staff.actor("COUNSELLOR"), shift=again, at=NOW).state == "CLAIMED", (
        "a cancelled shift takes no time"
    )


def test_nobody_cancels_a_colleagues_shift_but_the_coordinator(staff: Centre):
    shift = confirmed(staff)
    with pytest.raises(shifts.NotYours):
        shifts.cancel_shift(by=staff.actor("COUNSELLOR_2"), shift=shift, at=NOW)
    assert (
        shifts.cancel_shift(by=staff.actor("VOLUNTEER_COORDINATOR"), shift=shift, at=NOW).state == "CANCELLED"
    )


def test_a_replacement_is_no_reason_to_publish_less(staff: Centre):
    template(staff, places=1, minimum=1)
    by = staff.actor("COUNSELLOR")
    templates.publish_week(by=staff.actor("VOLUNTEER_COORDINATOR"), monday=MONDAY, at=NOW)
    shift = shifts.confirm_shift(
        by=by, shift=shifts.claim_shift(by=by, shift=Shift.objects.get(), at=NOW), at=NOW
    )
    shifts.cancel_shift(by=by, shift=shift, at=NOW)
    assert templates.publish_week(by=staff.actor("VOLUNTEER_COORDINATOR"), monday=MONDAY, at=NOW) == 0


def test_an_empty_place_is_withdrawn(staff: Centre):
    coordinator, shift = staff.actor("VOLUNTEER_COORDINATOR"), open_place(staff)
    assert shifts.withdraw_place(by=coordinator, shift=shift, at=NOW).state == "CANCELLED"
    with pytest.raises(MoveNotAllowed):
        shifts.withdraw_place(by=coordinator, shift=confirmed(staff), at=NOW)


# Swapping
# ------------------------------------------------------------------------------------------------------------
def test_swap_needs_a_qualified_taker_and_leaves_one_responsible(staff: Centre):
    shift = shifts.offer_swap(by=staff.actor("COUNSELLOR"), shift=confirmed(staff), at=NOW)
    with pytest.raises(shifts.YoursAlready):
        shifts.take_swap(by=staff.actor("COUNSELLOR"), shift=shift, at=NOW)
    taker = staff.actor("COUNSELLOR_2")
    Volunteer.objects.get(person=taker.person_id).trainings.all().delete()
    with pytest.raises(ClaimRefused):
        shifts.take_swap(by=taker, shift=shift, at=NOW)
    shift.refresh_from_db()
    assert (shift.state, shift.person_id) == ("SWAP_OFFERED", staff.people["COUNSELLOR"].pk)
    new = shifts.take_swap(by=staff.actor("SHIFT_LEAD"), shift=shift, at=NOW)
    shift.refresh_from_db()
    assert (shift.state, new.state, new.person_id, new.replaces_id) == (
        "SWAPPED",
        "CONFIRMED",
        staff.people["SHIFT_LEAD"].pk,
        shift.pk,
    )
    assert (
        Notification.objects.get(template="helpline.shift_given_by_swap").person_id
        == staff.people["COUNSELLOR"].pk
    )
    with pytest.raises(MoveNotAllowed):
        shifts.take_swap(by=staff.actor("SHIFT_LEAD_2"), shift=shift, at=NOW)


def test_an_offer_is_withdrawn_and_lapses_when_the_shift_begins(staff: Centre):
    by = staff.actor("COUNSELLOR")
    shift = shifts.offer_swap(by=by, shift=confirmed(staff), at=NOW)
    shift = shifts.withdraw_swap(by=by, shift=shift, at=NOW)
    assert shift.state == "CONFIRMED"
    with pytest.raises(MoveNotAllowed):
        shifts.withdraw_swap(by=by, shift=shift, at=NOW)
    shifts.offer_swap(by=by, shift=shift, at=NOW)
    assert attendance.sweep_shifts(by=QUEUE, at=shift.begins_at) == 1
    shift.refresh_from_db()
    assert shift.state == "CONFIRMED"


# Coming
# ------------------------------------------------------------------------------------------------------------
def test_check_in_puts_on_duty_and_opens_the_line(staff: Centre):
    published("CHAT", time(18), time(23))
    mine, leads = confirmed(staff), confirmed(staff, "SHIFT_LEAD", channels=(), lead=True)
    begins = mine.begins_at
    with pytest.raises(attendance.TooEarly):
        attendance.check_in(by=staff.actor("COUNSELLOR"), shift=mine, at=begins - timedelta(minutes=16))
    with pytest.raises(shifts.NotYours):
        attendance.check_in(by=staff.actor("COUNSELLOR_2"), shift=mine, at=begins)
    attendance.check_in(by=staff.actor("SHIFT_LEAD"), shift=leads, at=begins - timedelta(minutes=15))
    presence.staff_seen(by=staff.actor("SHIFT_LEAD"), at=begins)
    assert openings(begins)["CHAT"].reason == "NO_COVER", "a lead alone is no cover"
    mine = attendance.check_in(by=staff.actor("COUNSELLOR"), shift=mine, at=begins)
    duty = Duty.objects.present().get(person=mine.person_id)
    assert (mine.state, duty.shift_id, duty.channels, duty.is_lead) == ("ON_DUTY", mine.pk, ["CHAT"], False)
    assert openings(begins)["CHAT"].is_open
    duties.take_break(by=staff.actor("COUNSELLOR"), at=begins + timedelta(minutes=1))
    mine.refresh_from_db()
    assert mine.state == "BREAK" and openings(begins)["CHAT"].reason == "NO_COVER"
    duties.come_back(by=staff.actor("COUNSELLOR"), at=begins + timedelta(minutes=2))
    mine.refresh_from_db()
    assert mine.state == "ON_DUTY"
    with pytest.raises(MoveNotAllowed):
        attendance.check_in(by=staff.actor("COUNSELLOR"), shift=mine, at=begins)


def on_shift(staff: Centre) -> Shift:
    shift = confirmed(staff)
    return attendance.check_in(by=staff.actor("COUNSELLOR"), shift=shift, at=shift.begins_at)


def test_check_out_asks_one_question_and_its_words_are_sealed(staff: Centre):
    shift, by = on_shift(staff), staff.actor("COUNSELLOR")
    with pytest.raises(attendance.FeelingMissing):
        attendance.check_out(by=by, shift=shift, feeling="", at=shift.ends_at)
    said = attendance.check_out(
        by=by, shift=shift, feeling="FE_TIRED", words=" Ilgas vakaras ", at=shift.ends_at
    )
    shift.refresh_from_db()
    assert shift.state == "DEBRIEFED" and said.done_at == shift.ends_at
    assert b"vakaras" not in bytes(said.words) and not Duty.objects.present().exists()
    assert debriefs.open_debriefs() == []
    with pytest.raises(MoveNotAllowed):
        attendance.check_out(by=by, shift=shift, feeling="FE_WELL", at=shift.ends_at)


def test_whoever_wants_to_talk_is_seen_by_the_leads_alone(staff: Centre):
    shift = on_shift(staff)
    said = attendance.check_out(
        by=staff.actor("COUNSELLOR"),
        shift=shift,
        feeling="FE_TALK",
        words="Noriu pasitarti",
        at=shift.ends_at,
    )
    lead = staff.actor("SHIFT_LEAD")
    assert [line.words for line in debriefs.open_debriefs(lead.vault)] == ["Noriu pasitarti"]
    assert [line.words for line in debriefs.open_debriefs(None)] == [None]
    assert Notification.objects.filter(template="helpline.debrief_asked").count() == 2
    with pytest.raises(PermissionRefused):
        held.hold_debrief(by=staff.actor("COUNSELLOR_2"), debrief=said, at=shift.ends_at)
    held.hold_debrief(by=lead, debrief=said, at=shift.ends_at)
    with pytest.raises(held.HeldAlready):
        held.hold_debrief(by=lead, debrief=said, at=shift.ends_at)
    shift.refresh_from_db()
    assert shift.state == "DEBRIEFED" and debriefs.held_debriefs()[0].debrief == said


@pytest.mark.parametrize("heavy", [{"band": "HIGH"}, {"band": "IMMEDIATE"}, {"is_at_risk": True}])
def test_after_a_heavy_contact_a_debrief_precedes_the_next_shift(staff: Centre, heavy):
    shift, by = on_shift(staff), staff.actor("COUNSELLOR")
    at = shift.begins_at + timedelta(minutes=30)
    Conversation.objects.create(
        receipt=b"\x01" * 32,
        state="CLOSED",
        language="lt",
        started_at=at,
        taken_at=at,
        owner_id=by.person_id,
        **heavy,
    )
    attendance.check_out(by=by, shift=shift, feeling="FE_WELL", at=shift.ends_at)
    shift.refresh_from_db()
    assert shift.state == "CHECKED_OUT"
    following = confirmed(staff, begins="2026-12-03 18:00", ends="2026-12-03 22:00")
    with pytest.raises(attendance.DebriefOwed):
        attendance.check_in(by=by, shift=following, at=following.begins_at)
    owed = Debrief.objects.get(why="HEAVY")
    lead = staff.actor("SHIFT_LEAD")
    with pytest.raises(held.OwnDebrief):
        held.hold_debrief(by=lead, debrief=Debrief(person_id=lead.person_id), at=NOW)
    held.hold_debrief(by=lead, debrief=owed, at=shift.ends_at + timedelta(hours=1))
    shift.refresh_from_db()
    assert shift.state == "DEBRIEFED"
    assert attendance.check_in(by=by, shift=following, at=following.begins_at).state == "ON_DUTY"


def test_light_contacts_owe_nothing(staff: Centre):
    shift, by = on_shift(staff), staff.actor("COUNSELLOR")
    at = shift.begins_at
    Conversation.objects.create(
        receipt=b"\x02" * 32, state="CLOSED", language="lt", started_at=at, taken_at=at, owner_id=by.person_id
    )
    attendance.check_out(by=by, shift=shift, feeling="FE_WELL", at=shift.ends_at)
    shift.refresh_from_db()
    assert shift.state == "DEBRIEFED" and not debriefs.owed_by(by.person_id)


# Time alone
# ------------------------------------------------------------------------------------------------------------
def test_a_claim_that_nobody_confirmed_opens_a_day_before(staff: Centre):
    shift = shifts.claim_shift(by=staff.actor("COUNSELLOR"), shift=open_place(staff), at=NOW)
    day_before = shift.begins_at - timedelta(hours=24)
    assert attendance.sweep_shifts(by=QUEUE, at=day_before - timedelta(seconds=1)) == 0
    assert attendance.sweep_shifts(by=QUEUE, at=day_before) == 1
    shift.refresh_from_db()
    assert (shift.state, shift.person_id) == ("OPEN", None)
    assert (
        Notification.objects.get(template="helpline.shift_released").person_id
        == staff.people["COUNSELLOR"].pk
    )


def test_somebody_assigned_a_moment_ago_has_an_hour_to_confirm(staff: Centre):
    shift = open_place(staff, "2026-11-25 08:00", "2026-11-25 11:30")
    shifts.assign_shift(
        by=staff.actor("VOLUNTEER_COORDINATOR"), shift=shift, person_id=staff.people["COUNSELLOR"].pk, at=NOW
    )
    assert attendance.sweep_shifts(by=QUEUE, at=NOW + timedelta(minutes=59)) == 0
    assert attendance.sweep_shifts(by=QUEUE, at=NOW + timedelta(minutes=60)) == 1


def test_not_coming_is_noticed_after_a_quarter_and_the_place_opens(staff: Centre):
    shift = confirmed(staff)
    assert attendance.sweep_shifts(by=QUEUE, at=shift.begins_at + timedelta(minutes=14, seconds=59)) == 0
    assert attendance.sweep_shifts(by=QUEUE, at=shift.begins_at + timedelta(minutes=15)) == 1
    assert attendance.sweep_shifts(by=QUEUE, at=shift.begins_at + timedelta(minutes=15)) == 0
    shift.refresh_from_db()
    again = Shift.objects.get(replaces=shift)
    assert (shift.state, again.state) == ("NO_SHOW", "OPEN")
    assert Notification.objects.filter(template="helpline.shift_no_show").count() == 3
    late = shifts.claim_shift(
        by=staff.actor("COUNSELLOR_2"), shift=again, at=shift.begins_at + timedelta(minutes=20)
    )
    assert late.state == "CONFIRMED"
    assert (
        attendance.check_in(
            by=staff.actor("COUNSELLOR_2"), shift=late, at=shift.begins_at + timedelta(minutes=20)
        ).state
        == "ON_DUTY"
    )


def test_whoever_is_on_duty_without_the_button_did_come(staff: Centre):
    shift = confirmed(staff)
    at = shift.begins_at + timedelta(minutes=15)
    on_duty(staff.people["COUNSELLOR"], at, channels=["PHONE"])
    attendance.sweep_shifts(by=QUEUE, at=at)
    shift.refresh_from_db()
    assert shift.state == "ON_DUTY"
    assert Duty.objects.present().get(person=shift.person_id).channels == ["CHAT", "PHONE"]


def test_a_forgotten_check_out_ends_the_shift_once_the_person_is_gone(staff: Centre):
    shift = on_shift(staff)
    at = shift.ends_at + timedelta(minutes=30)
    Duty.objects.update(seen_at=at)
    assert attendance.sweep_shifts(by=QUEUE, at=at) == 0, "still talking"
    Duty.objects.update(seen_at=shift.ends_at - timedelta(hours=1), ended_at=shift.ends_at)
    assert attendance.sweep_shifts(by=QUEUE, at=at) == 1
    shift.refresh_from_db()
    assert shift.state == "DEBRIEFED"


def test_the_sweep_is_the_queues_alone(staff: Centre):
    with pytest.raises(PermissionRefused):
        attendance.sweep_shifts(by=SystemActor("child"), at=NOW)
