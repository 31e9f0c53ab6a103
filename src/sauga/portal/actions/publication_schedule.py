"""Scheduled publication and unpublication of pages, and review dates."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page, Revision

from sauga.kernel import audit, notifications
from sauga.kernel.identity import require
from sauga.kernel.states import Actor
from sauga.portal.actions import page_gate
from sauga.portal.models.base import PortalPage
from sauga.portal.permissions import Permission
from sauga.portal.rules.editor_audit import ZONE
from sauga.portal.trail import Trail
from sauga.repository.resources.actions import browser_audit


def publish_due(*, by: Actor, at: datetime) -> int:
    """Publish and unpublish what is due. Returns how many pages changed.

    Each page has its own transaction, so that a failing one delays no other; running it twice does no harm.
    """
    require(by, Permission.PUBLISH_DUE)
    up = list(
        Revision.objects.filter(approved_go_live_at__lte=at)
        .order_by("approved_go_live_at", "pk")
        .values_list("pk", flat=True)
    )
    for key in up:
        _put_up(by, key, at)
    down = list(Page.objects.filter(live=True, expire_at__lte=at).order_by("pk").values_list("pk", flat=True))
    for key in down:
        _take_down(by, key, at)
    return len(up) + len(down)


def _put_up(by: Actor, key: int, at: datetime) -> None:
    try:
        _publish(by, key, at)
    except page_gate.GateBlocked as shut:
        if shut.waits and _look(by, shut.page, at):
            _once_more(by, key, at)
        else:
            _hold_back(by, key, shut, at)


def _once_more(by: Actor, key: int, at: datetime) -> None:
    try:
        _publish(by, key, at)
    except page_gate.GateBlocked as shut:
        _hold_back(by, key, shut, at)


def _publish(by: Actor, key: int, at: datetime) -> None:
    """Raises GateBlocked; the version then stays scheduled."""
    with transaction.atomic():
        revision = Revision.objects.select_for_update().filter(pk=key, approved_go_live_at__lte=at).first()
        if revision is None:
            return
        # Who scheduled it had the right to; at the hour only the gate is asked.
        revision.publish(skip_permission_checks=True)
        audit.record(
            by, Trail.PAGE_PUBLISHED_DUE, None, zone=ZONE, at=at, facts={"page": str(revision.object_id)}
        )


def _look(by: Actor, page: PortalPage, at: datetime) -> bool:
    """This version has no browser audit yet: the worker that runs the schedule makes it now."""
    try:
        page_gate.audit_page(by=by, page=page, at=at)
    except browser_audit.NoBrowser:
        return False
    return True


def _hold_back(by: Actor, key: int, shut: page_gate.GateBlocked, at: datetime) -> None:
    """Unschedule the version; what is live stays, and its owner and the publishers are notified once."""
    with transaction.atomic():
        if not Revision.objects.filter(pk=key, approved_go_live_at__lte=at).update(approved_go_live_at=None):
            return
        number = shut.page.pk
        audit.record(
            by,
            Trail.PAGE_HELD_BACK,
            None,
            zone=ZONE,
            at=at,
            facts={"page": str(number), "checks": len(shut.failing)},
        )
        heard = {row.person_id for row in _tell_held("PUBLISHER", number, at)}
        owner = shut.page.owner
        if owner is not None and owner.pk not in heard:
            _tell_held(owner, number, at)


def _tell_held(to: Any, number: int, at: datetime) -> list[Any]:
    link = f"/desk/portal/gate/{number}/"
    return list(
        notifications.notify(
            to=to, template="portal.page_held_back", context={"number": number}, link=link, at=at
        )
    )


def _take_down(by: Actor, key: int, at: datetime) -> None:
    with transaction.atomic():
        page = (
            Page.objects.select_for_update(of=("self",)).filter(pk=key, live=True, expire_at__lte=at).first()
        )
        if page is None:
            return
        page.specific.unpublish(set_expired=True)
        audit.record(by, Trail.PAGE_TAKEN_DOWN_DUE, None, zone=ZONE, at=at, facts={"page": str(key)})


def tell_of_reviews_due(*, by: Actor, at: datetime) -> int:
    """Notify publishers once a day how many live pages are due for review. Returns that number."""
    require(by, Permission.PUBLISH_DUE)
    number: int = PortalPage.objects.live().filter(review_by__lt=at.date()).count()
    if number:
        notifications.notify(
            to="PUBLISHER",
            template="portal.pages_due",
            context={"number": number},
            link="/desk/portal/due/",
            at=at,
        )
    return number
