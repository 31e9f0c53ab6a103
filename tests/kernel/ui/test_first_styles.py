"""The styles that stand in a public page itself (decision 0131): its top needs no stylesheet, and the content
policy lets in exactly this text."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client

from sauga.kernel.ui.page_previews.frames import framed
from sauga.kernel.ui.public_frame import first_styles
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
IN_SHEETS = {"button", "plain"}
"""What stands only in the sheets of the top, which are closed while the page comes."""
TOPS = {
    "/lt/": "</header>",
    "/en/help/": "</header>",
    "/uk/": "</header>",
    "/lt/pranesti/": "</header>",
    "/lt/nera/": "</header>",
    "/notice/wrong/": "</header>",
    "/en/my/sign-in/": "</nav>",
}
"""Public pages, and where the top ends that is painted without any stylesheet; at the member site it is the
help bar alone."""


@pytest.fixture(params=TOPS)
def answer(request: pytest.FixtureRequest, centre: Centre) -> HttpResponse:
    return Client().get(request.param)


def styles_allowed(answer: HttpResponse) -> str:
    (found,) = re.findall(r"style-src ([^;]*)", answer.headers["Content-Security-Policy"])
    return str(found)


def test_the_policy_names_the_one_inline_style_of_a_public_page(answer: HttpResponse):
    (text,) = STYLE.findall(answer.content.decode())
    digest = b64encode(sha256(text.encode()).digest()).decode()
    assert styles_allowed(answer) == f"'self' 'sha256-{digest}'"


def test_no_stylesheet_stands_before_the_end_of_the_top(answer: HttpResponse):
    page = answer.content.decode()
    top = page.index(TOPS[answer.request["PATH_INFO"]])  # type: ignore[attr-defined]  # the test client's
    sheets = [found.start() for found in re.finditer(r'<link rel="stylesheet"', page)]
    assert sheets and min(sheets) > top
    assert max(sheets) < page.index("<main")


def test_quick_exit_works_before_the_rest_of_the_page_has_come(answer: HttpResponse):
    """A plain script that no parser passes by; it also keeps what follows from being painted without styles
    in browsers that do not wait for a stylesheet in the body (Firefox)."""
    page = answer.content.decode()
    if "/notice/" in answer.wsgi_request.path:
        assert "<script" not in page, "a provider's page has nothing to leave quickly"
        return
    place = page.index('<script src="/static/ui/leave.js"></script>')
    assert page.rindex('<link rel="stylesheet"') < place < page.index("<main")


def test_every_class_of_the_top_has_its_rules_in_the_page(centre: Centre):
    """Whoever moves a rule of the help bar or the head out of the marked part of public.css meets this."""
    page = Client().get("/lt/").content.decode()
    top = page[page.index("<body>") : page.index("</header>")]
    used = {name for names in re.findall(r'class="([^"]+)"', top) for name in names.split()}
    sheets = "".join((first_styles.FOLDER / name).read_text() for name in ("base.css", "public.css"))
    styled = set(re.findall(r"\.([a-z][\w-]*)", sheets)) & (used - IN_SHEETS)
    assert styled >= {"help-bar", "leave", "site-head", "brand-mark", "site-nav", "menu-button", "skip"}
    (text,) = STYLE.findall(page)
    assert {name for name in styled if f".{name}" not in text} == set()


def test_the_files_that_it_names_exist_and_its_weight_stays_small():
    text = first_styles.element()
    files = re.findall(r'url\("/static/([^"]+)"\)', text)
    assert len(files) == 4 and "url(" not in re.sub(r'url\("/static/[^"]+"\)', "", text)
    assert [file for file in files if finders.find(file) is None] == []
    assert "/*" not in text and len(text) < 12_000  # uncompressed on pages with something of one's own


def test_the_desk_allows_no_inline_style(centre: Centre):
    assert styles_allowed(sign_in(centre, "EDITOR").get("/desk/me/")) == "'self'"


def test_a_page_in_a_frame_at_the_desk_is_allowed_its_own_style():
    assert styles_allowed(framed(HttpResponse(""))) == f"'self' {first_styles.source()}"
    assert styles_allowed(framed(HttpResponse(""), inline_styles=True)) == "'unsafe-inline'"
