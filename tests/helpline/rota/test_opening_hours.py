"""A channel is open when the rota carries it, to the minute; otherwise the visitor hears why and when it
certainly opens.
"""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from sauga.helpline.chat.models import Conversation
from sauga.helpline.line.actions import hours
from sauga.helpline.line.models import ClosedDay, Pause, Window
from sauga.helpline.line.rules.hours import Availability
from sauga.helpline.rota.actions import channel_pauses
from sauga.helpline.rota.models import Duty, Shift
from sauga.helpline.rota.presenters import opening_hours
from sauga.helpline.rota.queries import opening_hours as questions
from sauga.helpline.volunteers.models import Training
from sauga.kernel import vocab
from sauga.kernel.notifications.models import Notification
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.states import SystemActor
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.line import local, on_duty, open_line, published

EVENING = local("2026-11-24 20:00")
QUEUE = SystemActor("queue")


@pytest.fixture
def line(centre: Centre) -> Centre:
    published("CHAT", time(18), time(23))
    published("PHONE", time(11), time(23))
    return centre


def staffed(centre: Centre, at=EVENING, channels=("CHAT", "PHONE")):
    return on_duty(centre.people["COUNSELLOR"], at, channels=channels), on_duty(
        centre.people["SHIFT_LEAD"], at, channels=[], is_lead=True
    )


def confirmed(begins: str, ends: str, *, channels=("CHAT",), is_lead=False) -> Shift:
    return Shift.objects.create(
        state="CONFIRMED",
        begins_at=local(begins),
        ends_at=local(ends),
        channels=[] if is_lead else list(channels),
        is_lead=is_lead,
    )


def test_open_says_until_when_and_when_the_last_conversation_begins(line: Centre):
    staffed(line)
    chat = questions.opening("CHAT", EVENING)
    assert (chat.state, chat.reason, chat.next_at) == (Availability.OPEN, "", None)
    assert (chat.until, chat.last_start) == (local("2026-11-24 23:00"), local("2026-11-24 22:30"))
    phone = questions.opening("PHONE", EVENING)
    assert phone.is_open and phone.last_start == phone.until == local("2026-11-24 23:00")
    assert questions.opening("BROWSER_CALL", EVENING).is_open


@pytest.mark.parametrize(
    ("at", "state", "reason"),
    [
        ("2026-11-24 17:59:59", "CLOSED", "OUT_OF_HOURS"),
        ("2026-11-24 18:00", "OPEN", ""),
        ("2026-11-24 22:29:59", "OPEN", ""),
        ("2026-11-24 22:30", "CLOSED", "LAST_START"),
        ("2026-11-24 23:00", "CLOSED", "OUT_OF_HOURS"),
    ],
)
def test_hours_are_true_to_the_minute(line: Centre, at: str, state: str, reason: str):
    staffed(line, local(at))
    chat = questions.opening("CHAT", local(at))
    assert (chat.state, chat.reason) == (state, reason)
    assert not reason or vocab.label("door_reason", reason) != reason


@pytest.mark.parametrize(
    "away",
    ["nobody", "no lead", "break", "unseen", "gone", "other channel", "untrained", "expired", "too few"],
)
def test_without_cover_it_is_never_shown_open(line: Centre, away: str):
    counsellor, lead = staffed(line)
    assert questions.opening("CHAT", EVENING).is_open
    mine = Duty.objects.filter(pk=counsellor.pk)
    training = Training.objects.filter(volunteer__person=counsellor.person, kind="CHAT")
    {
        "nobody": mine.delete,
        "no lead": lambda: Duty.objects.filter(pk=lead.pk).update(is_on_break=True),
        "break": lambda: mine.update(is_on_break=True),
        "unseen": lambda: mine.update(seen_at=EVENING - timedelta(seconds=121)),
        "gone": lambda: mine.update(ended_at=EVENING),
        "other channel": lambda: mine.update(channels=["PHONE"]),
        "untrained": training.delete,
        "expired": lambda: training.update(valid_to=date(2026, 11, 23)),
        "too few": lambda: Window.objects.filter(channel="CHAT").update(minimum=2),
    }[away]()
    chat = questions.opening("CHAT", EVENING)
    assert (chat.state, chat.reason) == (Availability.CLOSED, "NO_COVER")
    assert chat.until == local("2026-11-24 23:00")


