"""Counts without visitors: batched, merged, robots left out, small numbers hidden."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from factories.resources import published

from sauga.kernel.clock import VILNIUS
from sauga.kernel.figures import Period, PeriodKind, totals
from sauga.repository.catalogue.actions import daily_counts
from sauga.repository.catalogue.models import DailyCount
from sauga.statistics import queries
from tests.centre import AT, Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_held(monkeypatch):
    """Begin with nothing held, and let no time pass by itself."""
    daily_counts.forget()
    monkeypatch.setattr(daily_counts, "EVERY", 1e9)
    monkeypatch.setattr(daily_counts, "_last", [0.0])
    yield
    daily_counts.forget()


def test_many_views_are_one_write(centre: Centre, django_assert_num_queries):
    resource = published(centre)
    with django_assert_num_queries(0):
        for _once in range(50):
            daily_counts.count("resource", resource.pk, "view", at=AT, called="Mozilla/5.0")
        daily_counts.count("resource", resource.pk, "file", at=AT)
    with django_assert_num_queries(1):
        assert daily_counts.flush() == 2
    daily_counts.count("resource", resource.pk, "view", at=AT)
    daily_counts.flush()
    daily_counts.count("resource", resource.pk, "view", at=AT + timedelta(days=1))
    daily_counts.flush()
    held = {(row.kind, row.day): row.n for row in DailyCount.objects.all()}
    day = AT.astimezone(VILNIUS).date()
    assert held == {("view", day): 51, ("file", day): 1, ("view", day + timedelta(days=1)): 1}


@pytest.mark.parametrize("called", ["Googlebot/2.1", "SomeCrawler", "python-requests/2", "curl/8"])
def test_robots_are_not_counted(centre: Centre, called):
    daily_counts.count("resource", published(centre).pk, "view", at=AT, called=called)
    assert daily_counts.flush() == 0


def test_what_is_gone_is_not_counted_and_stops_nobody(centre: Centre):
    daily_counts.count("resource", 999_999_999, "view", at=AT)
    assert daily_counts.flush() == 0


def test_small_numbers_are_not_shown(centre: Centre):
    few, many = (
        published(centre),
        published(centre, title={"lt": "Daug skaitoma", "en": "Read by many"}, type="poster"),
    )
    for resource, n in ((few, 9), (many, 40)):
        for _once in range(n):
            daily_counts.count("resource", resource.pk, "view", at=AT)
    daily_counts.flush()
    month = Period.of(PeriodKind.MONTH, AT)
    shown = {total.dims.get("type", ""): total for total in totals("repository.resource_page_views", month)}
    assert shown["lesson_plan"].hidden
    assert shown["lesson_plan"].value is None
    queries.forget()
    data = Client().get("/en/figures/data.csv?period=2026-Q4").content.decode("utf-8-sig")
    rows = [
        row for row in csv.DictReader(io.StringIO(data)) if row["measure"] == "repository.resource_page_views"
    ]
    cells = {row["code_1"]: (row["value"], row["hidden"], row["threshold"]) for row in rows}
    assert cells["lesson_plan"] == ("", "1", "10"), "the public figures hide what the desk hides"
    assert sign_in(centre, "AWARENESS_STATISTICIAN").get("/desk/repository/figures/").status_code == 200
