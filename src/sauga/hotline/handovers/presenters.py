"""How hand-overs are shown at the desk: lines of the queue, files, records. No writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sauga.hotline.content import presenters as content_presenters
from sauga.hotline.handovers.forms import Numbers
from sauga.hotline.handovers.models import HandoverExport, HandoverRecord
from sauga.hotline.handovers.queries.records import Waiting
from sauga.hotline.handovers.rules import can_undo, permission_for
from sauga.kernel import i18n, vocab
from sauga.kernel.identity import PersonActor
from sauga.kernel.kit.lists import Mark


@dataclass(frozen=True)
class Line:
    """An item that waits, ready to be drawn. `number` is what was typed, `error` what is wrong with it."""

    ref: str
    href: str
    urgency: Mark
    verdict: str
    country: str
    assessed_by: str
    waits: str
    share: float
    tone: str
    number: str = ""
    error: str = ""
    ticked: bool = False


@dataclass(frozen=True)
class Record:
    """A record, ready to be drawn. `undo_left` is empty once it can only be corrected."""

    record: HandoverRecord
    to: str
    how: str
    by: str
    undone_by: str
    reason: str
    undo_left: str
    may_change: bool


@dataclass(frozen=True)
class File:
    """A file under way, ready to be drawn."""

    export: HandoverExport
    by: str
    stage: Mark
    items: int


@dataclass(frozen=True)
class Typed:
    """What a refused form held."""

    ticked: frozenset[str] = frozenset()
    numbers: Numbers = field(default_factory=lambda: Numbers(None, []))


def line(row: Waiting, at: datetime, typed: Typed) -> Line:
    """One row of a recipient's queue."""
    item = row.item
    target = timedelta(minutes=vocab.policy("policy.handover")["target_minutes"])
    share = min(1.0, max(0.0, (at - row.since) / target))
    return Line(
        ref=item.ref,
        href=reverse("hotline-item", args=[item.ref]),
        urgency=content_presenters.urgency(item.priority),
        verdict=vocab.label("item.verdict", item.verdict),
        country=str(content_presenters.hosting(item).text),
        assessed_by=", ".join(row.assessed_by),
        waits=i18n.duration(at - row.since),
        share=share,
        tone="late" if share > 0.85 else "wait" if share > 0.6 else "",
        number=typed.numbers.given.get(item.ref, ""),
        error=typed.numbers.errors.get(item.ref, ""),
        ticked=item.ref in typed.ticked,
    )


def record(row: HandoverRecord, names: Mapping[str, str], by: PersonActor, at: datetime) -> Record:
    """One record."""
    minutes = vocab.policy("policy.handover")["undo_minutes"]
    mine = by.can(permission_for(row.recipient)) and row.undone_at is None
    left = row.recorded_at + timedelta(minutes=minutes) - at
    undo_left = (
        _("%(span)s left") % {"span": i18n.duration(left)}
        if mine and can_undo(row.recorded_at, at, minutes)
        else ""
    )
    reason = ""
    if row.undo_reason:
        reason = (
            vocab.label("handover.reason", row.undo_reason)
            if row.undo_reason != "UNDONE"
            else _("undone at once")
        )
    return Record(
        record=row,
        to=vocab.label("rrt.route", row.recipient),
        how=vocab.label("handover.method", row.method),
        by=names.get(row.recorded_by, ""),
        undone_by=names.get(row.undone_by, ""),
        reason=reason,
        undo_left=undo_left,
        may_change=mine,
    )


def stage(export: HandoverExport) -> Mark:
    """The state of a file."""
    if export.discarded_at is not None:
        return Mark("calm", "dash", _("Discarded"))
    if export.recorded_at is not None:
        return Mark("good", "tick", _("Handed over"))
    if export.waits_for_second:
        return Mark("wait", "half", _("Waits for a second person"))
    if export.downloaded_at is not None:
        return Mark("wait", "triangle", _("Downloaded, not recorded yet"))
    return Mark("act", "ring", _("Ready to download"))


def file(export: Any, names: Mapping[str, str]) -> File:
    """One file under way; `item_count` comes with the query."""
    return File(export, names.get(export.made_by, ""), stage(export), export.item_count)


def oldest(lines: Sequence[Line]) -> str:
    """How long the first of the queue waits."""
    return _("Oldest: %(span)s") % {"span": lines[0].waits} if lines else ""


def recorded(rows: Sequence[HandoverRecord]) -> str:
    """The message after recording."""
    to = vocab.label("rrt.route", rows[0].recipient)
    if len(rows) == 1:
        return _("Recorded: %(ref)s handed over to %(to)s.") % {"ref": rows[0].item.ref, "to": to}
    said = ngettext(
        "Recorded: %(n)d item handed over to %(to)s.",
        "Recorded: %(n)d items handed over to %(to)s.",
        len(rows),
    )
    return said % {"n": len(rows), "to": to}


def undone(n: int) -> str:
    """The message after undoing."""
    return ngettext("Undone: %(n)d item waits again.", "Undone: %(n)d items wait again.", n) % {"n": n}


def csv_rows(rows: Sequence[HandoverRecord], names: Mapping[str, str]) -> list[list[Any]]:
    """Records as lines of a table: codes and numbers, no address."""
    return [
        [
            row.handed_over_at.isoformat(timespec="minutes"),
            row.item.ref,
            row.occurrence,
            row.recipient,
            row.method,
            row.reference,
            names.get(row.recorded_by, ""),
            row.recorded_at.isoformat(timespec="minutes"),
            row.export.ref if row.export else "",
            row.undone_at.isoformat(timespec="minutes") if row.undone_at else "",
            row.undo_reason,
        ]
        for row in rows
    ]
