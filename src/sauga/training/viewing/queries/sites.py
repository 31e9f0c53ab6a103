"""Viewing sites: of a webinar at the desk, of a member, for the public page; libraries to be invited."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.http import Http404
from django.utils.translation import gettext

from sauga.kernel.identity import PersonActor
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.organisations.queries.register import matches, register_rows
from sauga.training.permissions import Permission
from sauga.training.states import BEFORE_SHOWING, TAKES_PART, SiteState
from sauga.training.viewing.models import SiteCount, SiteMessage, SiteTest, ViewingSite
from sauga.training.viewing.rules import TROUBLED, Picture
from sauga.training.webinars.models import Webinar

LIBRARY = "LIBRARY"
LIVE, LOST, READY, TESTED, UNTESTED = "live", "lost", "ready", "tested", "untested"
UNCOUNTED, COUNTED, ABSENT, INVITED, ALL = "uncounted", "counted", "absent", "invited", "all"
VIEWS = (ALL, LIVE, LOST, READY, TESTED, UNTESTED, UNCOUNTED, COUNTED, ABSENT, INVITED)
"""How sites are told apart on the wall and in the list; `view_of` says which one a site is in."""


def view_of(site: ViewingSite, at: datetime) -> str:
    """In which view a site stands now: of live sites those whose picture is lost, and those that are over
    and have not counted, stand apart."""
    if site.state == SiteState.LIVE:
        if at >= site.over_at:
            return UNCOUNTED
        return LOST if site.picture in (Picture.STALLED, Picture.LOST) else LIVE
    return _VIEW_OF_STATE[site.state]


_VIEW_OF_STATE: dict[str, str] = {
    SiteState.INVITED: INVITED,
    SiteState.ENROLLED: UNTESTED,
    SiteState.TECH_TESTED: TESTED,
    SiteState.READY: READY,
    SiteState.OVERDUE: UNCOUNTED,
    SiteState.COUNTED: COUNTED,
    SiteState.CLOSED: COUNTED,
    SiteState.NO_SHOW: ABSENT,
}


def in_view(rows: QuerySet[ViewingSite], view: str, is_over: bool) -> QuerySet[ViewingSite]:
    """The sites of a view; `is_over` says whether their webinar is."""
    lost = Q(picture__in=(Picture.STALLED, Picture.LOST))
    never = Q(pk__in=())
    found: dict[str, Q] = {
        ALL: Q(),
        LIVE: never if is_over else Q(state=SiteState.LIVE) & ~lost,
        LOST: never if is_over else Q(state=SiteState.LIVE) & lost,
        READY: Q(state=SiteState.READY),
        TESTED: Q(state=SiteState.TECH_TESTED),
        UNTESTED: Q(state=SiteState.ENROLLED),
        UNCOUNTED: Q(state__in=(SiteState.LIVE, SiteState.OVERDUE))
        if is_over
        else Q(state=SiteState.OVERDUE),
        COUNTED: Q(state=SiteState.COUNTED) | Q(state=SiteState.CLOSED, counts__isnull=False),
        ABSENT: Q(state=SiteState.NO_SHOW) | Q(state=SiteState.CLOSED, counts__isnull=True),
        INVITED: Q(state=SiteState.INVITED),
    }
    kept = rows.filter(found[view])
    return kept.distinct() if view in (COUNTED, ABSENT) else kept


def sites_of(webinar: Webinar) -> QuerySet[ViewingSite]:
    """All sites of a webinar with their libraries, by the names of these."""
    rows = ViewingSite.objects.filter(webinar=webinar).select_related("organisation", "webinar__event")
    return rows.prefetch_related("organisation__names").order_by("organisation__order_key", "pk")


def desk_sites(
    webinar: Webinar, view: str, at: datetime, *, words: str = "", municipality: str = ""
) -> QuerySet[ViewingSite]:
    """The sites of a view of the list at the desk, narrowed."""
    rows = in_view(sites_of(webinar), view, at >= webinar.times.over_at)
    if municipality:
        rows = rows.filter(municipality=municipality)
    if words.strip():
        fitting = Organisation.objects.filter(matches(words), pk=OuterRef("organisation_id"))
        rows = rows.filter(Exists(fitting))
    return rows


def view_counts(webinar: Webinar, at: datetime) -> dict[str, int]:
    """How many sites of a webinar are in each view."""
    rows = ViewingSite.objects.filter(webinar=webinar)
    is_over = at >= webinar.times.over_at
    return {view: in_view(rows, view, is_over).count() for view in VIEWS}


def site_for(by: PersonActor, ref: str) -> ViewingSite:
    """One site at the desk. Raises Http404 where there is none, and where the actor may not see it."""
    rows = ViewingSite.objects.select_related("webinar__event", "organisation")
    found = rows.prefetch_related("organisation__names").filter(ref=ref).first()
    if found is None or not by.can(Permission.SEE_WEBINARS):
        raise Http404
    return found


@dataclass(frozen=True)
class Invitable:
    """A library of the register that is not invited yet."""

    organisation: Organisation
    has_mailbox: bool


def invitable(webinar: Webinar, at: datetime, *, municipality: str = "", words: str = "") -> list[Invitable]:
    """Libraries of the register that are not invited to a webinar yet, by municipality and name."""
    known = ViewingSite.objects.filter(webinar=webinar, organisation=OuterRef("pk"))
    rows = register_rows(at=at, kind=LIBRARY, municipality=municipality, text=words).filter(~Exists(known))
    return [Invitable(row, bool(row.contacts.all())) for row in rows]


def libraries_by(codes: Collection[str]) -> list[Organisation]:
    """Libraries of the register by their codes, those in a municipality."""
    rows = Organisation.objects.filter(code__in=[code for code in codes if "\0" not in code])
    rows = rows.filter(kinds__contains=[LIBRARY]).exclude(municipality="")
    return list(rows.prefetch_related("names").order_by("pk"))


def heads_of(sites: Collection[int]) -> dict[int, int]:
    """How many people were counted at sites, by their keys."""
    rows = SiteCount.objects.filter(site__in=sites).values_list("site").annotate(n=Sum("heads"))
    return dict(rows)


def counted_heads(webinar: Webinar) -> tuple[int, int]:
    """How many people were counted at a webinar, and at how many sites."""
    rows = SiteCount.objects.filter(site__webinar=webinar)
    found = rows.aggregate(heads=Sum("heads"), sites=Count("site", distinct=True))
    return found["heads"] or 0, found["sites"]


def unread(webinar: Webinar) -> dict[int, int]:
    """How many messages of each library are unread."""
    rows = SiteMessage.objects.filter(site__webinar=webinar, from_host=True, read_at=None)
    return dict(rows.values_list("site").annotate(n=Count("pk")))


def last_test(site: ViewingSite) -> SiteTest | None:
    """The latest test of a library."""
    return SiteTest.objects.filter(site=site).order_by("-pk").first()


def public_sites(webinar: Webinar) -> list[ViewingSite]:
    """Libraries that show a webinar and want that to be known, by municipality."""
    return list(sites_of(webinar).filter(state__in=TAKES_PART, is_public=True))


def watching(webinar: Webinar) -> int:
    """How many libraries show a webinar now."""
    rows = ViewingSite.objects.filter(webinar=webinar, state=SiteState.LIVE)
    return rows.exclude(picture__in=(Picture.STALLED, Picture.LOST)).count()


def of_member(member_id: int) -> Sequence[ViewingSite]:
    """The evenings that a librarian linked to their account, the latest first."""
    rows = ViewingSite.objects.filter(member=member_id).select_related("webinar__event", "organisation")
    return list(rows.prefetch_related("organisation__names").order_by("-webinar__event__starts")[:100])


def has_hosted(member_id: int) -> bool:
    """Whether a librarian linked any evening to their account."""
    return ViewingSite.objects.filter(member=member_id).exists()


def needing_help(sites: Sequence[ViewingSite], unread_by: dict[int, int], at: datetime) -> list[ViewingSite]:
    """Sites that need a look now, the most urgent first: a lost picture, unread messages, another
    trouble with the picture; from an hour before the start also those that have not tested."""
    ranked: list[tuple[int, ViewingSite]] = []
    for site in sites:
        view = view_of(site, at)
        is_close = (site.webinar.event.starts - at).total_seconds() < 3600 and at < site.over_at
        if view == LOST:
            ranked.append((0, site))
        elif unread_by.get(site.pk):
            ranked.append((1, site))
        elif view == LIVE and site.picture in TROUBLED:
            ranked.append((2, site))
        elif is_close and view == UNTESTED:
            ranked.append((3, site))
        elif is_close and at >= site.webinar.event.starts and site.state in BEFORE_SHOWING:
            ranked.append((4, site))
        elif site.state == SiteState.OVERDUE:
            ranked.append((5, site))
    ranked.sort(key=lambda pair: pair[0])
    return [site for _rank, site in ranked]


def by_state_between(start: date, end: date) -> dict[str, int]:
    """How many libraries showed webinars of a period, by whether they counted."""
    rows = ViewingSite.objects.filter(
        webinar__event__starts__date__gte=start, webinar__event__starts__date__lt=end
    )
    standing = {
        "counted": rows.filter(Q(state=SiteState.COUNTED) | Q(state=SiteState.CLOSED, counts__isnull=False)),
        "uncounted": rows.filter(state__in=(SiteState.LIVE, SiteState.OVERDUE)),
    }
    numbers = {code: found.distinct().count() for code, found in standing.items()}
    return {code: n for code, n in numbers.items() if n}


def heads_between(start: date, end: date) -> dict[str, int]:
    """How many people libraries counted at webinars of a period, by group."""
    rows = SiteCount.objects.filter(
        site__webinar__event__starts__date__gte=start, site__webinar__event__starts__date__lt=end
    )
    return dict(rows.values_list("group").annotate(n=Sum("heads")))


def use_of(organisation: Organisation, at: datetime) -> str:
    """Whether an organisation shows a webinar that is ahead; the register asks before it closes one."""
    rows = ViewingSite.objects.filter(organisation=organisation, state__in=TAKES_PART)
    is_ahead = rows.filter(webinar__event__ends__gte=at).exists()
    return gettext("it shows a webinar that is ahead") if is_ahead else ""
