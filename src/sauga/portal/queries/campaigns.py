"""The material of a campaign that comes every year: the public collection of each year, by its address."""

import re
from typing import Any

from django.apps import apps

from sauga.portal.models.articles import CampaignPage
from sauga.portal.queries import cards
from sauga.portal.states import Repeats

COLLECTIONS = {Repeats.SAFER_INTERNET_DAY: "safer-internet-day"}
"""What the English address of the collections of a campaign begins with; the year follows."""

YEAR = re.compile(r"\d{4}", re.ASCII)


def material(page: CampaignPage, year: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Cards of the material of a year, and the collections of earlier years, newest first."""
    prefix = COLLECTIONS.get(Repeats(page.repeats))
    if prefix is None or not apps.is_installed("sauga.repository"):
        return [], []
    from sauga.repository.catalogue.presenters import collection_card
    from sauga.repository.catalogue.queries.catalogue import collections

    years: dict[int, Any] = {}
    for row in collections():
        begins, _dash, year_of = row.slug("en").rpartition("-")
        if begins == prefix and YEAR.fullmatch(year_of):
            years[int(year_of)] = row
    current = cards.in_collection(years[year]) if year in years else []
    return current, [collection_card(years[one]) for one in sorted(years, reverse=True) if one < year]
