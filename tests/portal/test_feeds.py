"""Feeds of resources and topics: found by programs, the latest first, the same for who has them already."""

import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from sauga.portal.models.landing_pages import TopicPage
from sauga.repository.resources.models import Resource
from tests.centre import published

__all__ = ["published"]
pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(address: str) -> list[ET.Element]:
    answer = Client().get(address)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("application/atom+xml")
    assert not answer.cookies
    again = Client().get(address, headers={"if-none-match": answer.headers["ETag"]})
    assert again.status_code == 304
    return ET.fromstring(answer.content).findall(f"{ATOM}entry")


@pytest.mark.parametrize(("page", "address"), [("/lt/", "/lt/istekliai.xml"), ("/en/", "/en/resources.xml")])
def test_new_resources_have_a_feed_that_every_page_names(published, page, address):
    found = entries(address)
    newest = Resource.objects.public().filter(revision_of__isnull=True).latest("published_at", "pk")
    language = page.strip("/")
    assert found[0].findtext(f"{ATOM}title") == newest.words("title", language)
    moments = [one.findtext(f"{ATOM}published") for one in found]
    assert moments == sorted(moments, reverse=True) and 1 < len(found) <= 30
    assert f'href="{address}"' in Client().get(page).text


@pytest.mark.parametrize(("language", "folder"), [("lt", "temos"), ("en", "topics")])
def test_each_topic_has_a_feed_of_its_pages_and_resources(published, language, folder):
    address = f"/{language}/{folder}/{{}}.xml"
    pages = TopicPage.objects.live().filter(locale__language_code=language)
    topic = next(
        page for page in pages if Resource.objects.public().filter(topics__contains=[page.topic]).exists()
    )
    here = address.format(topic.topic)
    titles = {one.findtext(f"{ATOM}title") for one in entries(here)}
    resource = Resource.objects.public().filter(topics__contains=[topic.topic]).latest("published_at", "pk")
    assert resource.words("title", language) in titles and topic.title not in titles
    page = Client().get(topic.get_url()).text
    assert page.count(f'href="{here}"') == 2 and 'type="application/atom+xml"' in page
    assert Client().get(address.format("no-such-topic")).status_code == 404
    topic.unpublish()
    assert Client().get(here).status_code == 404
