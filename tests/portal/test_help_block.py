"""Where to find help, as visitors see it: hours of the rota, our own form, each number once.
That no page shows a placeholder is asked of the whole site (tests/flows/test_whole_site.py).
"""

import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from sauga.helpline.line.actions.hours import load_hours
from sauga.helpline.rota.presenters import opening_hours as opening_words
from sauga.helpline.rota.queries.opening_hours import openings
from sauga.kernel import clock, page_cache
from sauga.kernel.ui.public_frame import opening_hours
from sauga.portal.models.landing_pages import TopicPage
from sauga.portal.models.network import HelpEntry
from sauga.portal.queries import public_pages
from tests.centre import AT, published
from tests.factories.line import local, open_line
from tests.markup import tidy

__all__ = ["published"]
pytestmark = pytest.mark.django_db


def test_content_is_reported_on_our_own_form(published, client):
    for address, form in (("/lt/patycios/", "/lt/pranesti/"), ("/en/bullying/", "/en/report/")):
        teenagers = client.get(address).content.decode().split('class="help-block"')[2].split("</section>")[0]
        assert f'href="{form}"' in teenagers


def test_removal_of_ones_own_picture_is_called_the_same_everywhere(published, client):
    for address, form, name in (
        ("/lt/be-leidimo-paskelbtos-nuotraukos/", "/lt/pranesti/mano-nuotrauka/", "Pašalinti mano nuotrauką"),
        ("/en/pictures-shared-without-consent/", "/en/report/own-picture/", "Remove my picture"),
    ):
        page = client.get(address).content.decode()
        links = [tidy(one) for one in re.findall(rf'<a [^>]*href="{form}"[^>]*>(.*?)</a>', page, re.S)]
        assert links and {re.sub("<[^>]*>", "", one).strip() for one in links} == {name}
        assert f"{name}</h1>" in client.get(form).content.decode()


def block_of(page: str, number: int = 1) -> str:
    return page.split('class="help-block"')[number].split("</section>", maxsplit=1)[0]


def test_hours_are_those_of_the_rota_in_the_words_of_the_help_page(published, client, monkeypatch):
    load_hours(AT)
    at = local("2026-11-24 20:00")
    monkeypatch.setattr(clock, "now", lambda: at)
    closed = block_of(client.get("/en/bullying/").content.decode())
    assert "every day 11:00\u2060–\u206023:00" in closed and "Open now" not in closed
    open_line(published, at)
    with translation.override("en"):
        said = opening_words.phone(openings(at, ["PHONE"])["PHONE"], at)
    block = block_of(client.get("/en/bullying/", headers={"cookie": "a=b"}).content.decode())
    help_page = client.get("/en/help/").content.decode()
    for words in (said.badge, *said.lines):
        assert words in block
        assert words in help_page
    assert 'href="/en/help/"' in block


def test_hours_that_a_service_keeps_are_not_written_a_second_time(published):
    row = HelpEntry.objects.get(code="child_helpline")
    assert (row.hours_lt, row.hours_en) == ("", "")
    assert opening_hours.is_kept("child_helpline")
    row.hours_en = "every day 11:00–23:00"
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert "hours_en" in refused.value.message_dict
    HelpEntry.objects.get(code="emergency").full_clean()


def test_what_nobody_has_confirmed_is_for_editors_only(published, client):
    today = clock.now().date()
    HelpEntry.objects.filter(code="child_helpline").update(confirmed=False)
    assert public_pages.help_entries(["child_helpline"], today) == []


def test_each_number_stands_once(published, client):
    for address in ("/lt/senjorams/", "/en/for-older-adults/"):
        block = client.get(address).content.decode().split('class="help-block"')[1].split("</section>")[0]
        assert block.count("tel:112") == 1
    assert "Emergency, police" not in block and "tel:116123" in block
    assert block.index("tel:112") < block.index("https://www.epolicija.lt/"), "danger first, then the report"


def test_the_english_page_of_an_app_is_english(published, client):
    assert "išgalvota" in client.get("/lt/programele-bangele/").content.decode()
    english = client.get("/en/app-bangele/").content.decode()
    assert "išgalvota" not in english
    assert "made up" in english


def test_help_within_advice_says_what_is_now_for_a_minute(published, client):
    page = TopicPage.objects.live().get(topic="cyberbullying", locale__language_code="lt", main=None)
    assert {block.block_type for block in page.body} == {"advice"}
    assert client.get(page.get_url()).cached_page.seconds == page_cache.MINUTE
