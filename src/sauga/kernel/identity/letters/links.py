"""Links in mail: signed over the invitation's reference, so that a job can write them from an id and nobody
can guess them."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from sauga.kernel.identity.models import Invitation

SALT = "identity.invitation"


def link_of(invitation: Invitation) -> str:
    """The whole address. The host is the installation's own setting, never taken from a request."""
    name = "identity-join" if invitation.purpose == Invitation.Purpose.JOIN else "identity-reset"
    token = signing.Signer(salt=SALT).sign(invitation.ref)
    return f"{settings.ENV.base_url.rstrip('/')}{reverse(name, args=[token])}"


def ref_in(token: str) -> str:
    """The reference that the token carries, or nothing when it was not signed here."""
    try:
        return signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return ""
