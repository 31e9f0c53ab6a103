"""Page views: one number for each page and day, shown to editors from ten on, about nobody."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sauga.kernel import clock
from sauga.kernel.clock import VILNIUS
from sauga.kernel.figures import Period, PeriodKind, computed, totals
from sauga.portal.measures import VIEWS
from sauga.portal.models.articles import NewsPage
from sauga.portal.models.feedback import PageDay
from sauga.repository.catalogue.actions import daily_counts
from tests.centre import published, sign_in

__all__ = ["published"]
pytestmark = pytest.mark.django_db
TODAY = clock.now().astimezone(VILNIUS).date()
MONTH = Period.of(PeriodKind.MONTH, clock.now())


def seen(page, n: int, day=TODAY) -> None:
    PageDay.objects.create(page=page, day=day, kind="view", n=n)


def test_views_are_counted_by_kind_and_language_and_small_numbers_are_hidden(published):
    PageDay.objects.all().delete()
    lt = NewsPage.objects.live().filter(locale__language_code="lt").order_by("pk").first()
    en = NewsPage.objects.live().filter(locale__language_code="en").order_by("pk").first()
    seen(lt, 40), seen(en, 9)
    seen(lt, 70, MONTH.start - timedelta(days=1))
    PageDay.objects.create(page=lt, day=TODAY, kind="other", n=99)
    cells = {tuple(sorted(row.dims.items())): row.value for row in computed(VIEWS, MONTH)}
    assert cells[("kind", "newspage"), ("language", "lt")] == 40
    assert cells[("kind", "newspage"), ("language", "en")] == 9
    hidden = {
        (one.dims.get("kind"), one.dims.get("language")): one.hidden for one in totals(VIEWS.code, MONTH)
    }
    assert hidden["newspage", "en"] and not hidden["newspage", None]
    page = sign_in(published, "EDITOR").get(reverse("portal-figures")).text
    assert lt.title in page and en.title not in page


def test_a_page_served_is_counted_without_anything_about_its_reader(published):
    daily_counts.flush()
    PageDay.objects.all().delete()
    day = clock.now().astimezone(VILNIUS).date()  # a run may go on past midnight
    page = NewsPage.objects.live().filter(locale__language_code="lt").order_by("pk").first()
    for agent in ("Firefox", "Googlebot"):
        Client().get(page.get_url(), headers={"user-agent": agent})
    daily_counts.flush()
    assert [(row.day, row.kind, row.n) for row in PageDay.objects.filter(page=page)] == [(day, "view", 1)]
    assert {field.name for field in PageDay._meta.get_fields()} == {"id", "page", "day", "kind", "n"}


def test_who_reads_them_and_what_visitors_are_told(published):
    address = reverse("portal-figures")
    assert sign_in(published, "ANALYST").get(address).status_code == 404
    for language, words in (
        ("lt", "Skaičiuojama, kiek kartų"),
        ("en", "How often a page is opened on a day is counted"),
    ):
        privacy = {"lt": "/lt/privatumas/", "en": "/en/privacy/"}[language]
        assert words in Client().get(privacy).text
