"""Monitoring content until it is gone, and afterwards for reappearance: running what is due, and manual
checks."""

import queue
import threading
import time
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.content.queries import open_addresses
from sauga.hotline.jobs import Job, defer
from sauga.hotline.monitoring.actions import probes
from sauga.hotline.monitoring.actions.checks import Policies, baseline_from, record_checks
from sauga.hotline.monitoring.actions.presence import confirm_gone, correct_removal, reappear, seen_again
from sauga.hotline.monitoring.models import Check, Watch
from sauga.hotline.monitoring.queries import current_occurrences, due_items
from sauga.hotline.monitoring.rules.probe_classification import ProbeResult, Reason
from sauga.hotline.monitoring.rules.removal import RemovalKind
from sauga.hotline.permissions import Permission
from sauga.hotline.states import Handling, Presence
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, sealed
from sauga.kernel.identity import require
from sauga.kernel.states import Actor, MoveNotAllowed, SystemActor, lock

ZONE = sealed.Zone.HOTLINE
MONITOR = SystemActor("monitor")
SERVICE = sealed.ServiceOpener(ZONE)
LEASE = timedelta(minutes=5)  # a run that dies leaves its items due again after this
CHUNK = 250  # results written in one transaction
PATIENCE = 0.5  # seconds a first result waits for company before it is written


def run_due(*, at: datetime, limit: int = 500) -> int:
    """Check what is due, at most `limit` items, and store what was found; returns how many items were
    checked.

    Several workers may run at once: each item is claimed by one. Results are written while slower hosts are
    still being asked.
    """
    require(MONITOR, Permission.CHECK)
    with transaction.atomic():
        items = due_items(at, limit)
        ContentItem.objects.filter(pk__in=[item.pk for item in items]).update(next_check_at=at + LEASE)
    return _run(items, at)


def check_item(*, item_id: int, at: datetime) -> None:
    """Check one item now, whatever its plan; what comes of it is stored.

    An item that is no longer checked is left alone.
    """
    require(MONITOR, Permission.CHECK)
    with transaction.atomic():
        items = list(ContentItem.objects.select_for_update(skip_locked=True).filter(pk=item_id, kind="WEB"))
        ContentItem.objects.filter(pk__in=[item.pk for item in items]).update(next_check_at=at + LEASE)
    _run([item for item in items if item.handling != Handling.NO_ACTION], at)


def check_soon(*, item: ContentItem, at: datetime) -> None:
    """A provider says that it acted, or an officer asks: check at once.

    Only the plan changes, so no permission is needed.
    """
    if item.kind != "WEB":
        return
    with transaction.atomic():
        ContentItem.objects.filter(pk=item.pk).update(next_check_at=at)
        defer(Job.CHECK_ITEM, item_id=item.pk)


def _run(items: Sequence[ContentItem], at: datetime) -> int:
    """Probe in the network's thread, write here; a fault of our own surfaces only after everything else is
    stored."""
    if not items:
        return 0
    policies = Policies.now()
    asked = _asked(items)
    found: queue.SimpleQueue[probes.CheckResult | None] = queue.SimpleQueue()
    faults: list[BaseException] = []

    def network() -> None:
        try:
            probes.check_all(asked, policies.manners, found.put)
        except BaseException as fault:  # handed to the caller below
            faults.append(fault)
        finally:
            found.put(None)

    worker = threading.Thread(target=network, name="monitor")
    worker.start()
    started = time.monotonic()
    for chunk in _chunks(found):
        record_checks(
            by=MONITOR,
            check_results=chunk,
            at=at + timedelta(seconds=time.monotonic() - started),
            policies=policies,
        )
    worker.join()
    if faults:
        raise faults[0]
    return len(asked)