def test_closed_names_the_next_certain_opening_and_passes_over_unconfirmed_hours(line: Centre):
    at = local("2026-11-24 23:30")
    chat = questions.opening("CHAT", at)
    assert (chat.next_at, chat.next_is_certain) == (local("2026-11-25 18:00"), False)
    confirmed("2026-11-26 19:00", "2026-11-26 23:00")
    confirmed("2026-11-26 18:00", "2026-11-26 22:00", is_lead=True)
    chat = questions.opening("CHAT", at)
    assert (chat.next_at, chat.next_is_certain) == (local("2026-11-26 19:00"), True)
    assert questions.opening("PHONE", at).next_is_certain is False


def test_claims_that_nobody_confirmed_do_not_count_as_certain(line: Centre):
    shift = confirmed("2026-11-25 18:00", "2026-11-25 22:00")
    confirmed("2026-11-25 18:00", "2026-11-25 22:00", is_lead=True)
    at = local("2026-11-25 10:00")
    assert questions.opening("CHAT", at).next_is_certain
    Shift._base_manager.filter(pk=shift.pk).update(state="CLAIMED")
    assert not questions.opening("CHAT", at).next_is_certain


def test_the_week_reads_open_maybe_or_closed(line: Centre):
    confirmed("2026-11-24 18:00", "2026-11-24 23:00")
    confirmed("2026-11-24 18:00", "2026-11-24 23:00", is_lead=True)
    confirmed("2026-11-25 18:00", "2026-11-25 21:00")
    confirmed("2026-11-25 18:00", "2026-11-25 23:00", is_lead=True)
    ClosedDay.objects.create(date=date(2026, 11, 26), channel="", label_lt="Šventė", label_en="Holiday")
    days = questions.week(local("2026-11-24 09:00"), ["CHAT"])
    assert [day.state for day in days[:4]] == ["OPEN", "MAYBE", "CLOSED", "MAYBE"]
    assert [piece.is_certain for piece in days[1].pieces] == [True, False] and days[2].is_closed_day
    assert (days[0].begins, days[0].ends) == (local("2026-11-24 18:00"), local("2026-11-24 23:00"))
    assert questions.opening("CHAT", local("2026-11-26 20:00")).reason == "HOLIDAY"


def test_letters_are_taken_at_any_hour(line: Centre):
    assert questions.opening("LETTER", local("2026-11-24 03:00")).is_open


def test_full_when_every_place_is_taken_and_very_many_wait(line: Centre):
    staffed(line)
    rows = [("ACTIVE", 1), *(("QUEUED", number) for number in range(2, 10))]
    for state, number in rows:
        Conversation.objects.create(
            receipt=bytes([number]) * 32, state=state, language="lt", started_at=EVENING, since=EVENING
        )
    chat = questions.opening("CHAT", EVENING)
    assert (chat.state, chat.reason) == (Availability.FULL, "QUEUE_LONG")
    assert questions.opening("PHONE", EVENING).is_open
    Conversation.objects.filter(receipt=b"\x09" * 32).delete()
    assert questions.opening("CHAT", EVENING).is_open


def test_lead_pauses_with_a_reason_and_opens_again(line: Centre):
    staffed(line)
    lead = line.actor("SHIFT_LEAD")
    channel_pauses.pause_channel(by=lead, channel="CHAT", reason="PR_TECHNICAL", at=EVENING)
    chat = questions.opening("CHAT", EVENING)
    assert (chat.state, chat.reason) == (Availability.PAUSED, "PR_TECHNICAL") and questions.opening(
        "PHONE", EVENING
    ).is_open
    with pytest.raises(channel_pauses.AlreadyPaused):
        channel_pauses.pause_channel(by=lead, channel="CHAT", reason="PR_TEAM", at=EVENING)
    channel_pauses.resume_channel(by=lead, channel="CHAT", at=EVENING + timedelta(minutes=5))
    assert questions.opening("CHAT", EVENING).is_open
    with pytest.raises(channel_pauses.NotPaused):
        channel_pauses.resume_channel(by=lead, channel="CHAT", at=EVENING)


