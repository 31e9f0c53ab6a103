"""Personal links in mails: signed over a reference, so that nobody can guess them and the database does not
hold them. The host is the installation's own setting, never taken from a request.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from sauga.events.registration.models import Registration

OWN, GUARDIAN = "events.own", "events.guardian"


def page_address(name: str, language: str, *args: str) -> str:
    """The whole address of a page in a language."""
    with override(language):
        return f"{settings.ENV.base_url.rstrip('/')}{reverse(name, args=args)}"


def own_token(row: Registration) -> str:
    """What leads to one's own registration."""
    return signing.Signer(salt=OWN).sign(row.ref)


def own_address(row: Registration) -> str:
    """Where a registration is seen, changed, accepted and cancelled."""
    return page_address("events-own", row.language, own_token(row))


def guardian_address(row: Registration) -> str:
    """Where a guardian agrees or refuses."""
    token = signing.Signer(salt=GUARDIAN).sign(row.ref)
    return page_address("events-guardian", row.language, token)


def registration_by(token: str, salt: str = OWN) -> Registration | None:
    """The registration that a link leads to; None for a link that was not made here, or one that is gone."""
    try:
        ref = signing.Signer(salt=salt).unsign(token)
    except signing.BadSignature:
        return None
    return Registration.objects.select_related("event", "ticket").filter(ref=ref).first()
