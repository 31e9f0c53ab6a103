"""Personal links of speakers: signed over a reference, so that nobody can guess them and the database does
not hold them. The host is the installation's own setting, never taken from a request.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from sauga.events.programme.models import Speaker

SALT = "events.speaker"


def token_of(speaker: Speaker) -> str:
    """What leads to one's own entry."""
    return signing.Signer(salt=SALT).sign(speaker.ref)


def own_path(speaker: Speaker) -> str:
    """The path of the own page, in the language now spoken."""
    return reverse("events-speaker-own", args=[token_of(speaker)])


def own_address(speaker: Speaker, language: str) -> str:
    """The whole address of the own page in a language."""
    with override(language):
        return f"{settings.ENV.base_url.rstrip('/')}{own_path(speaker)}"


def is_signed(rest: str) -> bool:
    """Whether the end of an address, after that of speakers' pages, was made here. No database is asked:
    a visitor without a link cannot make the server read a large file."""
    return _ref(rest.strip("/")) is not None


def speaker_by(token: str) -> Speaker | None:
    """The speaker that a link leads to; None for a link that was not made here, or an entry that is gone."""
    ref = _ref(token)
    rows = Speaker.objects.select_related("event__venue")
    return rows.filter(ref=ref).first() if ref is not None else None


def _ref(token: str) -> str | None:
    try:
        return signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