def test_only_a_lead_touches_the_door_and_only_with_known_words(line: Centre):
    for role in ("COUNSELLOR", "VOLUNTEER_COORDINATOR", "SERVICE_ADMINISTRATOR"):
        with pytest.raises(PermissionRefused):
            channel_pauses.pause_channel(by=line.actor(role), channel="CHAT", reason="PR_TEAM", at=EVENING)
        with pytest.raises(PermissionRefused):
            channel_pauses.resume_channel(by=line.actor(role), channel="CHAT", at=EVENING)
    with pytest.raises(vocab.UnknownTerm):
        channel_pauses.pause_channel(
            by=line.actor("SHIFT_LEAD"), channel="CHAT", reason="because", at=EVENING
        )
    with pytest.raises(channel_pauses.UnknownChannel):
        channel_pauses.pause_channel(by=line.actor("SHIFT_LEAD"), channel="FAX", reason="PR_TEAM", at=EVENING)
    with pytest.raises(PermissionRefused):
        channel_pauses.sweep_pauses(by=SystemActor("child"), at=EVENING)


def test_sweep_tells_the_leads_once_when_people_are_missing_and_notes_when_they_are_back(line: Centre):
    assert channel_pauses.sweep_pauses(by=QUEUE, at=local("2026-11-24 18:04")) == [
        "PHONE"
    ]  # the chat has just begun
    assert channel_pauses.sweep_pauses(by=QUEUE, at=EVENING) == ["CHAT"]
    assert channel_pauses.sweep_pauses(by=QUEUE, at=EVENING + timedelta(minutes=1)) == []
    told = Notification.objects.filter(template="helpline.cover_missing_chat")
    assert {row.person_id for row in told} == {line.people["SHIFT_LEAD"].pk, line.people["SHIFT_LEAD_2"].pk}
    staffed(line)
    assert questions.opening("CHAT", EVENING).is_open, "people count at once, not at the next round"
    assert set(channel_pauses.sweep_pauses(by=QUEUE, at=EVENING)) == {"PHONE", "CHAT"}
    assert not Pause.objects.filter(ended_at__isnull=True).exists()


def test_a_lead_may_pause_over_the_sweeps_note_and_the_sweep_leaves_that_alone(line: Centre):
    channel_pauses.sweep_pauses(by=QUEUE, at=EVENING)
    channel_pauses.pause_channel(by=line.actor("SHIFT_LEAD"), channel="CHAT", reason="PR_OTHER", at=EVENING)
    staffed(line)
    channel_pauses.sweep_pauses(by=QUEUE, at=EVENING)
    assert questions.opening("CHAT", EVENING).state == Availability.PAUSED


def test_questions_are_few_and_do_not_grow_with_people(line: Centre):
    open_line(line, EVENING)
    questions.openings(EVENING)  # warms the memory of policies
    counts = []
    for extra in ("COUNSELLOR_2", "SHIFT_LEAD_2"):
        with CaptureQueriesContext(connection) as asked:
            questions.openings(EVENING)
        counts.append(len(asked))
        on_duty(line.people[extra], EVENING)
    assert counts[0] == counts[1] <= 7
    with CaptureQueriesContext(connection) as asked:
        questions.opening("CHAT", local("2026-11-24 03:00"))
    assert len(asked) <= 5


def test_published_hours_are_loaded_once_and_never_over_what_staff_wrote(centre: Centre):
    assert hours.load_hours(EVENING) == "opening hours: 14 windows"
    Window.objects.filter(channel="CHAT").update(opens=time(17))
    assert "kept" in hours.load_hours(EVENING)
    assert Window.objects.filter(channel="CHAT", opens=time(17)).count() == 7


