"""Activities as pages and jobs ask for them: the public list of a municipality, lists of the desk, a
member's own, and who is to be reminded."""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from sauga.events.activities.models import Activity, ActivityContact
from sauga.events.activities.queries.figures import of_year
from sauga.events.activities.rules.editions import FIRST_REMINDER, REPORTED_FOR
from sauga.events.permissions import Permission
from sauga.events.states import ActivityState, TextState
from sauga.kernel.clock import local_day
from sauga.kernel.identity import PersonActor, home
from sauga.kernel.members.models import Member
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.organisations.queries.register import matches

APPROVE, ALL, AMBASSADOR, UNREPORTED, HIGHLIGHTS, UNKNOWN, UNCONFIRMED, GONE = (
    "approve", "all", "ambassador", "unreported", "highlights", "unknown", "unconfirmed", "gone",
)  # fmt: skip
"""The views of the desk's list."""


def public_activities(year: int, municipality: str, *, kind: str = "", group: str = "") -> list[Activity]:
    """The activities of a municipality whose words everybody may read, by day and hour; with their
    organisations and heads."""
    rows = of_year(year, kind=kind, group=group).shown().filter(municipality=municipality)
    rows = rows.select_related("organisation").prefetch_related("organisation__names", "heads")
    return list(rows.order_by("day", "begins", "pk"))


def desk_rows(view: str, at: datetime) -> QuerySet[Activity]:
    """The rows of one view, in its order."""
    rows = Activity.objects.select_related("organisation").prefetch_related("organisation__names", "heads")
    return rows.filter(_view(view, at)).order_by("-year", "day", "pk")


def _view(view: str, at: datetime) -> Q:
    counted = Q(state__in=(ActivityState.REGISTERED, ActivityState.HELD))
    return {
        APPROVE: counted & Q(is_public=True, text_state=TextState.WAITING),
        ALL: counted,
        AMBASSADOR: Q(state=ActivityState.REGISTERED, wants_ambassador=True),
        UNREPORTED: Q(state=ActivityState.REGISTERED, day__lt=local_day(at)),
        HIGHLIGHTS: counted & Q(is_highlight=True),
        UNKNOWN: counted & Q(organisation__isnull=True),
        UNCONFIRMED: Q(state=ActivityState.UNCONFIRMED),
        GONE: Q(state__in=(ActivityState.WITHDRAWN, ActivityState.REMOVED, ActivityState.NOT_HELD)),
    }[view]


def desk_counts(year: int | None, at: datetime) -> dict[str, int]:
    """How many rows stand in each view, of one year or of all; one query."""
    rows = Activity.objects.filter(year=year) if year else Activity.objects.all()
    views = (APPROVE, ALL, AMBASSADOR, UNREPORTED, HIGHLIGHTS, UNKNOWN, UNCONFIRMED, GONE)
    return rows.aggregate(**{view: Count("pk", filter=_view(view, at)) for view in views})


def found(rows: QuerySet[Activity], words: str) -> QuerySet[Activity]:
    """Those with these words in title or organisation, or with this reference."""
    if not words.strip():
        return rows
    named = Organisation.objects.filter(matches(words), pk=OuterRef("organisation"))
    return rows.filter(
        Q(title__icontains=words)
        | Q(organisation_name__icontains=words)
        | Q(Exists(named))
        | Q(ref=words.strip())
    )


def waiting_for_approval(_by: PersonActor, _at: datetime) -> int:
    """How many wait for a moderator to read their words."""
    rows = Activity.objects.counted().filter(is_public=True, text_state=TextState.WAITING)
    return home.count_of(rows)


def activity_for(by: PersonActor, ref: str) -> Activity:
    """One activity. Raises Http404 where there is none, and where the actor may not see it."""
    rows = Activity.objects.select_related("organisation").prefetch_related("organisation__names", "heads")
    row = rows.filter(ref=ref).first() if by.can(Permission.SEE_ACTIVITIES) else None
    if row is None:
        raise Http404
    return row


def activities_by(by: PersonActor, refs: list[str]) -> list[Activity]:
    """Several of them; those that the person may not see are left out."""
    if not by.can(Permission.SEE_ACTIVITIES):
        return []
    return list(Activity.objects.filter(ref__in=refs[:500]).order_by("pk"))


def highlights(year: int) -> list[Activity]:
    """What staff chose to tell about a year, by day."""
    rows = of_year(year).filter(is_highlight=True).select_related("organisation")
    return list(rows.prefetch_related("organisation__names").order_by("day", "pk"))


def of_member(member: Member) -> list[Activity]:
    """What a member registered, the latest first."""
    rows = Activity.objects.filter(member=member).select_related("organisation", "contact")
    return list(rows.prefetch_related("organisation__names", "heads").order_by("-day", "-pk"))


def to_remind(at: datetime) -> list[int]:
    """The activities that may be due a reminder: their day is over, nothing was reported, and there is an
    address. By key."""
    today = local_day(at)
    rows = Activity.objects.filter(
        Exists(ActivityContact.objects.filter(activity=OuterRef("pk"))),
        state=ActivityState.REGISTERED,
        day__lte=today - FIRST_REMINDER,
        day__gte=today - REPORTED_FOR - timedelta(days=1),
        reminders__lt=2,
    )
    return list(rows.order_by("day", "pk").values_list("pk", flat=True))
