"""Links in mail to members and guardians: signed over a reference, so that nobody can guess them and the
database does not hold them.

The host is the installation's own setting, never taken from a request.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from sauga.kernel.members.models import Guardian, SigninLink

SIGN_IN, GUARDIAN = "members.signin", "members.guardian"


def signin_address(link: SigninLink) -> str:
    """The whole address that a member opens."""
    return _address("members-link", signing.Signer(salt=SIGN_IN).sign(link.ref), link.language)


def guardian_address(guardian: Guardian) -> str:
    """The whole address of the guardian's page."""
    return _address("members-guardian", signing.Signer(salt=GUARDIAN).sign(guardian.ref), guardian.language)


def page_address(name: str, language: str) -> str:
    """The whole address of a page without arguments."""
    with override(language):
        return f"{settings.ENV.base_url.rstrip('/')}{reverse(name)}"


def ref_in(token: str, salt: str) -> str:
    """The reference that the token carries, or nothing when it was not signed here."""
    try:
        return signing.Signer(salt=salt).unsign(token)
    except signing.BadSignature:
        return ""


def _address(name: str, token: str, language: str) -> str:
    with override(language):
        return f"{settings.ENV.base_url.rstrip('/')}{reverse(name, args=[token])}"
