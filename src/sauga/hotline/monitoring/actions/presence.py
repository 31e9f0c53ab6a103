"""What follows when content is gone, reappears, or was recorded as gone wrongly: states, clocks, audit
entries, and follow-up jobs.

Called inside the transaction that locked the item; the callers have checked the permission.
"""

from datetime import datetime

from sauga.hotline.assessment.actions.routing import route_item
from sauga.hotline.assessment.models import Route
from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.jobs import Job, defer
from sauga.hotline.monitoring.rules.removal import RemovalKind
from sauga.hotline.states import Handling, Presence
from sauga.hotline.trail import Trail
from sauga.kernel import audit, sealed
from sauga.kernel.states import Actor, MoveNotAllowed, move

ZONE = sealed.Zone.HOTLINE


def confirm_gone(
    *,
    by: Actor,
    item: ContentItem,
    occurrence: Occurrence,
    since: datetime,
    kind: RemovalKind,
    at: datetime,
    why: str,
) -> None:
    """The removal is believed: `since` is the first check that found it gone, `at` the
    moment of certainty.
    """
    if item.presence not in {Presence.PRESUMED_REMOVED, Presence.UNREACHABLE}:
        move(item, to=Presence.PRESUMED_REMOVED, by=by, at=at, track="presence", why=why)
    move(item, to=Presence.REMOVED, by=by, at=at, track="presence", why=why)
    occurrence.first_gone_at = (
        since if occurrence.first_gone_at is None else min(since, occurrence.first_gone_at)
    )
    occurrence.removed_at, occurrence.removal_kind = at, kind
    occurrence.save(update_fields=["first_gone_at", "removed_at", "removal_kind"])
    if item.handling in {Handling.FOLLOWED, Handling.NOTICE_DUE}:
        move(item, to=Handling.WATCHED, by=by, at=at, track="handling", why=str(kind))
    audit.record(
        by,
        Trail.ITEM_REMOVED,
        item,
        zone=ZONE,
        at=at,
        facts={"kind": str(kind), "occurrence": item.occurrence},
    )
    defer(Job.SETTLE_NOTICE, item_id=item.pk)


def reappear(*, by: Actor, item: ContentItem, since: datetime, at: datetime, why: str) -> Occurrence:
    """Removed content is back: a new occurrence with new clocks, and the way of the first time again.

    Raises MoveNotAllowed.
    """
    move(item, to=Presence.REAPPEARED, by=by, at=at, track="presence", why=why)
    routes = list(Route.objects.filter(item=item, occurrence=item.occurrence))
    item.occurrence += 1
    item.save(update_fields=["occurrence"])
    occurrence = Occurrence.objects.create(
        item=item,
        number=item.occurrence,
        reported_at=since,
        decided_at=at if item.verdict else None,
        first_check_at=since,
        last_online_at=at,
    )
    Route.objects.bulk_create(
        Route(
            item=item,
            route=old.route,
            rule=old.rule,
            rule_version=old.rule_version,
            occurrence=item.occurrence,
            at=at,
        )
        for old in routes
    )
    audit.record(by, Trail.ITEM_REAPPEARED, item, zone=ZONE, at=at, facts={"occurrence": item.occurrence})
    _follow_again(by, item, {route.route for route in routes}, at)
    return occurrence


def _follow_again(by: Actor, item: ContentItem, routes: set[str], at: datetime) -> None:
    """An item watched for reappearance returns to its notice or to monitoring; an archived one to its
    verdict, from which it is routed again."""
    if item.handling == Handling.WATCHED:
        notify = "PROVIDER_NOTICE" in routes
        move(
            item,
            to=Handling.NOTICE_DUE if notify else Handling.FOLLOWED,
            by=by,
            at=at,
            track="handling",
            why="REAPPEARED",
        )
        if notify:
            defer(Job.PREPARE_NOTICE, item_id=item.pk)
    elif item.handling == Handling.ARCHIVED:
        move(item, to=Handling.ASSESSED, by=by, at=at, track="handling", why="REAPPEARED")
        route_item(item=item, at=at)


def correct_removal(*, by: Actor, item: ContentItem, occurrence: Occurrence, at: datetime) -> None:
    """The removal was recorded wrongly: the same occurrence goes on, its clocks as if they had never stopped.

    Raises MoveNotAllowed.
    """
    move(item, to=Presence.ONLINE, by=by, at=at, track="presence", why="REMOVAL_WAS_WRONG")
    occurrence.removed_at, occurrence.first_gone_at, occurrence.removal_kind = None, None, ""
    occurrence.save(update_fields=["removed_at", "first_gone_at", "removal_kind"])
    if item.handling == Handling.WATCHED:
        move(item, to=Handling.FOLLOWED, by=by, at=at, track="handling", why="REMOVAL_WAS_WRONG")
    defer(Job.SETTLE_NOTICE, item_id=item.pk)


def seen_again(*, by: Actor, item: ContentItem, at: datetime, why: str = "") -> None:
    """The content is there: presence ONLINE, if it was not so already."""
    if item.presence == Presence.REMOVED:
        raise MoveNotAllowed(item.presence, Presence.ONLINE)
    if item.presence != Presence.ONLINE:
        move(item, to=Presence.ONLINE, by=by, at=at, track="presence", why=why)


def gone_already(*, by: Actor, item: ContentItem, at: datetime) -> bool:
    """Whether a confirmed removal makes a notice (or the following) needless; the item is then watched
    instead. For a locked item."""
    if item.presence != Presence.REMOVED or item.handling not in {Handling.FOLLOWED, Handling.NOTICE_DUE}:
        return False
    move(item, to=Handling.WATCHED, by=by, at=at, track="handling", why="GONE_ALREADY")
    return True


def end_watch(*, by: Actor, item: ContentItem, at: datetime) -> None:
    """Nothing reappeared until the last day of the watch: archived, no further check."""
    if item.handling == Handling.WATCHED:
        move(item, to=Handling.ARCHIVED, by=by, at=at, track="handling", why="WATCH_QUIET")
