"""Organisers are told when a speaker withdraws a consent: what was shown is gone already, but recordings,
printed programmes and copies elsewhere are theirs to look at.
"""

from datetime import datetime

from django.urls import reverse

from sauga.events.programme.models import Session, Speaker
from sauga.kernel import notifications
from sauga.kernel.identity import PersonActor
from sauga.kernel.states import Actor

WITHDRAWN = "events.consent_withdrawn"


def tell_withdrawn(*, by: Actor, speaker: Speaker, what: str, session: Session | None, at: datetime) -> int:
    """Tell the organisers, unless one of them recorded it; how many were told."""
    if isinstance(by, PersonActor):
        return 0
    link = reverse("events-speaker-desk", args=[speaker.event.ref, speaker.ref])
    told = notifications.notify(
        to="ORGANISER", template=WITHDRAWN, context={"ref": speaker.event.ref}, link=link, at=at
    )
    return len(told)
