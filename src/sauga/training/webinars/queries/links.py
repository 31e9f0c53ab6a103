"""Personal links: signed over references, so that nobody can guess them and the database does not hold them.
The host is the installation's own setting, never taken from a request.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from sauga.events.programme.models import Speaker
from sauga.events.registration.models import Registration
from sauga.training.webinars.models import Webinar

SPEAKER, WATCH = "training.speaker", "training.watch"


def whole(path: str) -> str:
    """An address with the installation's host."""
    return f"{settings.ENV.base_url.rstrip('/')}{path}"


def page_address(name: str, language: str, *args: str) -> str:
    """The whole address of a page in a language."""
    with override(language):
        return whole(reverse(name, args=args))


def speaker_token(speaker: Speaker) -> str:
    """What leads to a speaker's page."""
    return signing.Signer(salt=SPEAKER).sign(speaker.ref)


def speaker_address(speaker: Speaker) -> str:
    """The whole address of a speaker's page, in the language of the reader."""
    return whole(reverse("training-speaker", args=[speaker_token(speaker)]))


def speaker_by(token: str) -> Speaker | None:
    """The speaker of a webinar that a link leads to; None for a link that was not made here, or one that is
    gone."""
    ref = _ref(token, SPEAKER)
    rows = Speaker.objects.select_related("event__webinar__event").filter(event__webinar__isnull=False)
    return rows.filter(ref=ref).first() if ref else None


def watch_token(row: Registration) -> str:
    """What leads to the page on which a participant's presence is recorded."""
    return signing.Signer(salt=WATCH).sign(row.ref)


def watcher_by(token: str) -> tuple[Webinar, Registration] | None:
    """Whose page it is and of which webinar; None for a link that was not made here, or one that is gone."""
    ref = _ref(token, WATCH)
    rows = Registration.objects.select_related("event__webinar__event", "event__webinar__stream")
    found = rows.filter(ref=ref, event__webinar__isnull=False).first() if ref else None
    return (found.event.webinar, found) if found is not None else None


def _ref(token: str, salt: str) -> str:
    try:
        return signing.Signer(salt=salt).unsign(token)
    except signing.BadSignature:
        return ""
