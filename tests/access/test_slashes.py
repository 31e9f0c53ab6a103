"""Whoever leaves out the final slash reaches the page, with the query and the body; nobody learns
anything else from it.
"""

import re
from collections.abc import Iterator
from itertools import chain

import pytest
from access.test_matrix import roles
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation
from factories.hotline import reported
from factories.people import hire, sign_in

from sauga.hotline.content.models import ContentItem
from sauga.kernel.identity.desk_access.access import NEEDED
from sauga.kernel.permissions import REGISTRY
from sauga.portal.models.articles import NewsPage
from tests.centre import Centre, centre, planted, published  # noqa: F401  fixtures
from tests.centre import sign_in as enter

pytestmark = [pytest.mark.access, pytest.mark.django_db]
SAMPLES = ("x", "1", "lt", "00000000-0000-0000-0000-000000000000", "2026-11-27", "2026-11", "x" * 43, "x/y")
EDITORS = "wagtail_serve"


def every_page(language: str) -> Iterator[tuple[str, URLPattern]]:
    """Every address of the table that ends with a slash, its free places filled, and its pattern."""

    def walk(patterns, place="/"):
        for pattern in patterns:
            where = place + filled(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, where)
            elif where.endswith("/") and where != "/" and pattern.name != EDITORS and is_plain(where):
                yield where, pattern

    with translation.override(language):
        yield from walk(get_resolver().url_patterns)


def filled(pattern) -> str:
    """One step of an address, with something in each place that takes anything."""
    text = str(pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
    for name, converter in getattr(pattern, "converters", {}).items():
        sample = next(one for one in SAMPLES if re.fullmatch(converter.regex, one))
        text = re.sub(rf"<(\w+:)?{name}>", sample, text)
    return text


def is_plain(path: str) -> bool:
    return not any(sign in path for sign in "()[]^$\\*+?")


def pages() -> dict[str, URLPattern]:
    return dict(chain(every_page("lt"), every_page("en")))


def test_every_page_is_reached_without_its_slash():
    client, wrong = Client(), {}
    for path in (found := pages()):
        bare = path.removesuffix("/")
        get, post = client.get(f"{bare}?b=2&a=%C5%A1"), client.post(f"{bare}?a=1", {"text": "Labas"})
        said = (get.status_code, get.headers.get("Location"), post.status_code, post.headers.get("Location"))
        if said != (301, f"{path}?b=2&a=%C5%A1", 308, f"{path}?a=1") or get.cookies or post.cookies:
            wrong[path] = said
    assert not wrong
    assert {"/en/", "/lt/", "/lt/pagalba/", "/lt/pranesti/", "/en/report/", "/desk/", "/oai/"} <= set(found)
    assert len(found) > 300


def test_a_form_that_was_sent_without_the_slash_arrives_whole():
    client = Client()
    assert client.head("/lt/pagalba").status_code == 301
    form = {"data": "verb=Identify", "content_type": "application/x-www-form-urlencoded"}
    answer = client.post("/oai", **form, follow=True)
    assert answer.redirect_chain == [("/oai/", 308)]
    assert b"<Identify>" in answer.content


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/lt/nera-tokio",
        "/en/nothing-here",
        "/lt/pagalba/nothing",
        "/desk/nothing",
        "/desk/cms/nothing",
        "/api/v1/nothing",
        "//evil.example",
        "//evil.example/lt",
        "/lt//evil.example",
        "/\\evil.example",
        "/lt/\\evil.example",
        "/sitemap.xml/x",
        "/robots.txtx",
    ],
)
def test_an_address_that_is_none_is_no_redirect(planted, path: str):
    for answer in (Client().get("/", PATH_INFO=path), Client().post("/", PATH_INFO=path)):
        is_sign_in = answer.headers.get("Location", "").startswith("/desk/signin/") and path.startswith(
            "/desk/cms/"
        )
        assert answer.status_code == 404 or is_sign_in


def test_no_redirect_leads_to_another_site():
    for path, query in (
        ("/lt/pagalba", "next=//evil.example"),
        ("/lt/pagalba", "//evil.example/"),
        ("//evil.example/lt/pagalba", ""),
    ):
        location = Client().get("/", PATH_INFO=path, QUERY_STRING=query).headers.get("Location", "/")
        assert location.startswith("/") and not location.startswith("//")


def test_pages_of_editors_are_found_and_what_they_did_not_write_is_not(published):
    path = NewsPage.objects.live().filter(locale__language_code="lt").first().get_url()
    answer = Client().get(f"{path.removesuffix('/')}?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{path}?x=1")
    assert Client().get(f"{path}niekas").status_code == 404


def test_a_page_that_does_not_exist_for_a_role_is_not_named_to_it():
    role = "VOLUNTEER_COORDINATOR"
    assert role in roles()
    signed = Client()
    sign_in(signed, hire("Asmuo Pavyzdys", role))
    seen = {}
    for path, pattern in every_page("lt"):
        needed = getattr(pattern.callback, NEEDED, None)
        if path.startswith("/desk/") and needed is not None:
            seen.setdefault(role in REGISTRY.permissions[str(needed)].roles, {})[path] = signed.get(
                path.removesuffix("/")
            ).status_code
    assert set(seen[False].values()) == {404} and len(seen[False]) > 100
    assert set(seen[True].values()) == {301}


def test_who_has_not_given_the_second_factor_is_a_stranger():
    half = Client()
    half.force_login(hire("Asmuo Pavyzdys", "ANALYST").person)
    answer = half.get("/desk/hotline")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/desk/hotline/")


def test_a_redirect_says_nothing_of_an_object(centre: Centre):
    signed = enter(centre, "ANALYST")
    made, _receipt = reported()
    item = ContentItem.objects.get(locations__report=made)
    answers = [
        signed.get(reverse("hotline-item", args=[ref]).removesuffix("/")) for ref in (item.ref, "0000-0000")
    ]
    assert [answer.status_code for answer in answers] == [301, 301]
