"""The wall of a webinar: its sites by county, the map of municipalities, what needs attention."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel.i18n import duration, integer, sort_key
from sauga.kernel.organisations import municipality_name
from sauga.kernel.organisations.places import county_of
from sauga.kernel.organisations.tiles import TILES
from sauga.training.viewing.models import ViewingSite
from sauga.training.viewing.presenters import DONE, SAYS
from sauga.training.viewing.queries import sites


@dataclass(frozen=True)
class SiteMark:
    """One site on the wall: always in the same place."""

    href: str
    view: str
    says: str
    is_dim: bool = False


@dataclass(frozen=True)
class County:
    """One county on the wall."""

    name: str
    shown: int
    total: int
    marks: Sequence[SiteMark]


@dataclass(frozen=True)
class Tile:
    """One municipality on the map of the wall."""

    code: str
    row: int
    column: int
    letters: str
    name: str
    shown: int
    total: int
    shade: int
    is_troubled: bool


def wall(rows: Sequence[ViewingSite], chosen: str, at: datetime) -> list[County]:
    """The sites by county, the largest county first; within it by municipality and name."""
    by_county: dict[str, list[ViewingSite]] = {}
    for site in rows:
        by_county.setdefault(county_of(site.municipality), []).append(site)
    found = []
    for code, members in by_county.items():
        ordered = sorted(members, key=lambda one: (sort_key(municipality_name(one.municipality)), one.pk))
        marks = [_mark(one, chosen, at) for one in ordered]
        shown = sum(mark.view in DONE for mark in marks)
        found.append(County(_county_name(code), shown, len(marks), marks))
    return sorted(found, key=lambda one: (-one.total, sort_key(one.name)))


def _mark(site: ViewingSite, chosen: str, at: datetime) -> SiteMark:
    view = sites.view_of(site, at)
    says = f"{site}: {SAYS[view]}"
    href = reverse("training-site-desk", args=[site.ref])
    return SiteMark(href, view, says, is_dim=chosen not in (sites.ALL, view))


def _county_name(code: str) -> str:
    return str(COUNTIES.get(code, code))


COUNTIES: dict[str, Any] = {
    "LT-AL": _("Alytus county"),
    "LT-KU": _("Kaunas county"),
    "LT-KL": _("Klaipėda county"),
    "LT-MR": _("Marijampolė county"),
    "LT-PN": _("Panevėžys county"),
    "LT-SA": _("Šiauliai county"),
    "LT-TA": _("Tauragė county"),
    "LT-TE": _("Telšiai county"),
    "LT-UT": _("Utena county"),
    "LT-VL": _("Vilnius county"),
}


def tiles(rows: Sequence[ViewingSite], at: datetime) -> list[Tile]:
    """The municipalities on the map: how many of their libraries show the webinar or have shown it."""
    views: dict[str, list[str]] = {code: [] for code in TILES}
    for site in rows:
        views.setdefault(site.municipality, []).append(sites.view_of(site, at))
    return [_tile(code, row, column, letters, views[code]) for code, (row, column, letters) in TILES.items()]


def _tile(code: str, row: int, column: int, letters: str, views: list[str]) -> Tile:
    shown, total = sum(view in DONE for view in views), len(views)
    share = shown / total if total else 0
    shade = sum(share >= step for step in (0.01, 0.34, 0.67, 1)) if total else 0
    name = municipality_name(code)
    return Tile(code, row, column, letters, name, shown, total, shade, sites.LOST in views)


@dataclass(frozen=True)
class Need:
    """A site that needs a look now."""

    href: str
    name: str
    why: str
    tone: str
    phone: str


def needs_of(
    rows: Sequence[ViewingSite], unread: Mapping[int, int], phones: Mapping[int, str], at: datetime
) -> list[Need]:
    """What stands under “needs attention”."""
    return [
        Need(
            href=reverse("training-site-desk", args=[one.ref]),
            name=str(one),
            why=f"{municipality_name(one.municipality)} · {_why(one, unread.get(one.pk, 0), at)}",
            tone="bad" if sites.view_of(one, at) == sites.LOST else "wait",
            phone=phones.get(one.pk, ""),
        )
        for one in rows
    ]


def _why(site: ViewingSite, unread: int, at: datetime) -> str:
    view = sites.view_of(site, at)
    found = str(SAYS[view])
    if view == sites.LOST and site.heard_at:
        found = gettext("picture lost %(ago)s ago") % {"ago": duration(at - site.heard_at)}
    elif view in (sites.LOST, sites.LIVE):
        found = str(site.get_picture_display())
    waiting = gettext("messages not read: %(n)s") % {"n": integer(unread)} if unread else ""
    return " · ".join(filter(None, [found, waiting]))
