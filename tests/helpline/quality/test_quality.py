"""Quality reviews: what is drawn, who may review, what a critical item leads to, and that nothing tells
who somebody is.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sauga.helpline.chat.actions import conversation_events
from sauga.helpline.chat.actions import conversations as talk
from sauga.helpline.chat.models import Conversation
from sauga.helpline.quality import actions as quality
from sauga.helpline.quality import queries, rules
from sauga.helpline.quality.models import Review
from sauga.helpline.records.models import Record
from sauga.helpline.states import ChatState
from sauga.helpline.trail import Trail
from sauga.kernel import audit, sealed, vocab
from sauga.kernel.notifications.models import Notification
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.states import SystemActor
from tests.centre import AT, Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories import letters, talks
from tests.helpline.contacts import ended_chat

pytestmark = pytest.mark.django_db
QUEUE = SystemActor("queue")
DAY = timedelta(days=1)
SECRET = "Mano vardas Gabija Obuolaitė, gyvenu Kaune, numeris +370 600 00000"


def closed(
    centre: Centre, *, band: str = "NONE", state: str = "CLOSED", at=AT, role: str = "COUNSELLOR"
) -> Conversation:
    """A conversation that is over, as a row."""
    made = ended_chat(centre, role, at=at, state=state).conversation
    Conversation.objects.filter(pk=made.pk).update(band=band, closed_at=at)
    made.refresh_from_db()
    return made


def spoken(centre: Centre, text: str = SECRET) -> Conversation:
    """A whole conversation by real actions, closed, with immediate danger, so that it is drawn."""
    made = talks.active(centre, text=text)
    by = centre.actor("COUNSELLOR", talks.AT)
    conversation_events.send_message(
        by=by,
        conversation=made.conversation,
        key=made.key,
        text="Labas, Gabija.",
        nonce=talks.nonce(),
        at=talks.AT,
    )
    talk.end_conversation(by=by, conversation=made.fresh(), how="END_COUNSELLOR", at=talks.AT + DAY / 24)
    Conversation.objects.filter(pk=made.conversation.pk).update(
        state="CLOSED", closed_at=talks.AT, band="IMMEDIATE"
    )
    return made.fresh()


def drawn(centre: Centre, conversation: Conversation | None = None) -> Review:
    """The review of a conversation that the job drew."""
    conversation = conversation or closed(centre, band="IMMEDIATE")
    quality.draw_reviews(by=QUEUE, at=talks.AT + DAY / 12)
    return Review.objects.get(conversation=conversation)


def scores(channel: str = "CHAT", **changes: str) -> dict[str, str]:
    """Everything done, but for the changes."""
    return {item.code: "QA_2" for item in queries.items(channel, AT)} | changes


def scored(
    centre: Centre, review: Review, role: str = "SHIFT_LEAD", remark: str = "", **changes: str
) -> Review:
    by = centre.actor(role)
    review = quality.begin_review(by=by, review=review, at=AT)
    return quality.score_review(
        by=by, review=review, scores=scores(review.channel, **changes), remark=remark, at=AT
    )


# What is drawn


def test_every_immediate_danger_is_drawn_once(centre: Centre):
    closed(centre, band="IMMEDIATE")
    closed(centre, band="IMMEDIATE", state="CLOSED_NONDATA")
    assert quality.draw_reviews(by=QUEUE, at=AT) == 2
    assert quality.draw_reviews(by=QUEUE, at=AT) == 0
    assert set(Review.objects.values_list("why", "channel")) == {("IMMEDIATE", "CHAT")}


def test_danger_that_the_counsellor_found_is_drawn_too(centre: Centre):
    Record.objects.create(attempt=closed(centre).attempt, language="lt", risk="IMMEDIATE", day=AT.date())
    quality.draw_reviews(by=QUEUE, at=AT)
    assert Review.objects.get().why == "IMMEDIATE"


def test_every_complaint_is_drawn_although_nothing_was_counselled(centre: Centre):
    Record.objects.create(
        attempt=closed(centre, state="CLOSED_NONDATA", band="IMMEDIATE").attempt,
        language="lt",
        non_data="ND_COMPLAINT",
        day=AT.date(),
    )
    quality.draw_reviews(by=QUEUE, at=AT)
    assert Review.objects.get().why == "COMPLAINT"


def test_a_random_share_is_drawn_and_other_contacts_are_not(centre: Centre):
    made = [closed(centre) for _ in range(60)]
    [closed(centre, state="CLOSED_NONDATA") for _ in range(5)]
    wanted = {
        c.pk for c in made if rules.is_drawn(sealed.blind(sealed.Zone.HELPLINE, "quality.sample", c.ref), 2)
    }
    assert quality.draw_reviews(by=QUEUE, at=AT) == len(wanted)
    assert set(Review.objects.values_list("conversation_id", flat=True)) == wanted


def test_the_share_is_two_of_a_hundred():
    marks = [sealed.blind(sealed.Zone.HELPLINE, "quality.sample", f"test-{n}") for n in range(20_000)]
    share = sum(rules.is_drawn(mark, 2) for mark in marks) / len(marks)
    assert 0.016 < share < 0.024
    assert all(rules.is_drawn(mark, 100) for mark in marks[:100]) and not any(
        rules.is_drawn(mark, 0) for mark in marks
    )


@pytest.mark.parametrize(
    "state", [s for s in ChatState if s not in (ChatState.CLOSED, ChatState.CLOSED_NONDATA)]
)
def test_what_is_not_closed_is_not_drawn(centre: Centre, state: str):
    closed(centre, band="IMMEDIATE", state=state)
    assert quality.draw_reviews(by=QUEUE, at=AT) == 0


def test_what_closed_long_ago_is_not_drawn(centre: Centre):
    closed(centre, band="IMMEDIATE", at=AT - 9 * DAY)
    assert quality.draw_reviews(by=QUEUE, at=AT) == 0


def test_only_the_job_draws(centre: Centre):
    with pytest.raises(PermissionRefused):
        quality.draw_reviews(by=SystemActor("child"), at=AT)


# Who reviews


def test_text_is_shown_without_what_tells_who_somebody_is(centre: Centre):
    review = drawn(centre, spoken(centre))
    lines = queries.text_of(review, centre.actor("SHIFT_LEAD").vault)
    told = " ".join(line.text for line in lines)
    for word in ("Gabija", "Obuolaitė", "Kaune", "600"):
        assert word not in told
    assert [line.author for line in lines if line.author != "LINE"] == ["CHILD", "COUNSELLOR"]
    assert "Mano" in told


def test_a_letter_is_reviewed_like_a_conversation(centre: Centre):
    letter, _ = letters.written(letters.DANGER)
    letter = letters.approve(centre, letters.in_review(centre, letter))
    letter.band = "IMMEDIATE"
    letter.save(update_fields=["band"])
    assert quality.draw_reviews(by=QUEUE, at=letters.AT) == 1
    review = Review.objects.get(letter=letter)
    assert queries.had_part(review) == {centre.people["COUNSELLOR"].pk, centre.people["LETTER_REVIEWER"].pk}
    assert [line.author for line in queries.text_of(review, centre.actor("SHIFT_LEAD").vault)] == [
        "CHILD",
        "COUNSELLOR",
    ]
    done = scored(centre, review)
    assert "QA_SPACE" not in done.scores and "QA_EMPATHY" in done.scores


def test_nobody_sees_or_reviews_their_own_contact(centre: Centre):
    review = drawn(centre, closed(centre, band="IMMEDIATE", role="SHIFT_LEAD"))
    by = centre.actor("SHIFT_LEAD")
    assert not queries.reviews(by=by, view="open")
    with pytest.raises(Http404):
        queries.review_for(by, review.ref)
    with pytest.raises(quality.OwnContact):
        quality.begin_review(by=by, review=review, at=AT)
    assert queries.review_for(centre.actor("SHIFT_LEAD_2"), review.ref) == review


def test_one_reviewer_at_a_time(centre: Centre):
    review = drawn(centre)
    first, second = centre.actor("SHIFT_LEAD"), centre.actor("SHIFT_LEAD_2")
    quality.begin_review(by=first, review=review, at=AT)
    quality.begin_review(by=first, review=review, at=AT)
    for act in (quality.begin_review, quality.put_back):
        with pytest.raises(quality.TakenByAnother):
            act(by=second, review=review, at=AT)
    with pytest.raises(quality.TakenByAnother):
        quality.score_review(by=second, review=review, scores=scores(), at=AT)
    quality.put_back(by=first, review=review, at=AT)
    assert quality.begin_review(by=second, review=review, at=AT).reviewer_id == second.person_id


def test_a_finished_review_is_not_given_back(centre: Centre):
    review = scored(centre, drawn(centre))
    with pytest.raises(quality.TakenByAnother):
        quality.put_back(by=centre.actor("SHIFT_LEAD"), review=review, at=AT)


@pytest.mark.parametrize("role", ["COUNSELLOR", "LETTER_REVIEWER", "VOLUNTEER_COORDINATOR"])
def test_others_may_not(centre: Centre, role: str):
    review, by = drawn(centre), centre.actor(role)
    for act in (
        lambda: quality.begin_review(by=by, review=review, at=AT),
        lambda: quality.put_back(by=by, review=review, at=AT),
        lambda: quality.score_review(by=by, review=review, scores=scores(), at=AT),
        lambda: quality.settle_review(by=by, review=review, at=AT),
    ):
        with pytest.raises(PermissionRefused):
            act()


# Scores


def test_every_item_needs_a_score_and_no_other_is_taken(centre: Centre):
    by = centre.actor("SHIFT_LEAD")
    review = quality.begin_review(by=by, review=drawn(centre), at=AT)
    whole = scores()
    for wrong in (
        {},
        whole | {"QA_EMPATHY": "QA_9"},
        whole | {"QA_HOLD": "QA_2"},
        {k: v for k, v in whole.items() if k != "QA_SAFETY"},
    ):
        with pytest.raises(quality.ScoresMissing):
            quality.score_review(by=by, review=review, scores=wrong, at=AT)
    with pytest.raises(quality.RemarkTooLong):
        quality.score_review(by=by, review=review, scores=whole, remark="a" * 1001, at=AT)
    review.refresh_from_db()
    assert review.done_at is None and review.scores == {}


def test_a_critical_item_that_was_not_done_goes_to_a_supervisor(centre: Centre):
    Notification.objects.all().delete()
    review = scored(centre, drawn(centre), QA_SAFETY="QA_0")
    assert review.is_critical
    told = set(Notification.objects.values_list("person_id", flat=True))
    assert centre.people["SHIFT_LEAD_2"].pk in told
    scored(centre, review, QA_SAFETY="QA_0")
    assert Notification.objects.filter(person=centre.people["SHIFT_LEAD_2"]).count() == 1  # told once
    with pytest.raises(quality.SecondPersonNeeded):
        quality.settle_review(by=centre.actor("SHIFT_LEAD"), review=review, at=AT)
    settled = quality.settle_review(by=centre.actor("SHIFT_LEAD_2"), review=review, at=AT)
    assert settled.settled_by_id == centre.people["SHIFT_LEAD_2"].pk
    with pytest.raises(quality.SettledAlready):
        quality.settle_review(by=centre.actor("SHIFT_LEAD_2"), review=review, at=AT)
    with pytest.raises(quality.SettledAlready):
        scored(centre, review)


@pytest.mark.parametrize(
    "code", ["QA_ACCURATE", "QA_SAFETY", "QA_CONFIDENTIALITY", "QA_NO_SECRECY", "QA_PLAN"]
)
def test_critical_items_are_those_of_the_vocabulary(centre: Centre, code: str):
    items = queries.items("CHAT", AT)
    assert rules.is_critical(scores(**{code: "QA_0"}), items)
    for harmless in ("QA_1", "QA_2", "QA_NA"):
        assert not rules.is_critical(scores(**{code: harmless}), items)


def test_an_item_that_is_not_critical_needs_no_supervisor(centre: Centre):
    review = scored(centre, drawn(centre), QA_EMPATHY="QA_0")
    assert not review.is_critical
    with pytest.raises(quality.NothingToSettle):
        quality.settle_review(by=centre.actor("SHIFT_LEAD_2"), review=review, at=AT)


def test_who_had_part_does_not_settle(centre: Centre):
    review = scored(
        centre, drawn(centre, closed(centre, band="IMMEDIATE", role="SHIFT_LEAD_2")), QA_PLAN="QA_0"
    )
    with pytest.raises(quality.OwnContact):
        quality.settle_review(by=centre.actor("SHIFT_LEAD_2"), review=review, at=AT)


def test_remark_is_sealed_and_can_be_corrected(centre: Centre):
    review = scored(centre, drawn(centre), remark="Gražiai ir ramiai.")
    assert "Gražiai".encode() not in bytes(review.remark)
    vault = centre.actor("SHIFT_LEAD_2").vault
    assert queries.remark_of(review, vault) == "Gražiai ir ramiai."
    review = scored(centre, review, remark="Labai gražiai.")
    assert queries.remark_of(review, vault) == "Labai gražiai."
    assert queries.remark_of(scored(centre, review), vault) == ""


def test_a_remark_needs_an_open_vault(centre: Centre):
    by = centre.actor("SHIFT_LEAD", unlocked=False)
    review = quality.begin_review(by=by, review=drawn(centre), at=AT)
    with pytest.raises(sealed.KeyNotAvailable):
        quality.score_review(by=by, review=review, scores=scores(), remark="Žodis", at=AT)
    assert quality.score_review(by=by, review=review, scores=scores(), at=AT).done_at == AT


def test_trail_knows_each_step_and_no_word(centre: Centre):
    review = scored(centre, drawn(centre), remark="Slaptas žodis", QA_SAFETY="QA_0")
    quality.settle_review(by=centre.actor("SHIFT_LEAD_2"), review=review, at=AT)
    lines = audit.timeline(review, zone="helpline")
    acts = [Trail.QUALITY_SAMPLED, Trail.QUALITY_BEGUN, Trail.QUALITY_SCORED, Trail.QUALITY_SETTLED]
    assert [line.action for line in lines] == acts
    assert "Slaptas" not in repr(lines)


def test_scores_stay_when_the_contact_is_gone(centre: Centre):
    conversation = spoken(centre)
    review = scored(centre, drawn(centre, conversation))
    conversation.delete()
    review.refresh_from_db()
    assert (
        review.conversation_id is None
        and review.scores
        and queries.text_of(review, centre.actor("SHIFT_LEAD").vault) is None
    )
    assert queries.had_part(review) == set()


# Together


def test_items_are_shown_together_only_from_five_reviews_on(centre: Centre):
    for _ in range(4):
        scored(centre, drawn(centre), QA_EMPATHY="QA_1")
    found = queries.summary(at=AT)
    assert found.reviews == 4 and not found.tallies
    scored(centre, drawn(centre), QA_EMPATHY="QA_NA")
    found = queries.summary(at=AT)
    empathy = next(tally for tally in found.tallies if tally.item.code == "QA_EMPATHY")
    assert empathy.counts == (0, 4, 0) and empathy.not_applicable == 1 and empathy.scored == 4
    assert dict(found.by_why)[vocab.label("quality_why", "IMMEDIATE")] == 5


def test_points_leave_out_what_does_not_apply():
    assert rules.total({"a": "QA_2", "b": "QA_1", "c": "QA_NA", "d": "QA_0"}) == (3, 6)
    assert rules.total({}) == (0, 0)


# Pages


def test_pages_from_the_list_to_the_settled_review(centre: Centre):
    review = drawn(centre, spoken(centre))
    client = sign_in(centre, "SHIFT_LEAD")
    page = reverse("helpline-quality-review", args=[review.ref])
    assert review.ref in client.get(reverse("helpline-quality")).content.decode()
    before = client.get(page).content.decode()
    assert "Obuolaitė" not in before and "gyvenu" not in before  # closed until begun
    assert client.post(reverse("helpline-quality-begin", args=[review.ref])).status_code == 302
    shown = client.get(page).content.decode()
    assert "gyvenu" in shown and "Obuolaitė" not in shown and "data-main" in shown
    assert client.post(page, {"QA_SAFETY": "QA_0"}).status_code == 422
    assert client.post(page, scores(QA_SAFETY="QA_0") | {"remark": "Reikia paklausti."}).status_code == 302
    assert client.post(reverse("helpline-quality-settle", args=[review.ref])).status_code == 302
    assert Review.objects.get().settled_at is None  # not by the reviewer
    client = sign_in(centre, "SHIFT_LEAD_2")
    assert review.ref in client.get(reverse("helpline-quality"), {"view": "critical"}).content.decode()
    assert "Reikia paklausti." in client.get(page).content.decode()
    client.post(reverse("helpline-quality-settle", args=[review.ref]))
    assert Review.objects.get().settled_at is not None
    assert review.ref in client.get(reverse("helpline-quality"), {"view": "done"}).content.decode()


def test_a_colleague_sees_the_state_and_no_text(centre: Centre):
    review = drawn(centre, spoken(centre))
    quality.begin_review(by=centre.actor("SHIFT_LEAD"), review=review, at=AT)
    client = sign_in(centre, "SHIFT_LEAD_2")
    shown = client.get(reverse("helpline-quality-review", args=[review.ref])).content.decode()
    assert "gyvenu" not in shown
    client.post(reverse("helpline-quality-put-back", args=[review.ref]))
    assert Review.objects.get().reviewer_id == centre.people["SHIFT_LEAD"].pk


def test_lists_and_summary_are_kind_when_empty(centre: Centre):
    client = sign_in(centre, "SHIFT_LEAD")
    for view in ("open", "critical", "done", "nonsense"):
        assert client.get(reverse("helpline-quality"), {"view": view}).status_code == 200
    assert client.get(reverse("helpline-quality-summary")).status_code == 200


def test_list_asks_as_much_for_three_as_for_one(centre: Centre):
    client = sign_in(centre, "SHIFT_LEAD")
    drawn(centre)
    client.get(reverse("helpline-quality"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("helpline-quality"))
    drawn(centre)
    drawn(centre)
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("helpline-quality"))
    assert len(one) == len(three)
