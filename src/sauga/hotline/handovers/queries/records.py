"""What waits to be handed over, which files are being prepared, what was handed over.

Figures ask `counted` and nothing else.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from sauga.hotline.assessment.models import Assessment, Route
from sauga.hotline.content.models import ContentItem
from sauga.hotline.handovers.models import HandoverExport, HandoverExportItem, HandoverRecord
from sauga.hotline.handovers.rules import RECIPIENTS
from sauga.hotline.permissions import Permission
from sauga.hotline.states import Handling
from sauga.kernel import statements, vocab
from sauga.kernel.identity import PersonActor, names_of, require
from sauga.kernel.ids import normalise_reference

PAGE = 50
MOST_COUNTED = 999
DECIDED = (
    Handling.ROUTED,
    Handling.POLICE_HOLD,
    Handling.NOTICE_DUE,
    Handling.FOLLOWED,
    Handling.WATCHED,
    Handling.ARCHIVED,
)
"""States in which the verdict is valid and something was decided: an item that is gone from the internet is
still handed over.
"""


@dataclass(frozen=True)
class Waiting:
    """An item that a rule sends to a recipient and that is not handed over yet."""

    item: ContentItem
    since: datetime
    assessed_by: list[str]


def counted() -> QuerySet[HandoverRecord]:
    """The records that count: neither undone nor cancelled."""
    return HandoverRecord.objects.filter(undone_at=None)


def routed(recipient: str) -> QuerySet[Route]:
    """Routes of judged items to a recipient that have no record."""
    done = counted().filter(item=OuterRef("item"), occurrence=OuterRef("occurrence"), recipient=recipient)
    rows = Route.objects.filter(route=recipient, done_at=None, occurrence=F("item__occurrence"))
    return rows.filter(~Exists(done), item__handling__in=[str(state) for state in DECIDED])


def waiting_routes(recipient: str) -> QuerySet[Route]:
    """Routes without a record and without a file under way, longest waiting first."""
    under_way = HandoverExportItem.objects.filter(
        item=OuterRef("item"),
        occurrence=OuterRef("occurrence"),
        export__recipient=recipient,
        export__recorded_at=None,
        export__discarded_at=None,
    )
    return routed(recipient).filter(~Exists(under_way)).order_by("at", "pk")


def waiting(*, by: PersonActor, recipient: str) -> QuerySet[Route]:
    """A recipient's queue, longest waiting first. Raises PermissionRefused."""
    require(by, Permission.SEE_HANDOVERS)
    return waiting_routes(recipient).select_related("item", "item__provider")


def assessed(routes: Sequence[Route]) -> list[Waiting]:
    """These items with those who judged them."""
    judged = _assessors([row.item for row in routes])
    return [Waiting(row.item, row.at, judged.get(row.item_id, [])) for row in routes]


def counts(*, by: PersonActor) -> dict[str, int]:
    """How many items wait for each recipient. Raises PermissionRefused."""
    require(by, Permission.SEE_HANDOVERS)
    return {recipient: waiting_routes(recipient).order_by().count() for recipient in RECIPIENTS}


def waiting_for(*, recipient: str) -> int:
    """How many items wait to be handed over to a recipient, up to 1,000."""
    return _counts(recipients=(recipient,))[recipient]


@statements.counted(MOST_COUNTED + 1)
def _counts(*, recipients: tuple[str, ...]) -> Mapping[str, QuerySet[Route]]:
    return {recipient: waiting_routes(recipient) for recipient in recipients}


def queued(recipient: str, refs: Sequence[str]) -> list[ContentItem]:
    """The items of these references that wait for the recipient, in the order of the queue; at most a page of
    them."""
    wanted = [normalise_reference(ref) for ref in refs[:PAGE]]
    return [row.item for row in waiting_routes(recipient).filter(item__ref__in=wanted).select_related("item")]


def open_exports(*, by: PersonActor, recipient: str) -> list[HandoverExport]:
    """Files under way for a recipient, oldest first, with `item_count`. Raises PermissionRefused."""
    require(by, Permission.SEE_HANDOVERS)
    rows = HandoverExport.objects.filter(recipient=recipient, recorded_at=None, discarded_at=None).annotate(
        item_count=Count("items")
    )
    return list(rows.order_by("made_at", "pk")[:PAGE])


