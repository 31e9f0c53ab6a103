"""What adults do in the panel, in a log that every adult of the panel and the safeguarding lead read.

A second adult marks each act as seen. Acts about a flag that concerns an adult, and about an inquiry, are the
safeguarding lead's alone.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.panel.members.models import AdultAct, Member
from sauga.panel.members.queries import adults
from sauga.panel.permissions import Permission
from sauga.panel.trail import ZONE, Trail


class OwnAct(ActionRefused):
    """A second adult sees an act; one is not one's own second."""

    message = _("Somebody else marks what you did yourself.")


def record(
    *,
    by: PersonActor,
    what: str,
    at: datetime,
    member: Member | None = None,
    where: str = "",
    is_confidential: bool = False,
    hidden_from: int | None = None,
) -> None:
    """Note an act inside the action that performs it. `what` is a code (`hooks.adult_acts`), `where` a
    reference, never a text. `is_confidential`: facilitators do not see it, nor does `hidden_from`."""
    AdultAct.objects.create(
        adult_id=by.person_id,
        adult_name=by.pseudonym,
        member=member,
        what=what,
        where=where,
        is_confidential=is_confidential,
        hidden_from_id=hidden_from,
        at=at,
    )


def mark_seen(*, by: PersonActor, acts: Iterable[int], at: datetime) -> int:
    """A second adult has seen these acts. Returns how many; those of oneself raise OwnAct and mark none,
    those that this person may not see are left."""
    require(by, Permission.SEE_ADULT_ACTS)
    with transaction.atomic():
        rows = list(
            adults.seen_by(by).select_for_update(of=("self",)).filter(pk__in=list(acts), seen_at__isnull=True)
        )
        if any(row.adult_name == by.pseudonym for row in rows):
            raise OwnAct
        AdultAct.objects.filter(pk__in=[row.pk for row in rows]).update(seen_by=by.person_id, seen_at=at)
        if rows:
            audit.record(by, Trail.ACT_SEEN, None, zone=ZONE, at=at, facts={"n": len(rows)})
    return len(rows)
