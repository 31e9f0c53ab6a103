"""One action on several items: each in its own transaction, so that one refusal stops no other; what was
refused is counted by its reason."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.hotline.assessment.actions import claims
from sauga.hotline.content.models import ContentItem
from sauga.hotline.items.actions import merges
from sauga.hotline.monitoring.actions import monitoring
from sauga.hotline.permissions import Permission
from sauga.hotline.reports.actions import closure, triage
from sauga.hotline.reports.models import Location, Report
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.notifications import notify
from sauga.kernel.refusals import ActionRefused


class NotOnTheWeb(ActionRefused):
    """What is not on the web can only be checked by a person."""

    message = _("Not on the web: only a person can check it.")


@dataclass
class BulkResult:
    """The result of a bulk action: how often it was done, how often refused and why, and what it takes to
    undo it."""

    done: int = 0
    refused: Counter[type[ActionRefused]] = field(default_factory=Counter)
    undo: list[Any] = field(default_factory=list)


def _each(things: Iterable[Any], act: Callable[[Any], Any]) -> BulkResult:
    result = BulkResult()
    for thing in things:
        try:
            result.undo.append(act(thing))
        except ActionRefused as refused:
            result.refused[type(refused)] += 1
        else:
            result.done += 1
    return result


def claim_items(*, by: PersonActor, items: Iterable[ContentItem], at: datetime) -> BulkResult:
    """Claim each item."""
    require(by, Permission.ASSESS)
    return _each(items, lambda item: claims.claim_item(by=by, item=item, at=at).ref)


def release_items(*, by: PersonActor, items: Iterable[ContentItem], at: datetime) -> BulkResult:
    """Release each item."""
    require(by, Permission.ASSESS)
    return _each(items, lambda item: claims.release_item(by=by, item=item, at=at).ref)


def assign_items(
    *, by: PersonActor, items: Iterable[ContentItem], to: PersonActor, at: datetime
) -> BulkResult:
    """Assign each item to a colleague, who is notified once."""
    require(by, Permission.ASSESS)

    def hand(item: ContentItem) -> tuple[str, bool]:
        mine = item.taken_by_id == by.person_id and item.taken_until is not None and item.taken_until > at
        return claims.assign_item(by=by, item=item, to=to, at=at).ref, mine

    result = _each(items, hand)
    if result.done:
        notify(
            to=to.person,
            template="hotline.handed",
            context={"n": result.done},
            link="/desk/hotline/?view=mine",
            at=at,
        )
    return result


def withdraw_assignments(
    *, by: PersonActor, items: Iterable[tuple[ContentItem, bool]], at: datetime
) -> BulkResult:
    """Undo assign_items; each with whether it had been claimed by oneself."""
    require(by, Permission.ASSESS)
    return _each(items, lambda pair: claims.withdraw_assignment(by=by, item=pair[0], keep=pair[1], at=at).ref)


def prioritise_items(
    *, by: PersonActor, items: Iterable[ContentItem], priority: str, at: datetime
) -> BulkResult:
    """Set how urgent each is."""
    require(by, Permission.TRIAGE)

    def set_one(item: ContentItem) -> tuple[str, str, str]:
        before = item.ref, item.priority, item.due_at.isoformat()
        triage.prioritise_item(by=by, item=item, priority=priority, at=at)
        return before

    return _each(items, set_one)


def restore_urgency(
    *, by: PersonActor, items: Iterable[tuple[ContentItem, str, datetime]], at: datetime
) -> BulkResult:
    """Undo prioritise_items: each with the urgency and the time it had."""
    require(by, Permission.TRIAGE)
    return _each(
        items,
        lambda row: triage.prioritise_item(by=by, item=row[0], priority=row[1], due_at=row[2], at=at).ref,
    )


def mark_items_spam(
    *, by: PersonActor, items: Iterable[ContentItem], reason: str, at: datetime
) -> BulkResult:
    """Mark the reports of each item as spam. A report that names several of them is marked once."""
    require(by, Permission.TRIAGE)
    marked: list[str] = []

    def set_aside(item: ContentItem) -> None:
        if item.locations.exists() and not item.locations.exclude(report__ref__in=marked).exists():
            return
        marked.extend(report.ref for report in closure.mark_item_spam(by=by, item=item, reason=reason, at=at))

    result = _each(items, set_aside)
    result.undo = list(marked)
    return result


def restore_reports(*, by: PersonActor, reports: Iterable[Report], at: datetime) -> BulkResult:
    """Undo mark_items_spam."""
    require(by, Permission.TRIAGE)
    return _each(reports, lambda report: closure.restore_from_spam(by=by, report=report, at=at).ref)


def merge_items(
    *, by: PersonActor, items: Iterable[ContentItem], into: ContentItem, at: datetime
) -> BulkResult:
    """Merge each item into `into`."""
    require(by, Permission.TRIAGE)
    moved: list[int] = []

    def join(item: ContentItem) -> None:
        places = list(item.locations.values_list("pk", flat=True))
        merges.merge_item(by=by, item=item, into=into, at=at)
        moved.extend(places)

    result = _each((item for item in items if item.pk != into.pk), join)
    result.undo = list(moved)
    return result


def separate_locations(*, by: PersonActor, locations: Iterable[Location], at: datetime) -> BulkResult:
    """Undo merge_items: each place gets an item of its own again."""
    require(by, Permission.TRIAGE)
    return _each(locations, lambda location: merges.separate_location(by=by, location=location, at=at).ref)


def recheck_items(*, by: PersonActor, items: Iterable[ContentItem], at: datetime) -> BulkResult:
    """Let the monitor check each item at once."""
    require(by, Permission.CHECK)

    def look(item: ContentItem) -> None:
        if item.kind != "WEB":
            raise NotOnTheWeb
        monitoring.check_soon(item=item, at=at)

    return _each(items, look)
