"""The list of resources: its numbers are those of the rows, and it asks as few questions as it can."""

from collections import Counter
from typing import Any

import pytest

from sauga.repository.catalogue.queries import catalogue
from sauga.repository.catalogue.queries.catalogue import FACETS, PAGE, SORTS, Wanted, matching, search
from sauga.repository.resources.models import Resource
from sauga.repository.resources.presenters import resources
from tests.centre import Centre, published  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def codes_of(row: Resource, facet: str) -> list[str]:
    """What a resource counts for, told from the row alone."""
    if facet == "age":
        ages = [(term.code, term.extra["min"], term.extra["max"]) for term in catalogue.ages()]
        low, high = row.age_min, 200 if row.age_max is None else row.age_max
        return (
            []
            if low is None
            else [code for code, least, most in ages if high >= least and (most is None or low <= most)]
        )
    held: dict[str, Any] = {
        "for": row.audiences,
        "topic": row.topics,
        "type": [row.type],
        "lang": row.languages,
    }
    return list(held.get(facet, (row.accessibility or {}).get("features", [])))


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"for": ("teachers",)},
        {"for": ("teachers", "parents_carers"), "age": ("a10_13", "a14_18")},
        {"type": ("lesson_plan", "poster"), "lang": ("lt",)},
        {"access": ("taggedPDF",), "topic": ("cyberbullying", "nothing"), "age": ("a0_5",)},
    ],
)
def test_each_number_is_what_its_choice_would_show_beside_the_other_filters(
    published: Centre, chosen: dict[str, tuple[str, ...]]
):
    found = search(Wanted(chosen=chosen), "lt")
    fitting = list(matching(Wanted(chosen=chosen), "lt"))
    assert found.total == len(fitting)
    assert {row.pk for row in found.rows} <= {row.pk for row in fitting} and len(found.rows) == min(
        len(fitting), PAGE
    )
    for facet in FACETS:
        others = {name: codes for name, codes in chosen.items() if name != facet}
        rows = matching(Wanted(chosen=others), "lt")
        assert found.facets[facet] == Counter(code for row in rows for code in codes_of(row, facet)), facet
    assert chosen or all(found.facets.values()), (
        "the demo's resources have something to count for every filter"
    )


@pytest.mark.parametrize("sort", SORTS)
def test_the_list_is_two_questions_and_is_composed_once(
    published: Centre, sort: str, django_assert_num_queries
):
    wanted = Wanted(sort=sort)
    assert [resources.card(row) for row in search(wanted, "en").rows]
    with django_assert_num_queries(2):
        found = search(wanted, "en")
        cards = [resources.card(row) for row in found.rows]
    assert len(cards) == PAGE and found.pages > 1


def test_beyond_the_end_stands_the_last_page(published: Centre):
    last = search(Wanted(page=99), "lt")
    assert last.page == last.pages and last.rows
    assert [row.pk for row in last.rows] == [row.pk for row in search(Wanted(page=last.pages), "lt").rows]


def test_orders_are_those_that_they_are_called(published: Centre):
    found = {sort: search(Wanted(sort=sort), "lt").rows for sort in SORTS}
    uses = [row.use_reports.count() for row in found["used"]]
    minutes = [row.learning_minutes for row in found["short"] if row.learning_minutes is not None]
    assert uses == sorted(uses, reverse=True) and uses[0] > 0
    assert minutes == sorted(minutes) and minutes
    assert found["new"] == sorted(found["new"], key=lambda row: row.published_at, reverse=True)
    assert len({tuple(row.pk for row in rows) for rows in found.values()}) > 2
