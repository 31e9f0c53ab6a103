"""`run`, the only job that deletes: keys first, then rows, in batches; whatever is on legal hold is left
alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Q, QuerySet

from sauga.kernel import audit, sealed
from sauga.kernel.data import By, Clear
from sauga.kernel.permissions import require
from sauga.kernel.retention.legal_holds import held
from sauga.kernel.retention.permissions import Permission
from sauga.kernel.retention.registry import Rule, rules
from sauga.kernel.retention.term_settings import keep_terms
from sauga.kernel.retention.trail import Trail
from sauga.kernel.states import Actor, SystemActor

BATCH = 500
JOB = SystemActor("retention")


@dataclass(frozen=True)
class Outcome:
    """What one rule did: rows deleted or cleared, wrapped keys destroyed, rows left because of a hold."""

    rule: str
    rows: int
    keys: int
    held: int


@dataclass(frozen=True)
class Report:
    """What a run did, in counts only."""

    outcomes: tuple[Outcome, ...]

    def __str__(self) -> str:
        lines = [
            f"{done.rule}: {done.rows} rows, {done.keys} keys, {done.held} on hold"
            for done in self.outcomes
            if done.rows or done.held
        ]
        return "\n".join(lines) or "Nothing had reached the end of its time."


def run(at: datetime, *, by: Actor = JOB, only: Iterable[str] | None = None) -> Report:
    """Apply every rule (or the rules `only` names) as of `at`. Safe to stop and run again: each batch is a
    transaction of its own.

    An audit entry with counts is written per rule that did something. Raises PermissionRefused.
    """
    require(by, Permission.RUN)
    keep = keep_terms()
    chosen = rules() if only is None else [rule for rule in rules() if rule.code in set(only)]
    return Report(tuple(_apply(by, rule, keep[rule.term], at) for rule in chosen))


def _apply(by: Actor, rule: Rule, keep: timedelta, at: datetime) -> Outcome:
    if isinstance(rule.how, By):
        rows, keys, kept = rule.how(at, keep), 0, 0
    else:
        rows, keys, kept = _walk(rule, at - keep, at)
    if rows or keys:
        facts = {"rows": rows, "keys": keys, "held": kept, "days": keep.days}
        audit.record(by, Trail.RULE_APPLIED, rule.code, zone=rule.zone, at=at, facts=facts)
    return Outcome(rule.code, rows, keys, kept)


def _walk(rule: Rule, before: datetime, at: datetime) -> tuple[int, int, int]:
    """Through all due rows by their keys, so that rows on hold are passed once and not met again."""
    rows = keys = kept = 0
    last: Any = None
    while True:
        with transaction.atomic():
            batch = list(_due(rule, before, last)[:BATCH])
            if not batch:
                return rows, keys, kept
            last = batch[-1].pk
            free = _not_held(rule, batch, at)
            keys += sealed.destroy_keys(_holders(rule, free)) if rule.said.holder else 0
            rows += _finish(rule, free)
            kept += len(batch) - len(free)


def due_rows(rule: Rule, before: datetime) -> QuerySet[Any]:
    """The rows of a rule whose period began at or before `before`, on hold or not."""
    found = apps.get_model(rule.model)._base_manager.filter(rule.where, **{f"{rule.after}__lte": before})
    if isinstance(rule.how, Clear):
        found = found.exclude(Q(**rule.how.values))
    rows: QuerySet[Any] = found
    return rows


def _due(rule: Rule, before: datetime, last: Any) -> QuerySet[Any]:
    found = due_rows(rule, before)
    if last is not None:
        found = found.filter(pk__gt=last)
    return found.order_by("pk").select_for_update(of=("self",))


def _not_held(rule: Rule, batch: list[Any], at: datetime) -> list[Any]:
    protecting = {row.pk: rule.protecting(row) for row in batch}
    on_hold = held([obj for objects in protecting.values() for obj in objects], at)
    if not on_hold:
        return batch
    return [row for row in batch if not any(audit.reference(obj) in on_hold for obj in protecting[row.pk])]


def _holders(rule: Rule, rows: list[Any]) -> list[str]:
    return [holder for row in rows for holder in rule.holders(row)]


def _finish(rule: Rule, rows: list[Any]) -> int:
    chosen = apps.get_model(rule.model)._base_manager.filter(pk__in=[row.pk for row in rows])
    if isinstance(rule.how, Clear):
        return int(chosen.update(**rule.how.values))
    chosen.delete()
    return len(rows)
