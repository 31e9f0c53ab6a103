"""Merging two items that a person recognises as one address, and separating them again.

Reports are moved, never dropped.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from sauga.hotline.addresses.rules.addresses import KEY_VERSION, read_location
from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.jobs import Job, defer
from sauga.hotline.permissions import Permission
from sauga.hotline.reports.actions.intake import ITEM_TABLE, LOCATION_TABLE, ZONE, indexes
from sauga.hotline.reports.models import Location
from sauga.hotline.states import Handling
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, sealed
from sauga.kernel.clock import to_hour
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

MERGEABLE = {Handling.NEW, Handling.AWAITING_ASSESSMENT}


class CannotMerge(ActionRefused):
    """Only an item without a verdict can be merged with another."""

    message = _("Only an item without a verdict can be merged with another.")


class CannotSeparate(ActionRefused):
    """The link was made by the address itself, or the place has an item of its own already."""

    message = _("These reports name exactly the same address, so they stay merged.")


def merge_item(*, by: Actor, item: ContentItem, into: ContentItem, at: datetime) -> ContentItem:
    """Merge `item` into `into`: its reports move there and the empty item is deleted.

    Each report keeps its own text.

    Raises CannotMerge for an item that has a verdict, and for an item merged with itself.
    """
    require(by, Permission.TRIAGE, item)
    with transaction.atomic():
        first, second = sorted((item, into), key=lambda row: row.pk)
        locked = {row.pk: row for row in (lock(first), lock(second))}
        item, into = locked[item.pk], locked[into.pk]
        if item.pk == into.pk or item.handling not in MERGEABLE or item.notice_items.exists():
            raise CannotMerge
        moved = Location.objects.filter(item=item)
        count = moved.update(item=into, match="BY_PERSON", linked_by=by.pseudonym)
        ContentItem.objects.filter(pk=into.pk).update(report_count=F("report_count") + count)
        audit.record(
            by, Trail.ITEM_LINKED, into, zone=ZONE, at=at, facts={"match": "BY_PERSON", "report": item.ref}
        )
        sealed.destroy_keys([item.holder])
        item.delete()
        live.signal("hotline.worklist")
        into.refresh_from_db()
        return into


def separate_location(*, by: PersonActor, location: Location, at: datetime) -> ContentItem:
    """Undo a person's link: the place gets an item of its own again, traced anew. Raises CannotSeparate."""
    require(by, Permission.TRIAGE, location.item)
    if location.match != "BY_PERSON" or by.vault is None:
        raise CannotSeparate
    report = location.report
    report_key = sealed.open_data_key(zone=ZONE, holder=report.holder, opener=by.vault)
    row = f"{report.ref}-{location.position}"
    place = read_location(
        sealed.unseal(
            report_key, table=LOCATION_TABLE, row=row, field="given", envelope=bytes(location.given)
        )
    )
    found = indexes(place)
    with transaction.atomic():
        if ContentItem.objects.filter(key=found.key, key_version=KEY_VERSION).exists():
            raise CannotSeparate
        item = ContentItem(
            key=found.key,
            key_version=KEY_VERSION,
            host_index=found.host,
            domain_index=found.domain,
            near_index=found.near,
            kind=place.kind,
            category=report.category,
            priority=report.priority,
            received_hour=to_hour(at),
            due_at=report.due_at,
        )
        key = sealed.new_data_key(
            zone=ZONE, holder=item.holder, recipients=(sealed.Recipient.TEAM, sealed.Recipient.SERVICE)
        )
        item.address = sealed.seal(
            key, table=ITEM_TABLE, row=item.ref, field="address", text=place.address or place.given
        )
        item.save(force_insert=True)
        Occurrence.objects.create(item=item, number=1, reported_at=at)
        ContentItem.objects.filter(pk=location.item_id).update(report_count=F("report_count") - 1)
        audit.record(by, Trail.ITEM_UNLINKED, location.item, zone=ZONE, at=at, facts={"report": report.ref})
        location.item, location.match, location.linked_by = item, "", ""
        location.save(update_fields=["item", "match", "linked_by"])
        defer(Job.TRACE_ITEM, item_id=item.pk)
        live.signal("hotline.worklist")
        return item
