"""Promises of the portal's first pages."""

from datetime import date

import extruct
import pytest

from tests.centre import published

__all__ = ["published"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("planted_or_not", [True, False])
def test_title_of_the_first_page_says_nothing(client, request, planted_or_not):
    if planted_or_not:
        request.getfixturevalue("planted")
    assert "<title>Sauga</title>" in client.get("/lt/").content.decode()


def test_accessibility_statement_names_gaps_feedback_and_complaint(client):
    html = client.get("/en/accessibility/").content.decode()
    for words in ("Known gaps", "Feedback", "Ombudsperson", "mailto:"):
        assert words in html


def test_accessibility_begins_with_a_plain_page_and_keeps_the_record_behind_it(client, published):
    html = client.get("/lt/prieinamumas/").content.decode().split("<main", 1)[1]
    plain, record = html.split('<details class="record"', 1)
    assert "WCAG" not in plain and "axe-core" not in plain and "<table" not in plain
    assert "WCAG 2.2" in record and "data-state" in plain and 'href="/lt/prieinamumas/atsiliepimas/"' in plain
    assert plain.count("<h2") == 2  # what works, what does not yet


def test_privacy_page_names_terms_and_controllers(client):
    html = client.get("/lt/privatumas/").content.decode()
    for words in (
        "30 dienų",
        "90 dienų",
        "Ryšių reguliavimo tarnyba",
        "Valstybinė duomenų apsaugos inspekcija",
    ):
        assert words in html


def test_public_pages_answer_only_to_reading(client, planted):
    for address in ("/lt/", "/lt/privatumas/"):
        assert client.post(address).status_code == 405


def test_planting_again_changes_nothing(planted):
    from wagtail.models import Page

    from sauga.kernel import clock
    from sauga.kernel.states import SystemActor
    from sauga.portal.actions.site_setup import set_up_site

    before = list(Page.objects.order_by("pk").values_list("pk", "path"))
    assert set_up_site(by=SystemActor("site"), at=clock.now()) == 0
    assert list(Page.objects.order_by("pk").values_list("pk", "path")) == before


def test_doors_news_and_explanations_describe_themselves_to_any_reader(client, planted):
    from sauga.portal.models.articles import ExplainerPage, NewsIndexPage, NewsPage
    from sauga.portal.models.landing_pages import TopicPage

    day = date(2026, 11, 24)
    index = NewsIndexPage(title="Naujienos", summary="Kas nauja.", slug="naujienos", review_by=day)
    pages = {
        "CollectionPage": TopicPage(
            title="Patyčios", summary="Ką daryti.", slug="patycios", topic="cyberbullying", review_by=day
        ),
        "Article": ExplainerPage(
            title="Kas yra & <sena>?", summary="Trumpai.", slug="kas", answer="Trumpai.", review_by=day
        ),
    }
    for page in (index, *pages.values()):
        planted["lt"].add_child(instance=page)
    pages["NewsArticle"] = NewsPage(
        title="Nauja pamoka", summary="Skaitykite.", slug="nauja", day=day, review_by=day
    )
    index.add_child(instance=pages["NewsArticle"])
    for kind, page in pages.items():
        answer = client.get(page.url)
        assert answer.status_code == 200
        [found] = extruct.extract(answer.content.decode(), syntaxes=["json-ld"])["json-ld"]
        assert (found["@type"], found["name"], found["inLanguage"]) == (kind, page.title, "lt")
