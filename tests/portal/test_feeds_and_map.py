"""What programs fetch again and again: the feed and the map say which version they are, and when
each page changed.
"""

import xml.etree.ElementTree as ET
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.test import Client
from wagtail.models import PageLogEntry

from sauga.kernel import clock
from sauga.portal.models.articles import NewsPage
from sauga.repository.resources.models import Resource
from tests.centre import published

__all__ = ["published"]
pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FETCHED = ("/sitemap.xml", "/lt/naujienos.xml", "/en/news.xml")


@pytest.mark.parametrize("address", FETCHED)
def test_who_has_it_is_told_so(published, address: str):
    client = Client()
    first = client.get(address)
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-cache")
    tag, day = first.headers["ETag"], first.headers["Last-Modified"]
    assert parsedate_to_datetime(day) <= clock.now()
    for condition in ({"if-none-match": tag}, {"if-none-match": f"W/{tag}"}, {"if-modified-since": day}):
        again = client.get(address, headers=condition)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert (
        client.get(address, headers={"if-none-match": '"other"', "if-modified-since": day}).status_code == 200
    )
    before = parsedate_to_datetime(day) - timedelta(days=1)
    assert (
        client.get(address, headers={"if-modified-since": f"{before:%a, %d %b %Y %H:%M:%S} GMT"}).status_code
        == 200
    )
    assert not first.cookies


@pytest.mark.parametrize("address", FETCHED)
def test_a_page_taken_away_is_a_new_version_by_tag_and_by_day(published, address: str):
    client = Client()
    first = client.get(address)
    for page in NewsPage.objects.live():
        page.unpublish()
    later = clock.now() + timedelta(hours=1)
    PageLogEntry.objects.filter(action="wagtail.unpublish").update(timestamp=later)
    for condition in (
        {"if-none-match": first.headers["ETag"]},
        {"if-modified-since": first.headers["Last-Modified"]},
    ):
        assert client.get(address, headers=condition).status_code == 200


def test_the_map_says_when_each_page_changed(published):
    root = ET.fromstring(Client().get("/sitemap.xml").content)
    changes = {one.findtext(f"{MAP}loc"): one.findtext(f"{MAP}lastmod") for one in root}
    assert sum(value is not None for value in changes.values()) > 100
    row = Resource.objects.public().filter(revision_of__isnull=True).first()
    assert (
        changes[f"http://localhost:8000/en/resources/{row.slug_en}/"][:19]
        == f"{row.modified_at.astimezone(clock.VILNIUS):%Y-%m-%dT%H:%M:%S}"
    )
    page = NewsPage.objects.live().filter(locale__language_code="lt", main__isnull=True).first()
    changed = page.last_published_at.astimezone(clock.VILNIUS)
    assert changes[f"http://localhost:8000{page.get_url()}"][:19] == f"{changed:%Y-%m-%dT%H:%M:%S}"
    assert changes["http://localhost:8000/lt/"] is not None
    assert changes["http://localhost:8000/lt/pagalba/"] is None  # nobody writes down when that one changes
