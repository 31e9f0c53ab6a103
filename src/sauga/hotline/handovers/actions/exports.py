"""Signed ZIP files for a recipient: prepared, approved by a second person where they are large, downloaded,
recorded or discarded.

The file is built from the open addresses at the moment of the download and is not stored; its digest is.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.hotline.content.models import ContentItem
from sauga.hotline.handovers.actions.records import ZONE, lock_waiting, write_records
from sauga.hotline.handovers.models import HandoverExport, HandoverExportItem, HandoverRecord
from sauga.hotline.handovers.queries import records as queries
from sauga.hotline.handovers.queries.file_contents import contents, manifest
from sauga.hotline.handovers.rules import Method, needs_second_person, permission_for
from sauga.hotline.permissions import Permission
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, sealed, vocab
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.notifications import notify
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.states import lock


class OwnExport(ActionRefused):
    """A mass export is approved by a person other than the one who prepared it."""

    message = _("Somebody else has to approve this file.")


class NotApproved(ActionRefused):
    """The file is a mass export and waits for a second person."""

    message = _("This file holds many addresses: a second person has to approve it first.")


class ExportOver(ActionRefused):
    """The file was recorded as handed over, or discarded."""

    message = _("This file was recorded or discarded already.")


class NotDownloaded(ActionRefused):
    """The file was never downloaded: it cannot have been handed over."""

    message = _("Nobody has downloaded this file yet, so it cannot have been handed over.")


class ItemChanged(ActionRefused):
    """An item of the file was reopened or has reappeared; discard the file and prepare another."""

    message = _("An item of this file has changed since. Discard the file and prepare another.")


def prepare_export(
    *, by: PersonActor, items: Sequence[ContentItem], recipient: str, at: datetime
) -> HandoverExport:
    """Set items aside for a file. A mass export asks for a second person.

    Raises NotWaiting, PermissionRefused.
    """
    require(by, permission_for(recipient))
    with transaction.atomic():
        locked = lock_waiting(items, recipient)
        most = vocab.policy("policy.handover")["mass_export_items"]
        second = needs_second_person(len(locked), queries.exported_lately(by.pseudonym, at), most)
        export = HandoverExport.objects.create(
            recipient=recipient, made_at=at, made_by=by.pseudonym, needs_second=second
        )
        HandoverExportItem.objects.bulk_create(
            HandoverExportItem(export=export, item=item, occurrence=item.occurrence) for item in locked
        )
        facts: dict[str, audit.Fact] = {"recipient": recipient, "items": len(locked), "needs_second": second}
        audit.record(by, Trail.HANDOVER_FILE_PREPARED, export, zone=ZONE, at=at, facts=facts)
        if second:
            for role in ("SECOND_REVIEWER", "POLICE_LIAISON" if recipient == "POLICE" else "NOTICE_OFFICER"):
                link = f"/desk/hotline/handovers/files/{export.ref}/"
                notify(
                    to=role, template="hotline.approve_export", context={"ref": export.ref}, link=link, at=at
                )
        live.signal("hotline.worklist")
        return export


def approve_export(*, by: PersonActor, export: HandoverExport, at: datetime) -> HandoverExport:
    """The second person agrees to a mass export.

    Raises OwnExport, ExportOver; approving twice does nothing.
    """
    require(by, Permission.APPROVE_EXPORT)
    with transaction.atomic():
        export = _lock_open(export)
        if export.made_by == by.pseudonym:
            raise OwnExport
        if not export.waits_for_second:
            return export
        export.approved_at, export.approved_by = at, by.pseudonym
        export.save(update_fields=["approved_at", "approved_by"])
        facts: dict[str, audit.Fact] = {"recipient": export.recipient, "items": export.items.count()}
        audit.record(by, Trail.HANDOVER_FILE_APPROVED, export, zone=ZONE, at=at, facts=facts)
        return export


def download_export(*, by: PersonActor, export: HandoverExport, at: datetime) -> bytes:
    """The signed ZIP. The audit log records for each item that its address left in this file.

    Raises NotApproved, ExportOver, ItemChanged, VaultLocked, sealed.KeyNotAvailable, PermissionRefused.
    """
    require(by, permission_for(export.recipient))
    if by.vault is None:
        raise VaultLocked
    with transaction.atomic():
        export = _lock_open(export)
        if export.waits_for_second:
            raise NotApproved
        items = _unchanged(export)
        archive, digest = sealed.archives.pack(
            contents(items, by.vault), about=manifest(export, items, at), signer=sealed.installation_signer()
        )
        export.downloaded_at, export.downloaded_by, export.digest = (
            export.downloaded_at or at,
            by.pseudonym,
            digest,
        )
        export.save(update_fields=["downloaded_at", "downloaded_by", "digest"])
        facts: dict[str, audit.Fact] = {"recipient": export.recipient, "items": len(items), "digest": digest}
        audit.record(by, Trail.HANDOVER_FILE_DOWNLOADED, export, zone=ZONE, at=at, facts=facts)
        for item in items:
            about_item: dict[str, audit.Fact] = {"recipient": export.recipient, "file": export.ref}
            audit.record(by, Trail.ITEM_EXPORTED, item, zone=ZONE, at=at, facts=about_item)
        return archive


def record_export(
    *,
    by: PersonActor,
    export: HandoverExport,
    references: Mapping[str, str],
    handed_over_at: datetime,
    at: datetime,
) -> list[HandoverRecord]:
    """Record that a downloaded file reached its recipient.

    Raises NotDownloaded, ExportOver, ItemChanged, TimeNotPossible, ReferenceUnreadable.
    """
    require(by, permission_for(export.recipient))
    with transaction.atomic():
        export = _lock_open(export)
        if export.downloaded_at is None:
            raise NotDownloaded
        records = write_records(
            by=by,
            items=_unchanged(export),
            recipient=export.recipient,
            method=Method.ZIP,
            references=references,
            handed_over_at=handed_over_at,
            at=at,
            export=export,
        )
        export.recorded_at = at
        export.save(update_fields=["recorded_at"])
        return records


def discard_export(*, by: PersonActor, export: HandoverExport, at: datetime) -> HandoverExport:
    """Give a file up; its items wait again. A file that was downloaded is not called back by this.

    Raises ExportOver.
    """
    require(by, permission_for(export.recipient))
    with transaction.atomic():
        export = _lock_open(export)
        export.discarded_at, export.discarded_by = at, by.pseudonym
        export.save(update_fields=["discarded_at", "discarded_by"])
        audit.record(
            by, Trail.HANDOVER_FILE_DISCARDED, export, zone=ZONE, at=at, facts={"recipient": export.recipient}
        )
        live.signal("hotline.worklist")
        return export


def _lock_open(export: HandoverExport) -> HandoverExport:
    export = lock(export)
    if not export.is_open:
        raise ExportOver
    return export


def _unchanged(export: HandoverExport) -> list[ContentItem]:
    """The items, locked, while each is as it was when the file was prepared: judged, routed there, not
    recorded otherwise."""
    rows = {row.item_id: row.occurrence for row in export.items.all()}
    items = [lock(item) for item in sorted(queries.export_items(export), key=lambda item: item.pk)]
    routed = set(queries.routed(export.recipient).filter(item__in=items).values_list("item", flat=True))
    if any(item.pk not in routed or item.occurrence != rows[item.pk] for item in items):
        raise ItemChanged
    return items
