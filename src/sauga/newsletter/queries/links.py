"""Personal links in mails: signed over a reference, so that nobody can guess them and the database does not
hold them. The host is the installation's own setting, never taken from a request.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from sauga.newsletter.models import Issue, SignUp, Subscription

CONFIRM, OWN = "newsletter.confirm", "newsletter.own"


def whole(path: str) -> str:
    """An address with the installation's host."""
    return f"{settings.ENV.base_url.rstrip('/')}{path}"


def page_address(name: str, language: str, *args: str) -> str:
    """The whole address of a page in a language."""
    with override(language):
        return whole(reverse(name, args=args))


def confirm_address(row: SignUp) -> str:
    """Where a sign-up is confirmed."""
    return page_address("newsletter-confirm", row.language, signing.Signer(salt=CONFIRM).sign(row.ref))


def own_token(row: Subscription) -> str:
    """What leads to one's own subscription."""
    return signing.Signer(salt=OWN).sign(row.ref)


def own_address(token: str, language: str) -> str:
    """Where a subscription is changed or ended by its reader."""
    return page_address("newsletter-own", language, token)


def leave_address(token: str) -> str:
    """Where a mail program ends a subscription by one post (RFC 8058)."""
    return whole(reverse("newsletter-leave", args=[token]))


def issue_address(issue: Issue) -> str:
    """The issue on the web."""
    return page_address("newsletter-issue", issue.language, issue.ref)


def sign_up_by(token: str) -> SignUp | None:
    """The sign-up that a link leads to."""
    return SignUp.objects.filter(ref=_ref(token, CONFIRM)).first()


def subscription_by(token: str) -> Subscription | None:
    """The subscription that a link leads to; None once it has ended."""
    return Subscription.objects.filter(ref=_ref(token, OWN)).first()


def _ref(token: str, salt: str) -> str:
    """The reference that the token carries, or nothing when it was not signed here."""
    try:
        return signing.Signer(salt=salt).unsign(token)
    except signing.BadSignature:
        return ""