def export_items(export: HandoverExport) -> list[ContentItem]:
    """What is in a file, in the order in which it was chosen."""
    return [row.item for row in export.items.select_related("item", "item__provider").order_by("pk")]


def exported_lately(pseudonym: str, at: datetime) -> int:
    """How many items a person has put into files within the policy's hours; discarded files that were never
    downloaded do not count."""
    since = at - timedelta(hours=vocab.policy("policy.handover")["mass_export_hours"])
    rows = HandoverExportItem.objects.filter(export__made_by=pseudonym, export__made_at__gt=since)
    return rows.exclude(export__discarded_at__isnull=False, export__downloaded_at=None).count()


def records(*, by: PersonActor, recipient: str = "", find: str = "") -> QuerySet[HandoverRecord]:
    """What was handed over, newest first, undone records included. Raises PermissionRefused."""
    require(by, Permission.SEE_HANDOVERS)
    rows = HandoverRecord.objects.select_related("item", "export").order_by("-recorded_at", "-pk")
    if recipient:
        rows = rows.filter(recipient=recipient)
    if find:
        rows = rows.filter(Q(item__ref=normalise_reference(find)) | Q(reference__iexact=find.strip()))
    return rows


def count_records(*, by: PersonActor) -> int:
    """How many records count. Raises PermissionRefused."""
    require(by, Permission.SEE_HANDOVERS)
    return counted().count()


def records_of(item: ContentItem) -> list[HandoverRecord]:
    """An item's hand-overs, newest first."""
    return list(item.handover_records.select_related("export").order_by("-recorded_at", "-pk"))


@dataclass(frozen=True)
class Changed:
    """One correction: when, by whom, why, and the previous values."""

    at: datetime
    by: str
    reason: str
    reference_before: str
    handed_over_before: datetime


def corrections(record: HandoverRecord) -> list[Changed]:
    """What was changed in a record, newest first."""
    rows = list(record.corrections.order_by("-at", "-pk"))
    known = names_of({row.by for row in rows})
    return [
        Changed(row.at, known.get(row.by, ""), row.reason, row.reference_before, row.handed_over_before)
        for row in rows
    ]


def record_for(by: PersonActor, ref: str) -> HandoverRecord:
    """The record behind a reference. Raises Http404 for strangers and unknown references alike."""
    rows = HandoverRecord.objects.select_related("item", "export").filter(ref=normalise_reference(ref))
    found = rows.first() if by.can(Permission.SEE_HANDOVERS) else None
    if found is None:
        raise Http404
    return found


def export_for(by: PersonActor, ref: str) -> HandoverExport:
    """The file behind a reference. Raises Http404 for strangers and unknown references alike."""
    rows = HandoverExport.objects.filter(ref=normalise_reference(ref))
    found = rows.first() if by.can(Permission.SEE_HANDOVERS) else None
    if found is None:
        raise Http404
    return found


def without_reference(at: datetime) -> dict[str, int]:
    """How many records of each recipient have had no number of theirs for longer than the policy's hours; old
    ones are not asked for."""
    before = at - timedelta(hours=vocab.policy("policy.handover")["remind_reference_hours"])
    rows = counted().filter(reference="", recorded_at__lte=before, recorded_at__gt=at - timedelta(days=30))
    return dict(Counter(rows.values_list("recipient", flat=True)))


def _assessors(items: Sequence[ContentItem]) -> dict[int, list[str]]:
    """The names of those who gave the valid verdict, first assessor first."""
    rows = (
        Assessment.objects.filter(item__in=items, verdict=F("item__verdict"))
        .select_related("by")
        .order_by("pk")
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        names = found.setdefault(row.item_id, [])
        if row.by.name not in names:
            names.append(row.by.name)
    return found


def names(rows: Iterable[HandoverRecord | HandoverExport]) -> dict[str, str]:
    """The names behind the pseudonyms of records and files."""
    fields = ("recorded_by", "undone_by", "made_by", "approved_by", "downloaded_by", "discarded_by")
    return names_of({getattr(row, name) for row in rows for name in fields if getattr(row, name, "")})
