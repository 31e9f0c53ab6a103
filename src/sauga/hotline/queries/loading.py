"""Loaders: the object behind a reference, for someone who may see it; a stranger's object does not exist."""

from collections.abc import Sequence

from django.http import Http404

from sauga.hotline.models import ContentItem, Location, PoliceHold, Report
from sauga.hotline.rules.permissions import Permission
from sauga.kernel.identity import PersonActor
from sauga.kernel.ids import normalise_reference


def item_for(actor: PersonActor, ref: str) -> ContentItem:
    """The item behind a reference. Raises Http404 for strangers and unknown references alike."""
    if not actor.can(Permission.SEE_WORKLIST):
        raise Http404
    item = ContentItem.objects.select_related("provider", "taken_by").filter(ref=normalise_reference(ref)).first()
    if item is None:
        raise Http404
    return item


def report_for(actor: PersonActor, ref: str) -> Report:
    """The report behind a reference. Raises Http404 for strangers and unknown references alike."""
    if not actor.can(Permission.OPEN_REPORT):
        raise Http404
    report = Report.objects.select_related("held_by", "first_report").filter(ref=normalise_reference(ref)).first()
    if report is None:
        raise Http404
    return report


def hold_for(actor: PersonActor, ref: str, number: int) -> PoliceHold:
    """A hold of an item. Raises Http404."""
    hold = PoliceHold.objects.select_related("item").filter(item=item_for(actor, ref), pk=number).first()
    if hold is None:
        raise Http404
    return hold


def location_for(actor: PersonActor, ref: str, number: int) -> Location:
    """A location that names an item. Raises Http404."""
    location = Location.objects.select_related("item", "report").filter(item=item_for(actor, ref), pk=number).first()
    if location is None:
        raise Http404
    return location


def report_with_contact_for(actor: PersonActor, ref: str) -> Report:
    """A report that has a contact, for the custodian, who sees nothing else of it. Raises Http404."""
    if not actor.can(Permission.OPEN_CONTACT):
        raise Http404
    report = Report.objects.select_related("contact").filter(ref=normalise_reference(ref), contact__isnull=False).first()
    if report is None:
        raise Http404
    return report


def reports_for(actor: PersonActor, refs: Sequence[str]) -> list[Report]:
    """The reports of these references, in the order of arrival. Raises Http404 for strangers; unknown references are left out."""
    if not actor.can(Permission.OPEN_REPORT):
        raise Http404
    return list(Report.objects.filter(ref__in=refs).order_by("pk"))


def places_for(actor: PersonActor, numbers: Sequence[int]) -> list[Location]:
    """The locations of these numbers with what they belong to. Raises Http404 for strangers; unknown numbers are left out."""
    if not actor.can(Permission.OPEN_REPORT):
        raise Http404
    return list(Location.objects.select_related("item", "report").filter(pk__in=numbers).order_by("pk"))
