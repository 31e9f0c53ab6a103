"""Hours at which a speaker cannot speak: stated by the speaker or an organiser, respected by the schedule."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.actions.refusals import instants
from sauga.events.programme.actions.speakers import note_speaker, require_own_or_editor
from sauga.events.programme.models import Speaker, SpeakerAbsence
from sauga.events.programme.rules.local_times import LocalTime
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

MOST = 20


class AbsenceUnfit(ActionRefused):
    """Hours outside the event, or too many of them."""

    messages = {
        "outside": _("The event does not take place at that time."),
        "many": _("That is enough: write to the organisers instead."),
    }
    field = "starts"


def add_absence(
    *, by: Actor, speaker: Speaker, starts: LocalTime, ends: LocalTime, at: datetime
) -> SpeakerAbsence:
    """State hours at which a speaker cannot speak. Sessions that stand there already are shown to the
    organisers. Raises PermissionRefused, TimeRefused, AbsenceUnfit."""
    require_own_or_editor(by, speaker)
    first, last = instants(starts, ends)
    with transaction.atomic():
        held = lock(speaker)
        if first >= held.event.ends or last <= held.event.starts:
            raise AbsenceUnfit("outside")
        if held.absences.count() >= MOST:
            raise AbsenceUnfit("many")
        row = SpeakerAbsence.objects.create(speaker=held, starts=first, ends=last)
        note_speaker(by, held, "absence_added", at)
        return row


def remove_absence(*, by: Actor, speaker: Speaker, number: int, at: datetime) -> bool:
    """Take hours back, by their number in the list; whether there were any. Raises PermissionRefused."""
    require_own_or_editor(by, speaker)
    with transaction.atomic():
        held = lock(speaker)
        row = held.absences.filter(pk=number).first()
        if row is None:
            return False
        row.delete()
        note_speaker(by, held, "absence_removed", at)
        return True
