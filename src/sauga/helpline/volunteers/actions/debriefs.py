"""A debrief is owed after a heavy contact: when it is written up, and at the latest when its counsellor goes, on a shift or without one."""

from datetime import datetime

from sauga.helpline.volunteers.models import Debrief
from sauga.helpline.volunteers.queries.debriefs import HEAVY, owed_by
from sauga.kernel import notices

DEBRIEFS = "/desk/helpline/rota/debriefs/"


def owe_debrief(*, person_id: int, at: datetime) -> None:
    """Owe a person the talk with a lead, once, and tell the leads. Called inside the caller's transaction."""
    if owed_by(person_id):
        return
    Debrief.objects.create(person_id=person_id, why=HEAVY, owed_since=at)
    notices.notify(to="SHIFT_LEAD", template="helpline.debrief_owed", link=DEBRIEFS, at=at)
