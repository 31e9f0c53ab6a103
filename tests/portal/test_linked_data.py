"""Structured data: every kind of public page has some, or the papers name it with the reason."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver, resolve, reverse
from django.utils import translation

from sauga.kernel.ui.formats import linked_data
from tests.centre import published

__all__ = ["published"]
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
PAPER = Path(__file__).parents[2] / "docs/develop/interfaces.md"


def without() -> set[str]:
    """The kinds of public pages that have none, as the papers name them."""
    part = PAPER.read_text(encoding="utf-8").split("## Structured data", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"^- `([\w-]+)`", part, re.M))


def of(page: str) -> list[dict[str, object]]:
    return [json.loads(text) for text in DATA.findall(page)]


@pytest.mark.django_db
def test_every_kind_of_public_page_has_structured_data_or_is_named(published):
    client, kinds = Client(), dict[tuple[str, str], str]()
    for one in ET.fromstring(client.get("/sitemap.xml").content):
        address = urlsplit(one.findtext(f"{MAP}loc")).path
        with translation.override(address[1:3]):
            kinds.setdefault((address[1:3], resolve(address).url_name), address)
    assert {language for language, _name in kinds} >= {"lt", "en", "uk", "ru", "pl"}
    bare = set()
    for (language, name), address in kinds.items():
        html = client.get(address).content.decode()
        found = of(html)
        if not found:
            bare.add(name)
            continue
        assert len(found) == 1 and str(found[0]["@context"]).startswith(linked_data.SCHEMA), address
        canonical = re.search(r'<link rel="canonical" href="([^"]+)"', html)
        assert found[0].get("url", canonical[1]).endswith(address), address
        if str(found[0].get("@type")) in {"WebPage", "CollectionPage", "ContactPage"}:
            assert found[0]["name"] and found[0]["inLanguage"] == language, address
    assert bare == without()


@pytest.mark.django_db
def test_courses_webinars_and_guides_outside_the_sitemap_have_some_too(published, client):
    names = {key for key in get_resolver().reverse_dict if isinstance(key, str)}
    assert set(linked_data.declared()) <= names
    found = of(client.get(f"{reverse('guides-public')}provider/").content.decode())
    assert [one["@type"] for one in found] == ["Article"]


@pytest.mark.unit
def test_what_the_head_says_is_data_and_cannot_close_the_element():
    request = RequestFactory().get("/lt/privatumas/?from=x")
    request.resolver_match = type("Match", (), {"url_name": "portal-privacy"})()
    head = '<title>\n A &lt;/script&gt; B – Sauga</title><meta name="description" content="&quot;C&quot;">'
    text = linked_data.of_head(request, head)
    assert "</script>" not in text[:-9]
    (found,) = of(text)
    assert (found["name"], found["description"]) == ("A </script> B", '"C"')
    assert found["url"].endswith("/lt/privatumas/")
    assert linked_data.of_head(RequestFactory().post("/"), head) == ""
    request.method = "POST"
    assert linked_data.of_head(request, head) == ""
    request.method = "GET"
    assert linked_data.of_head(request, f'{head}<script type="application/ld+json">{{}}</script>') == ""
