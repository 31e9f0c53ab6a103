"""The public page of figures: open to all, leaves nothing with the visitor, hides what is small."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override
from factories.hotline import AT
from factories.monitoring import item_at, open_house

from sauga.hotline.content.models import Occurrence
from sauga.kernel.figures import Period, Total
from sauga.kernel.figures.texts import unit_text
from sauga.statistics import queries
from tests.markup import tidy

pytestmark = pytest.mark.django_db


@pytest.fixture
def notified(db):
    """Twelve notified addresses, nine of them gone, two abroad."""
    open_house()
    queries.forget()
    for n in range(12):
        country = "NL" if n < 2 else "LT"
        item = item_at(
            f"http://s{n}.online.behave.example/{n}",
            verdict="PROHIBITED",
            country=country,
            hosting_class="LT",
        )
        online = AT + timedelta(hours=n)
        gone = online + timedelta(hours=1) if n % 4 else None
        Occurrence.objects.filter(item=item).update(
            last_online_at=online, first_gone_at=gone, removed_at=gone
        )
    yield
    queries.forget()


def running(language="en"):
    return f"/{language}/{'figures' if language == 'en' else 'statistika'}/?period=2026-Q4"


@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_page_shows_the_period_without_a_cookie(notified, client: Client, language):
    answer = client.get(running(language))
    assert answer.status_code == 200
    assert not answer.cookies
    text = answer.content.decode()
    assert "<title>" in text and "data-state" in text and "<svg" in text
    assert text.index('<ul class="three">') < text.index('id="h-table"'), "sentences first, tables after"
    assert "form" in text and "data-main" in text


def test_small_cells_are_hidden_on_the_page_and_in_the_data(notified, client: Client):
    answer = client.get("/en/figures/data.csv?period=2026-Q4")
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    cells = {(row["measure"], row["code_1"]): row for row in rows}
    assert cells["hotline.takedown_median", ""]["n"] == "12"
    assert cells["hotline.takedown_median", "LT"]["hidden"] == "1", (
        "or two could be had by taking ten from twelve"
    )
    assert (
        cells["hotline.takedown_median", "ABROAD"]["hidden"] == "1"
        and cells["hotline.takedown_median", "ABROAD"]["value"] == ""
    )
    assert all(row["n"] == "" or int(row["n"]) == 0 or int(row["n"]) >= 5 for row in rows)


def test_a_group_the_table_hides_is_not_drawn(notified, client: Client):
    """The curve of a hidden group would give back what the table keeps."""
    page = client.get(running()).content.decode()
    assert "hidden" in page and "Small numbers are hidden" in page and "Hidden below 5." in page
    assert "How fast content comes down" not in page
    data = client.get("/en/figures/data.csv?period=2026-Q4").content.decode("utf-8-sig")
    cells = [
        row
        for row in csv.DictReader(io.StringIO(data))
        if row["measure"] in ("hotline.gone_curve", "hotline.still_online")
    ]
    assert {row["code_1"] for row in cells if row["hidden"] != "1"} <= {"UNKNOWN", ""}


def test_the_numbers_lie_folded_under_themes_each_once_with_its_meaning(notified, client: Client):
    page = tidy(client.get(running()).content.decode())
    folded = re.findall(r'<details class="theme" data-prints-open><summary><h3>([^<]+)</h3>', page)
    assert folded[:2] == [
        "Talking with children and adults",
        "Reports of content, and what was done",
    ] and len(folded) == len(set(folded))
    assert page.count("<dt>") == page.count("<dd>") > len(folded)
    captions = re.findall(r"<caption>([^<]+)</caption>", page)
    assert "Single numbers" in captions and "NO_EQUIVALENT" not in page


@pytest.mark.parametrize(
    ("count", "words"), [(1, "kreipimasis"), (21, "kreipimasis"), (12, "kreipimųsi"), (73, "kreipimaisi")]
)
def test_a_counted_unit_takes_the_form_its_number_asks_for(count, words):
    with override("lt"):
        assert (
            unit_text(
                Total("helpline.answered", Period.parse("2026-Q3"), {}, count, count, False, 0), "CONTACT"
            )
            == words
        )
        assert (
            unit_text(Total("helpline.answered", Period.parse("2026-Q3"), {}, None, None, True, 0), "CONTACT")
            == ""
        )


def test_a_group_large_enough_is_drawn(db, client: Client):
    open_house()
    queries.forget()
    for n in range(12):
        item = item_at(
            f"http://s{n}.online.behave.example/{n}", verdict="PROHIBITED", country="LT", hosting_class="LT"
        )
        gone = AT + timedelta(hours=n + 1)
        Occurrence.objects.filter(item=item).update(last_online_at=AT, first_gone_at=gone, removed_at=gone)
    assert "How fast content comes down" in client.get(running()).content.decode()
    queries.forget()


def test_chart_and_table_of_the_same_group_agree_beyond_what_anybody_watched(db, client: Client):
    """Twenty addresses: 19 gone within 1.5 days, one still online when it was last seen after 1.6."""
    open_house()
    queries.forget()
    for n in range(20):
        item = item_at(
            f"http://s{n}.online.behave.example/{n}", verdict="PROHIBITED", country="LT", hosting_class="LT"
        )
        gone = AT + timedelta(hours=2 * n) if n else None
        seen = AT + timedelta(hours=39) if gone is None else AT
        Occurrence.objects.filter(item=item).update(
            notice_delivered_at=AT - timedelta(hours=1),
            last_online_at=seen,
            first_gone_at=gone,
            removed_at=gone,
        )
    page = tidy(client.get(running()).content.decode())
    queries.forget()
    shares = dict(re.findall(r'<tr><th scope="row">(\d+)</th><td[^>]*>([^<]+)</td></tr>', page))
    assert shares["1"] == "55%" and shares["2"] == shares["28"] == "at least 95%"
    assert "95% gone within</th>" in page and ">1.6 d<" in page


def test_the_page_opens_on_the_last_finished_quarter_and_leads_to_the_running_one(notified, client: Client):
    page = tidy(client.get("/en/figures/").content.decode())
    assert '<option value="2026-Q3" selected>' in page
    assert '?period=2026-Q4">The quarter that is still running' in page
    assert "The quarter that is still running" not in client.get(running()).content.decode()


def test_an_unknown_period_falls_back_to_the_last_finished_quarter(db, client: Client):
    queries.forget()
    open_house()
    for given in ("?period=2031-Q1", "?period=<x>", ""):
        assert client.get(f"/en/figures/{given}").status_code == 200


def test_the_page_only_reads(db, client: Client):
    assert client.post("/en/figures/").status_code == 405
