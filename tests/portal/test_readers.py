"""A page that speaks to several groups opens at the advice of whoever the page that led there is for."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from sauga.kernel import page_cache
from sauga.portal.models.articles import AppGuidePage
from sauga.portal.models.landing_pages import AudiencePage, TopicPage
from sauga.portal.rules import readers
from sauga.portal.states import Audience
from sauga.repository.resources.models import Resource
from tests.centre import published

__all__ = ["published"]
OPEN = re.compile(r'<input type="radio"\s+name="reader"\s+value="(\w+)"\s+checked\s*>')


def topic(code: str, language: str = "lt") -> str:
    page = TopicPage.objects.live().get(topic=code, locale__language_code=language, main=None)
    return str(page.get_url())


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("asked", "audiences", "offered", "opens"),
    [
        ("", [], ["children", "teenagers", "parents_carers"], "teenagers"),
        ("", ["general_public"], ["children", "parents_carers"], "parents_carers"),
        ("", ["children", "parents_carers"], ["children", "teenagers"], "children"),
        ("parents_carers", ["children"], ["children", "parents_carers"], "parents_carers"),
        ("seniors", [], ["children", "teenagers"], "teenagers"),
        ("nobody", [], ["children"], "children"),
    ],
)
def test_children_are_meant_by_their_pages_alone(asked, audiences, offered, opens):
    assert readers.opens_on(readers.reads(asked, audiences), offered) == opens


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_topic_opens_at_the_advice_of_the_page_that_led_there(published, client, language):
    translation.activate(language)
    with_advice = {
        str(one.get_url())
        for kind in (TopicPage, AppGuidePage)
        for one in kind.objects.live().filter(locale__language_code=language, main=None)
    }
    for audience in AudiencePage.objects.live().filter(locale__language_code=language, main=None):
        main = page(client, audience.get_url()).split("<article", 1)[1].split("</article>", 1)[0]
        led = [href.split("?") for href in re.findall(r'href="([^"]+)"', main)]
        found = [query for path, *query in led if path in with_advice]
        assert len(found) >= 2 and all(query == [f"for={audience.audience}"] for query in found)
        foot = page(client, audience.get_url()).rsplit("<footer", 1)[1]
        assert f'{reverse("portal-something-happened")}?for={audience.audience}"' in foot
    for code in ("children", "teachers"):
        html = page(client, f"{topic('cyberbullying', language)}?for={code}")
        assert OPEN.findall(html) == [code]
        onward = html.split('id="h-near"', 1)[1].split("</nav>", 1)[0]
        assert f"?for={code}" in onward, "from topic to topic as well"
        other = "en" if language == "lt" else "lt"
        twin = topic("cyberbullying", other)
        assert f'href="{twin}?for={code}"' in html, "the other language opens at the same advice"
        assert not re.search(r'hreflang="[^"]*" href="http[^"]*\?', html), "machines know one address of it"
        canonical = re.findall(r'<link rel="canonical" href="([^"]+)">', html)
        assert len(canonical) == 1 and canonical[0].endswith(topic("cyberbullying", language))
    html = page(client, topic("cyberbullying", language))
    assert OPEN.findall(html) == ["teenagers"] and "?for=" not in html.split("<article", 1)[1]


@pytest.mark.django_db
def test_an_editors_page_for_children_and_its_links_are_for_children(published, client):
    found = TopicPage.objects.live().get(topic="cyberbullying", locale__language_code="lt", main=None)
    other = TopicPage.objects.live().get(topic="passwords", locale__language_code="lt", main=None)
    found.audiences = ["children"]
    advice = found.body.raw_data[2]["value"]
    assert advice["reader"] == "parents_carers"
    advice["body"].append({"type": "text", "value": f'<p><a linktype="page" id="{other.pk}">Kita</a></p>'})
    advice["body"].append({"type": "pages", "value": {"title": "Dar", "pages": [other.pk]}})
    found.save()
    html = page(client, found.get_url())
    assert OPEN.findall(html) == ["children"]
    assert f'<a href="{other.get_url()}?for=parents_carers">Kita</a>' in html
    assert f'href="{other.get_url()}?for=children"' in html


@pytest.mark.django_db
def test_material_for_one_audience_leads_to_what_its_topic_says_to_it(published, client):
    row = Resource.objects.get(slug_en="cyberbullying-lesson")
    address = topic("cyberbullying", "en")
    for audiences, query in ((["teachers"], "?for=teachers"), (["teachers", "children"], "")):
        Resource.objects.filter(pk=row.pk).update(audiences=audiences)
        assert f'href="{address}{query}"' in page(client, "/en/resources/cyberbullying-lesson/")


@pytest.mark.django_db
def test_a_page_for_each_group_is_kept_and_others_are_not(published, client):
    kept = client.get(f"{topic('cyberbullying')}?for=teachers")
    assert kept.cached_page.seconds == page_cache.MINUTE
    assert not hasattr(client.get(f"{topic('cyberbullying')}?for=somebody"), "cached_page")
    assert {f"{readers.QUERY}={code}" for code in Audience.values} == set(readers.QUERIES)