def _chunks(found: "queue.SimpleQueue[probes.CheckResult | None]") -> Iterable[list[probes.CheckResult]]:
    """Results in lists of at most CHUNK, each closed when the queue has been quiet or the oldest has waited
    long enough."""
    chunk: list[probes.CheckResult] = []
    opened = time.monotonic()
    while True:
        try:
            wait = max(opened + PATIENCE - time.monotonic(), 0.0) if chunk else None
            check_result = found.get(timeout=wait)
        except queue.Empty:
            yield chunk
            chunk = []
            continue
        if check_result is None:
            break
        if not chunk:
            opened = time.monotonic()
        chunk.append(check_result)
        if len(chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _asked(items: Sequence[ContentItem]) -> list[probes.Asked]:
    """What the network's thread needs to know.

    Items whose key is gone (deleted) are skipped and fall out of the plan.
    """
    addresses = open_addresses([item for item in items if item.kind == "WEB"], SERVICE)
    watches = {watch.pk: watch for watch in Watch.objects.filter(item__in=[item.pk for item in items])}
    unreadable = [item.pk for item in items if item.ref not in addresses]
    if unreadable:
        ContentItem.objects.filter(pk__in=unreadable).update(next_check_at=None)
    asked = []
    for item in items:
        if item.ref not in addresses:
            continue
        watch = watches.get(item.pk)
        missing = watch is not None and watch.reason in {Reason.NO_SUCH_NAME, Reason.NO_SUCH_NAME_ONCE}
        asked.append(
            probes.Asked(
                item_id=item.pk,
                address=addresses[item.ref],
                baseline=baseline_from(watch, item),
                missing_before=missing,
                provider=str(item.provider_id or ""),
            )
        )
    return asked


def record_check(
    *, by: Actor, item: ContentItem, check_result: probes.CheckResult, at: datetime
) -> ContentItem:
    """Store one check of one item, made elsewhere or by a test, with everything that follows from it."""
    require(by, Permission.CHECK, item)
    record_checks(by=by, check_results=[check_result], at=at, policies=Policies.now())
    item.refresh_from_db()
    return item


def confirm_removal(*, by: Actor, item: ContentItem, kind: RemovalKind, at: datetime) -> ContentItem:
    """A person saw that the content is gone; `kind` says how. Works from every presence but REMOVED.

    Raises MoveNotAllowed.
    """
    require(by, Permission.CHECK, item)
    with transaction.atomic():
        item, occurrence = _locked(item)
        if item.presence == Presence.REMOVED:
            raise MoveNotAllowed(item.presence, Presence.REMOVED)
        _record_manual_check(by, item, ProbeResult.GONE_HARD, at)
        confirm_gone(by=by, item=item, occurrence=occurrence, since=at, kind=kind, at=at, why="PERSON")
        _settle_person(by, item, at)
        return item


def mark_online(*, by: Actor, item: ContentItem, at: datetime) -> ContentItem:
    """A person saw that the content is there: a doubt is settled, or a wrongly recorded removal is corrected.

    The next check sets a new baseline.
    """
    require(by, Permission.CHECK, item)
    with transaction.atomic():
        item, occurrence = _locked(item)
        _record_manual_check(by, item, ProbeResult.ONLINE, at)
        if item.presence == Presence.REMOVED:
            correct_removal(by=by, item=item, occurrence=occurrence, at=at)
        else:
            seen_again(by=by, item=item, at=at, why="PERSON")
        Occurrence.objects.filter(pk=occurrence.pk).update(last_online_at=at)
        Watch.objects.filter(item=item).update(has_baseline=False)
        _settle_person(by, item, at)
        return item


def mark_reappeared(*, by: Actor, item: ContentItem, at: datetime) -> ContentItem:
    """A person saw removed content again: a new occurrence with its own clocks begins.

    Raises MoveNotAllowed unless it was removed.
    """
    require(by, Permission.CHECK, item)
    with transaction.atomic():
        item, _ = _locked(item)
        _record_manual_check(by, item, ProbeResult.ONLINE, at)
        reappear(by=by, item=item, since=at, at=at, why="PERSON")
        Watch.objects.filter(item=item).update(has_baseline=False)
        _settle_person(by, item, at)
        return item


def _locked(item: ContentItem) -> tuple[ContentItem, Occurrence]:
    item = lock(item)
    return item, current_occurrences([item])[item.pk]


def _record_manual_check(by: Actor, item: ContentItem, verdict: ProbeResult, at: datetime) -> None:
    Check.objects.create(
        item=item, at=at, verdict=verdict, reason=Reason.PERSON, vantage="PERSON", by=by.pseudonym
    )


def _settle_person(by: Actor, item: ContentItem, at: datetime) -> None:
    """The question is answered; the monitor continues by its plan, soon."""
    Watch.objects.filter(item=item).update(ask="", asked_at=None, dark_since=None)
    if item.kind == "WEB":
        item.next_check_at = at + Policies.now().cadence.confirm_after
        item.save(update_fields=["next_check_at"])
    audit.record(
        by, Trail.ITEM_MARKED_BY_PERSON, item, zone=ZONE, at=at, facts={"presence": str(item.presence)}
    )
    live.signal("hotline.worklist")
    live.signal(f"hotline.item.{item.ref}")
