"""The editors' tool has one entrance: whoever may not use it finds nothing behind any of its addresses, and
what is closed is closed to all.
"""

import re

import pytest
from access.test_matrix import CMS, roles
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from factories.people import hire, sign_in

from sauga.kernel.permissions import REGISTRY
from sauga.portal.permissions import Permission
from sauga.portal.views import cms
from tests.centre import planted  # noqa: F401  a fixture

pytestmark = [pytest.mark.access, pytest.mark.django_db]
GIVEN = {
    "int": "1",
    "slug": "portal",
    "str": "portal",
    "path": "x",
    "uuid": "00000000-0000-0000-0000-000000000000",
}


def addresses():
    """Every address of the tool, its variable parts filled with something."""

    def walk(patterns, place=""):
        for pattern in patterns:
            where = place + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, where)
            elif isinstance(pattern, URLPattern) and where.startswith(CMS):
                yield where

    for where in walk(get_resolver().url_patterns):
        plain = re.sub(r"<(?:(\w+):)?\w+>", lambda found: GIVEN.get(found.group(1) or "str", "x"), where)
        plain = re.sub(r"\(\?P<\w+>[^)]*\)|\([^)]*\)", "1", plain)
        if not re.search(r"[\^$\\*]", plain.replace(r"\Z", "").replace("^", "").replace("$", "")):
            yield "/" + plain.replace("^", "").replace("$", "").replace(r"\Z", "")


def test_there_are_many_addresses():
    assert len(set(addresses())) > 100


def test_a_visitor_is_sent_to_sign_in_everywhere():
    client = Client()
    wrong = {
        address: response.status_code
        for address in set(addresses())
        if (response := client.get(address)).status_code != 302
    }
    assert not wrong
    assert client.get("/desk/cms/").headers["Location"].startswith("/desk/signin/")


def test_a_role_without_the_permission_finds_nothing():
    signed = Client()
    sign_in(signed, hire("Asmuo Pavyzdys", "ANALYST"))
    wrong = {
        address: response.status_code
        for address in set(addresses())
        if (response := signed.get(address)).status_code != 404
    }
    assert not wrong


@pytest.mark.parametrize("role", roles())
def test_who_may_use_the_tool_sees_its_first_page_and_others_do_not(planted, role):
    signed = Client()
    sign_in(signed, hire("Asmuo Pavyzdys", role))
    expected = 200 if role in REGISTRY.permissions[str(Permission.USE_CMS)].roles else 404
    assert signed.get("/desk/cms/").status_code == expected


@pytest.mark.parametrize(
    "address",
    [
        "login/",
        "password_reset/",
        "users/",
        "groups/",
        "sites/",
        "failwhale/",
        "test404/",
        "pages/1/privacy/",
        "collections/1/privacy/",
        "workflows/add/",
        "api/main/pages/",
    ],
)
def test_what_the_house_does_itself_is_closed(planted, address):
    signed = Client()
    sign_in(signed, hire("Asmuo Pavyzdys", "PUBLISHER"))
    assert signed.get(f"/desk/cms/{address}").status_code == 404


@pytest.mark.parametrize(("address", "ours"), [("account/", "/desk/me/"), ("logout/", "/desk/signout/")])
def test_the_tools_menu_leads_to_our_own_pages(planted, address, ours):
    signed = Client()
    sign_in(signed, hire("Asmuo Pavyzdys", "PUBLISHER"))
    answer = signed.get(f"/desk/cms/{address}")
    assert (answer.status_code, answer.headers["Location"]) == (307, ours)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("line", "runs"),
    [
        (b'new PageChooser("id_main", {"modalUrl": "/desk/cms/choose-page/"});', True),
        (b'new PageChooser("id_main", {"a": alert(1)});', False),
        (b'new PageChooser("id_main", {}); alert(1);', False),
        (b"alert(1)", False),
        (b'new PageChooser("id\\"+alert(1)+\\"", {});', False),
        (b'fetch("https://else.example/")', False),
    ],
)
def test_only_the_tools_own_line_may_run_inline(line, runs):
    from django.http import HttpResponse

    assert bool(cms._choosers(HttpResponse(b"<p>a</p><script>" + line + b"</script>"))) is runs
