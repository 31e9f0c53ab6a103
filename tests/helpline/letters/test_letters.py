"""A letter is stored once, judged at receipt, answered by one person after another has read the answer, and
goes on as a thread.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from sauga.helpline.letters import rules
from sauga.helpline.letters.actions import letter_replies, letters, timeouts
from sauga.helpline.letters.models import Letter, LetterDraft
from sauga.helpline.letters.queries.thread import Stage, thread_behind
from sauga.helpline.line.rules import triage
from sauga.helpline.records import actions as feedback
from sauga.helpline.records.models import Attempt, Feedback
from sauga.helpline.states import LetterState
from sauga.helpline.tasks import sweep_letters
from sauga.helpline.trail import Trail
from sauga.kernel import audit, clock, ids, sealed
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from sauga.kernel.refusals import TextMissing
from sauga.kernel.states import MoveNotAllowed, SystemActor
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.letters import (
    ANSWER,
    AT,
    CHILD,
    DANGER,
    HOUR,
    QUEUE,
    TEXT,
    ZONE,
    answered,
    approve,
    in_hand,
    in_review,
    key_of,
    new_keys,
    written,
)

DAY = timedelta(days=1)


def proposed_band(text: str) -> str:
    return str(triage.judge(text, "lt").band)


def more(keys: sealed.ReceiptKeys, text: str, at=AT, after: int | None = None):
    thread = thread_behind(keys, at)
    assert thread is not None
    seen = thread.letter.last_number if after is None else after
    return letters.write_more(by=CHILD, letter=thread.letter, key=thread.key, text=text, after=seen, at=at)


# Receiving


def test_letter_is_stored_sealed_and_opens_for_receipt_and_team(centre: Centre):
    letter, keys = written()
    assert (letter.state, letter.audience, letter.last_number) == ("RECEIVED", "CHILD", 1)
    assert letter.due_at == AT + DAY
    thread = thread_behind(keys, AT)
    assert (
        [part.text for part in thread.parts] == [TEXT]
        and thread.stage is Stage.WAITING
        and thread.is_open
        and not thread.has_new
    )
    assert TEXT.encode() not in bytes(letter.parts.get().body)
    assert key_of(letter, centre) and key_of(letter, centre, desk=True)
    with pytest.raises(sealed.KeyNotAvailable):
        sealed.open_data_key(zone=ZONE, holder=letter.desk_holder, opener=sealed.ReceiptOpener(keys))


def test_same_receipt_again_changes_nothing(centre: Centre):
    letter, keys = written()
    again = letters.receive_letter(
        by=CHILD, receipt=keys, language="lt", audience="CHILD", text="Kita", at=AT
    )
    assert again.pk == letter.pk and Letter.objects.count() == 1 and Attempt.objects.count() == 1


def test_reference_that_is_taken_is_drawn_again(centre: Centre, monkeypatch: pytest.MonkeyPatch):
    first, _ = written()
    real, drawn = ids.new_reference, []

    def unlucky() -> str:
        drawn.append(first.ref if not drawn else real())
        return drawn[-1]

    monkeypatch.setattr(ids, "new_reference", unlucky)
    second, _ = written()
    assert drawn[0] == first.ref and second.ref != first.ref


def test_reference_that_is_always_taken_raises(centre: Centre, monkeypatch: pytest.MonkeyPatch):
    first, _ = written()
    monkeypatch.setattr(ids, "new_reference", lambda: first.ref)
    with pytest.raises(IntegrityError), transaction.atomic():
        written()


def test_attempt_says_when_and_nothing_else(centre: Centre):
    letter, _ = written()
    attempt = Attempt.objects.get()
    assert (attempt.channel, attempt.outcome, attempt.hour, attempt.letter, attempt.band) == (
        "LETTER",
        "",
        11,
        letter,
        "NONE",
    )


def test_immediate_danger_is_due_in_two_hours_and_told_to_the_leads(centre: Centre):
    letter, _ = written(DANGER)
    assert letter.band == "IMMEDIATE" and letter.due_at == AT + 2 * HOUR
    told = Notification.objects.filter(template="helpline.letter_immediate")
    assert {row.person for row in told} == {centre.people["SHIFT_LEAD"], centre.people["SHIFT_LEAD_2"]}
    assert all(letter.ref in row.link for row in told)


def test_empty_letter_is_refused(centre: Centre):
    with pytest.raises(TextMissing):
        letters.receive_letter(
            by=CHILD, receipt=new_keys(), language="lt", audience="CHILD", text=" \n ", at=AT
        )


def test_only_the_public_door_sends_letters(centre: Centre):
    with pytest.raises(PermissionRefused):
        letters.receive_letter(
            by=centre.actor("COUNSELLOR"),
            receipt=new_keys(),
            language="lt",
            audience="CHILD",
            text=TEXT,
            at=AT,
        )


# Reading for risk, claiming


def test_person_confirms_or_changes_the_band_and_the_clock_follows(centre: Centre):
    by = centre.actor("COUNSELLOR")
    for proposed, said, why, due in (
        (TEXT, "NONE", "CONFIRMED", DAY),
        (TEXT, "IMMEDIATE", "RAISED", 2 * HOUR),
        (DANGER, "SOME", "LOWERED", DAY),
    ):
        letter, _ = written(proposed)
        letter = letter_replies.screen_letter(by=by, letter=letter, band=said, at=AT + HOUR)
        assert (letter.state, letter.band, letter.due_at) == ("SCREENED", said, AT + due)
        assert letter.steps.order_by("-pk").first().why == why
        assert letter.attempts.get().band == said
        assert Notification.objects.filter(link__contains=letter.ref).exists() == (
            "IMMEDIATE" in {said, proposed_band(proposed)}
        )


def test_band_that_does_not_exist_is_refused(centre: Centre):
    with pytest.raises(letter_replies.BandUnknown):
        letter_replies.screen_letter(by=centre.actor("COUNSELLOR"), letter=written()[0], band="P1", at=AT)


def test_unread_letter_cannot_be_taken_and_taken_one_not_again(centre: Centre):
    letter, _ = written()
    with pytest.raises(MoveNotAllowed):
        letter_replies.claim_letter(by=centre.actor("COUNSELLOR"), letter=letter, at=AT)
    letter = in_hand(centre, letter)
    assert letter.claimed_by == centre.people["COUNSELLOR"] and letter.claimed_until == AT + 12 * HOUR
    with pytest.raises(MoveNotAllowed):
        letter_replies.claim_letter(by=centre.actor("COUNSELLOR_2"), letter=letter, at=AT)


def test_next_is_danger_first_then_children_then_the_due_time(centre: Centre):
    by = centre.actor("COUNSELLOR")
    adult, _ = written(audience="ADULT", at=AT - 9 * HOUR)
    young, _ = written(at=AT - HOUR)
    old, _ = written(at=AT - 3 * HOUR)
    danger, _ = written(DANGER, audience="ADULT", at=AT)
    for letter in (adult, young, old, danger):
        letter_replies.screen_letter(by=by, letter=letter, band=letter.band, at=AT)
    taken = [letter_replies.claim_next(by=by, at=AT) for _ in range(4)]
    assert taken == [danger, old, young, adult]
    assert letter_replies.claim_next(by=by, at=AT) is None


def test_letter_is_given_back_with_its_draft_and_taken_up_by_another(centre: Centre):
    first, second = centre.actor("COUNSELLOR"), centre.actor("COUNSELLOR_2")
    letter = in_hand(centre, written()[0])
    letter_replies.save_draft(
        by=first, letter=letter, desk_key=key_of(letter, centre, desk=True), text="Pradėta", at=AT
    )
    letter = letter_replies.give_back(by=first, letter=letter, at=AT)
    assert letter.state == "SCREENED" and letter.claimed_by is None
    with pytest.raises(letter_replies.NotInYourHand):
        letter_replies.give_back(by=first, letter=letter, at=AT)
    letter = letter_replies.claim_letter(by=second, letter=letter, at=AT)
    desk_key = key_of(letter, centre, "COUNSELLOR_2", desk=True)
    letter_replies.save_draft(by=second, letter=letter, desk_key=desk_key, text="Tęsiama", at=AT)
    assert list(letter.drafts.order_by("version").values_list("version", "author")) == [
        (1, first.person_id),
        (2, second.person_id),
    ]


def test_letter_left_in_a_hand_goes_back_and_one_at_work_stays(centre: Centre):
    left, _ = written()
    left = in_hand(centre, left)
    worked, _ = written()
    worked = in_hand(centre, worked)
    late = AT + 11 * HOUR
    letter_replies.save_draft(
        by=centre.actor("COUNSELLOR"),
        letter=worked,
        desk_key=key_of(worked, centre, desk=True),
        text="Rašau",
        at=late,
    )
    assert timeouts.release_idle(by=QUEUE, at=AT + 12 * HOUR) == 0
    assert timeouts.release_idle(by=QUEUE, at=AT + 12 * HOUR + timedelta(seconds=1)) == 1
    left.refresh_from_db()
    worked.refresh_from_db()
    assert (left.state, left.claimed_by, worked.state) == ("SCREENED", None, "DRAFTED")
    with pytest.raises(PermissionRefused):
        timeouts.release_idle(by=SystemActor("child"), at=AT)


# Drafts and review


def test_answer_is_written_over_until_it_is_reviewed(centre: Centre):
    by = centre.actor("COUNSELLOR")
    letter = in_hand(centre, written()[0])
    desk_key = key_of(letter, centre, desk=True)
    for text in ("Labas", "Labas, gerai, kad parašei"):
        letter_replies.save_draft(by=by, letter=letter, desk_key=desk_key, text=text, at=AT)
    assert letter.drafts.count() == 1
    with pytest.raises(TextMissing):
        letter_replies.save_draft(by=by, letter=letter, desk_key=desk_key, text="  ", at=AT)
    with pytest.raises(letter_replies.NotInYourHand):
        letter_replies.save_draft(
            by=centre.actor("COUNSELLOR_2"), letter=letter, desk_key=desk_key, text="x", at=AT
        )
    letter = letter_replies.send_for_review(by=by, letter=letter, at=AT)
    with pytest.raises(MoveNotAllowed):
        letter_replies.save_draft(by=by, letter=letter, desk_key=desk_key, text="x", at=AT)
    letter = letter_replies.take_back(by=by, letter=letter, at=AT)
    assert letter.state == "RETURNED" and letter.steps.order_by("-pk").first().why == "TAKEN_BACK"


def test_letter_without_a_draft_is_not_sent_for_review(centre: Centre):
    letter = in_hand(centre, written()[0])
    with pytest.raises(MoveNotAllowed):
        letter_replies.send_for_review(by=centre.actor("COUNSELLOR"), letter=letter, at=AT)


def test_reviewer_returns_with_a_remark_and_the_second_version_is_delivered(centre: Centre):
    letter, keys = written()
    letter = in_review(centre, letter)
    reviewer, author = centre.actor("LETTER_REVIEWER"), centre.actor("COUNSELLOR")
    desk_key = key_of(letter, centre, "LETTER_REVIEWER", desk=True)
    with pytest.raises(letter_replies.RemarkMissing):
        letter_replies.return_answer(by=reviewer, letter=letter, desk_key=desk_key, remark=" ", at=AT)
    letter = letter_replies.return_answer(
        by=reviewer, letter=letter, desk_key=desk_key, remark="Paklausk apie saugumą", at=AT
    )
    first = letter.drafts.get()
    assert (letter.state, first.verdict, first.reviewer) == (
        "RETURNED",
        "RETURNED",
        centre.people["LETTER_REVIEWER"],
    )
    assert b"saugum" not in bytes(first.remark)
    letter_replies.save_draft(
        by=author, letter=letter, desk_key=key_of(letter, centre, desk=True), text="Antra", at=AT
    )
    letter = letter_replies.send_for_review(by=author, letter=letter, at=AT)
    letter = approve(centre, letter, at=AT + 90 * timedelta(minutes=1))
    assert letter.state == "DELIVERED" and letter.drafts.count() == 2
    thread = thread_behind(keys, AT)
    assert (
        [part.text for part in thread.parts] == [TEXT, "Antra"]
        and thread.has_new
        and thread.stage is Stage.ANSWERED
    )
    attempt = Attempt.objects.get()
    assert (attempt.outcome, attempt.reason, attempt.answer_minutes) == ("ANSWERED", "LETTER_DELIVERED", 90)
    facts = [
        line.facts["approved"]
        for line in audit.timeline(letter, zone="helpline")
        if line.action == Trail.LETTER_REVIEWED
    ]
    assert sorted(facts) == [False, True]


def test_author_never_reviews_though_the_role_allows_it(centre: Centre):
    lead = centre.actor("SHIFT_LEAD")
    letter = in_review(centre, written()[0], "SHIFT_LEAD")
    keys = {
        "key": key_of(letter, centre, "SHIFT_LEAD"),
        "desk_key": key_of(letter, centre, "SHIFT_LEAD", desk=True),
    }
    with pytest.raises(letter_replies.OwnAnswer):
        letter_replies.approve_answer(by=lead, letter=letter, **keys, seen=1, at=AT)
    with pytest.raises(letter_replies.OwnAnswer):
        letter_replies.return_answer(by=lead, letter=letter, desk_key=keys["desk_key"], remark="x", at=AT)
    assert approve(centre, letter, "SHIFT_LEAD_2").state == "DELIVERED"


def test_the_table_refuses_an_author_as_reviewer_too(centre: Centre):
    letter = in_review(centre, written()[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterDraft.objects.filter(letter=letter).update(reviewer=centre.people["COUNSELLOR"])


def test_who_wrote_an_earlier_version_does_not_review_the_later_one(centre: Centre):
    lead, second = centre.actor("SHIFT_LEAD"), centre.actor("COUNSELLOR_2")
    letter = in_hand(centre, written()[0], "SHIFT_LEAD")
    letter_replies.save_draft(
        by=lead, letter=letter, desk_key=key_of(letter, centre, desk=True), text="Pirma", at=AT
    )
    letter = letter_replies.give_back(by=lead, letter=letter, at=AT)
    letter = letter_replies.claim_letter(by=second, letter=letter, at=AT)
    letter_replies.save_draft(
        by=second, letter=letter, desk_key=key_of(letter, centre, desk=True), text="Antra", at=AT
    )
    letter = letter_replies.send_for_review(by=second, letter=letter, at=AT)
    with pytest.raises(letter_replies.OwnAnswer):
        approve(centre, letter, "SHIFT_LEAD")


def test_answer_is_not_sent_past_words_that_came_meanwhile(centre: Centre):
    letter, keys = written()
    letter = in_review(centre, letter)
    more(keys, "Dar noriu pasakyti")
    with pytest.raises(letter_replies.WrittenMeanwhile):
        approve(centre, letter)
    letter.refresh_from_db()
    assert letter.state == "IN_REVIEW" and letter.drafts.get().verdict == ""
    assert approve(centre, letter).state == "DELIVERED"


# The thread goes on


def test_reply_begins_a_new_attempt_with_its_own_clock(centre: Centre):
    letter, keys = answered(centre)
    thread = thread_behind(keys, AT)
    letters.mark_read(by=CHILD, letter=thread.letter, at=AT + 2 * HOUR)
    letters.mark_read(by=CHILD, letter=thread.letter, at=AT + 3 * HOUR)
    letter.refresh_from_db()
    assert letter.state == "READ" and letter.parts.get(number=2).read_at == AT + 2 * HOUR
    later = AT + 2 * DAY
    more(keys, DANGER, at=later)
    letter.refresh_from_db()
    assert (letter.state, letter.band, letter.due_at, letter.claimed_by) == (
        "REPLIED",
        "IMMEDIATE",
        later + 2 * HOUR,
        None,
    )
    assert [a.outcome for a in Attempt.objects.order_by("pk")] == ["ANSWERED", ""]
    letter = letter_replies.claim_letter(by=centre.actor("COUNSELLOR_2"), letter=letter, at=later)
    desk_key = key_of(letter, centre, desk=True)
    letter_replies.save_draft(
        by=centre.actor("COUNSELLOR_2"), letter=letter, desk_key=desk_key, text=ANSWER, at=later
    )
    letter = letter_replies.send_for_review(by=centre.actor("COUNSELLOR_2"), letter=letter, at=later)
    approve(centre, letter, at=later + HOUR)
    assert [a.answer_minutes for a in Attempt.objects.order_by("pk")] == [60, 60]
    assert [part.text for part in thread_behind(keys, later).parts] == [TEXT, ANSWER, DANGER, ANSWER]


def test_words_added_while_waiting_only_grow_graver(centre: Centre):
    letter, keys = written("Žaloju save, kai liūdna")
    assert letter.band == "HIGH"
    more(keys, "Ir dar: ačiū", at=AT + HOUR)
    letter.refresh_from_db()
    assert (letter.band, letter.due_at, letter.state, letter.last_number) == ("HIGH", AT + DAY, "RECEIVED", 2)
    more(keys, DANGER, at=AT + HOUR)
    letter.refresh_from_db()
    assert (letter.band, letter.due_at) == ("IMMEDIATE", AT + 3 * HOUR)
    assert Attempt.objects.get().band == "IMMEDIATE" and Notification.objects.exists()


def test_same_words_sent_twice_from_one_page_are_stored_once(centre: Centre):
    _, keys = written()
    first = more(keys, "Dar kai kas", after=1)
    assert more(keys, "Dar kai kas", after=1) == first
    assert more(keys, "Visai kas kita", after=1).number == 3
    with pytest.raises(TextMissing):
        more(keys, " ")


def test_answer_read_while_waiting_for_the_next_one_leaves_the_state(centre: Centre):
    letter, keys = answered(centre)
    more(keys, "Ačiū")
    thread = thread_behind(keys, AT)
    letter = letters.mark_read(by=CHILD, letter=thread.letter, at=AT)
    assert letter.state == "REPLIED" and letter.parts.get(number=2).read_at == AT


def test_late_letter_says_so(centre: Centre):
    _, keys = written()
    assert thread_behind(keys, AT + DAY + HOUR).stage is Stage.LATE


# Clocks


def hour(number: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 24, number, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("came", "read_by"),
    [
        (hour(8), hour(10)),  # before the first opening: an hour after it
        (hour(9, 30), hour(10, 30)),
        (hour(11, 30), hour(14, 30)),  # half an hour is left, the rest after the pause
        (hour(12), hour(15)),
        (hour(18), hour(19)),  # after the last stretch known: time runs on
    ],
)
def test_time_to_read_runs_while_the_line_is_open(came: datetime, read_by: datetime):
    open_from = [(hour(9), hour(12)), (hour(14), hour(17))]
    assert rules.after_open_time(came, HOUR, open_from) == read_by


def test_leads_hear_once_of_each_clock_that_ran_out(centre: Centre):
    unread, _ = written(at=AT)
    in_hand(centre, written(at=AT)[0])
    assert timeouts.remind(by=QUEUE, at=AT + timedelta(minutes=59)) == 0
    assert timeouts.remind(by=QUEUE, at=AT + 2 * HOUR) == 1
    assert timeouts.remind(by=QUEUE, at=AT + 3 * HOUR) == 0
    assert timeouts.remind(by=QUEUE, at=AT + DAY + HOUR) == 2
    assert timeouts.remind(by=QUEUE, at=AT + DAY + 2 * HOUR) == 0
    told = Notification.objects.filter(person=centre.people["SHIFT_LEAD"])
    assert told.count() == 3 and told.filter(template="helpline.letter_unread").get().link.endswith(
        f"{unread.ref}/"
    )
    with pytest.raises(PermissionRefused):
        timeouts.remind(by=CHILD, at=AT)


def test_sweep_of_letters_runs_every_few_minutes(centre: Centre):
    letter = in_hand(centre, written(at=clock.now() - 13 * HOUR)[0], at=clock.now() - 13 * HOUR)
    sweep_letters(0)
    letter.refresh_from_db()
    assert letter.state == "SCREENED"


# Endings


def test_answered_letter_closes_after_thirty_days_and_keeps_days_only(centre: Centre):
    letter, keys = answered(centre)
    assert timeouts.close_answered(by=QUEUE, at=AT + HOUR + 30 * DAY - timedelta(seconds=1)) == 0
    assert timeouts.close_answered(by=QUEUE, at=AT + HOUR + 30 * DAY) == 1
    letter.refresh_from_db()
    instants = [
        letter.received_at,
        letter.delivered_at,
        letter.due_at,
        letter.closed_at,
        *letter.parts.values_list("at", flat=True),
    ]
    assert letter.state == "CLOSED" and all(
        (i.minute, i.second) == (0, 0) and i.hour in {22, 21} for i in instants
    )
    thread = thread_behind(keys, AT)
    assert thread.stage is Stage.OVER and not thread.is_open
    with pytest.raises(letters.LetterOver):
        more(keys, "Ar dar čia?")
    with pytest.raises(PermissionRefused):
        timeouts.close_answered(by=CHILD, at=AT)


def test_letter_that_asks_no_counselling_is_put_aside_and_counted(centre: Centre):
    letter, keys = written("Ačiū už viską")
    by = centre.actor("COUNSELLOR")
    letter = letter_replies.screen_letter(by=by, letter=letter, band="NONE", at=AT)
    letter = letter_replies.put_aside(by=by, letter=letter, kind="ND_THANKS", at=AT)
    assert letter.state == "CLOSED_NONDATA" and thread_behind(keys, AT).stage is Stage.OVER
    assert Attempt.objects.get().outcome == "NON_DATA" and letter.received_at.minute == 0


def test_letter_in_anothers_hand_is_not_put_aside(centre: Centre):
    letter = in_hand(centre, written()[0])
    with pytest.raises(letter_replies.NotInYourHand):
        letter_replies.put_aside(by=centre.actor("COUNSELLOR_2"), letter=letter, kind="ND_PRANK", at=AT)
    assert (
        letter_replies.put_aside(by=centre.actor("COUNSELLOR"), letter=letter, kind="ND_PRANK", at=AT).state
        == "CLOSED_NONDATA"
    )


def test_risk_is_never_put_aside(centre: Centre):
    by = centre.actor("COUNSELLOR")
    letter = letter_replies.screen_letter(by=by, letter=written()[0], band="HIGH", at=AT)
    with pytest.raises(letter_replies.RiskStands):
        letter_replies.put_aside(by=by, letter=letter, kind="ND_PRANK", at=AT)
    assert Letter.objects.get().state == LetterState.SCREENED


@pytest.mark.parametrize(
    "act", ["screen_letter", "claim_letter", "give_back", "send_for_review", "take_back"]
)
def test_counsellors_acts_are_refused_to_others(centre: Centre, act: str):
    letter, _ = written()
    extra = {"band": "NONE"} if act == "screen_letter" else {}
    with pytest.raises(PermissionRefused):
        getattr(letter_replies, act)(by=centre.actor("LETTER_REVIEWER"), letter=letter, at=AT, **extra)


def test_opening_is_refused_to_who_reads_no_letters(centre: Centre):
    with pytest.raises(PermissionRefused):
        letter_replies.note_opened(
            by=centre.actor("SAFEGUARDING_LEAD"), letter=written()[0], reason="SCREEN", at=AT
        )


def test_review_is_refused_to_counsellors(centre: Centre):
    letter = in_review(centre, written()[0])
    with pytest.raises(PermissionRefused):
        approve(centre, letter, "COUNSELLOR_2")


# Feedback


def test_feedback_has_no_link_to_anything(centre: Centre):
    feedback.give_feedback(
        by=CHILD, channel="LETTER", language="lt", mood_after="MOOD_4", answers={"FQ_HELPED": "YES"}, at=AT
    )
    row = Feedback.objects.get()
    assert (row.channel, row.mood_after, row.answers) == ("LETTER", "MOOD_4", {"FQ_HELPED": "YES"})
    assert {field.name for field in Feedback._meta.get_fields()} == {
        "id",
        "day",
        "channel",
        "language",
        "mood_before",
        "mood_after",
        "answers",
    }


@pytest.mark.parametrize(
    "given",
    [
        {"mood_after": "JOY", "answers": {}},
        {"answers": {"FQ_NAME": "YES"}},
        {"answers": {"FQ_HELPED": "Jonas"}},
    ],
)
def test_feedback_that_nobody_asked_for_is_refused(centre: Centre, given: dict):
    with pytest.raises(feedback.AnswerUnknown):
        feedback.give_feedback(by=CHILD, channel="LETTER", language="lt", at=AT, **given)
    assert not Feedback.objects.exists()
