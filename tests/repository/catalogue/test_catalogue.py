"""The list of resources: its numbers are those of the rows, and it asks as few questions as it can."""

from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.states import SystemActor
from sauga.repository.catalogue.actions import print_orders
from sauga.repository.catalogue.models import BLOCK, CodeBitmap
from sauga.repository.catalogue.queries import catalogue, facets
from sauga.repository.catalogue.queries.catalogue import FACETS, PAGE, SORTS, Found, Wanted, matching, search
from sauga.repository.catalogue.rules.readers import READERS, reader_of
from sauga.repository.resources.models import Resource
from sauga.repository.resources.presenters import resources
from tests.centre import AT, Centre, published  # noqa: F401  a fixture

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
        "for": [reader for reader, codes in READERS.items() if set(codes) & set(row.audiences)],
        "topic": row.topics,
        "type": [row.type],
        "lang": row.languages,
    }
    return list(held.get(facet, (row.accessibility or {}).get("features", [])))


def numbers_of(wanted: Wanted) -> Found:
    """The list, once each of its numbers was found to be that of the rows."""
    found = search(wanted, "lt")
    fitting = list(matching(wanted, "lt"))
    assert found.total == len(fitting)
    assert {row.pk for row in found.rows} <= {row.pk for row in fitting} and len(found.rows) == min(
        len(fitting), PAGE
    )
    for facet in FACETS:
        others = {name: codes for name, codes in wanted.chosen.items() if name != facet}
        rows = matching(replace(wanted, chosen=others), "lt")
        assert found.facets[facet] == Counter(code for row in rows for code in codes_of(row, facet)), facet
    return found


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"for": ("teachers",)},
        {"for": ("children", "teenagers"), "type": ("lesson_plan",)},
        {"audience": ("school_librarians",)},
        {"for": ("teachers", "parents_carers"), "age": ("a10_13", "a14_18")},
        {"type": ("lesson_plan", "poster"), "lang": ("lt",)},
        {"access": ("taggedPDF",), "topic": ("cyberbullying", "nothing"), "age": ("a0_5",)},
    ],
)
def test_each_number_is_what_its_choice_would_show_beside_the_other_filters(
    published: Centre, chosen: dict[str, tuple[str, ...]]
):
    found = numbers_of(Wanted(chosen=chosen))
    assert chosen or all(found.facets.values()), (
        "the demo's resources have something to count for every filter"
    )


def test_every_catalogued_audience_has_a_reader_who_stands_for_it():
    codes = [term.code for term in vocab.every_term("audiences")]
    assert codes and not [code for code in codes if reader_of(code) is None]
    assert reader_of("school_librarians") == "public_librarians" and reader_of("nonsense") is None


def test_numbers_follow_whatever_becomes_of_a_resource(published: Centre):
    """Each way in which a row may change what visitors can find; the database notes it, no action does."""
    one, other, third, fourth = Resource.objects.public().order_by("pk")[:4]
    before = numbers_of(Wanted())
    Resource.objects.filter(pk=one.pk).update(state="withdrawn")
    Resource.objects.filter(pk=other.pk).update(sensitivity="restricted")
    Resource.objects.filter(pk=third.pk).update(
        topics=["gaming", "copyright"], audiences=[], languages=["uk"], age_min=None, age_max=None
    )
    fourth.pk, fourth.ref, fourth.uuid = 3 * BLOCK + 5, "elsewhere", uuid4()
    fourth.slug_lt = fourth.slug_en = "elsewhere"
    fourth.age_min, fourth.age_max, fourth.accessibility = 7, None, {"features": ["signLanguage"]}
    fourth.save(force_insert=True)
    after = numbers_of(Wanted())
    assert after.total == before.total - 1 and after.facets["lang"]["uk"] == 1
    numbers_of(Wanted(chosen={"age": ("a6_9", "a60_plus"), "access": ("signLanguage",)}))
    numbers_of(Wanted(q="patyčios", chosen={"lang": ("lt",)}))
    assert facets.having("access:signLanguage").exists()
    Resource.objects.filter(pk=fourth.pk).delete()
    Resource.objects.filter(pk__in=[one.pk, other.pk]).update(state="published", sensitivity="normal")
    assert numbers_of(Wanted()).total == before.total
    Resource.objects.update(state="archived")
    assert numbers_of(Wanted()).total == 0 and not facets.having("access:signLanguage")


def test_only_what_visitors_find_costs_a_bitmap(published: Centre):
    """A draft that is written again and again leaves the bitmaps alone."""
    resource = Resource.objects.public().earliest("pk")
    Resource.objects.filter(pk=resource.pk).update(state="draft")
    before = dict(CodeBitmap.objects.values_list("code", "bits"))
    Resource.objects.filter(pk=resource.pk).update(topics=["copyright"], learning_minutes=5)
    assert dict(CodeBitmap.objects.values_list("code", "bits")) == before


def test_a_use_is_counted_once_and_moves_the_resource_to_the_front(published: Centre):
    least = Resource.objects.public().order_by("uses", "pk")[0]
    most = max(Resource.objects.values_list("uses", flat=True))
    visitor = SystemActor("visitor")
    today = AT.astimezone(VILNIUS).date()
    for number in range(most + 1):
        for _twice in range(2):
            nonce = bytes([number] * 32)
            print_orders.report_use(
                by=visitor, resource=least, heads={"educators": 2}, date=today, at=AT, nonce=nonce
            )
    least.refresh_from_db()
    assert least.uses == least.use_reports.count() == most + 1
    assert search(Wanted(), "lt").rows[0].pk == least.pk


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
