"""The letter to a reviewer: one link, one question, nothing else. Its address is forgotten when the letter is on its way."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from sauga.kernel import notices
from sauga.kernel.i18n import long_date
from sauga.kernel.states import Actor
from sauga.portal.actions.reviews import letter_sent
from sauga.portal.models import ReviewRequest
from sauga.portal.queries.working import token_of
from sauga.portal.states import ReviewState


class NotHanded(Exception):
    """The mail server did not take the letter; the job tries again."""


def send_review(*, by: Actor, review_id: int, at: datetime) -> None:
    """Send the letter unless it has gone, was withdrawn or has run out. Raises NotHanded."""
    review = ReviewRequest.objects.select_related("page").filter(pk=review_id).first()
    if review is None or not review.email or review.state != ReviewState.SENT:
        return
    link = f"{settings.ENV.base_url.rstrip('/')}{reverse('portal-review', args=[token_of(review)])}"
    with translation.override(review.language):
        subject = gettext("Please read a page of the Safer Internet Centre")
        text = _text(review, link)
        letter = notices.compose(subject=subject, body_text=text, to=review.email, language=review.language, at=at)
    handed = notices.deliver(letter)
    if not handed.accepted:
        raise NotHanded(handed.code)
    letter_sent(by=by, review=review, at=at)


def _text(review: ReviewRequest, link: str) -> str:
    hello = gettext("Hello, %(name)s,") % {"name": review.name}
    what = gettext("we ask you to read a page before it is published: “%(title)s”.") % {"title": review.page.draft_title}
    how = gettext(
        "Open the link, read, and press one of two buttons: it may be published, or something should be changed. "
        "No account is needed. The link works until %(day)s and takes one answer."
    ) % {"day": long_date(review.expires_at)}
    parts = [hello, what, *([review.question] if review.question else []), how, link]
    return "\n\n".join(parts)
