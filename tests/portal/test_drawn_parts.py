"""What is drawn once for what it shows: every page is the same whether its parts are drawn anew or were drawn
before, for it or for other pages, and shows on the next request what has changed.
"""

import json
import re

import pytest
from django.test import Client

from sauga.kernel import clock
from sauga.kernel.ui import drawn_once
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import TopicPage
from sauga.portal.models.network import HelpEntry
from sauga.repository.resources.models import Resource
from tests.centre import published

__all__ = ["published"]
pytestmark = pytest.mark.django_db
PLACE = re.compile(r"<loc>https?://[^/<]+(/[^<]+)</loc>")
TICKET = re.compile(rb'name="ticket" value="[^"]+"')
"""What differs each time: the ticket of a form."""
MORE = ("/lt/paieska/?q=slaptazodis", "/lt/istekliai/?for=teachers", "/lt/istekliai/?q=patycios&sort=new")


@pytest.fixture
def client():
    return Client(headers={"cookie": "a=b"})  # a request with a cookie is never answered from memory


@pytest.fixture(autouse=True)
def drawings(monkeypatch):
    """Nothing drawn before."""
    held = drawn_once.Drawings(drawn_once.MOST_CHARACTERS)
    monkeypatch.setattr(drawn_once, "drawings", held)
    return held


def page(client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return TICKET.sub(b"", answer.content)


@pytest.mark.slow("draws every public page four times")
def test_every_page_is_the_same_drawn_anew_and_from_parts_that_were_drawn_before(
    published, client, drawings, monkeypatch
):
    at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: at)  # opening hours and days left are those of one moment
    addresses = [*PLACE.findall(client.get("/sitemap.xml").content.decode()), *MORE]
    assert len(addresses) > 100
    anew = {}
    for address in addresses:
        monkeypatch.setattr(drawn_once, "drawings", drawn_once.Drawings(drawn_once.MOST_CHARACTERS))
        anew[address] = page(client, address)
    monkeypatch.setattr(drawn_once, "drawings", drawings)
    for address in addresses:
        page(client, address)
    number = len(drawings)
    assert number > len(addresses), "parts are kept"
    assert [one for one in reversed(addresses) if page(client, one) != anew[one]] == []
    assert len(drawings) == number, "the second time nothing is drawn"


def changed(client, address: str, act) -> tuple[str, str]:
    """The page before and after an act; each twice, so that its parts have been drawn."""
    before = [page(client, address).decode() for _twice in range(2)]
    act()
    after = [page(client, address).decode() for _twice in range(2)]
    assert before[0] == before[1] and after[0] == after[1] and before != after
    return before[0], after[0]


def test_a_changed_text_of_a_block_shows_on_the_next_page(published, client):
    row = PortalPage.objects.get(url_path__endswith="/kas-yra/kas-yra-vpn/")

    def act():
        stored = json.dumps(list(row.body.raw_data), ensure_ascii=False)
        first = next(one["value"] for one in row.body.raw_data if one["type"] == "heading")
        assert first in stored
        row.body = stored.replace(first, "Visai kita antraštė")
        row.save()

    before, after = changed(client, "/lt/kas-yra/kas-yra-vpn/", act)
    assert "Visai kita antraštė" in after and "Visai kita antraštė" not in before


def test_a_link_in_a_text_leads_to_where_the_page_has_moved(published, client):
    """The text that links to it stays as it is."""
    page_of = {row.pk: row for row in PortalPage.objects.live().filter(locale__language_code="lt")}
    link = re.compile(r'<a linktype=\\?"page\\?" id=\\?"(\d+)\\?"')
    row, target = next(
        (row, page_of[int(key)])
        for row in page_of.values()
        for key in link.findall(json.dumps(list(row.body.raw_data)))
        if int(key) in page_of and page_of[int(key)].numchild == 0
    )
    there = target.get_url()

    def act():
        moved = target.specific
        moved.slug = "visai-kitur"
        moved.save()

    before, after = changed(client, row.get_url(), act)
    assert f'href="{there}"' in before and f'href="{there}"' not in after and '/visai-kitur/"' in after


def test_a_changed_number_shows_in_every_help_block(published, client):
    def act():
        HelpEntry.objects.filter(code="child_helpline").update(phone="8 800 11111")

    before, after = changed(client, "/lt/patycios/", act)
    blocks = after.count('class="help-block"')
    assert after.count('"tel:880011111">8 800 11111<') == blocks > 2 and "880011111" not in before


def test_changed_summaries_show_where_a_page_leads_on(published, client):
    def act():
        PortalPage.objects.filter(locale__language_code="lt").update(summary="Nauja santrauka.")
        Resource.objects.update(abstract={"lt": "Nauja anotacija."})

    _before, after = changed(client, "/lt/patycios/", act)
    assert after.count("Nauja santrauka.") > 3 and "Nauja anotacija." in after
    _before, after = changed(
        client, "/lt/temos/", lambda: TopicPage.objects.update(summary="Dar kita santrauka.")
    )
    assert after.count("Dar kita santrauka.") >= 5


def test_the_home_page_shows_what_has_changed(published, client):
    def act():
        PortalPage.objects.filter(locale__language_code="lt").update(title="Naujas pavadinimas")

    _before, after = changed(client, "/lt/", act)
    assert after.count("Naujas pavadinimas") > 6


def test_nothing_that_a_visitor_wrote_and_no_address_of_their_own_is_kept(published, client, drawings):
    word = "labaislaptaszodis"
    for address in (
        f"/lt/paieska/?q={word}",
        f"/lt/istekliai/?q={word}",
        f"/lt/naujienos/?page=1&from={word}",
        f"/lt/patikrinti/{word}/",
        f"/lt/{word}/",
    ):
        client.get(address)
    client.post("/lt/kas-nutiko/", {"what": word})
    kept = repr(drawings._held)
    assert len(drawings) > 10 and word not in kept
    client.get("/lt/patycios/")
    assert 'href="/en/bullying/"' in repr(drawings._held), "a page for everybody is"


LETTER = "/lt/kai-sunku/kaip-pasakyti-suaugusiajam/"
CHOICE = re.compile(r'<input type="checkbox" name="([^"]+)"\s+value="([^"]+)">')


def test_what_a_child_has_chosen_for_a_letter_is_not_kept(published, client, drawings):
    """The questions are, as everybody gets them first."""
    first = page(client, LETTER).decode()
    name, value = CHOICE.search(first).groups()
    chosen = f'name="{name}" value="{value}" checked'
    back = client.post(LETTER, {"step": "choose", name: value}).content.decode()
    assert chosen in " ".join(back.split()), "they come back as they were chosen"
    kept = " ".join(" ".join(drawings._held.values()).split())
    assert f'name="{name}" value="{value}"' in kept and chosen not in kept
    assert page(client, LETTER).decode() == first
