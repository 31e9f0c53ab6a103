"""Sessions as pages and jobs ask for them, and whom a request can be offered to."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from sauga.certification.applications.models import Ambassador, Workplace
from sauga.certification.permissions import Permission
from sauga.certification.programme.rules.criteria import Evidence
from sauga.certification.register.models import RegisterEntry
from sauga.certification.sessions.models import Booking, Offer, SessionReport
from sauga.certification.sessions.rules.agreement import Told
from sauga.certification.sessions.rules.codes import REPORTED_FOR, Side
from sauga.certification.sessions.rules.matching import Candidate, Request
from sauga.certification.states import CERTIFIED, BookingState, OfferState
from sauga.events.activities.models import Activity
from sauga.events.states import ActivityState
from sauga.kernel.clock import local_day
from sauga.kernel.identity import PersonActor, home
from sauga.kernel.organisations.places import county_of
from sauga.kernel.organisations.queries.links import same_body

NEW, ACCEPTED, TO_CONFIRM, CONTRADICTED, DONE, OVER, UNCONFIRMED, ALONE = (
    "new", "accepted", "confirm", "contradicted", "done", "over", "unconfirmed", "alone",
)  # fmt: skip
VIEWS = (ALONE, NEW, ACCEPTED, TO_CONFIRM, CONTRADICTED, DONE, OVER, UNCONFIRMED)
LIVE = (BookingState.ACCEPTED, BookingState.HELD, BookingState.HOST_CONFIRMED, BookingState.CONTRADICTED)


def _view(view: str) -> Q:
    asked = Exists(Offer.objects.filter(booking=OuterRef("pk"), state=OfferState.OFFERED))
    found: dict[str, Q] = {
        ALONE: Q(state=BookingState.CONTRADICTED)
        | (Q(state=BookingState.REQUESTED, confirmed_at__isnull=False) & ~Q(asked)),
        NEW: Q(state=BookingState.REQUESTED, confirmed_at__isnull=False),
        ACCEPTED: Q(state=BookingState.ACCEPTED),
        TO_CONFIRM: Q(state=BookingState.HELD),
        CONTRADICTED: Q(state=BookingState.CONTRADICTED),
        DONE: Q(state=BookingState.HOST_CONFIRMED),
        OVER: Q(state__in=(BookingState.DECLINED, BookingState.CANCELLED)),
        UNCONFIRMED: Q(state=BookingState.REQUESTED, confirmed_at__isnull=True),
    }
    return found[view]


def _rows() -> QuerySet[Booking]:
    rows = Booking.objects.select_related("organisation", "ambassador")
    return rows.prefetch_related("organisation__names", "reports__heads")


def desk_rows(view: str, municipality: str = "") -> QuerySet[Booking]:
    """The rows of one view by day; what is over, the latest first."""
    rows = _rows().filter(_view(view)).annotate(asked=Count("offers"))
    if municipality:
        rows = rows.filter(municipality=municipality)
    return rows.order_by("-day", "-pk") if view in (DONE, OVER) else rows.order_by("day", "pk")


def desk_counts() -> dict[str, int]:
    """How many rows stand in each view; one query."""
    return Booking.objects.aggregate(**{view: Count("pk", filter=_view(view)) for view in VIEWS})


def booking_for(by: PersonActor, ref: str) -> Booking:
    """One session. Raises Http404 where there is none, and where the actor may not see it."""
    row = _rows().filter(ref=ref).first() if by.can(Permission.SEE_SESSIONS) else None
    if row is None:
        raise Http404
    return row


def offers_of(booking: Booking) -> list[Offer]:
    """Who was asked, in order."""
    rows = Offer.objects.filter(booking=booking).select_related("ambassador")
    return list(rows.order_by("offered_at", "pk"))


def waiting(_by: PersonActor, _at: datetime) -> int:
    """How many sessions need a person: contradictions, and requests for which no ambassador was asked."""
    return home.count_of(Booking.objects.filter(_view(ALONE)))


def with_room(most: int, at: datetime) -> list[int]:
    """Requests for a day to come that fewer than `most` ambassadors are asked for now, by key, the next day
    first."""
    asked = Count("offers", filter=Q(offers__state=OfferState.OFFERED))
    rows = Booking.objects.filter(
        state=BookingState.REQUESTED, confirmed_at__isnull=False, day__gte=local_day(at)
    ).annotate(asked=asked)
    return list(rows.filter(asked__lt=most).order_by("day", "pk").values_list("pk", flat=True))


def open_offers(booking: Booking) -> int:
    """How many ambassadors have not answered yet."""
    return Offer.objects.filter(booking=booking, state=OfferState.OFFERED).count()


def own_offers(keys: list[int], at: datetime) -> list[Offer]:
    """Requests that wait for an ambassador's answer, by day."""
    rows = Offer.objects.filter(
        ambassador__in=keys,
        state=OfferState.OFFERED,
        booking__state=BookingState.REQUESTED,
        booking__day__gte=local_day(at),
    )
    return list(rows.select_related("booking__organisation").order_by("booking__day", "pk"))


