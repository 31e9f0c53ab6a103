"""Who held which role in the centre, on a day and over the years."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import QuerySet

from sauga.kernel import statements
from sauga.kernel.i18n import sort_key
from sauga.kernel.organisations.models import (
    Organisation,
    OrganisationLogo,
    OrganisationName,
    OrganisationRole,
    spoken_name,
)
from sauga.kernel.organisations.queries.logos import logos_on
from sauga.kernel.organisations.terms import ORDER, RoleCode

FOUNDED = date(2005, 1, 1)
"""The first year of which the register may know partners."""
DAY = timedelta(days=1)
_name_key = lru_cache(maxsize=1000)(sort_key)
"""Names of organisations in order; the same few are sorted for every page."""


@dataclass(frozen=True)
class RoleHeld:
    """A role of an organisation as it was on one day: with the name and the logo of that day."""

    row: OrganisationRole
    name: str
    short: str
    logo: OrganisationLogo | None = None

    @property
    def organisation(self) -> Organisation:
        """Who holds it."""
        return self.row.organisation

    @property
    def label(self) -> str:
        """The role in words."""
        return str(self.row.get_role_display())

    @property
    def website(self) -> str:
        """Where the organisation is found."""
        return self.row.organisation.website


@dataclass(frozen=True)
class Stretch:
    """Days on which a role had no holder, or several; `until` is included."""

    since: date
    until: date
    holders: tuple[OrganisationRole, ...] = ()


def roles_on(day: date, roles: Iterable[str] = ()) -> list[RoleHeld]:
    """The roles that may have been held on that day (a date known only by its year counts from its first to
    its last day), by role and name. Three queries."""
    wanted = set(roles)
    found = [row for row in _roles(day=day) if not wanted or row.role in wanted]
    shown = logos_on(day, {row.organisation_id for row in found})
    names = _by_organisation(_names(day=day))
    return in_order(
        [_held(row, names.get(row.organisation_id), shown.get(row.organisation_id)) for row in found]
    )


@dataclass(frozen=True)
class Holder:
    """An organisation that holds a role on a day, as pages name it."""

    name: str
    website: str


def holders_sets(day: date) -> dict[str, QuerySet[Any, Any]]:
    """What `holders` reads of a day, for a caller that reads it in one statement with more."""
    holders = _held_on(day).values_list("role", "organisation", "organisation__code", "organisation__website")
    return {"holders": holders, "names": _names_of_holders(day)}


def holders(rows: Mapping[str, Iterable[tuple[Any, ...]]]) -> list[Holder]:
    """Each organisation that holds a role on a day once, in the order of `roles_on`, of the rows of
    `holders_sets`."""
    names = _by_organisation(rows["names"])
    found: dict[int, tuple[tuple[int, bytes], Holder]] = {}
    for role, key, code, website in rows["holders"]:
        name = names.get(key)
        holder = Holder(name.name if name else code, website)
        place = (ORDER.get(role, 99), _name_key(holder.name))
        if key not in found or place < found[key][0]:
            found[key] = (place, holder)
    return [holder for _place, holder in sorted(found.values(), key=lambda one: one[0])]


class NameOnDay(NamedTuple):
    """A name of an organisation, as it was on a day."""

    language: str
    name: str
    short: str
    since: str


def _by_organisation(rows: Iterable[tuple[Any, ...]]) -> dict[int, NameOnDay]:
    """The name of each organisation that holds a role on a day, as it was then."""
    names: dict[int, list[NameOnDay]] = {}
    for key, *name in rows:
        names.setdefault(key, []).append(NameOnDay(*name))
    found = {key: spoken_name(held) for key, held in names.items()}
    return {key: name for key, name in found.items() if name is not None}


def _held_on(day: date) -> QuerySet[OrganisationRole]:
    return OrganisationRole.objects.filter(during__contains=day, withdrawn_at__isnull=True)


def _names_of_holders(day: date) -> QuerySet[Any, Any]:
    rows = OrganisationName.objects.filter(during__contains=day)
    rows = rows.filter(organisation__in=_held_on(day).values("organisation"))
    return rows.values_list("organisation", *NameOnDay._fields)


@statements.prepared
def _names(*, day: date) -> Any:
    return _names_of_holders(day)


def in_order(found: Iterable[RoleHeld]) -> list[RoleHeld]:
    """By role, then by name."""
    return sorted(found, key=lambda held: (ORDER.get(held.row.role, 99), _name_key(held.name)))


@statements.fetched
def _roles(*, day: date) -> QuerySet[OrganisationRole]:
    return _held_on(day).select_related("organisation")


def _held(row: OrganisationRole, name: NameOnDay | None, logo: OrganisationLogo | None) -> RoleHeld:
    return RoleHeld(row, name.name if name else row.organisation.code, name.short if name else "", logo)


def with_website() -> list[Organisation]:
    """Organisations that hold or held a role and have a website, for checks of links."""
    held = OrganisationRole.objects.filter(withdrawn_at__isnull=True).values("organisation")
    rows = Organisation.objects.filter(pk__in=held).exclude(website="")
    return list(rows.prefetch_related("names").order_by("pk"))


def any_role_is_known() -> bool:
    """Whether the register has any role at all, withdrawn ones included."""
    return OrganisationRole.objects.exists()


def first_day(role: str) -> date | None:
    """The first day on which an organisation may have held the role."""
    rows = OrganisationRole.objects.filter(role=role, withdrawn_at__isnull=True)
    found = [day for row in rows if (day := row.span.possible[0]) is not None]
    return min(found, default=None)


def uncovered(role: str, since: date, until: date) -> list[Stretch]:
    """The days of a time (`until` included) on which none may have held the role."""
    return [stretch for stretch in stretches(role, since, until) if not stretch.holders]


def doubled(role: str, since: date, until: date) -> list[Stretch]:
    """The days on which several organisations may have held it."""
    return [stretch for stretch in stretches(role, since, until) if len(stretch.holders) > 1]


def stretches(role: str, since: date, until: date) -> list[Stretch]:
    """A time (`until` included) as stretches with the same holders, in order and without a gap. One query."""
    rows = list(
        OrganisationRole.objects.filter(role=role, withdrawn_at__isnull=True)
        .select_related("organisation")
        .prefetch_related("organisation__names")
        .order_by("since", "pk")
    )
    edges = {since, until + DAY}
    for row in rows:
        edges |= {day for day in row.span.possible if day is not None and since < day <= until}
    ordered = sorted(edges)
    return [
        Stretch(first, after - DAY, tuple(row for row in rows if row.span.covers(first)))
        for first, after in pairwise(ordered)
    ]


def possible_overlaps(organisation: Organisation) -> list[tuple[OrganisationRole, OrganisationRole]]:
    """Pairs of rows of one role that may overlap: years or months meet, and only a document settles it."""
    rows = [row for row in organisation.roles.all() if row.withdrawn_at is None]
    rows.sort(key=lambda row: (row.role, row.since, row.pk))
    return [
        (one, other)
        for place, one in enumerate(rows)
        for other in rows[place + 1 :]
        if one.role == other.role and one.span.overlap(other.span) != "NONE"
    ]


def coordinators(day: date) -> list[RoleHeld]:
    """Who coordinated the centre on that day: several where only the year of a change is known, none in a
    gap."""
    return roles_on(day, [RoleCode.COORDINATOR])
