"""Reading the audit log: the history of one object, and the entries of one zone for its auditor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sauga.kernel.audit.recorder import reference


@dataclass(frozen=True)
class Entry:
    """One line as a page shows it."""

    number: int
    zone: str
    hour: datetime
    actor: str
    action: str
    kind: str
    ref: str
    facts: Mapping[str, Any]


COLUMNS = ("pk", "zone", "hour", "actor", "action", "kind", "ref", "facts")


def timeline(obj: Any, *, zone: str | None = None) -> list[Entry]:
    """Everything that was done to one object, oldest first. `obj` is a row or a reference as text (then of
    any kind).

    Give `zone` wherever one partner looks: lines of another partner's zone stay out.
    """
    from sauga.kernel.audit.models import TrailLine

    kind, ref = reference(obj)
    lines = TrailLine.objects.filter(ref=ref)
    if kind:
        lines = lines.filter(kind=kind)
    if zone is not None:
        lines = lines.filter(zone=zone)
    return [Entry(*values) for values in lines.order_by("pk").values_list(*COLUMNS)]


def zone_lines(zone: str, *, before: int | None = None, limit: int = 100) -> list[Entry]:
    """One zone's lines, newest first, `limit` at a time; `before` is the number of the last entry already
    shown."""
    from sauga.kernel.audit.models import TrailLine

    lines = TrailLine.objects.filter(zone=zone)
    if before is not None:
        lines = lines.filter(pk__lt=before)
    return [Entry(*values) for values in lines.order_by("-pk").values_list(*COLUMNS)[:limit]]
