"""One act on many items: each in its own transaction, so that one refusal stops no other; what was refused is counted by its reason."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.hotline.assessment.actions import claims
from sauga.hotline.content.models import ContentItem
from sauga.hotline.items.actions import merging
from sauga.hotline.monitoring.actions import monitoring
from sauga.hotline.permissions import Permission
from sauga.hotline.reports.actions import closing, triage
from sauga.hotline.reports.models.report import Location, Report
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.notices import notify
from sauga.kernel.refusals import ActionRefused


class NotOnTheWeb(ActionRefused):
    """Only a person can look at what is not on the web."""

    message = _("Not on the web: only a person can look.")


@dataclass
class Came:
    """What came of an act on many: how often it was done, how often refused and why, and what it takes to undo it."""

    done: int = 0
    refused: Counter[type[ActionRefused]] = field(default_factory=Counter)
    undo: list[Any] = field(default_factory=list)


def _each(things: Iterable[Any], act: Callable[[Any], Any]) -> Came:
    came = Came()
    for thing in things:
        try:
            came.undo.append(act(thing))
        except ActionRefused as refused:
            came.refused[type(refused)] += 1
        else:
            came.done += 1
    return came


def take_items(*, by: PersonActor, items: Iterable[ContentItem], at: datetime) -> Came:
    """Take each in hand."""
    require(by, Permission.ASSESS)
    return _each(items, lambda item: claims.take_item(by=by, item=item, at=at).ref)


def release_items(*, by: PersonActor, items: Iterable[ContentItem], at: datetime) -> Came:
    """Put each back for others."""
    require(by, Permission.ASSESS)
    return _each(items, lambda item: claims.release_item(by=by, item=item, at=at).ref)


def hand_items(*, by: PersonActor, items: Iterable[ContentItem], to: PersonActor, at: datetime) -> Came:
    """Put each into a colleague's hand, and tell the colleague once."""
    require(by, Permission.ASSESS)

    def hand(item: ContentItem) -> tuple[str, bool]:
        mine = item.taken_by_id == by.person_id and item.taken_until is not None and item.taken_until > at
        return claims.hand_item(by=by, item=item, to=to, at=at).ref, mine

    came = _each(items, hand)
    if came.done:
        notify(to=to.person, template="hotline.handed", context={"n": came.done}, link="/desk/hotline/?view=mine", at=at)
    return came


def withdraw_items(*, by: PersonActor, items: Iterable[tuple[ContentItem, bool]], at: datetime) -> Came:
    """Undo hand_items; each with whether it had been in the own hand."""
    require(by, Permission.ASSESS)
    return _each(items, lambda pair: claims.withdraw_item(by=by, item=pair[0], keep=pair[1], at=at).ref)


def prioritise_items(*, by: PersonActor, items: Iterable[ContentItem], priority: str, at: datetime) -> Came:
    """Set how urgent each is."""
    require(by, Permission.TRIAGE)

    def set_one(item: ContentItem) -> tuple[str, str, str]:
        before = item.ref, item.priority, item.due_at.isoformat()
        triage.prioritise_item(by=by, item=item, priority=priority, at=at)
        return before

    return _each(items, set_one)


def restore_urgency(*, by: PersonActor, items: Iterable[tuple[ContentItem, str, datetime]], at: datetime) -> Came:
    """Undo prioritise_items: each with the urgency and the time it had."""
    require(by, Permission.TRIAGE)
    return _each(items, lambda row: triage.prioritise_item(by=by, item=row[0], priority=row[1], due_at=row[2], at=at).ref)


def set_aside_items(*, by: PersonActor, items: Iterable[ContentItem], reason: str, at: datetime) -> Came:
    """Put the reports of each aside as noise. A report that names several of them is put aside once."""
    require(by, Permission.TRIAGE)
    marked: list[str] = []

    def set_aside(item: ContentItem) -> None:
        if item.locations.exists() and not item.locations.exclude(report__ref__in=marked).exists():
            return
        marked.extend(report.ref for report in closing.set_aside_item(by=by, item=item, reason=reason, at=at))

    came = _each(items, set_aside)
    came.undo = list(marked)
    return came


def take_back_reports(*, by: PersonActor, reports: Iterable[Report], at: datetime) -> Came:
    """Undo set_aside_items."""
    require(by, Permission.TRIAGE)
    return _each(reports, lambda report: closing.take_back_spam(by=by, report=report, at=at).ref)


def join_items(*, by: PersonActor, items: Iterable[ContentItem], into: ContentItem, at: datetime) -> Came:
    """Say that each is the same place as `into`."""
    require(by, Permission.TRIAGE)
    moved: list[int] = []

    def join(item: ContentItem) -> None:
        places = list(item.locations.values_list("pk", flat=True))
        merging.join_item(by=by, item=item, into=into, at=at)
        moved.extend(places)

    came = _each((item for item in items if item.pk != into.pk), join)
    came.undo = list(moved)
    return came


def take_places_apart(*, by: PersonActor, locations: Iterable[Location], at: datetime) -> Came:
    """Undo join_items: each place gets an item of its own again."""
    require(by, Permission.TRIAGE)
    return _each(locations, lambda location: merging.take_apart(by=by, location=location, at=at).ref)


def recheck_items(*, by: PersonActor, items: Iterable[ContentItem], at: datetime) -> Came:
    """Let the monitor look at each at once."""
    require(by, Permission.CHECK)

    def look(item: ContentItem) -> None:
        if item.kind != "WEB":
            raise NotOnTheWeb
        monitoring.check_soon(item=item, at=at)

    return _each(items, look)
