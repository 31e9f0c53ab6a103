"""Records about one member for an inquiry: one person asks, another approves, the first takes them
once."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.notifications import notify
from sauga.kernel.refusals import ActionRefused, ReasonMissing
from sauga.kernel.states import lock, move
from sauga.panel.members.actions import adult_acts
from sauga.panel.members.models import Export, Member, new_ref
from sauga.panel.members.queries import adults
from sauga.panel.permissions import Permission
from sauga.panel.states import ExportState
from sauga.panel.trail import ZONE, Trail

REASONS = ("POLICE", "CHILD_PROTECTION", "INTERNAL", "COURT")


class OwnRequest(ActionRefused):
    """The records take two people."""

    message = _("Somebody else approves what you asked for yourself.")


class NotTheAsker(ActionRefused):
    """The person who asked takes the records."""

    message = _("The records are for the person who asked for them.")


def ask_export(*, by: PersonActor, member: Member, reason: str, at: datetime) -> Export:
    """Ask for the records about a member. Raises ReasonMissing."""
    require(by, Permission.ASK_EXPORT)
    if reason not in REASONS:
        raise ReasonMissing
    with transaction.atomic():
        row = Export.objects.create(
            ref=new_ref(), member=member, reason=reason, asked_by_id=by.person_id, asked_at=at
        )
        facts = {"to": str(row.state), "why": reason}
        audit.record(by, Trail.EXPORT_MOVED, row, zone=ZONE, at=at, facts=facts)
        adult_acts.record(
            by=by, what="ASKED_EXPORT", member=member, where=f"export:{row.ref}", at=at, is_confidential=True
        )
        for person in adults.deciders_about(member, at):
            notify(to=person, template="panel.export_asked", link=f"/desk/panel/exports/{row.ref}/", at=at)
    return row


def decide_export(*, by: PersonActor, export: Export, is_approved: bool, at: datetime) -> None:
    """A second person approves or refuses. Raises OwnRequest, MoveNotAllowed."""
    require(by, Permission.APPROVE_EXPORT)
    with transaction.atomic():
        row = lock(adults.export_for(by, export.ref))
        if row.asked_by_id == by.person_id:
            raise OwnRequest
        _move(by, row, ExportState.APPROVED if is_approved else ExportState.REFUSED, at)
        row.decided_by_id, row.decided_at = by.person_id, at
        row.save(update_fields=["decided_by", "decided_at"])


def take_export(*, by: PersonActor, export: Export, at: datetime) -> dict[str, list[dict[str, Any]]]:
    """The records, once, for the person who asked. Raises NotTheAsker, MoveNotAllowed."""
    require(by, Permission.ASK_EXPORT)
    with transaction.atomic():
        row = lock(export)
        if row.asked_by_id != by.person_id:
            raise NotTheAsker
        _move(by, row, ExportState.TAKEN, at)
        return adults.records_of(row.member, by.person_id)


def _move(by: PersonActor, row: Export, to: ExportState, at: datetime) -> None:
    move(row, to=to, by=by, at=at)
    facts = {"to": str(row.state)}
    audit.record(by, Trail.EXPORT_MOVED, row, zone=ZONE, at=at, facts=facts)
    adult_acts.record(
        by=by, what=f"EXPORT_{to}", member=row.member, where=f"export:{row.ref}", at=at, is_confidential=True
    )
