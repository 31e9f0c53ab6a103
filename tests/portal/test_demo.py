"""The demo's site: complete in two languages, written and published by its own editors."""

import re

import pytest
from bs4 import BeautifulSoup

from sauga.kernel import clock
from sauga.kernel.audit.models import TrailLine
from sauga.kernel.kit.demo import DataPresent
from sauga.portal.demo import seed
from sauga.portal.models.articles import NewsPage
from sauga.portal.models.base import PortalPage
from tests.centre import published

__all__ = ["published"]
pytestmark = pytest.mark.django_db


def test_every_main_text_stands_in_both_languages(published):
    lt, en = (
        set(
            PortalPage.objects.live()
            .filter(locale__language_code=code, main=None)
            .values_list("translation_key", flat=True)
        )
        for code in ("lt", "en")
    )
    assert lt == en
    assert len(lt) > 15


def test_every_page_answers_in_its_own_language(published, client):
    for page in PortalPage.objects.live().select_related("locale"):
        answer = client.get(page.get_url())
        assert (
            answer.status_code,
            f'<html lang="{page.locale.language_code}">' in answer.content.decode(),
        ) == (200, True), page.slug


@pytest.mark.parametrize("language", ["lt", "en"])
def test_news_lead_to_what_they_announce(published, client, language):
    """Some paragraphs, and links within the site that work."""
    rows = NewsPage.objects.live().filter(locale__language_code=language)
    assert len(rows) == 3
    for page in rows:
        main = BeautifulSoup(client.get(page.get_url()).text, "html.parser").select_one("main .body, main")
        body = [str(block.value) for block in page.body]
        assert len(main.get_text(" ").split()) >= 120, page.title
        links = re.findall(rf'href="(/{language}/[^"]+)"', " ".join(body))
        shown = {link["href"] for link in main.select("a[href]")}
        assert links and set(links) <= shown, page.title
        assert {client.get(link).status_code for link in links} == {200}, page.title


def test_what_editors_did_stands_in_the_trail(published):
    acts = set(
        TrailLine.objects.filter(zone="awareness", action="cms:act").values_list("facts__act", flat=True)
    )
    assert {"wagtail.create", "wagtail.publish", "wagtail.copy_for_translation"} <= acts
    people = set(TrailLine.objects.filter(facts__act="wagtail.publish").values_list("actor", flat=True))
    assert published.people["PUBLISHER"].pseudonym in people


def test_it_never_mixes_with_pages_of_others(published):
    with pytest.raises(DataPresent):
        seed(clock.now(), {})


def test_a_page_costs_the_same_however_many_there_are(published, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(28):
        client.get("/lt/")
    with django_assert_max_num_queries(36):  # hours of now among them: such a page is kept for a minute
        client.get("/lt/kas-yra-patycios/")
