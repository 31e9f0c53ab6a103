"""From the start page to the request of a session in two clicks, or by search."""

import re

import pytest
from django.test import Client

from tests.centre import Centre, published  # noqa: F401  a fixture


def links(html: str) -> set[str]:
    """Where the main part of a page leads."""
    return set(re.findall(r'href="(/[^"#?]*)', html.partition("<main")[2].partition("</main")[0]))


@pytest.mark.parametrize(
    ("home", "wanted"),
    [
        ("/lt/", {"/lt/ambasadoriai/prasyti/", "/lt/ambasadoriai/", "/lt/mokymai/"}),
        ("/en/", {"/en/ambassadors/request/", "/en/ambassadors/", "/en/training/"}),
    ],
)
def test_a_session_is_asked_for_within_two_clicks_from_the_start_page(
    published: Centre, home: str, wanted: set[str]
):
    for_teachers = [
        one
        for one in links(Client().get(home).text)
        if one.startswith(home) and wanted <= links(Client().get(one).text)
    ]
    assert len(for_teachers) == 2, "the pages of teachers and of librarians"


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/lt/paieska/?q=ambasadoriai", "/lt/ambasadoriai/"),
        ("/lt/paieska/?q=pakviesti+ambasadorių", "/lt/ambasadoriai/prasyti/"),
        ("/lt/paieska/?q=mokymai", "/lt/mokymai/"),
        ("/en/search/?q=ambassador", "/en/ambassadors/"),
        ("/en/search/?q=certificate+check", "/en/certificate/"),
    ],
)
def test_search_leads_to_the_pages_of_services(published: Centre, address: str, found: str):
    assert found in links(Client().get(address).text)


def test_words_of_distress_lead_to_help_alone(published: Centre):
    page = Client().get("/lt/paieska/?q=mane+skriaudžia").text
    assert "/lt/mokymai/" not in links(page)
