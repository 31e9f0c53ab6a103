"""Reviews by people without an account: request, send the email, take the answer, withdraw, expire."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.kernel import audit, notifications
from sauga.kernel.i18n import long_date
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.identity.models import Person
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.states import Actor, SystemActor, lock, move
from sauga.portal.models.base import PortalPage
from sauga.portal.models.reviews import ReviewRequest
from sauga.portal.permissions import Permission
from sauga.portal.queries.desk import token_of
from sauga.portal.rules.editor_audit import ZONE
from sauga.portal.states import ReviewState
from sauga.portal.trail import Trail

LASTS = timedelta(days=14)
REVIEWER = SystemActor("reviewer")
SCHEDULE = SystemActor("schedule")


class NothingToReview(ActionRefused):
    """The page has no version yet."""

    message = _("Save a version of the page first.")


class ReviewOver(ActionRefused):
    """The link accepts no answer any more."""

    message = _("There is an answer already, or the link has expired.")


def ask_review(
    *, by: PersonActor, page: PortalPage, name: str, email: str, language: str, question: str, at: datetime
) -> ReviewRequest:
    """Ask someone outside to read the newest version of a page; the email is sent after commit.

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
    """The email has been sent, so the address is deleted."""
    require(by, Permission.PUBLISH_DUE)
    with transaction.atomic():
        review = lock(review)
        review.email = ""
        review.save(update_fields=["email"])


def answer_review(
    *, by: Actor, review: ReviewRequest, approve: bool, words: str, at: datetime
) -> ReviewRequest:
    """Take the single answer of a link. Raises ReviewOver, TextMissing."""
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
    """Withdraw the link. Raises PermissionRefused, ReviewOver."""
    require(by, Permission.ASK_REVIEW)
    with transaction.atomic():
        review = lock(review)
        if not review.is_open(at):
            raise ReviewOver
        _to(review, ReviewState.WITHDRAWN, by, at)
        ReviewRequest.objects.filter(pk=review.pk).update(email="")


def expire_reviews(*, by: Actor, at: datetime) -> int:
    """Expire unanswered links and notify the requester. Returns how many."""
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
    """Notify the requester of an answer, if still a member of staff."""
    asker = Person.objects.filter(pseudonym=review.asked_by, is_active=True).first()
    if asker is not None:
        notifications.notify(
            to=asker,
            template="portal.review_answered",
            context={"ref": review.ref},
            link="/desk/portal/reviews/",
            at=at,
        )


class NotHanded(Exception):
    """The mail server did not accept the email; the job tries again."""


def send_review(*, by: Actor, review_id: int, at: datetime) -> None:
    """Send the email unless it was sent, withdrawn or has expired. Raises NotHanded."""
    review = ReviewRequest.objects.select_related("page").filter(pk=review_id).first()
    if review is None or not review.email or review.state != ReviewState.SENT:
        return
    link = f"{settings.ENV.base_url.rstrip('/')}{reverse('portal-review', args=[token_of(review)])}"
    with translation.override(review.language):
        subject = gettext("Please read a page of the Safer Internet Centre")
        text = _text(review, link)
        letter = notifications.compose(
            subject=subject, body_text=text, to=review.email, language=review.language, at=at
        )
    handed = notifications.deliver(letter)
    if not handed.accepted:
        raise NotHanded(handed.code)
    letter_sent(by=by, review=review, at=at)


def _text(review: ReviewRequest, link: str) -> str:
    hello = gettext("Hello, %(name)s,") % {"name": review.name}
    what = gettext("we ask you to read a page before it is published: “%(title)s”.") % {
        "title": review.page.draft_title
    }
    how = gettext(
        "Open the link, read, and press one of two buttons: it may be published, or something should "
        "be changed. "
        "No account is needed. The link works until %(day)s and takes one answer."
    ) % {"day": long_date(review.expires_at)}
    parts = [hello, what, *([review.question] if review.question else []), how, link]
    return "\n\n".join(parts)
