"""Everything about an event as sheets of a workbook. The sheets of the programme have the columns of its
template, so that they can be brought in again elsewhere."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext

from sauga.events.permissions import Permission
from sauga.events.planning.queries import budget, tasks
from sauga.events.planning.queries import counts as numbers
from sauga.events.planning.report import EVIDENCES, NAMES
from sauga.events.planning.rules.counts import EVIDENCE
from sauga.events.planning.rules.sheets import PROGRAMME
from sauga.events.programme.models import Event, said
from sauga.events.programme.queries.events import sessions
from sauga.events.registration.queries import registrations
from sauga.events.registration.views.desk import table as registration_table
from sauga.kernel import vocab
from sauga.kernel.identity import PersonActor, allowed
from sauga.kernel.kit.lists.cells import Plain

type Sheet = tuple[Sequence[str], list[list[Plain]]]


def everything(by: PersonActor, event: Event, at: datetime) -> dict[str, Sheet]:
    """The sheets by name: what this person may see of the event."""
    found = {"event": _event(event), **programme(event)}
    if allowed(by, Permission.EXPORT_REGISTRATIONS, event):
        found["registrations"] = registration_table(event, registrations.for_file(event))
    if allowed(by, Permission.DO_TASKS, event):
        found["tasks"] = _tasks(event)
    if allowed(by, Permission.KEEP_BUDGET, event):
        found["budget"] = budget_table(event)
    if allowed(by, Permission.SEE_FIGURES, event):
        found["numbers"] = _numbers(event, at)
    return found


def programme(event: Event) -> dict[str, Sheet]:
    """Rooms, speakers and sessions, in the columns of the template."""
    rooms = event.venue.rooms.filter(closed_at__isnull=True) if event.venue else ()
    held: dict[str, list[dict[str, Plain]]] = {
        "rooms": [{**_words(room, "name"), "seats": room.seats} for room in rooms],
        "speakers": [
            {"name": one.name, **_words(one, "role"), **_words(one, "biography")}
            for one in event.speakers.all()
        ],
        "sessions": [
            {
                **_words(one, "title"),
                **_words(one, "abstract"),
                "kind": one.kind,
                "starts": f"{localtime(one.starts):%Y-%m-%d %H:%M}",
                "ends": f"{localtime(one.ends):%Y-%m-%d %H:%M}",
                "place": str(one.room or one.stream or ""),
                "track": str(one.track or ""),
                "language": one.language,
                "speakers": " | ".join(part.speaker.name for part in one.speaking.all()),
                "do_not_record": "yes" if one.do_not_record else "no",
            }
            for one in sessions(event)
        ],
    }
    names = {sheet: [column.name for column in layout.columns] for sheet, layout in PROGRAMME.items()}
    return {
        sheet: (head, [[row.get(name) for name in head] for row in held[sheet]])
        for sheet, head in names.items()
    }


def _words(row: Any, column: str) -> dict[str, Plain]:
    return {f"{column}_{code}": getattr(row, column).get(code, "") for code in ("lt", "en")}


def _local(moment: datetime) -> datetime:
    return localtime(moment).replace(tzinfo=None)


def _event(event: Event) -> Sheet:
    rows: list[list[Plain]] = [
        ["ref", event.ref],
        ["title", str(said(event.title))],
        ["kind", vocab.label("event_kinds", event.kind)],
        ["format", vocab.label("event_formats", event.format)],
        ["starts", _local(event.starts)],
        ["ends", _local(event.ends)],
        ["venue", str(event.venue or "")],
        ["state", event.state],
    ]
    return ["what", "value"], rows


def _tasks(event: Event) -> Sheet:
    head = [pgettext("task", "Due"), pgettext("task", "Task"), pgettext("task", "Who"), gettext("Done on")]
    rows: list[list[Plain]] = [
        [
            row.due,
            str(row),
            row.person.name if row.person else "",
            localtime(row.done_at).date() if row.done_at else None,
        ]
        for row in tasks.tasks_of(event)
    ]
    return head, rows


def budget_table(event: Event) -> tuple[list[str], list[list[Plain]]]:
    """The budget as a table with its sums in the last row, amounts in euros."""
    head = [
        gettext("Category"),
        gettext("What for"),
        gettext("Planned, €"),
        gettext("Paid, €"),
        gettext("Who pays"),
        gettext("Receipt"),
        gettext("Note"),
    ]
    lines = budget.lines_of(event)
    rows: list[list[Plain]] = [
        [
            vocab.label("event_cost_categories", line.category),
            line.text,
            _euros(line.planned),
            _euros(line.actual),
            vocab.label("event_payers", line.payer),
            line.receipt,
            line.note,
        ]
        for line in lines
    ]
    sums = budget.sums_of(lines)
    total = pgettext("budget", "Total")
    return head, [*rows, [total, "", _euros(sums.planned), _euros(sums.actual), "", "", ""]]


def _euros(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _numbers(event: Event, at: datetime) -> Sheet:
    counts = numbers.counts_of(event, at)
    rows: list[list[Plain]] = [
        [str(NAMES[what]), group, n, str(EVIDENCES[EVIDENCE[what]])]
        for (what, group), n in sorted(counts.items())
    ]
    return [
        gettext("What"),
        gettext("Group"),
        pgettext("report", "Number"),
        gettext("How it came about"),
    ], rows
