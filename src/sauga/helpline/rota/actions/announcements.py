"""Announcements of a shift lead to everybody on duty: short, about the shift, never about a child; encrypted
all the same.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.line.rules.redaction import Kind, found, kind_name
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.models import ShiftWord
from sauga.helpline.trail import Trail
from sauga.kernel import audit, live, sealed
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused, TextMissing

ZONE = sealed.Zone.HELPLINE
TABLE = "helpline.shiftword"
CHANNEL = "helpline.queue"
LONGEST = 400
HOURS = (1, 4, 12)
TELLING = {
    Kind.PERSONAL_CODE,
    Kind.PHONE,
    Kind.EMAIL,
    Kind.ACCOUNT,
    Kind.PLATE,
    Kind.HANDLE,
    Kind.SCHOOL,
    Kind.STREET,
}
"""What no word to colleagues needs. First names pass: colleagues have them, too."""


class TooMuchSaid(ActionRefused):
    """A word to the shift has at most 400 characters."""

    message = _("Nothing was said: write at most 400 characters.")


class AboutSomebody(ActionRefused):
    """The words look as if they told who a child is; `kinds` says why."""

    message = _("Not said: it seems to hold %(what)s. Write nothing about a child here.")

    def __init__(self, kinds: list[Kind]) -> None:
        super().__init__(what=lambda: ", ".join(kind_name(kind) for kind in kinds))
        self.kinds = kinds


def announce(*, by: PersonActor, text: str, hours: int, at: datetime) -> ShiftWord:
    """Say something to everybody on duty for some hours.

    Raises TextMissing, TooMuchSaid, AboutSomebody, ValueError.
    """
    require(by, Permission.LEAD_SHIFT)
    words = text.strip()
    if not words:
        raise TextMissing
    if len(words) > LONGEST:
        raise TooMuchSaid
    if hours not in HOURS:
        raise ValueError(hours)
    if kinds := {span.kind for span in found(words)} & TELLING:
        raise AboutSomebody(sorted(kinds))
    with transaction.atomic():
        word = ShiftWord(
            author_id=by.person_id, at=at, until=at + timedelta(hours=hours), seen=[by.person_id]
        )
        key = sealed.new_data_key(zone=ZONE, holder=word.holder, recipients=[sealed.Recipient.TEAM])
        word.body = sealed.seal(key, table=TABLE, row=word.ref, field="body", text=words)
        word.save(force_insert=True)
        audit.record(by, Trail.SHIFT_TOLD, word, zone=ZONE, at=at, facts={"hours": hours})
        live.signal(CHANNEL)
    return word


def put_aside(*, by: PersonActor, ref: str, at: datetime) -> None:
    """I have read it: it is not shown to me any more."""
    require(by, Permission.BE_ON_DUTY)
    with transaction.atomic():
        word = ShiftWord.objects.select_for_update().filter(ref=ref, until__gt=at).first()
        if word is not None and by.person_id not in word.seen:
            word.seen = [*word.seen, by.person_id]
            word.save(update_fields=["seen"])
            live.signal(CHANNEL)


def take_back_word(*, by: PersonActor, ref: str, at: datetime) -> bool:
    """Any lead may end a word before its hours are over. Whether there was one."""
    require(by, Permission.LEAD_SHIFT)
    with transaction.atomic():
        word = ShiftWord.objects.select_for_update().filter(ref=ref, until__gt=at).first()
        if word is None:
            return False
        word.until = at
        word.save(update_fields=["until"])
        audit.record(by, Trail.SHIFT_TOLD, word, zone=ZONE, at=at, facts={"hours": 0})
        live.signal(CHANNEL)
    return True
