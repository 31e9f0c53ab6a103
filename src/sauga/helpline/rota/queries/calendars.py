"""The calendar behind a secret address: its owner's shifts and nothing about anybody else."""

import re
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils import translation
from django.utils.translation import gettext as _

from sauga.helpline.rota.models import CalendarLink, Shift
from sauga.helpline.rota.queries.rota import AHEAD, DONE, HERE
from sauga.helpline.states import ShiftState
from sauga.kernel import sealed, vocab
from sauga.kernel.identity.models import Membership
from sauga.kernel.ui.formats.calendars import Event, calendar

SECRET = re.compile(r"[a-z2-9]{32}")
BACK = timedelta(days=30)


def index_of(secret: str) -> bytes:
    """What is kept of a secret: enough to find its row, nothing to guess it from."""
    return sealed.blind(sealed.Zone.HELPLINE, "calendar", secret)


def link_of(person_id: int) -> CalendarLink | None:
    """The person's link, if there is one."""
    return CalendarLink.objects.filter(person=person_id).first()


def calendar_text(secret: str, at: datetime) -> str | None:
    """The file, in its owner's language; None for an address that does not exist (any more).

    One look-up in every case.
    """
    index = index_of(secret if SECRET.fullmatch(secret) else "none")
    link = CalendarLink.objects.select_related("person").filter(index=index).first()
    if link is None or not Membership.objects.serving("helpline", at).filter(person=link.person).exists():
        return None
    rows = Shift.objects.filter(
        person=link.person, begins_at__gte=at - BACK, state__in=[*AHEAD, *HERE, *DONE]
    )
    with translation.override(link.person.language):
        events = [_event(shift) for shift in rows.annotate(moves=Count("steps")).order_by("begins_at")]
        return calendar(_("My shifts"), events, at)


def _event(shift: Shift) -> Event:
    """Neutral words: others may see a calendar over a shoulder."""
    channels = ", ".join(vocab.label("duty_channel", channel) for channel in shift.channels)
    state = ShiftState(shift.state)
    return Event(
        uid=f"{shift.ref}@sauga",
        begins=shift.begins_at,
        ends=shift.ends_at,
        title=_("Shift: %(what)s") % {"what": channels or _("shift lead")},
        text=vocab.label("state.shift", state),
        is_certain=state != ShiftState.CLAIMED,
        number=shift.moves,  # type: ignore[attr-defined]  # annotated
    )
