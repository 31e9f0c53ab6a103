"""A debrief is owed after a heavy contact: when it is written up, and at the latest when its counsellor goes, on a shift or without one."""

from datetime import datetime

from sauga.helpline.records.models import Attempt
from sauga.helpline.volunteers.models import Debrief
from sauga.helpline.volunteers.queries.debriefs import HEAVY, had_heavy_contact, heavy_bands, owed_by
from sauga.kernel import notices

DEBRIEFS = "/desk/helpline/rota/debriefs/"


def owe_debrief(*, person_id: int, at: datetime) -> None:
    """Owe a person the talk with a lead, once, and tell the leads. Called inside the caller's transaction."""
    if owed_by(person_id):
        return
    Debrief.objects.create(person_id=person_id, why=HEAVY, owed_since=at)
    notices.notify(to="SHIFT_LEAD", template="helpline.debrief_owed", link=DEBRIEFS, at=at)


def after_record(*, person_id: int, attempt: Attempt, risk: str, at: datetime) -> None:
    """The contact is written up; its instants are gone from now on, so what it was is judged here: by its record and by its own band."""
    contact = attempt.conversation or attempt.call
    held = {risk, getattr(contact, "band", "")}
    if contact is not None and (contact.is_at_risk or held & set(heavy_bands(at))):
        owe_debrief(person_id=person_id, at=at)


def after_duty(*, person_id: int, since: datetime, at: datetime) -> bool:
    """Somebody goes: whether a contact that is not written up yet was heavy, or a talk is owed already."""
    done = Debrief.objects.filter(person=person_id, why=HEAVY, done_at__gte=since).exists()
    if not done and had_heavy_contact(person_id, since, at, at):
        owe_debrief(person_id=person_id, at=at)
    return bool(owed_by(person_id))
