"""Social cards: a picture of each page with its title in our letters, named in its head."""

import re
import struct
from importlib.resources import files

import pytest

from sauga.portal.models.landing_pages import TopicPage
from sauga.portal.queries import social_cards
from sauga.portal.queries.social_cards import Card
from tests.centre import published

__all__ = ["published"]
SIDES = (1200, 630)
MOST = 150_000


def tags(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)"\s+content="([^"]*)"', html))


def sides(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n" and len(png) < MOST
    return struct.unpack(">II", png[16:24])


def shown(client, address: str) -> dict[str, str]:
    found = tags(client.get(address).content.decode())
    answer = client.get(found["og:image"].split("8000", 1)[1])
    assert answer.headers["Content-Type"] == "image/png" and sides(answer.content) == SIDES
    assert "public" in answer.headers["Cache-Control"] and not answer.cookies
    assert found["twitter:card"] == "summary_large_image" and found["og:image:alt"]
    return found


@pytest.mark.django_db
def test_every_kind_of_page_names_a_card_with_an_alternative(client, published):
    topic = TopicPage.objects.live().get(topic="cyberbullying", locale__language_code="lt", main=None)
    addresses = (topic.get_url(), "/en/resources/cyberbullying-lesson/", "/lt/pranesti/", "/uk/")
    found = [shown(client, address) for address in addresses]
    assert len({one["og:image"] for one in found}) == len(addresses)
    assert found[0]["og:image:alt"].startswith(f"Sauga: {topic.title}. ")


@pytest.mark.django_db
def test_the_address_of_a_card_changes_with_its_title_and_a_draft_has_none(client, published):
    page = TopicPage.objects.live().get(topic="passwords", locale__language_code="en", main=None)
    before = social_cards.of_page(page)
    there = f"/cards/{page.pk}.{before.version}.png"
    assert "immutable" in client.get(there).headers["Cache-Control"]
    page.title = "Long passwords"
    page.save()
    assert social_cards.of_page(page).version != before.version
    assert "immutable" not in client.get(there).headers["Cache-Control"]
    TopicPage.objects.filter(pk=page.pk).update(live=False)
    assert client.get(there).status_code == 404
    for gone in ("/cards/xx/cyberbullying-lesson.png", "/cards/en/none.png", "/cards/site.xx.png"):
        assert client.get(gone).status_code == 404, gone


@pytest.mark.unit
def test_a_card_has_every_letter_of_ours_and_fits_long_titles():
    letters = "aąčęėįšųūžĄČĘĖĮŠŲŪŽ„“–"
    assert len({Card(letter, language="lt").png() for letter in letters}) == len(letters)
    for title in ("Nebeprisikiškiakopūsteliaujantiesiems", "Ilgas pavadinimas apie viską " * 8):
        assert sides(Card(title, "Tema", "cyberbullying").png()) == SIDES


@pytest.mark.unit
def test_a_drawing_on_a_card_has_colours_of_its_own():
    drawn = social_cards._coloured("cyberbullying")
    assert "var(" not in drawn and ":is(" not in drawn and ".people .s4{" in drawn


@pytest.mark.unit
def test_there_is_one_logo():
    ui = files("sauga.kernel.ui")
    mark = ui.joinpath("static/ui/mark.svg").read_text(encoding="utf-8")
    brand = ui.joinpath("templates/ui/drawings/_brand.html").read_text(encoding="utf-8")
    for shape in (r'd="(M19[^"]+)"', r'(cx="24" cy="9.6" r="3.6")'):
        assert re.search(shape, mark)[1] == re.search(shape, brand)[1]
