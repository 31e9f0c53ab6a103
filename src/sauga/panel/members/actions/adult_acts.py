"""What adults do in the panel, in a log that every adult of the panel and the safeguarding lead read.

A second adult marks each act as seen.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.panel.members.models import AdultAct, Member
from sauga.panel.permissions import Permission as P
from sauga.panel.trail import ZONE, Trail


class OwnAct(ActionRefused):
    """A second adult sees an act; nobody is the second to oneself."""

    message = _("Somebody else marks what you did yourself.")


def record(
    *, by: PersonActor, what: str, at: datetime, member: Member | None = None, where: str = ""
) -> None:
    """Note an act inside the action that performs it. `what` is a code (`hooks.adult_acts`), `where` a
    reference, never a text."""
    AdultAct.objects.create(
        adult_id=by.person_id, adult_name=by.pseudonym, member=member, what=what, where=where, at=at
    )


def mark_seen(*, by: PersonActor, acts: Iterable[int], at: datetime) -> int:
    """A second adult has seen these acts. Returns how many; those of oneself raise OwnAct and mark none."""
    require(by, P.SEE_ADULT_ACTS)
    with transaction.atomic():
        rows = list(AdultAct.objects.select_for_update().filter(pk__in=list(acts), seen_at__isnull=True))
        if any(row.adult_name == by.pseudonym for row in rows):
            raise OwnAct
        AdultAct.objects.filter(pk__in=[row.pk for row in rows]).update(seen_by=by.person_id, seen_at=at)
        if rows:
            audit.record(by, Trail.ACT_SEEN, None, zone=ZONE, at=at, facts={"n": len(rows)})
    return len(rows)
