"""What an analyst sees of one report: text, locations and thread, opened with the analyst's own vault;
loaders of reports."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from sauga.hotline.content.queries import Masked, item_for, mask
from sauga.hotline.permissions import Permission
from sauga.hotline.reports.models import Contact, Location, Report
from sauga.hotline.reports.queries.reporter import Said
from sauga.kernel import sealed
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.ids import normalise_reference

ZONE = sealed.Zone.HOTLINE


@dataclass(frozen=True)
class PlaceLine:
    """One place of a report; masked unless it is no web address."""

    location: Location
    masked: Masked | None
    referrer: Masked | None


@dataclass(frozen=True)
class ReportPage:
    """The report page; texts are None while the vault is locked or once their key is gone.

    `last_message` is the number of the last message that the page shows, 0 without one.
    """

    report: Report
    places: list[PlaceLine]
    note: str | None
    thread: list[Said] | None
    last_message: int
    has_contact: bool


def report_page(*, by: PersonActor, report: Report) -> ReportPage:
    """Gather the report page for someone who may open reports (`loading.report_for` decided that)."""
    key = None
    if by.vault is not None:
        key = sealed.open_data_keys(ZONE, [report.holder], by.vault).get(report.holder)
    locations = list(report.locations.select_related("item").order_by("position"))
    thread, last = None, 0
    if key is not None:
        messages = list(report.messages.order_by("pk"))
        last = messages[-1].pk if messages else 0
        thread = [
            Said(_open(key, "hotline.message", m.ref, "body", m.body), m.from_reporter, m.at)
            for m in messages
        ]
    return ReportPage(
        report=report,
        places=[_line(report, location, key) for location in locations],
        note=_open(key, "hotline.report", report.ref, "note", report.note) if key is not None else None,
        thread=thread,
        last_message=last,
        has_contact=hasattr(report, "contact"),
    )


def _line(report: Report, location: Location, key: sealed.DataKey | None) -> PlaceLine:
    if key is None:
        return PlaceLine(location, None, None)
    row = f"{report.ref}-{location.position}"
    given = _open(key, "hotline.location", row, "given", location.given)
    referrer = _open(key, "hotline.location", row, "referrer", location.referrer)
    return PlaceLine(location, mask(given), mask(referrer) if referrer else None)


def _open(key: sealed.DataKey, table: str, row: str, field: str, envelope: bytes | memoryview) -> str:
    return sealed.unseal(key, table=table, row=row, field=field, envelope=bytes(envelope)) if envelope else ""


def waiting_contacts(*, by: PersonActor) -> QuerySet[Contact]:
    """Contacts still kept, newest first, for the custodian: which reports wait for an answer, not what the
    contact is."""
    require(by, Permission.OPEN_CONTACT)
    return Contact.objects.select_related("report").order_by("-pk")


def report_for(actor: PersonActor, ref: str) -> Report:
    """The report behind a reference. Raises Http404 for strangers and unknown references alike."""
    if not actor.can(Permission.OPEN_REPORT):
        raise Http404
    report = (
        Report.objects.select_related("held_by", "first_report").filter(ref=normalise_reference(ref)).first()
    )
    if report is None:
        raise Http404
    return report


def location_for(actor: PersonActor, ref: str, number: int) -> Location:
    """A location that names an item. Raises Http404."""
    location = (
        Location.objects.select_related("item", "report").filter(item=item_for(actor, ref), pk=number).first()
    )
    if location is None:
        raise Http404
    return location


def report_with_contact_for(actor: PersonActor, ref: str) -> Report:
    """A report that has a contact, for the custodian, who sees nothing else of it. Raises Http404."""
    if not actor.can(Permission.OPEN_CONTACT):
        raise Http404
    report = (
        Report.objects.select_related("contact")
        .filter(ref=normalise_reference(ref), contact__isnull=False)
        .first()
    )
    if report is None:
        raise Http404
    return report


def reports_for(actor: PersonActor, refs: Sequence[str]) -> list[Report]:
    """The reports of these references, in the order of arrival.

    Raises Http404 for strangers; unknown references are left out.
    """
    if not actor.can(Permission.OPEN_REPORT):
        raise Http404
    return list(Report.objects.filter(ref__in=refs).order_by("pk"))


def places_for(actor: PersonActor, numbers: Sequence[int]) -> list[Location]:
    """The locations of these numbers with what they belong to.

    Raises Http404 for strangers; unknown numbers are left out.
    """
    if not actor.can(Permission.OPEN_REPORT):
        raise Http404
    return list(Location.objects.select_related("item", "report").filter(pk__in=numbers).order_by("pk"))
