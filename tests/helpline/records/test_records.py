"""The record: every rule of coding, its outcome in the figures, and what is left of the
contact afterwards.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sauga.helpline.chat.models import Conversation, Whisper
from sauga.helpline.records import actions as recording
from sauga.helpline.records import queries as records
from sauga.helpline.records.models import Attempt, Record
from sauga.helpline.records.rules import coding as rules
from sauga.helpline.records.rules.coding import Codes, Fault, What
from sauga.helpline.trail import Trail
from sauga.kernel import audit, clock, sealed, vocab
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.sealed.models import WrappedKey
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture
from tests.helpline.contacts import CODES, ONLINE, attempt, ended_call, ended_chat, letter

DAY = date(2026, 11, 24)
OLD = date(2017, 6, 1)
pytestmark = pytest.mark.django_db


def found(day: date = DAY, note: str = "", **changes: object) -> set[tuple[str, str]]:
    return {
        (fault.field, str(fault.what)) for fault in rules.faults(replace(CODES, **changes), day, note=note)
    }


def test_a_whole_coding_has_no_fault():
    assert found() == set()
    assert (
        found(
            **ONLINE,
            platform="PF_WHATSAPP",
            harm_detail="OHD_RUMOURS",
            more_insafe=("INS_LOVE", "INS_PRIVACY"),
        )
        == set()
    )


@pytest.mark.parametrize("name", rules.NEEDED)
def test_a_needed_field_is_missed(name: str):
    assert found(**{name: () if name == "actions" else ""}) == {(name, "MISSING")}


@pytest.mark.parametrize("name", [name for name in rules.VOCABULARY if name != "non_data"])
def test_a_code_that_does_not_exist_is_refused(name: str):
    wrong = ("NO_SUCH",) if name in {"more_topics", "more_insafe", "actions"} else "NO_SUCH"
    online = {} if name == "internet" else ONLINE
    more = {"age_year": None} if name == "age_band" else {}
    assert (name, "UNKNOWN") in found(**{**online, **more, name: wrong})


@pytest.mark.parametrize(
    ("day", "changes", "field"),
    [
        (DAY, {"insafe": "INS_SEXTORTION"}, "insafe"),
        (DAY, {"more_insafe": ("INS_PRIVACY_ABUSE",)}, "more_insafe"),
        (OLD, {"insafe": "INS_NCSII", "place": "PLACE_VIDEO"}, "insafe"),
        (OLD, {"place": "PLACE_SOCIAL_MEDIA"}, "place"),
        (date(2024, 9, 30), {"platform": "PF_TIKTOK"}, "platform"),
    ],
)
def test_a_code_counts_only_on_its_days(day: date, changes: dict[str, object], field: str):
    assert (field, "NOT_THEN") in found(day, **{**ONLINE, **changes})


def test_codes_count_on_the_first_and_the_last_of_their_days():
    assert found(date(2023, 3, 31), internet="YES", insafe="INS_SEXTORTION", place="PLACE_VIDEO") == set()
    assert found(date(2023, 4, 1), internet="YES", insafe="INS_OSCEC", place="PLACE_MESSAGING") == set()
    assert found(date(2024, 10, 1), **ONLINE, platform="PF_TIKTOK") == set()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"more_topics": ("EDU_SCHOOL", "MEN_MOOD")}, None),
        ({"more_topics": ("EDU_SCHOOL", "MEN_MOOD", "MEN_ANXIETY")}, ("more_topics", "TOO_MANY")),
        ({"more_topics": ("PEE_CLASSMATES",)}, ("more_topics", "TWICE")),
        ({"more_topics": ("MEN_MOOD", "MEN_MOOD")}, ("more_topics", "TWICE")),
        ({"more_insafe": ("INS_CYBERBULLYING",)}, ("more_insafe", "TWICE")),
        ({"more_insafe": ("INS_LOVE", "INS_PRIVACY", "INS_SEXTING")}, ("more_insafe", "TOO_MANY")),
        ({"actions": ("ACT_LISTENED", "ACT_LISTENED")}, ("actions", "TWICE")),
    ],
)
def test_one_main_code_and_at_most_two_more(changes: dict[str, object], fault: tuple[str, str] | None):
    assert found(**ONLINE, **changes) == ({fault} if fault else set())


@pytest.mark.parametrize("name", ["insafe", "place"])
def test_online_contacts_need_category_and_place(name: str):
    assert found(**{**ONLINE, name: ""}) == {(name, "MISSING")}


@pytest.mark.parametrize("answer", ["NO", "UNKNOWN"])
@pytest.mark.parametrize("name", rules.ONLINE)
def test_nothing_online_without_the_internet(answer: str, name: str):
    value = {
        "insafe": "INS_LOVE",
        "more_insafe": ("INS_LOVE",),
        "place": "PLACE_OTHER",
        "platform": "PF_OTHER",
        "harm_detail": "OHD_OTHER",
    }[name]
    assert found(internet=answer, **{name: value}) == {(name, "NOT_ONLINE")}


def test_a_topic_that_happens_online_needs_a_yes():
    assert found(topic="VIO_CYBERBULLYING") == {("internet", "IMPLIED")}
    assert found(more_topics=("VIO_CYBERBULLYING",), internet="UNKNOWN") == {("internet", "IMPLIED")}
    assert found(topic="VIO_CYBERBULLYING", **ONLINE) == set()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"age_year": None}, ("age_band", "MISSING")),
        ({"age_year": None, "age_band": "AGE_TEEN"}, None),
        ({"age_year": 0}, None),
        ({"age_year": 26}, None),
        ({"age_year": 27}, ("age_year", "AGE_RANGE")),
        ({"age_year": -1}, ("age_year", "AGE_RANGE")),
        ({"age_year": 13, "age_band": "AGE_13_15"}, None),
        ({"age_year": 13, "age_band": "AGE_12"}, ("age_year", "AGE_DIFFERS")),
    ],
)
def test_age_is_a_year_or_a_group(changes: dict[str, object], fault: tuple[str, str] | None):
    assert found(**changes) == ({fault} if fault else set())


def test_every_year_has_a_band_that_holds_it():
    for year in range(rules.OLDEST + 1):
        band = vocab.term("age_band", rules.band_of_year(year))
        assert band.extra["min"] <= year <= (band.extra.get("max") or rules.OLDEST)


def test_relationship_is_for_those_who_speak_for_another():
    assert found(relationship="REL_FRIEND") == {("relationship", "OWN_VOICE")}
    assert found(caller_role="CHILD_FOR_OTHER", relationship="REL_FRIEND") == set()


def test_suicide_as_a_topic_needs_a_word_on_whether_it_was_asked():
    assert found(topic="MEN_SUICIDE") == {("suicidality", "MISSING")}
    assert found(more_topics=("MEN_SUICIDE",)) == {("suicidality", "MISSING")}
    assert found(topic="MEN_SUICIDE", suicidality="SUI_NOT_ASKED") == set()


def test_the_note_has_a_limit():
    assert found(note="a" * 500) == set()
    assert found(note="a" * 501) == {("note", "TOO_LONG")}


def test_suggestions_follow_the_mapping_and_the_day():
    assert rules.suggested_insafe(["VIO_CYBERBULLYING"], DAY)[0] == "INS_CYBERBULLYING"
    assert "INS_OSCEC" in rules.suggested_insafe(["VIO_OCSEA"], DAY)
    assert "INS_OSCEC" not in rules.suggested_insafe(["VIO_OCSEA"], OLD)
    both = rules.suggested_insafe(["VIO_BULLYING", "VIO_CYBERBULLYING"], DAY)
    assert len(both) == len(set(both)) and both[0] == "INS_CYBERBULLYING"
    assert rules.suggested_insafe(["NO_SUCH"], DAY) == []


@pytest.mark.parametrize("topic", ["MIS_ABDUCTION", "VIO_OCSEA", "NET_OTHER"])
def test_every_topic_can_be_coded_by_its_first_suggestion(topic: str):
    proposed = rules.suggested_insafe([topic], DAY) or ["INS_MEDIA_LITERACY"]
    assert found(topic=topic, **{**ONLINE, "insafe": proposed[0]}) == set()


def test_record_gives_the_attempt_its_outcome_and_closes_the_conversation(centre: Centre):
    ended = ended_chat(centre)
    record = recording.write_record(
        by=centre.actor("COUNSELLOR"), attempt=ended, codes=CODES, at=AT + timedelta(seconds=42)
    )
    ended.refresh_from_db()
    assert (ended.outcome, ended.reason) == ("ANSWERED", "COUNSELLED")
    assert (record.age_band, record.age_year, record.seconds, record.day) == ("AGE_13_15", 13, 42, DAY)
    assert ended.conversation is not None and ended.conversation.state == "CLOSED"
    [line] = [
        entry for entry in audit.timeline(record, zone="helpline") if entry.action == Trail.RECORD_WRITTEN
    ]
    assert line.facts == {"channel": "CHAT", "outcome": "ANSWERED"}


@pytest.mark.parametrize("state", ["ENDED", "DROPPED", "WRAP_UP"])
def test_a_conversation_that_just_ended_may_be_written_up(centre: Centre, state: str):
    recording.write_record(
        by=centre.actor("COUNSELLOR"), attempt=ended_chat(centre, state=state), codes=CODES, at=AT
    )
    assert Conversation.objects.get().state == "CLOSED"


@pytest.mark.parametrize("state", ["ACTIVE", "PAUSED", "QUEUED", "TRANSFER_OFFERED"])
def test_a_conversation_that_goes_on_may_not(centre: Centre, state: str):
    with pytest.raises(recording.StillGoingOn):
        recording.write_record(
            by=centre.actor("COUNSELLOR"), attempt=ended_chat(centre, state=state), codes=CODES, at=AT
        )
    assert not Record.objects.exists()


def test_after_the_close_only_the_day_is_left(centre: Centre):
    ended = ended_chat(centre, child_seen_at=AT, staff_seen_at=AT)
    talk = ended.conversation
    assert talk is not None
    talk.messages.create(number=1, author="CHILD", at=AT - timedelta(hours=11))
    talk.messages.create(number=2, author="COUNSELLOR", at=AT)
    Whisper.objects.create(conversation=talk, body=b"", at=AT)
    recording.write_record(
        by=centre.actor("COUNSELLOR"), attempt=ended, codes=CODES, at=AT + timedelta(seconds=40)
    )
    talk.refresh_from_db()
    kept = {
        talk.started_at,
        talk.taken_at,
        talk.ended_at,
        talk.last_word_at,
        talk.closed_at,
        talk.whispers.get().at,
    }
    assert kept == {clock.to_day(AT)}
    assert {talk.child_seen_at, talk.staff_seen_at} == {clock.to_day(AT)}
    assert list(talk.messages.order_by("number").values_list("at", flat=True)) == [
        clock.to_day(AT - timedelta(hours=11)),
        clock.to_day(AT),
    ]


def test_a_contact_is_written_up_once(centre: Centre):
    ended = ended_chat(centre)
    recording.write_record(by=centre.actor("COUNSELLOR"), attempt=ended, codes=CODES, at=AT)
    for again in (lambda: recording.write_record(by=centre.actor("COUNSELLOR"), attempt=ended, codes=CODES,
    at=AT),
                  lambda: recording.close_nondata(by=centre.actor("COUNSELLOR"), attempt=ended,
                  kind="ND_TEST", at=AT)):  # fmt: skip
        with pytest.raises(recording.AlreadyRecorded):
            again()


def test_a_wrong_coding_writes_nothing(centre: Centre):
    ended = ended_chat(centre)
    with pytest.raises(recording.RecordRefused) as refused:
        recording.write_record(by=centre.actor("COUNSELLOR"), attempt=ended, codes=Codes(), at=AT)
    assert Fault("topic", What.MISSING) in refused.value.faults
    ended.refresh_from_db()
    assert ended.outcome == "" and not Record.objects.exists()
    assert ended.conversation is not None and ended.conversation.state == "WRAP_UP"


@pytest.mark.parametrize(
    "role", ["COUNSELLOR_2", "LETTER_REVIEWER", "SAFEGUARDING_LEAD", "SERVICE_ADMINISTRATOR"]
)
def test_a_stranger_writes_up_nothing(centre: Centre, role: str):
    with pytest.raises(PermissionRefused):
        recording.write_record(by=centre.actor(role), attempt=ended_chat(centre), codes=CODES, at=AT)


def test_a_lead_writes_up_what_a_counsellor_could_not(centre: Centre):
    assert (
        recording.write_record(
            by=centre.actor("SHIFT_LEAD"), attempt=ended_chat(centre), codes=CODES, at=AT
        ).author
        == centre.people["SHIFT_LEAD"]
    )


def test_calls_are_written_up_alike(centre: Centre):
    ended = ended_call(centre)
    recording.write_record(
        by=centre.actor("COUNSELLOR"), attempt=ended, codes=CODES, at=AT + timedelta(minutes=1)
    )
    ended.refresh_from_db()
    assert ended.call is not None and ended.call.state == "CLOSED" and ended.call.closed_at is not None
    assert ended.outcome == "ANSWERED" and ended.record.seconds == 60


def test_a_letter_is_answered_by_its_delivery_and_not_by_its_record(centre: Centre):
    early = letter(centre)
    recording.write_record(by=centre.actor("COUNSELLOR"), attempt=early, codes=CODES, at=AT)
    early.refresh_from_db()
    assert early.outcome == "" and early.letter is not None and early.letter.state == "CLAIMED"


@pytest.mark.parametrize(
    ("make", "kind"), [(ended_chat, "ND_SILENT"), (ended_call, "ND_HANG_UP"), (letter, "ND_SPAM")]
)
def test_non_data_stays_in_the_denominator(centre: Centre, make: object, kind: str):
    ended = make(centre)  # type: ignore[operator]  # one of three factories
    record = recording.close_nondata(by=centre.actor("COUNSELLOR"), attempt=ended, kind=kind, at=AT)
    ended.refresh_from_db()
    assert (ended.outcome, ended.reason, record.non_data) == ("NON_DATA", "NON_DATA_TYPE", kind)
    subject = ended.conversation or ended.call or ended.letter
    assert subject is not None and subject.state == "CLOSED_NONDATA"
    assert Attempt.objects.filter(pk=ended.pk).exists()


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("", What.MISSING),
        ("NO_SUCH", What.UNKNOWN),
        ("ND_HANG_UP", What.OTHER_CHANNEL),
        ("ND_WRONG_NUMBER", What.OTHER_CHANNEL),
    ],
)
def test_a_kind_of_another_channel_is_refused(centre: Centre, kind: str, what: What):
    with pytest.raises(recording.RecordRefused) as refused:
        recording.close_nondata(by=centre.actor("COUNSELLOR"), attempt=ended_chat(centre), kind=kind, at=AT)
    assert refused.value.faults == (Fault("non_data", what),)


def test_a_letter_that_is_answered_cannot_be_closed_as_non_data(centre: Centre):
    with pytest.raises(recording.StillGoingOn):
        recording.close_nondata(
            by=centre.actor("COUNSELLOR"), attempt=letter(centre, state="DELIVERED"), kind="ND_SPAM", at=AT
        )


def test_the_note_is_sealed_and_opens_for_the_team(centre: Centre):
    by = centre.actor("COUNSELLOR")
    record = recording.write_record(
        by=by, attempt=ended_chat(centre), codes=CODES, note=" Sutarta kalbėtis su mokytoja. ", at=AT
    )
    assert b"mokytoja" not in bytes(record.note) and len(bytes(record.note)) > 256
    assert records.note_of(record, by) == "Sutarta kalbėtis su mokytoja."
    assert records.note_of(record, centre.actor("COUNSELLOR", unlocked=False)) == ""
    sealed.destroy_keys([record.holder])
    assert records.note_of(record, by) == ""


def test_an_author_corrects_a_record(centre: Centre):
    by, ended = centre.actor("COUNSELLOR"), ended_chat(centre)
    record = recording.write_record(by=by, attempt=ended, codes=CODES, note="pirma", at=AT)
    recording.change_record(
        by=by,
        record=record,
        codes=replace(CODES, **ONLINE, age_year=12),
        note="antra",
        at=AT + timedelta(hours=1),
    )
    record.refresh_from_db()
    assert (record.insafe, record.age_band) == ("INS_CYBERBULLYING", "AGE_12")
    assert records.note_of(record, by) == "antra"
    assert [entry.action for entry in audit.timeline(record, zone="helpline")][-1] == Trail.RECORD_CHANGED
    recording.change_record(by=by, record=record, codes=CODES, at=AT + timedelta(hours=1))
    record.refresh_from_db()
    assert record.insafe == "" and records.note_of(record, by) == "antra"
    recording.change_record(by=by, record=record, codes=CODES, note="", at=AT + timedelta(hours=1))
    record.refresh_from_db()
    assert bytes(record.note) == b"" and not WrappedKey.objects.filter(holder=record.holder).exists()


def test_a_wrong_non_data_becomes_a_record(centre: Centre):
    by, ended = centre.actor("COUNSELLOR"), ended_chat(centre)
    record = recording.close_nondata(by=by, attempt=ended, kind="ND_SILENT", at=AT)
    recording.change_record(by=by, record=record, codes=CODES, at=AT)
    ended.refresh_from_db()
    record.refresh_from_db()
    assert (ended.outcome, ended.reason, record.non_data) == ("ANSWERED", "COUNSELLED", "")


def test_records_cannot_be_changed_late_or_by_another(centre: Centre):
    record = recording.write_record(
        by=centre.actor("COUNSELLOR"), attempt=ended_chat(centre), codes=CODES, at=AT
    )
    with pytest.raises(recording.TooLateToChange):
        recording.change_record(
            by=centre.actor("COUNSELLOR"), record=record, codes=CODES, at=AT + timedelta(days=3)
        )
    with pytest.raises(recording.TooLateToChange):
        recording.change_record(by=centre.actor("SHIFT_LEAD"), record=record, codes=CODES, at=AT)
    with pytest.raises(recording.RecordRefused):
        recording.change_record(by=centre.actor("COUNSELLOR"), record=record, codes=Codes(), at=AT)
    refused = recording.close_nondata(
        by=centre.actor("COUNSELLOR"), attempt=letter(centre), kind="ND_SPAM", at=AT
    )
    with pytest.raises(recording.TooLateToChange):
        recording.change_record(by=centre.actor("COUNSELLOR"), record=refused, codes=CODES, at=AT)


def test_what_waits_for_a_record(centre: Centre):
    ended_chat(centre)
    ended_call(centre)
    ended_chat(centre, "COUNSELLOR_2")
    ended_chat(centre, state="ACTIVE")
    done = ended_chat(centre)
    recording.write_record(by=centre.actor("COUNSELLOR"), attempt=done, codes=CODES, at=AT)
    mine = records.to_write(centre.actor("COUNSELLOR"), AT + timedelta(minutes=2))
    assert [row.attempt.channel for row in mine] == ["CHAT", "PHONE"] and [row.minutes for row in mine] == [
        2,
        2,
    ]
    assert records.late_wrap_ups(AT + timedelta(minutes=29)) == []
    assert len(records.late_wrap_ups(AT + timedelta(minutes=31))) == 3


def test_wrap_up_starts_from_what_is_known(centre: Centre):
    ended = ended_chat(centre, age_band="AGE_13_15")
    page = records.wrap_up(ended, AT + timedelta(seconds=30))
    assert (page.minutes, page.seconds, page.share, page.is_late) == (23, 30, 0.5, False)
    assert (page.known.caller_role, page.known.language, page.known.risk, page.known.age_band) == (
        "CHILD_SELF",
        "lt",
        "SOME",
        "AGE_13_15",
    )
    adult = attempt("CHAT", AT, audience="ADULT", language="xx")
    assert (records.wrap_up(adult, AT).known.caller_role, records.wrap_up(adult, AT).known.language) == (
        "",
        "und",
    )
