"""Campaigns that come every year: Safer Internet Day by its rule, its countdown, its material by year."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from sauga.kernel import clock
from sauga.kernel.clock import safer_internet_day
from sauga.kernel.states import SystemActor
from sauga.portal.actions.starter_content import load_starter_content
from sauga.portal.models.articles import CampaignPage
from sauga.portal.queries import campaigns, public_pages
from sauga.portal.rules.campaign_days import day_on
from sauga.portal.states import Repeats
from tests.centre import published

__all__ = ["published"]
ACTIVITIES = "/lt/renginiai/saugesnio-interneto-diena/"
HELD = [
    (2009, 10), (2010, 9), (2011, 8), (2012, 7), (2013, 5), (2014, 11), (2015, 10), (2016, 9), (2017, 7),
    (2018, 6), (2019, 5), (2020, 11), (2021, 9), (2022, 8), (2023, 7), (2024, 6), (2025, 11), (2026, 10),
    (2027, 9),
]  # fmt: skip
"""The days on which it was held, or for which it is announced."""


@pytest.mark.unit
@pytest.mark.parametrize(("year", "day"), HELD)
def test_safer_internet_day_is_the_second_day_of_the_second_week_of_february(year, day):
    assert safer_internet_day(year) == date(year, 2, day)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 28), date(2027, 2, 9)),
        (date(2027, 1, 1), date(2027, 2, 9)),
        (date(2027, 2, 9), date(2027, 2, 9)),
        (date(2027, 2, 28), date(2027, 2, 9)),
        (date(2027, 3, 1), date(2028, 2, 8)),
    ],
)
def test_the_day_that_counts_moves_on_in_march(today, expected):
    assert day_on(Repeats.SAFER_INTERNET_DAY, date(2020, 1, 1), today) == expected
    assert day_on(Repeats.ONCE, date(2020, 1, 1), today) == date(2020, 1, 1)


@pytest.fixture
def hub(published) -> CampaignPage:
    return CampaignPage.objects.live().get(repeats=Repeats.SAFER_INTERNET_DAY, locale__language_code="lt")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2027, 2, 6, 12, tzinfo=UTC), "<b>3</b> dienos"),
        (datetime(2027, 2, 8, 23, tzinfo=UTC), "Šiandien"),  # past midnight in Vilnius
        (datetime(2027, 2, 9, 12, tzinfo=UTC), "Šiandien"),
        (datetime(2027, 2, 10, 12, tzinfo=UTC), "Diena jau praėjo"),
    ],
)
def test_the_countdown_is_in_whole_days_of_lithuania_and_needs_no_script(
    hub, client, monkeypatch, now, words
):
    monkeypatch.setattr(clock, "now", lambda: now)
    html = client.get(hub.get_url()).content.decode()
    assert " ".join(words.split()) in " ".join(html.split())


@pytest.mark.django_db
def test_home_counts_down_to_it_again_the_year_after(hub):
    home = hub.get_parent().specific
    assert public_pages.next_campaign(home, date(2027, 2, 9)) == hub
    assert public_pages.next_campaign(home, date(2027, 2, 10)) is None
    assert public_pages.next_campaign(home, date(2027, 3, 1)) == hub


@pytest.mark.django_db
def test_the_hub_shows_the_material_of_its_year_and_keeps_earlier_years(hub, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 1, 12, tzinfo=UTC))
    html = client.get(hub.get_url()).content.decode()
    for slug in ("sid-2027-rinkinys", "sid-2027-plakatas", "sid-2027-viktorina"):
        assert f'href="/lt/istekliai/{slug}/"' in html
    assert 'href="/lt/istekliai/rinkiniai/saugesnio-interneto-diena-2026/"' in html
    assert html.count("<h2") >= 9 and "2026 m. vasario 10 d." in html
    assert '"startDate": "2027-02-09"' in html
    assert f'href="{ACTIVITIES}"' in html and f'href="{ACTIVITIES}registruoti/"' in html


@pytest.mark.django_db
def test_an_activity_gets_the_material_of_its_year_and_of_its_audiences(published):
    with translation.override("lt"):
        found = campaigns.safer_internet_day_materials(["seniors"], 2027)
        later = campaigns.safer_internet_day_materials([], 2030)
        assert campaigns.safer_internet_day_materials([], 2001) == []
    pages = [one.href for one in found]
    assert "/lt/istekliai/sid-2027-rinkinys/" in pages and len(set(pages)) == len(pages)
    assert len(found) > len(later) > 0 and later == found[: len(later)]
    assert all(one.archive.startswith(one.href) and one.archive.endswith(".zip") for one in found)


@pytest.mark.django_db
def test_a_campaign_that_an_editor_has_for_the_day_is_kept(planted):
    own = CampaignPage(
        title="Mūsų diena", summary="Mūsų.", slug="musu", day=date(2027, 2, 9), review_by=date(2027, 5, 1)
    )
    planted["lt"].add_child(instance=own)
    at = datetime(2026, 12, 1, tzinfo=UTC)
    done = load_starter_content(by=SystemActor("site"), at=at, folders=("campaigns",))
    assert done.kept == 1 and CampaignPage.objects.filter(locale__language_code="lt").count() == 1
    made = CampaignPage.objects.get(locale__language_code="en")
    assert made.live and made.day == date(2027, 2, 9) and made.motto == "Together for a better internet"
    made.motto = "Ours"
    made.save_revision()
    again = load_starter_content(by=SystemActor("site"), at=at, folders=("campaigns",))
    assert (again.made, again.improved, again.kept) == (0, 0, 2)
