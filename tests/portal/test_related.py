"""What a page leads on to: pinned by editors, found by topic and audience, never nothing."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from factories.events import NOW, local, published_event

from sauga.kernel import clock
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import AudiencePage, TopicPage
from sauga.portal.queries.related import ENOUGH, related_to
from tests.centre import published, sign_in
from tests.markup import tidy

__all__ = ["published"]
pytestmark = pytest.mark.django_db
DAY = date(2027, 5, 1)


def links(found) -> int:
    parts = (found.pinned, found.pages, found.resources, found.news, found.topics, found.near)
    return sum(len(part) for part in parts)


def test_every_page_leads_on_and_none_to_itself_or_to_another_language(published):
    for page in PortalPage.objects.live().filter(depth__gt=2).specific():
        found = related_to(page)
        below = page.get_children().live().count()
        assert links(found) + below >= ENOUGH, page.title
        rows = [*found.pinned, *found.pages, *found.news, *found.topics, *found.near]
        assert page.pk not in [row.pk for row in rows] and {row.locale_id for row in rows} <= {page.locale_id}


def test_what_shares_most_topics_comes_first(published):
    topic = TopicPage.objects.live().get(topic="cyberbullying", locale__language_code="lt", main=None)
    found = related_to(topic)
    assert found.topics and found.resources and found.filter == "topic=cyberbullying"
    assert all("cyberbullying" in page.topics for page in found.pages)
    audience = AudiencePage.objects.live().get(audience="teachers", locale__language_code="en")
    found = related_to(audience)
    assert all("teachers" in page.audiences for page in found.pages)
    assert [one.topic for one in found.topics] == [
        code for code in audience.topics if code in topics_in("en")
    ]
    assert found.resources and found.filter == "for=teachers"


def topics_in(language: str) -> set[str]:
    rows = TopicPage.objects.live().filter(locale__language_code=language, main=None)
    return set(rows.values_list("topic", flat=True))


def test_what_an_editor_pins_comes_first_in_the_language_of_the_page(client, published):
    page = TopicPage.objects.live().get(topic="passwords", locale__language_code="en", main=None)
    pinned = AudiencePage.objects.live().get(audience="seniors", locale__language_code="lt")
    page.pinned = [("page", pinned), ("page", page), ("resource", "cyberbullying-lesson")]
    page.save()
    with translation.override("en"):
        found = related_to(TopicPage.objects.get(pk=page.pk))
    assert [one.href for one in found.pinned] == ["/en/for-older-adults/"]
    assert found.resources[0]["href"] == "/en/resources/cyberbullying-lesson/"
    html = client.get(page.get_url()).content.decode()
    assert html.index("data-pinned") < html.index('href="/en/for-older-adults/"', html.index("<article"))
    pinned.get_translation(page.locale).specific.unpublish()
    assert related_to(TopicPage.objects.get(pk=page.pk)).pinned == []


def test_editors_see_what_is_found_for_a_page(published):
    page = TopicPage.objects.live().get(topic="passwords", locale__language_code="lt", main=None)
    html = sign_in(published, "EDITOR").get(f"/desk/cms/pages/{page.pk}/edit/").content.decode()
    for one in related_to(page).pages[:2]:
        assert f"<li>{one.title}</li>" in html
    assert 'id="pinned"' in html


def test_a_resource_leads_to_advice_on_its_topics(client, published):
    html = client.get("/lt/istekliai/patycios-pamoka/").content.decode()
    page = TopicPage.objects.live().get(topic="cyberbullying", locale__language_code="lt", main=None)
    assert f'<a class="chip" href="{page.get_url()}">{page.title}</a>' in html


def test_what_a_page_leads_on_to_is_found_without_reading_whole_pages(published):
    page = TopicPage.objects.get(topic="cyberbullying", locale__language_code="lt")
    with CaptureQueriesContext(connection) as asked:
        found = related_to(page)
        shown = [(row.title, row.summary, row.href) for row in (*found.pages, *found.topics)]
    assert shown
    assert not [
        one["sql"]
        for one in asked
        if '"portal_portalpage"."body"' in one["sql"] and "newspage" not in one["sql"]
    ]


def test_a_line_of_an_event_says_its_date_once(client, published, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))
    published_event(published, audiences=["teachers"], ends=local("2027-02-10 12:00"))
    published_event(published, audiences=["teachers"], starts=local("2027-02-09 11:00"))
    page = AudiencePage.objects.live().get(audience="teachers", locale__language_code="lt")
    part = client.get(page.get_url()).content.decode().split('id="h-events"', 1)[1].split("</section>", 1)[0]
    lines = [tidy(line) for line in re.findall(r"<p class[^>]*>(.*?)</p>", part, re.S)]
    assert len(lines) >= 2 and all(len(re.findall(r"\b20\d\d\b", line)) == 1 for line in lines), lines
