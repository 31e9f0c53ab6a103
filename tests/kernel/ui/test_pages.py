"""Every door's errors and small pages: status, language, what to do next; no dead link, no broken reference,
no inline style.
"""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from html.parser import HTMLParser

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.utils import translation
from factories.people import hire, sign_in

from sauga.kernel import clock
from sauga.kernel.i18n import languages
from sauga.kernel.ui.formats import linked_data
from sauga.kernel.ui.public_frame import frame, language
from sauga.kernel.ui.responses import errors
from tests.structure import structure

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Page(HTMLParser):
    """Reads a page strictly: what a person would call sloppy is a fault."""

    def __init__(self, html):
        super().__init__()
        self.open, self.links, self.faults = [], [], []
        self.feed(html)
        self.faults += [f"never closed: {tag}" for tag in self.open] + structure(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if len(given) != len(attrs):
            self.faults.append(f"attribute twice in {tag}")
        for name in given:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"inline {name}")
        if tag == "script" and not given.get("src") and given.get("type") != linked_data.MIME:
            self.faults.append("inline script")
        if tag in {"a", "button"} and {"a", "button", "label"} & set(self.open):
            self.faults.append(f"{tag} inside another control")
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag in VOID:
            self.faults.append(f"closed void {tag}")
        elif not self.open or self.open.pop() != tag:
            self.faults.append(f"crossed: {tag}")


@pytest.mark.django_db
def test_no_public_page_has_a_dead_link_or_sloppy_markup():
    client = Client()
    waiting, seen = ["/lt/", "/en/"], set()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        answer = client.get(address, follow=True)  # what is for members leads to their sign-in
        assert answer.status_code == 200, address
        page = Page(answer.content.decode())
        assert (address, page.faults) == (address, [])
        inside = {
            link.split("#")[0].split("?")[0]
            for link in page.links
            if link.startswith("/") and link != "/leave/"
        }
        waiting += inside - seen - set(waiting)
    assert {"/lt/pagalba/", "/en/help/", "/lt/privatumas/", "/en/accessibility/"} <= seen


@pytest.mark.django_db
def test_public_pages_set_no_cookie_and_those_nobody_edits_ask_the_database_nothing(
    django_assert_num_queries,
):
    with django_assert_num_queries(0):
        for address in ("/", "/robots.txt", "/manifest.webmanifest"):
            assert not Client().get(address).cookies
    for address in ("/lt/", "/lt/privatumas/", "/en/accessibility/", "/sitemap.xml"):
        assert not Client().get(address).cookies


@pytest.mark.parametrize(("accept", "there"), [("en", "/en/"), ("lt", "/lt/"), ("", "/lt/")])
def test_root_follows_the_browser_and_says_that_it_varies(client, accept, there):
    answer = client.get("/", HTTP_ACCEPT_LANGUAGE=accept)
    assert (answer.status_code, answer["Location"], answer["Vary"]) == (302, there, "Accept-Language")


def make(path="/lt/x/", site="public", **headers):
    request = RequestFactory().get(path, headers=headers)
    request.sauga_site = site
    return request


@pytest.mark.parametrize("path", ["/lt/x/", "/en/x/", "/notice/x/", "/desk/x/"])
@pytest.mark.parametrize(
    ("draw", "status"),
    [
        (errors.bad_request, 400),
        (lambda r: errors.bad_request(r, RequestDataTooBig()), 413),
        (errors.forbidden, 403),
        (errors.csrf_failure, 403),
        (errors.not_found, 404),
        (errors.too_large, 413),
        (errors.too_slow, 408),
        (lambda r: errors.too_many(r, seconds=21), 429),
        (errors.server_error, 500),
    ],
)
def test_error_pages_stand_without_a_database_and_say_what_to_do(path, draw, status):
    answer = draw(make(path, "desk" if path.startswith("/desk") else "public"))
    page = Page(answer.content.decode())
    assert (answer.status_code, page.faults) == (status, [])
    assert answer["Cache-Control"] == "no-store"
    assert re.search(r"<h1>.+</h1>", answer.content.decode())
    assert any(link in {"/lt/", "/en/", "/desk/"} for link in page.links)


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), [("/lt/", 500), ("/lt/nera/", 404)])
def test_a_database_that_fails_while_the_frame_is_drawn_makes_one_error_page(monkeypatch, path, status):
    def broken():
        raise OperationalError("the connection is gone")

    monkeypatch.setattr(frame, "_sources", [broken])
    answer = Client(raise_request_exception=False).get(path)
    page = Page(answer.content.decode())
    assert (answer.status_code, page.faults) == (status, [])
    assert "/lt/" in page.links and "tel:116111" in page.links


def test_errors_speak_the_language_of_the_address_or_the_browser():
    assert b"There is no such page" in errors.not_found(make("/en/x/")).content
    assert "Tokio puslapio nėra" in errors.not_found(make("/lt/x/")).content.decode()
    assert b"There is no such page" in errors.not_found(make("/x/", accept_language="en")).content


def test_an_error_page_of_the_desk_is_drawn_once_for_each_language_and_says_what_it_is_asked_for(monkeypatch):
    errors._desk_page.cache_clear()
    drawn = []
    draw = errors.render_to_string
    monkeypatch.setattr(
        errors, "render_to_string", lambda *given: drawn.append(translation.get_language()) or draw(*given)
    )
    said = []
    for code in ("lt", "en", "lt", "en"):
        with translation.override(code):
            said.append(errors.not_found(make("/desk/x/", "desk")).content.decode())
    assert drawn == ["lt", "en"] and said[:2] == said[2:]
    assert "Tokio puslapio nėra" in said[0] and "There is no such page" in said[1]
    other = errors.forbidden(make("/desk/x/", "desk"))
    assert other.status_code == 403 and other.content.decode() not in said