def own_bookings(keys: list[int]) -> list[Booking]:
    """An ambassador's sessions: the next ones first, then those that are over."""
    rows = _rows().filter(ambassador__in=keys, state__in=(*LIVE, BookingState.CANCELLED))
    return list(rows.order_by("-day", "-pk")[:200])


def own_booking(keys: list[int], ref: str) -> Booking:
    """One of an ambassador's sessions. Raises Http404."""
    row = _rows().filter(ambassador__in=keys, ref=ref).first()
    if row is None:
        raise Http404
    return row


def own_offer(keys: list[int], ref: str) -> Offer:
    """One of the requests that an ambassador was asked for. Raises Http404."""
    rows = Offer.objects.filter(ref=ref, ambassador__in=keys).select_related(
        "booking__organisation", "ambassador"
    )
    row = rows.prefetch_related("booking__organisation__names").first()
    if row is None:
        raise Http404
    return row


def request_of(booking: Booking) -> Request:
    """A request as matching sees it."""
    own = same_body(booking.organisation_id) if booking.organisation_id else set()
    return Request(
        municipality=booking.municipality,
        county=county_of(booking.municipality),
        topic=booking.topic,
        language=booking.language,
        audience=booking.audience,
        organisations=own,
    )


def candidates(booking: Booking, at: datetime) -> list[Candidate]:
    """Everybody who is certified on the day of the session, with their load in its month; six queries."""
    first = booking.day.replace(day=1)
    entries = RegisterEntry.objects.filter(
        ambassador__state__in=CERTIFIED,
        ambassador__ended_at__isnull=True,
        ambassador__certifications__since__lte=booking.day,
        ambassador__certifications__until__gte=booking.day,
        ambassador__certifications__ended_at__isnull=True,
    ).select_related("ambassador__member")
    rows = list(entries.distinct())
    keys = [one.ambassador_id for one in rows]
    month = Booking.objects.filter(
        ambassador__in=keys,
        state__in=LIVE,
        day__gte=first,
        day__lt=(first + timedelta(days=32)).replace(day=1),
    )
    accepted = Counter(month.values_list("ambassador", flat=True))
    open_offers = Offer.objects.filter(ambassador__in=keys, state=OfferState.OFFERED)
    asking = Counter(open_offers.values_list("ambassador", flat=True))
    asked = set(Offer.objects.filter(booking=booking).values_list("ambassador", flat=True))
    places: dict[int, set[int]] = {}
    today = local_day(at)
    held = Workplace.objects.filter(Q(until__isnull=True) | Q(until__gt=today), ambassador__in=keys)
    for key, organisation in held.values_list("ambassador", "organisation"):
        places.setdefault(key, set()).add(organisation)
    return [
        Candidate(
            key=one.ambassador_id,
            level=one.ambassador.level,
            municipalities=one.municipalities,
            counties={county_of(code) for code in one.municipalities},
            topics=one.topics,
            languages=one.languages,
            audiences=one.audiences,
            most_a_month=one.most_a_month,
            accepted=accepted[one.ambassador_id],
            waiting=asking[one.ambassador_id],
            takes_requests=one.takes_requests and one.ambassador.member_id is not None,
            was_asked=one.ambassador_id in asked,
            workplaces=places.get(one.ambassador_id, set()),
        )
        for one in rows
    ]


def told(booking: Booking) -> Mapping[str, Told]:
    """What each side said."""
    return {
        one.side: Told(one.took_place, {row.group: row.n for row in one.heads.all()})
        for one in SessionReport.objects.filter(booking=booking).prefetch_related("heads")
    }


def confirmed_sessions(ambassador: Ambassador) -> list[Evidence]:
    """The sessions of a member that their hosts confirmed, each with its day."""
    held = Q(ambassador=ambassador)
    if ambassador.member_id is not None:
        held |= Q(ambassador__member=ambassador.member_id)
    days = Booking.objects.filter(held, state=BookingState.HOST_CONFIRMED, took_place=True).values_list(
        "day", flat=True
    )
    return [Evidence("SESSIONS", 1, day) for day in days]


def to_report(today: date) -> list[int]:
    """Sessions whose day is over that have no report or no confirmation of the host; by key."""
    rows = Booking.objects.filter(
        state__in=(BookingState.ACCEPTED, BookingState.HELD),
        day__lt=today,
        day__gte=today - timedelta(days=REPORTED_FOR),
        reminders__lt=2,
    )
    return list(rows.order_by("day", "pk").values_list("pk", flat=True))


def wanted_by_activities(at: datetime) -> list[Activity]:
    """Activities of Safer Internet Day that want an ambassador and are not known here yet."""
    known = Booking.objects.exclude(activity="").values("activity")
    rows = Activity.objects.filter(
        state=ActivityState.REGISTERED, wants_ambassador=True, day__gt=local_day(at)
    ).exclude(ref__in=known)
    return list(rows.select_related("organisation", "contact").order_by("day", "pk"))


def sides(booking: Booking) -> dict[str, SessionReport]:
    """The reports of a session by side, from what was fetched with it."""
    return {one.side: one for one in booking.reports.all()}


def has_host_report(booking: Booking) -> bool:
    """Whether the host has reported."""
    return Side.HOST in sides(booking)