def test_hours_are_said_once_a_day_and_in_one_sentence_for_today(centre: Centre):
    """The published hours, without the cuts where only their certainty changes."""
    published("PHONE", time(11), time(23))
    published("CHAT", time(18), time(0), days=range(5))
    confirmed("2026-11-24 18:00", "2026-11-24 22:00")
    confirmed("2026-11-24 18:00", "2026-11-24 22:00", is_lead=True)
    days = questions.week(EVENING, ("PHONE", "CHAT"))
    rows = opening_hours.table(days, ("PHONE", "CHAT"), EVENING)
    said = [[hours.replace("\u2060", "") for hours in row.hours] for row in rows]
    assert said == [["11–23", "18–24"]] * 4 + [["11–23", ""]] * 2 + [["11–23", "18–24"]]
    assert [row.is_today for row in rows] == [True] + [False] * 6
    with translation.override("en"):
        today = opening_hours.of_today(days[0], days[7]).replace("\u2060", "")
        assert today == "Today by phone 11:00–23:00, by chat 18:00–24:00."
        usual = [opening_hours.usual(days[:7]), opening_hours.usual(days[7:])]
        assert [one.replace("\u2060", "") for one in usual] == ["every day 11:00–23:00", "today 18:00–24:00"]
        assert "write a letter" in opening_hours.of_today(days[0], questions.Day(days[0].date, "CHAT"))


def test_of_a_whole_day_the_certain_part_is_said(centre: Centre):
    published("PHONE", time(0), time(0))
    with translation.override("en"):
        assert opening_hours.hours_of(questions.week(EVENING, ["PHONE"])[0]) == "when somebody is on duty"
    confirmed("2026-11-24 18:00", "2026-11-24 22:00", channels=["PHONE"])
    confirmed("2026-11-24 18:00", "2026-11-24 22:00", is_lead=True)
    day = questions.week(EVENING, ["PHONE"])[0]
    assert opening_hours.hours_of(day, is_short=True).replace("\u2060", "") == "18–22"
    found = questions.opening("PHONE", local("2026-11-24 23:00"))
    assert found.next_at is None, "hours that go on without a gap begin nothing"


@pytest.mark.parametrize("reason", ["NO_COVER", "PR_TECHNICAL", "PR_OVERLOAD", "PR_TEAM", "PR_OTHER"])
def test_what_is_closed_is_never_said_as_a_shortage_or_a_fault(centre: Centre, reason: str):
    found = questions.Opening(
        Availability.PAUSED, next_at=local("2026-11-25 11:00"), next_is_certain=True, reason=reason
    )
    with translation.override("lt"):
        said = opening_hours.phone(found, EVENING)
        assert (said.badge, said.lines) == ("Dabar nedirbame", ["Kalbamės rytoj nuo 11:00."])
    with translation.override("en"):
        likely = questions.Opening(Availability.CLOSED, next_at=local("2026-11-25 11:00"), reason=reason)
        assert opening_hours.chat(likely, EVENING).lines == ["We expect to talk again tomorrow from 11:00."]


@pytest.mark.parametrize(
    ("language", "near", "later"),
    [
        ("lt", "pirmadienį 18:00", "2026\u00a0m. gruodžio\u00a08\u00a0d. 18:00"),
        ("en", "on Monday at 18:00", "on 8\u00a0December 2026 at 18:00"),
        ("pl", "w poniedziałek o 18:00", None),
        ("ru", "в понедельник в 18:00", None),
        ("uk", "у понеділок о 18:00", None),
    ],
)
def test_when_it_opens_is_said_as_it_stands_in_a_sentence(language, near, later):
    now = local("2026-11-28 12:00")
    with translation.override(language):
        assert opening_hours.moment(local("2026-11-30 18:00"), now) == near
        assert later in {None, opening_hours.moment(local("2026-12-08 18:00"), now)}
