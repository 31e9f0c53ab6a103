"""A page that does not exist in a language says so; the language switch offers what exists."""

import re

import pytest
from django.http import Http404
from django.test import Client
from django.urls import resolve
from django.utils import translation

from sauga.kernel.i18n import languages
from sauga.kernel.ui import journeys
from sauga.kernel.ui.hrefs import address
from sauga.kernel.ui.public_frame import language

CORE = [row.code for row in languages.core()]


@pytest.mark.unit
def test_addresses_exist_only_for_pages_of_the_journeys():
    with translation.override("uk"):
        assert address("helpline-help") == "/uk/dopomoha/" and address("portal-home") == "/uk/"
        assert address("repository-search") == "" and address("guides-public") == ""
        assert address("ui-leave") and address("portal-review", "token").startswith("/review/")
    with translation.override("en"):
        assert address("repository-search") == "/en/search/"


@pytest.mark.unit
def test_every_journey_of_a_row_is_named_by_a_service():
    for code in CORE:
        assert languages.row(code).pages <= set(journeys._journeys.values())


@pytest.mark.unit
@pytest.mark.parametrize("code", CORE)
def test_addresses_of_a_language_differ_and_need_no_special_keyboard(code):
    row = languages.row(code)
    with translation.override(code):
        found = [address(name) for name in journeys.pages(row)]
    assert all(found) and len(set(found)) == len(found)
    assert all(re.fullmatch(r"/[a-z/-]+/", one) for one in found)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepts", "there", "named"),
    [("", "/lt/paieska/", "литовська"), ("en-GB,en;q=0.9", "/en/search/", "англійська")],
)
def test_missing_page_is_shown_in_another_language_and_says_so(accepts, there, named):
    client = Client()
    answer = client.get("/uk/paieska/?q=a", headers={"accept-language": accepts})
    assert answer.status_code == 302 and answer.headers["Vary"] == "Accept-Language"
    assert answer.headers["Location"] == f"{there}?q=a&shown-for=uk"
    page = client.get(answer.headers["Location"]).content.decode()
    note = re.search(r'<div class="note info" lang="uk" dir="ltr">(.*?)</div>', page, re.S)
    assert note and "не перекладено" in note[1] and named in note[1] and 'href="/uk/"' in note[1]
    assert f'<html lang="{there[1:3]}"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["lt", "xx", "uk-UA", "<b>", ""])
def test_nothing_is_said_for_a_language_that_has_every_page_or_is_none(code):
    page = Client().get("/en/search/", {"shown-for": code}).content.decode()
    assert 'class="note info" lang' not in page


@pytest.mark.django_db
def test_address_of_no_page_is_missing_in_the_language_of_the_address():
    answer = Client().get("/uk/zz/")
    assert answer.status_code == 404 and answer.headers["Content-Language"] == "uk"
    assert '<html lang="uk"' in answer.content.decode()


@pytest.mark.django_db
def test_nothing_can_be_sent_to_a_page_that_does_not_exist():
    assert Client().post("/uk/paieska/", {"q": "a"}).status_code == 404


def switches(rf, path, code):
    request = rf.get(path)
    with translation.override(code):
        request.resolver_match = resolve(path)
        return {one.code: one for one in language.switches(request)}


@pytest.mark.unit
def test_switch_leads_to_the_same_page_or_names_the_home_page(rf):
    found = switches(rf, "/lt/pagalba/", "lt")
    assert {code: one.href for code, one in found.items()} == {
        "lt": "/lt/pagalba/",
        "en": "/en/help/",
        "ru": "/ru/pomoshch/",
        "pl": "/pl/pomoc/",
        "uk": "/uk/dopomoha/",
    }
    assert not any(one.is_missing for one in found.values())
    found = switches(rf, "/lt/paieska/", "lt")
    assert (found["en"].href, found["uk"].href) == ("/en/search/", "/uk/")
    assert (found["en"].is_missing, found["uk"].is_missing) == (False, True)
    assert found["uk"].home_page == "Головна"


@pytest.mark.django_db
def test_missing_translation_is_no_alternate_for_machines_and_is_named_in_the_footer():
    page = Client().get("/lt/paieska/").content.decode()
    assert re.findall(r'<link rel="alternate" hreflang="(\w+)"', page) == ["lt", "en"]
    foot = " ".join(page.partition("<footer")[2].split())
    assert "Українська – Головна" in foot
    page = Client().get("/uk/dopomoha/").content.decode()
    assert re.findall(r'<link rel="alternate" hreflang="(\w+)"', page) == ["lt", "en", "ru", "pl", "uk"]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("accepts", "code"),
    [("uk-UA,uk;q=0.9,en;q=0.5", "uk"), ("pl", "pl"), ("lv,ru;q=0.8", "ru"), ("de", "lt"), ("", "lt")],
)
def test_bare_address_follows_the_browser(accepts, code):
    assert language.preferred(accepts) == code


@pytest.mark.unit
def test_posted_page_comes_again_only_where_it_exists(rf):
    with translation.override("lt"):
        request = rf.post("/lt/pranesti/", {})
        language.posts_again(request, {"ticket": "x"}, to="hotline-report")
        assert [one.code for one in language.switches(request)] == ["lt", "en", "ru", "pl", "uk"]
        language.posts_again(request, {"ticket": "x"}, to="repository-search")
        assert [one.code for one in language.switches(request)] == ["lt", "en"]


@pytest.mark.unit
def test_missing_page_raises_for_what_is_sent(rf):
    request = rf.post("/uk/paieska/", {})
    with translation.override("uk"):
        request.resolver_match = resolve("/uk/paieska/")
        with pytest.raises(Http404):
            language.shown_instead(request)
