"""The report of an event: numbers that stay when registrations are deleted, heads that organisers counted by
hand, closing and opening again."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.events.planning.models import EventCount, EventReport
from sauga.events.planning.queries import counts
from sauga.events.planning.rules.counts import What
from sauga.events.programme.models import Event
from sauga.events.states import ReportState
from sauga.events.trail import CHANNEL, ZONE, Trail
from sauga.kernel import audit, live, vocab
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused, ReasonMissing
from sauga.kernel.states import Actor, lock, move

GROUPS, REASONS = "headcount_groups", "event_reopen_reasons"
MOST_HEADS = 100_000


class ReportRefused(ActionRefused):
    """The report is closed, or the event is not over."""

    messages = {
        "closed": _("The report is closed. Open it again first, with a reason."),
        "early": _("The event is not over yet."),
        "heads": _("A group has between 0 and 100,000 people."),
    }


def report_of(event: Event) -> EventReport:
    """The report of an event, locked until the transaction ends; made where there is none."""
    return lock(EventReport.objects.get_or_create(event=event)[0])


def open_report_of(event: Event) -> EventReport:
    """The same, while it may be changed. Raises ReportRefused."""
    row = report_of(event)
    if row.state == ReportState.CLOSED:
        raise ReportRefused("closed")
    return row


def store_counts(*, by: Actor, event: Event, at: datetime) -> bool:
    """Count the registrations of an event that is over and keep the numbers; whether that was done. Nothing
    changes once its report is closed or its registrations are deleted. Repeatable. Raises
    PermissionRefused."""
    require(by, Permission.STORE_COUNTS)
    return keep_counts(by=by, event=event, at=at)


def keep_counts(*, by: Actor, event: Event, at: datetime) -> bool:
    """The same as part of an action that has just changed who came, and has asked for its own permission."""
    with transaction.atomic():
        row = report_of(event)
        found = counts.counted(event) if row.state == ReportState.OPEN and event.ends <= at else {}
        if not found:
            return False
        EventCount.objects.filter(event=event).exclude(what=What.REPORTED).delete()
        EventCount.objects.bulk_create(
            [EventCount(event=event, what=what, group=group, n=n) for (what, group), n in found.items()]
        )
        row.counted_at = at
        row.save(update_fields=["counted_at"])
        facts = {"heads": sum(n for (what, _group), n in found.items() if what == What.REGISTERED)}
        audit.record(by, Trail.COUNTS_STORED, event, zone=ZONE, at=at, facts=facts)
        return True


def count_over(*, by: Actor, event: Event, at: datetime) -> int:
    """An event has ended: its numbers are stored."""
    return int(store_counts(by=by, event=event, at=at))


def report_heads(*, by: Actor, event: Event, heads: Mapping[str, int], at: datetime) -> int:
    """Enter how many people of each group came, as organisers counted by hand; how many in all. Raises
    PermissionRefused, ReportRefused."""
    require(by, Permission.KEEP_BUDGET, event)
    known = all(vocab.has_term(GROUPS, code) for code in heads)
    if not known or any(not 0 <= n <= MOST_HEADS for n in heads.values()):
        raise ReportRefused("heads")
    if event.starts > at:
        raise ReportRefused("early")
    with transaction.atomic():
        open_report_of(event)
        EventCount.objects.filter(event=event, what=What.REPORTED).delete()
        rows = [
            EventCount(event=event, what=What.REPORTED, group=code, n=n) for code, n in heads.items() if n
        ]
        EventCount.objects.bulk_create(rows)
        total = sum(row.n for row in rows)
        audit.record(by, Trail.HEADS_REPORTED, event, zone=ZONE, at=at, facts={"heads": total})
        live.signal(CHANNEL)
        return total


def close_report(*, by: Actor, event: Event, at: datetime) -> EventReport:
    """From now on neither budget nor numbers change. Raises PermissionRefused, MoveNotAllowed,
    ReportRefused."""
    require(by, Permission.KEEP_BUDGET, event)
    if event.ends > at:
        raise ReportRefused("early")
    return _moved(by, event, ReportState.CLOSED, "", at)


def reopen_report(*, by: Actor, event: Event, reason: str, at: datetime) -> EventReport:
    """Let budget and numbers be changed again, for a reason. Raises PermissionRefused, MoveNotAllowed,
    ReasonMissing."""
    require(by, Permission.KEEP_BUDGET, event)
    if not vocab.has_term(REASONS, reason, at=at):
        raise ReasonMissing
    return _moved(by, event, ReportState.OPEN, reason, at)


def _moved(by: Actor, event: Event, to: ReportState, why: str, at: datetime) -> EventReport:
    with transaction.atomic():
        row = report_of(event)
        move(row, to=to, by=by, at=at, why=why)
        facts = {"to": str(to), **({"why": why} if why else {})}
        audit.record(by, Trail.REPORT_MOVED, event, zone=ZONE, at=at, facts=facts)
        live.signal(CHANNEL)
        return row
