"""Writing the entries of the foot outside the editors' tool: the first ones, and those of the demo."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from sauga.kernel import audit
from sauga.kernel.identity import require
from sauga.kernel.states import Actor
from sauga.portal.models.footer import FooterEntry
from sauga.portal.permissions import Permission
from sauga.portal.rules.editor_audit import ZONE
from sauga.portal.trail import Trail


def add_footer_entries(*, by: Actor, entries: Sequence[Mapping[str, str]], at: datetime) -> list[FooterEntry]:
    """Add entries to the foot. Raises PermissionRefused, and ValidationError for one that leads nowhere."""
    require(by, Permission.PLANT_SITE)
    rows = [
        FooterEntry(
            **{
                **entry,
                "has_emblem": entry.get("has_emblem") == "yes",
                "order": int(entry.get("order", "50")),
                "valid_from": date.fromisoformat(entry["valid_from"]),
            }
        )
        for entry in entries
    ]
    with transaction.atomic():
        for row in rows:
            row.full_clean()
            row.save()
        audit.record(by, Trail.FOOTER_FILLED, None, zone=ZONE, at=at, facts={"entries": len(rows)})
    return rows