def test_a_page_that_is_not_there_offers_no_twin_that_is_not_there_either():
    here = errors.not_found(make("/lt/nera/")).content.decode()
    assert 'href="/en/"' in here and "/en/nera/" not in here


EVERY_PAGE = {
    400: errors.bad_request,
    403: errors.forbidden,
    404: errors.not_found,
    408: errors.too_slow,
    413: errors.too_large,
    429: lambda request: errors.too_many(request, seconds=2),
    500: errors.server_error,
}


def test_each_error_has_words_of_its_own_in_both_languages():
    pages = {
        (code, number): draw(make(f"/{code}/x/")).content.decode()
        for code in ("lt", "en")
        for number, draw in EVERY_PAGE.items()
    }
    headings = {re.search(r"<h1>(.+)</h1>", page)[1] for page in pages.values()}
    assert len(headings) == len(pages)
    assert all("116\xa0111" in page and "112" in page for page in pages.values())


@pytest.mark.parametrize(
    ("language", "title"), [("lt", "Tokio puslapio nėra – Sauga"), ("en", "There is no such page – Sauga")]
)
def test_a_missing_page_says_so_in_its_title_and_has_no_canonical_address(language, title):
    page = errors.not_found(make(f"/{language}/x/")).content.decode()
    assert f"<title>{title}</title>" in page and 'content="noindex"' in page
    assert 'rel="canonical"' not in page and 'rel="alternate"' not in page


def test_no_link_to_another_language_leaves_the_answer_to_a_form(rf):
    with translation.override("lt"):
        asked, sent = rf.get("/lt/pranesti/"), rf.post("/lt/pranesti/")
        assert [one.code for one in language.switches(asked)] == [row.code for row in languages.public()]
        assert [one.code for one in language.switches(sent)] == ["lt"]
        language.posts_again(sent, {"ticket": "x"})
        assert [(one.href, dict(one.fields)) for one in language.switches(sent)][1] == (
            "/en/report/",
            {"ticket": "x"},
        )


def test_waiting_time_is_declined_and_sent_as_a_header():
    answer = errors.too_many(make(), seconds=21)
    assert "Palaukti 21 sekundę" in answer.content.decode() and answer["Retry-After"] == "21"


def test_machines_get_errors_as_json():
    for answer, code in (
        (errors.bad_request(make("/api/v1/collections/x")), "bad_request"),
        (errors.not_found(make("/api/v1/x")), "not_found"),
    ):
        said = json.loads(answer.content)
        assert said["code"] == code and "." in said["message"] and said["field"] == ""
        assert said["next"] == "See /api/v1/openapi.json for what can be asked."
    slow = json.loads(errors.too_many(make("/api/v1/resources"), seconds=21).content)
    assert (slow["code"], slow["next"]) == ("too_many", "Wait 21 seconds, then try again.")


def test_leave_forgets_and_goes_elsewhere(client):
    answer = client.get("/leave/")
    assert answer.status_code == 302 and not answer["Location"].startswith("/")
    assert answer["Clear-Site-Data"] == '"cookies", "storage"' and answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("site", "erases"),
    [("cross-site", False), ("same-site", False), ("same-origin", True), ("none", True), (None, True)],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_site_cannot_have_the_browser_erased(client, site, erases, method):
    headers = {"Sec-Fetch-Site": site} if site else {}
    answer = getattr(client, method)("/leave/", headers=headers)
    assert answer.status_code in {204, 302} and ("Clear-Site-Data" in answer) is erases
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_machine_files_say_what_they_should(client):
    assert b"Disallow: /desk/" in client.get("/robots.txt").content
    assert client.get("/favicon.ico")["Location"].endswith("mark.svg")
    assert client.get("/manifest.webmanifest").json()["short_name"] == "Sauga"
    assert client.get("/sitemap.xml").content.count(b"<url>") >= 8


@pytest.mark.django_db
def test_language_before_signing_in_is_kept_for_this_browser_and_only_ours(client):
    answer = client.post("/desk/language/", {"language": "en", "next": "/desk/signin/"})
    assert (
        answer["Location"],
        answer.cookies["sauga-language"].value,
        answer.cookies["sauga-language"]["path"],
    ) == (
        "/desk/signin/",
        "en",
        "/desk/",
    )
    assert b'lang="en"' in client.get("/desk/signin/").content
    answer = client.post("/desk/language/", {"language": "xx", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/desk/" and not answer.cookies


@pytest.mark.django_db
def test_style_page_draws_everything_in_both_languages_without_sloppy_markup(client):
    assert client.get("/desk/style/").status_code == 302
    person = hire(role="organisation_admin")
    sign_in(client, person)
    for code in ("en", "lt"):
        client.post("/desk/language/", {"language": code, "next": "/desk/style/"})
        html = client.get("/desk/style/").content.decode()
        assert f'<html lang="{code}">' in html
        assert Page(html).faults == []


def test_researchers_find_where_to_report_once_a_contact_is_named(client, settings):
    """RFC 9116: a contact, an end within a year, and the address that it holds for."""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.ENV = replace(settings.ENV, security_contact="mailto:security@sauga.example")
    answer = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:security@sauga.example"
    assert lines["Canonical"].endswith("/.well-known/security.txt")
    left = datetime.fromisoformat(lines["Expires"]) - clock.now()
    assert timedelta(days=30) < left < timedelta(days=365)
