"""Quality reviews: drawn by a job, scored by a shift lead on redacted text, settled by a supervisor when a
critical item was missed.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.helpline.chat.models import Conversation
from sauga.helpline.letters.models import Letter
from sauga.helpline.permissions import Permission
from sauga.helpline.quality import queries, rules
from sauga.helpline.quality.models import Review
from sauga.helpline.states import ChatState, LetterState
from sauga.helpline.trail import Trail
from sauga.kernel import audit, notifications, sealed, vocab
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import SystemActor, lock

ZONE = sealed.Zone.HELPLINE
LONGEST_REMARK = 1000
ENDED = (ChatState.CLOSED, ChatState.CLOSED_NONDATA)
ANSWERED = (LetterState.DELIVERED, LetterState.READ, LetterState.REPLIED, LetterState.CLOSED)


class OwnContact(ActionRefused):
    """A person does not review a contact they were involved in."""

    message = _("Nobody reviews a contact they had part in.")


class TakenByAnother(ActionRefused):
    """A colleague reviews this contact."""

    message = _("A colleague reviews this contact.")


class ScoresMissing(ActionRefused):
    """Items of the rubric without a score. `codes` names them."""

    message = _("Give every item a score.")

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


class RemarkTooLong(ActionRefused):
    """The remark is longer than 1,000 characters."""

    message = _("The remark may have at most 1,000 characters.")
    field = "remark"


class SettledAlready(ActionRefused):
    """A supervisor has dealt with this review; its scores stand."""

    message = _("This review is settled; its scores stand.")


class NothingToSettle(ActionRefused):
    """No critical item was missed, or the review is not finished."""

    message = _("There is nothing to settle here.")


class SecondPersonNeeded(ActionRefused):
    """Another supervisor than the reviewer settles what was found."""

    message = _("Another supervisor than the reviewer settles it.")


def draw_reviews(*, by: SystemActor, at: datetime) -> int:
    """Put what closed lately on the list: every immediate danger, every complaint, and a random share.

    May run twice; how many are new.
    """
    require(by, Permission.SWEEP)
    policy = vocab.policy("policy.quality", at=at)
    since = at - timedelta(days=int(policy["days_back"]))
    talks = Conversation.objects.filter(state__in=ENDED, closed_at__gte=since, review=None).select_related(
        "attempt__record"
    )
    letters = Letter.objects.filter(state__in=ANSWERED, delivered_at__gte=since, review=None)
    drawn = 0
    for contact in (*talks.order_by("pk"), *letters.order_by("pk")):
        why = _why(contact, float(policy["random_percent"]))
        drawn += bool(why) and _draw(by, contact, why, at)
    return drawn


def _why(contact: Conversation | Letter, percent: float) -> str:
    if isinstance(contact, Conversation):
        record = getattr(getattr(contact, "attempt", None), "record", None)
        if record is not None and record.non_data == "ND_COMPLAINT":
            return "COMPLAINT"
        if contact.band == "IMMEDIATE" or (record is not None and record.risk == "IMMEDIATE"):
            return "IMMEDIATE"
        if contact.state != ChatState.CLOSED:
            return ""
    elif contact.band == "IMMEDIATE":
        return "IMMEDIATE"
    return "RANDOM" if rules.is_drawn(sealed.blind(ZONE, "quality.sample", contact.ref), percent) else ""


def _draw(by: SystemActor, contact: Conversation | Letter, why: str, at: datetime) -> bool:
    channel, of = ("CHAT", "conversation") if isinstance(contact, Conversation) else ("LETTER", "letter")
    with transaction.atomic():
        review, is_new = Review.objects.get_or_create(
            **{of: contact}, defaults={"channel": channel, "why": why, "drawn_at": at}
        )
        if is_new:
            audit.record(by, Trail.QUALITY_SAMPLED, review, zone=ZONE, at=at, facts={"why": why})
    return is_new


def begin_review(*, by: PersonActor, review: Review, at: datetime) -> Review:
    """Claim a review, which opens the redacted text. Raises OwnContact, TakenByAnother."""
    require(by, Permission.SAMPLE_QUALITY, review)
    with transaction.atomic():
        review = lock(review)
        if by.person_id in queries.had_part(review):
            raise OwnContact
        if review.reviewer_id not in (None, by.person_id):
            raise TakenByAnother
        if review.reviewer_id is None:
            review.reviewer_id = by.person_id
            review.save(update_fields=["reviewer"])
            audit.record(by, Trail.QUALITY_BEGUN, review, zone=ZONE, at=at)
        return review


def put_back(*, by: PersonActor, review: Review, at: datetime) -> Review:
    """Give an unfinished review back to colleagues. Raises TakenByAnother."""
    require(by, Permission.SAMPLE_QUALITY, review)
    with transaction.atomic():
        review = lock(review)
        if review.reviewer_id != by.person_id or review.done_at is not None:
            raise TakenByAnother
        review.reviewer = None
        review.save(update_fields=["reviewer"])
        return review


def score_review(
    *, by: PersonActor, review: Review, scores: Mapping[str, str], remark: str = "", at: datetime
) -> Review:
    """Score every item of the channel, with an optional sealed remark. May be corrected until it is settled.

    Raises TakenByAnother, ScoresMissing, RemarkTooLong, SettledAlready, KeyNotAvailable.
    """
    require(by, Permission.SAMPLE_QUALITY, review)
    items, remark = queries.items(review.channel, at), remark.strip()
    with transaction.atomic():
        review = lock(review)
        if review.reviewer_id != by.person_id:
            raise TakenByAnother
        if review.settled_at is not None:
            raise SettledAlready
        if wrong := rules.unfit(scores, items):
            raise ScoresMissing(wrong)
        if len(remark) > LONGEST_REMARK:
            raise RemarkTooLong
        was_critical = review.is_critical
        review.scores, review.done_at = dict(scores), at
        review.is_critical = rules.is_critical(scores, items)
        _seal_remark(review, remark, by)
        review.save(update_fields=["scores", "done_at", "is_critical", "remark"])
        audit.record(
            by, Trail.QUALITY_SCORED, review, zone=ZONE, at=at, facts={"critical": review.is_critical}
        )
        if review.is_critical and not was_critical:
            link = reverse("helpline-quality-review", args=[review.ref])
            notifications.notify(
                to="SHIFT_LEAD",
                template="helpline.quality_critical",
                context={"ref": review.ref},
                link=link,
                at=at,
            )
        return review


def _seal_remark(review: Review, remark: str, by: PersonActor) -> None:
    """Under a key of its own, made with the first remark."""
    if not remark:
        review.remark = b""
        return
    if by.vault is None:
        raise sealed.VaultLocked
    kept = sealed.open_data_keys(ZONE, [review.holder], by.vault).get(review.holder)
    key = kept or sealed.new_data_key(zone=ZONE, holder=review.holder, recipients=[sealed.Recipient.TEAM])
    review.remark = sealed.seal(key, table=queries.TABLE, row=review.ref, field="remark", text=remark)


def settle_review(*, by: PersonActor, review: Review, at: datetime) -> Review:
    """A supervisor has discussed the finding with the counsellor. Not the reviewer, nor anybody involved in
    the contact.

    Raises NothingToSettle, SettledAlready, OwnContact, SecondPersonNeeded.
    """
    require(by, Permission.LEAD_SHIFT, review)
    with transaction.atomic():
        review = lock(review)
        if not review.is_critical or review.done_at is None:
            raise NothingToSettle
        if review.settled_at is not None:
            raise SettledAlready
        if by.person_id in queries.had_part(review):
            raise OwnContact
        if review.reviewer_id == by.person_id:
            raise SecondPersonNeeded
        review.settled_by_id, review.settled_at = by.person_id, at
        review.save(update_fields=["settled_by", "settled_at"])
        audit.record(by, Trail.QUALITY_SETTLED, review, zone=ZONE, at=at)
        return review
