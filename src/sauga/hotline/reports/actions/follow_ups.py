"""What a reporter adds afterwards: danger, how to get there, when, text, a contact.

Each part is stored at once; none is required.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.hotline.addresses.rules import addresses
from sauga.hotline.content.models import ContentItem
from sauga.hotline.permissions import Permission
from sauga.hotline.reports import rules as urgency
from sauga.hotline.reports.actions.intake import ITEM_TABLE, LOCATION_TABLE, ZONE, indexes
from sauga.hotline.reports.models import Contact, Location, Report
from sauga.hotline.reports.rules import ChildInDanger
from sauga.hotline.states import ReportState
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, sealed, vocab
from sauga.kernel.identity import require
from sauga.kernel.notifications import raise_alert
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

REPORT_TABLE, CONTACT_TABLE = "hotline.report", "hotline.contact"
LONGEST_NOTE = 4000


class ReportClosed(ActionRefused):
    """The report has been answered for good; a new one can be made."""

    message = _("This report is closed. You can submit a new one.")


def _begin(by: Actor, report: Report) -> Report:
    require(by, Permission.RECEIVE)
    report = lock(report)
    if report.state == ReportState.CLOSED:
        raise ReportClosed
    return report


def _finish(by: Actor, report: Report, part: str, at: datetime) -> Report:
    audit.record(by, Trail.REPORT_ADDED_TO, report, zone=ZONE, at=at, facts={"part": part})
    live.signal("hotline.worklist")
    return report


def add_danger(*, by: Actor, report: Report, child_in_danger: ChildInDanger, at: datetime) -> Report:
    """Record whether a child is in danger now. Yes makes the report and its items P1, due at once."""
    with transaction.atomic():
        report = _begin(by, report)
        report.child_in_danger = child_in_danger
        default = vocab.term("rrt.category", report.category).extra.get("default_priority", "P3")
        report.priority = urgency.priority(
            default, child_in_danger=child_in_danger == ChildInDanger.YES, spam_score=report.spam_score
        )
        report.due_at = urgency.due_at(report.priority, at, vocab.policy("policy.triage_target"))
        report.save(update_fields=["child_in_danger", "priority", "due_at"])
        for item in ContentItem.objects.select_for_update().filter(locations__report=report).order_by("pk"):
            if urgency.RANKS.index(report.priority) < urgency.RANKS.index(item.priority):
                item.priority, item.due_at = report.priority, min(item.due_at, report.due_at)
                item.save(update_fields=["priority", "due_at"])
        if child_in_danger == ChildInDanger.YES:
            link, about = f"/desk/hotline/reports/{report.ref}/", f"hotline.report.{report.ref}"
            raise_alert(
                by=by,
                kind="hotline.child_in_danger",
                about=about,
                context={"ref": report.ref},
                link=link,
                at=at,
            )
        return _finish(by, report, "danger", at)


def add_path(
    *,
    by: Actor,
    report: Report,
    key: sealed.DataKey,
    position: int,
    referrer: str,
    access_note: str,
    at: datetime,
) -> Report:
    """Say how one gets to a place.

    A referrer is part of the place's identity, so the location may come to stand for another item.
    """
    referrer = addresses.clean(referrer)[: addresses.LONGEST]
    with transaction.atomic():
        report = _begin(by, report)
        location = (
            report.locations.select_for_update(of=("self",)).select_related("item").get(position=position)
        )
        row = f"{report.ref}-{position}"
        location.referrer = (
            sealed.seal(key, table=LOCATION_TABLE, row=row, field="referrer", text=referrer)
            if referrer
            else b""
        )
        location.access_note = access_note
        location.save(update_fields=["referrer", "access_note"])
        _note_access(location.item, access_note)
        if referrer:
            given = sealed.unseal(
                key, table=LOCATION_TABLE, row=row, field="given", envelope=bytes(location.given)
            )
            _give_identity(location, addresses.read_location(given), referrer)
        return _finish(by, report, "path", at)


def _note_access(item: ContentItem, access_note: str) -> None:
    if item.access_note == "UNKNOWN" and access_note != "UNKNOWN":
        ContentItem.objects.filter(pk=item.pk).update(access_note=access_note)


def _give_identity(location: Location, place: addresses.Location, referrer: str) -> None:
    """Let the item know its referrer when this report alone names it; a shared item keeps its identity, and
    the location keeps what was given."""
    item = lock(location.item)
    if item.report_count > 1 or item.referrer:
        return
    found = indexes(place, referrer)
    if ContentItem.objects.filter(key=found.key).exclude(pk=item.pk).exists():
        return
    item.key = found.key
    holder_key = sealed.open_data_key(zone=ZONE, holder=item.holder, opener=sealed.ServiceOpener(ZONE))
    item.referrer = sealed.seal(holder_key, table=ITEM_TABLE, row=item.ref, field="referrer", text=referrer)
    item.save(update_fields=["key", "referrer"])


def add_circumstances(
    *, by: Actor, report: Report, seen_date: date | None, reporter_kind: str, at: datetime
) -> Report:
    """Record when it was seen and who reports (vocabulary report.reporter_kind)."""
    with transaction.atomic():
        report = _begin(by, report)
        report.seen_date, report.reporter_kind = seen_date, reporter_kind
        report.save(update_fields=["seen_date", "reporter_kind"])
        return _finish(by, report, "circumstances", at)


def add_note(*, by: Actor, report: Report, key: sealed.DataKey, text: str, at: datetime) -> Report:
    """Store the reporter's text (at most 4,000 characters), sealed to the team and to the receipt.

    An empty text removes them.
    """
    text = addresses.clean_text(text)[:LONGEST_NOTE]
    with transaction.atomic():
        report = _begin(by, report)
        report.note = (
            sealed.seal(key, table=REPORT_TABLE, row=report.ref, field="note", text=text) if text else b""
        )
        report.save(update_fields=["note"])
        return _finish(by, report, "note", at)


def add_contact(*, by: Actor, report: Report, value: str, at: datetime) -> Report:
    """Store how the reporter wants to be answered, sealed to the contact custodian alone.

    An empty value destroys what was there.
    """
    with transaction.atomic():
        report = _begin(by, report)
        held = Contact(report=report)
        sealed.destroy_keys([held.holder])
        Contact.objects.filter(report=report).delete()
        if value:
            key = sealed.new_data_key(zone=ZONE, holder=held.holder, recipients=(sealed.Recipient.CUSTODIAN,))
            held.value = sealed.seal(key, table=CONTACT_TABLE, row=report.ref, field="value", text=value)
            held.save(force_insert=True)
        return _finish(by, report, "contact", at)
