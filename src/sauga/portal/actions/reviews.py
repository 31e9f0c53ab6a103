"""Reviews by people without an account: ask, send the letter, take the answer, withdraw, let run out."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.kernel import audit, notices
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.identity.models import Person
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.states import Actor, SystemActor, lock, move
from sauga.portal.models import PortalPage, ReviewRequest
from sauga.portal.rules.permissions import Permission
from sauga.portal.rules.trailing import ZONE
from sauga.portal.states import ReviewState
from sauga.portal.trail import Trail

LASTS = timedelta(days=14)
REVIEWER = SystemActor("reviewer")
SCHEDULE = SystemActor("schedule")


class NothingToReview(ActionRefused):
    """The page has no version yet."""

    message = _("Save a version of the page first.")


class ReviewOver(ActionRefused):
    """The link takes no answer any more."""

    message = _("There is an answer already, or the link has run out.")


def ask_review(*, by: PersonActor, page: PortalPage, name: str, email: str, language: str, question: str, at: datetime) -> ReviewRequest:
    """Ask somebody outside to read the newest version of a page; the letter leaves after commit.

    Raises PermissionRefused, NothingToReview.
    """
    require(by, Permission.ASK_REVIEW)
    revision = page.latest_revision
    if revision is None:
        raise NothingToReview
    with transaction.atomic():
        asked = ReviewRequest.objects.create(
            page=page,
            revision=revision,
            name=name,
            email=email,
            language=language,
            question=question,
            asked_by=by.pseudonym,
            asked_at=at,
            expires_at=at + LASTS,
        )
        audit.record(by, Trail.REVIEW_MOVED, asked, zone=ZONE, at=at, facts={"from": "", "to": asked.state})
        app.configure_task("portal.send_review", queue="mail").defer(review_id=asked.pk)
    return asked


def letter_sent(*, by: Actor, review: ReviewRequest, at: datetime) -> None:
    """The letter is on its way: the address is not needed again."""
    require(by, Permission.PUBLISH_DUE)
    with transaction.atomic():
        review = lock(review)
        review.email = ""
        review.save(update_fields=["email"])


def answer_review(*, by: Actor, review: ReviewRequest, approve: bool, words: str, at: datetime) -> ReviewRequest:
    """Take the one answer of a link. Raises ReviewOver, TextMissing."""
    require(by, Permission.ANSWER_REVIEW)
    if not approve and not words.strip():
        raise TextMissing
    with transaction.atomic():
        review = lock(review)
        if not review.is_open(at):
            raise ReviewOver
        _to(review, ReviewState.APPROVED if approve else ReviewState.CHANGES_ASKED, by, at)
        review.words = words.strip()
        review.answered_at = at
        review.email = ""
        review.save(update_fields=["words", "answered_at", "email"])
        _tell(review, at)
    return review


def withdraw_review(*, by: PersonActor, review: ReviewRequest, at: datetime) -> None:
    """Take the link back. Raises PermissionRefused, ReviewOver."""
    require(by, Permission.ASK_REVIEW)
    with transaction.atomic():
        review = lock(review)
        if not review.is_open(at):
            raise ReviewOver
        _to(review, ReviewState.WITHDRAWN, by, at)
        ReviewRequest.objects.filter(pk=review.pk).update(email="")


def expire_reviews(*, by: Actor, at: datetime) -> int:
    """Let links run out that nobody answered; who asked is told. Returns how many."""
    require(by, Permission.PUBLISH_DUE)
    over = list(ReviewRequest.objects.filter(state=ReviewState.SENT, expires_at__lte=at).order_by("pk"))
    for row in over:
        with transaction.atomic():
            review = lock(row)
            if review.state == ReviewState.SENT:
                _to(review, ReviewState.EXPIRED, by, at)
                ReviewRequest.objects.filter(pk=review.pk).update(email="")
                _tell(review, at)
    return len(over)


def _to(review: ReviewRequest, state: ReviewState, by: Actor, at: datetime) -> None:
    before = review.state
    move(review, to=state, by=by, at=at)
    audit.record(by, Trail.REVIEW_MOVED, review, zone=ZONE, at=at, facts={"from": before, "to": review.state})


def _tell(review: ReviewRequest, at: datetime) -> None:
    """Whoever asked hears that there is an answer, if still among the staff."""
    asker = Person.objects.filter(pseudonym=review.asked_by, is_active=True).first()
    if asker is not None:
        notices.notify(to=asker, template="portal.review_answered", context={"ref": review.ref}, link="/desk/portal/reviews/", at=at)
