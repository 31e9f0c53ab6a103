"""The public map: numbers equal the database, words only once approved, filters, table, archive; the poster
and the certificate are tagged and name the organisation.
"""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from factories.activities import AFTER, AT, NAME, ORGANISER, asked, organisation, registered

from sauga.events.activities import documents
from sauga.events.activities.actions import moderation, registrations, reports
from sauga.events.activities.models import Activity
from sauga.events.activities.queries import materials
from sauga.events.activities.queries.materials import Material
from sauga.kernel import clock
from sauga.kernel.organisations import municipalities
from sauga.kernel.organisations.tiles import TILES, shade
from tests.centre import Centre, centre

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
MAP = "/lt/renginiai/saugesnio-interneto-diena/"
YEAR = f"{MAP}2027/"
TILE = re.compile(r'data-place="(LT-\d+)".*?class="num"\s+aria-hidden="true">(\d+|–)<', re.DOTALL)


@pytest.fixture(autouse=True)
def january(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)


def numbers(html: str) -> dict[str, int]:
    return {code: 0 if n == "–" else int(n) for code, n in TILE.findall(html)}


def heads_of(row: Activity, kind: str) -> int:
    return sum(one.n for one in row.heads.filter(kind=kind))


def shown(row: Activity, centre: Centre) -> Activity:
    return moderation.approve_text(by=centre.actor("PUBLISHER"), activity=row, at=AT)


@pytest.mark.unit
def test_each_municipality_has_one_tile_of_its_own():
    assert set(TILES) == {code for code, _name in municipalities()} and len(TILES) == 60
    places = {(row, column) for row, column, _letters in TILES.values()}
    assert len(places) == 60 and len({letters for _row, _column, letters in TILES.values()}) == 60
    assert all(1 <= row <= 9 and 1 <= column <= 10 for row, column in places)
    assert [shade(n) for n in (0, 1, 2, 3, 5, 6, 9, 10, 99)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_every_number_of_the_map_and_the_table_is_that_of_the_database(centre: Centre):
    for number, code in enumerate(("LT-01", "LT-15", "LT-15", "LT-57", "LT-57", "LT-57", "LT-28")):
        kind, group = ("quiz", "seniors") if number % 3 == 0 else ("lesson", "adults")
        row = registered(municipality=code, kind=kind, expected={group: 10 + number})
        if number % 2:
            reports.report(by=ORGANISER, activity=row, heads={group: 5 + number}, at=AFTER)
    registrations.withdraw(by=ORGANISER, activity=registered(municipality="LT-01"), at=AT)
    asked(municipality="LT-01")
    moderation.remove(by=centre.actor("PUBLISHER"), activity=registered(municipality="LT-02"), at=AT)
    browser = Client()
    for narrowed in ({}, {"kind": "quiz"}, {"group": "adults"}, {"kind": "lesson", "group": "seniors"}):
        rows = Activity.objects.filter(state__in=("REGISTERED", "HELD"))
        rows = rows.filter(kind=narrowed["kind"]) if "kind" in narrowed else rows
        rows = rows.filter(heads__group=narrowed["group"]).distinct() if "group" in narrowed else rows
        counted = {code: rows.filter(municipality=code).count() for code in TILES}
        page = browser.get(YEAR, narrowed).text
        assert numbers(page) == counted and sum(counted.values()) == rows.count()
        for code in ("LT-15", "LT-57", "LT-02"):
            told = re.search(rf'data-row="{code}".*?</tr>', page, re.DOTALL)[0]
            cells = [0 if n == "–" else int(n) for n in re.findall(r'class="r">\s*(\d+|–)\s*<', told)]
            here = rows.filter(municipality=code)
            heads = [sum(heads_of(row, kind) for row in here) for kind in ("expected", "reported")]
            assert cells == ([counted[code], *heads] if len(cells) == 3 else [counted[code], heads[0]])
    held = list(csv.reader(io.StringIO(browser.get(f"{YEAR}savivaldybes.csv").text.lstrip("\ufeff"))))
    assert len(held) == 61 and sum(int(row[2]) for row in held[1:]) == 7
    assert sum(int(row[3]) for row in held[1:]) == sum(range(10, 17))


def test_words_are_public_only_once_approved_and_wanted(centre: Centre):
    waiting = registered(title="Laukia žodžių")
    approved = shown(registered(title="Matoma pamoka", description="Ateikite visi."), centre)
    registered(title="Tik skaičiuojama", is_public=False)
    declined = registered(title="Keistina pamoka")
    moderation.decline_text(by=centre.actor("PUBLISHER"), activity=declined, reason="Kam?", at=AT)
    page = Client().get(YEAR, {"municipality": "LT-15"}).text
    assert "Matoma pamoka" in page and "Ateikite visi." in page and numbers(page)["LT-15"] == 4
    for word in ("Laukia žodžių", "Tik skaičiuojama", "Keistina pamoka", "mokykla.example"):
        assert word not in page
    registrations.withdraw(by=ORGANISER, activity=approved, at=AT)
    shown(waiting, centre)
    page = Client().get(YEAR, {"municipality": "LT-15"}).text
    assert "Matoma pamoka" not in page and "Laukia žodžių" in page and numbers(page)["LT-15"] == 3


def test_the_list_asks_the_database_equally_often_for_one_and_three(centre, django_assert_max_num_queries):
    shown(registered(organisation()), centre)
    with django_assert_max_num_queries(40) as one:
        Client().get(YEAR, {"municipality": "LT-18"})
    for number in range(2):
        shown(registered(organisation(f"Mokykla {number}")), centre)
    with django_assert_max_num_queries(len(one.captured_queries)):
        Client().get(YEAR, {"municipality": "LT-18"})


def test_years_are_kept_and_unknown_ones_do_not_exist(monkeypatch):
    early = datetime(2026, 1, 20, 10, tzinfo=UTC)
    registered(at=early, day=datetime(2026, 2, 10, tzinfo=UTC).date(), municipality="LT-60")
    browser = Client()
    assert numbers(browser.get(f"{MAP}2026/").text)["LT-60"] == 1
    assert numbers(browser.get(MAP).text)["LT-60"] == 0 and f"{MAP}2026/" in browser.get(MAP).text
    for year in ("1999", "2025", "2028", "9999", "99999999999999"):
        assert browser.get(f"{MAP}{year}/").status_code == 404
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 5, 1, tzinfo=UTC))
    closed = " ".join(browser.get(f"{MAP}2028/").text.split())
    assert "2027 m. rugsėjo 1 d." in closed and "registruoti/" not in closed
    assert "data-main" not in browser.get(f"{MAP}registruoti/").text
    assert browser.get(f"{MAP}2027/").status_code == 404


