"""Numbers of certification for figures, and what an ambassador's page shows beside their own data."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Sum
from django.urls import reverse

from sauga.certification.applications.models import Certification
from sauga.certification.applications.rules.codes import CertificationKind
from sauga.certification.sessions.models import Booking, SessionHeads, SessionReport
from sauga.certification.sessions.rules.codes import Side
from sauga.certification.states import BookingState
from sauga.events.programme.models import Event
from sauga.events.states import EventState
from sauga.repository.resources.models import Resource
from sauga.repository.states import LIVE

MEETING = "ambassador_meeting"
MATERIALS_FOR, MOST = "ambassadors", 8


def active_on_last_day(_start: date, end: date) -> dict[str, int]:
    """Certifications that counted on the last day of a period, by level."""
    rows = Certification.objects.filter(since__lt=end, until__gte=end, ended_at__isnull=True)
    found = rows.order_by().values_list("level").annotate(n=Count("ambassador", distinct=True))
    return {str(level): n for level, n in found}


def certified(kinds: tuple[str, ...], start: date, end: date) -> dict[str, int]:
    """Certifications of these kinds that were made in a period, by level."""
    rows = Certification.objects.filter(kind__in=kinds, issued_at__date__gte=start, issued_at__date__lt=end)
    found = rows.order_by().values_list("level").annotate(n=Count("pk"))
    return {str(level): n for level, n in found}


FIRST = (CertificationKind.FIRST,)
AGAIN = (CertificationKind.RENEWED, CertificationKind.RETURNED)


def confirmed_sessions(start: date, end: date) -> int:
    """Sessions whose host confirmed them, by the day of the session."""
    rows = Booking.objects.filter(
        state=BookingState.HOST_CONFIRMED, took_place=True, day__gte=start, day__lt=end
    )
    return rows.count()


def unconfirmed_sessions(start: date, end: date) -> int:
    """Sessions that the ambassador reported and no host confirmed."""
    return Booking.objects.filter(
        state__in=(BookingState.HELD, BookingState.CONTRADICTED), day__gte=start, day__lt=end
    ).count()


def confirmed_heads(start: date, end: date) -> dict[str, int]:
    """Heads by group in confirmed sessions: as the centre cleared them up, else as the host counted."""
    cleared = SessionReport.objects.filter(booking=OuterRef("booking"), side=Side.CENTRE)
    rows = SessionReport.objects.filter(
        booking__state=BookingState.HOST_CONFIRMED,
        booking__took_place=True,
        booking__day__gte=start,
        booking__day__lt=end,
    )
    kept = (
        rows.filter(side=Side.CENTRE)
        .values("pk")
        .union(rows.filter(~Exists(cleared), side=Side.HOST).values("pk"))
    )
    return _heads([one["pk"] for one in kept])


def unconfirmed_heads(start: date, end: date) -> dict[str, int]:
    """Heads by group as ambassadors reported them, where no host confirmed."""
    rows = SessionReport.objects.filter(
        side=Side.AMBASSADOR,
        booking__state__in=(BookingState.HELD, BookingState.CONTRADICTED),
        booking__day__gte=start,
        booking__day__lt=end,
    )
    return _heads(list(rows.values_list("pk", flat=True)))


def _heads(reports: list[int]) -> dict[str, int]:
    found = (
        SessionHeads.objects.filter(report__in=reports).order_by().values_list("group").annotate(n=Sum("n"))
    )
    return dict(Counter(dict(found)))


def meetings(at: datetime) -> list[Event]:
    """The next community meetings of ambassadors."""
    rows = Event.objects.filter(kind=MEETING, state=EventState.PUBLISHED, starts__gt=at)
    return list(rows.order_by("starts")[:2])


@dataclass(frozen=True)
class Material:
    """A material for ambassadors as it is now; a withdrawn one says so instead of vanishing from memory."""

    title: str
    href: str
    is_withdrawn: bool


def materials(topics: Collection[str], language: str) -> list[Material]:
    """Current materials for ambassadors, those about their topics first, and the ones withdrawn lately."""
    rows = Resource.objects.with_page().filter(revision_of__isnull=True)
    own = rows.filter(audiences__overlap=[MATERIALS_FOR])
    about = rows.filter(topics__overlap=list(topics), audiences__overlap=["teachers"]) if topics else own
    kept = {
        one.pk: one
        for one in (*own.order_by("-published_at")[:MOST], *about.order_by("-published_at")[:MOST])
    }
    live = [one for one in kept.values() if one.state in LIVE]
    gone = [one for one in kept.values() if one.state not in LIVE]
    return [_material(one, language) for one in (*live[:MOST], *gone[:MOST])]


def _material(one: Resource, language: str) -> Material:
    title = one.title.get(language) or one.title.get("lt") or next(iter(one.title.values()), "")
    slug = one.slug_en if language == "en" else one.slug_lt
    return Material(title, reverse("repository-resource", args=[slug]), one.state not in LIVE)
