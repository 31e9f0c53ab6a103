"""The budget of an event: lines with what was planned and what was paid, while its report is open."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.events.planning.actions.reports import open_report_of
from sauga.events.planning.models import BudgetLine
from sauga.events.programme.models import Event
from sauga.events.trail import CHANNEL, ZONE, Trail
from sauga.kernel import audit, live, vocab
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

LISTS = {"category": "event_cost_categories", "payer": "event_payers"}
MOST_CENTS = 100_000_000_00
LINES = ("category", "text", "planned", "actual", "payer", "receipt", "note")


class BudgetRefused(ActionRefused):
    """A line that says nothing."""

    messages = {
        "text": _("Write what the cost is for."),
        "code": _("Choose one of the codes of the list."),
        "amount": _("Enter what was planned or what was paid, from 0 to 100 million euros."),
    }
    fields = {"text": "text", "code": "category", "amount": "planned"}


def save_line(
    *, by: Actor, event: Event, line: BudgetLine | None, given: Mapping[str, Any], at: datetime
) -> BudgetLine:
    """Add a line, or change one: `given` has what `LINES` names, amounts in cents. Raises PermissionRefused,
    BudgetRefused, ReportRefused."""
    require(by, Permission.KEEP_BUDGET, event)
    _check(given)
    with transaction.atomic():
        open_report_of(event)
        row = lock(line) if line is not None else BudgetLine(event=event)
        for name in LINES:
            value = given[name]
            setattr(row, name, value.strip() if isinstance(value, str) else value)
        row.save()
        _record(by, event, "changed" if line is not None else "added", at)
        return row


def remove_line(*, by: Actor, line: BudgetLine, at: datetime) -> None:
    """Delete a line. Raises PermissionRefused, ReportRefused."""
    require(by, Permission.KEEP_BUDGET, line)
    with transaction.atomic():
        open_report_of(line.event)
        _record(by, line.event, "removed", at)
        line.delete()


def _check(given: Mapping[str, Any]) -> None:
    if not given["text"].strip():
        raise BudgetRefused("text")
    if any(not vocab.has_term(name, given[column]) for column, name in LISTS.items()):
        raise BudgetRefused("code")
    amounts = [given["planned"], given["actual"]]
    if all(one is None for one in amounts):
        raise BudgetRefused("amount")
    if any(one is not None and not 0 <= one <= MOST_CENTS for one in amounts):
        raise BudgetRefused("amount")


def _record(by: Actor, event: Event, what: str, at: datetime) -> None:
    audit.record(by, Trail.BUDGET_CHANGED, event, zone=ZONE, at=at, facts={"what": what})
    live.signal(CHANNEL)