def test_odd_filters_are_left_out():
    page = Client().get(MAP, {"kind": "x' OR 1", "municipality": "LT-99", "group": "\0"})
    assert page.status_code == 200 and len(numbers(page.text)) == 60


@pytest.mark.parametrize("language", ["lt", "en"])
def test_poster_and_certificate_are_tagged_and_have_the_full_name(language):
    import pikepdf
    from django.utils import translation
    from pypdf import PdfReader

    row = registered(organisation())
    reports.report(by=ORGANISER, activity=row, heads={"grades_1_4": 21}, at=AFTER)
    row = Activity.objects.get()
    with translation.override(language):
        made = {"poster": documents.poster(row, AT), "certificate": documents.certificate(row, AT)}
    for name, document in made.items():
        with pikepdf.open(io.BytesIO(document)) as file:
            assert file.Root.MarkInfo.Marked and "/StructTreeRoot" in file.Root
            assert str(file.Root.Lang) == language and NAME in str(file.docinfo.Title)
            assert b"pdfuaid:part" in file.Root.Metadata.read_bytes() and len(file.pages) == 1
        text = " ".join(PdfReader(io.BytesIO(document)).pages[0].extract_text().split())
        assert NAME in text and row.title in text, name
        assert ("116 111" in text and "2027" in text) if name == "poster" else "21" in text


def test_materials_are_those_that_the_portal_knows(monkeypatch):
    row = registered(expected={"seniors": 4, "grades_1_4": 20})
    asked_for = []

    def known(audiences, year):
        asked_for.append((list(audiences), year))
        return [
            Material("lesson", "Pamoka", "Trumpai", "/lt/istekliai/pamoka/", "/lt/istekliai/pamoka/all.zip")
        ]

    monkeypatch.setitem(materials._provider, "materials", known)
    from sauga.events.activities.queries import links

    page = Client().get(links.own_path(row)).text
    assert asked_for == [(["seniors", "teachers"], 2027)]
    assert 'href="/lt/istekliai/pamoka/all.zip"' in page


def test_a_year_is_written_as_a_year():
    page = Client().get("/lt/renginiai/saugesnio-interneto-diena/2027/").text
    assert "<title>2027 m." in " ".join(page.split()) and "2\N{NO-BREAK SPACE}027" not in page
