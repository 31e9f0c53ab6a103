"""The material of a campaign that comes every year: the public collection of each year, by its address."""

import re
from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.urls import reverse

from sauga.portal.models.articles import CampaignPage
from sauga.portal.queries import cards
from sauga.portal.states import Repeats

COLLECTIONS = {Repeats.SAFER_INTERNET_DAY: "safer-internet-day"}
"""What the English address of the collections of a campaign begins with; the year follows."""

YEAR = re.compile(r"\d{4}", re.ASCII)


def material(page: CampaignPage, year: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Cards of the material of a year, and the collections of earlier years, newest first."""
    years = _collections(Repeats(page.repeats))
    if not years:
        return [], []
    from sauga.repository.catalogue.presenters import collection_card

    current = cards.in_collection(years[year]) if year in years else []
    return current, [collection_card(years[one]) for one in sorted(years, reverse=True) if one < year]


def _collections(repeats: Repeats) -> dict[int, Any]:
    """The public collections of a campaign by their year; none without the repository."""
    prefix = COLLECTIONS.get(repeats)
    if prefix is None or not apps.is_installed("sauga.repository"):
        return {}
    from sauga.repository.catalogue.queries.catalogue import collections

    years: dict[int, Any] = {}
    for row in collections():
        begins, _dash, year_of = row.slug("en").rpartition("-")
        if begins == prefix and YEAR.fullmatch(year_of):
            years[int(year_of)] = row
    return years


def safer_internet_day_materials(audiences: Collection[str], year: int) -> list[Any]:
    """What an organiser of an activity gets: the collection of the year (or of the latest one before), then
    materials for these audiences; each once."""
    from sauga.events.activities.queries.materials import Material

    years = _collections(Repeats.SAFER_INTERNET_DAY)
    latest = max((one for one in years if one <= year), default=None)
    rows = cards.in_collection(years[latest]) if latest is not None else []
    rows += [card for code in audiences for card in cards.for_audience(code)]
    once = {card["href"]: card for card in rows}
    return [
        Material(str(card["kind"]), card["title"], card["note"], card["href"], card["archive"])
        for card in once.values()
    ]


def activity_pages(page: CampaignPage) -> dict[str, str]:
    """The addresses of Safer Internet Day's activities, for the hub: the map, registering, each year of the
    archive; none for other campaigns and without the events."""
    if Repeats(page.repeats) is not Repeats.SAFER_INTERNET_DAY or not apps.is_installed("sauga.events"):
        return {}
    return {"map": reverse("events-sid"), "register": reverse("events-sid-register")}
