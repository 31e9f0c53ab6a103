"""Members in the browser: a link in the own browser and elsewhere, the account, a colleague's request; with
scripts and without, on a phone, in both languages.
"""

import os
from typing import Any

import pytest
from factories.members import acts_for, joined
from factories.people import make_organisation

from sauga.kernel import clock
from sauga.kernel.members import links
from sauga.kernel.members.actions import representations
from sauga.kernel.members.models import Member, SigninLink
from sauga.kernel.members.signin import cookies
from tests.flows.browser import axe, browser, open_page, overflow, site  # noqa: F401  fixtures

PICTURES = os.environ.get("TEST_PICTURES", "")
pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sound(page: Any, *, js: bool = True) -> None:
    assert not js or (page.url, axe(page)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, 0)
    if PICTURES:
        name = page.url.partition("?")[0].rstrip("/").rsplit("/", 2)[-2:]
        width = page.viewport_size["width"]
        page.screenshot(path=f"{PICTURES}/members-{'-'.join(name)[:40]}-{width}.png", full_page=True)


def mailed() -> str:
    """The path of the newest link."""
    return links.signin_address(SigninLink.objects.latest("pk")).split("/", 3)[3]


def ask(page: Any, path: str, address: str) -> None:
    page.goto(path)
    page.fill("[name=email]", address)
    page.click("form[data-main] button[type=submit]")


@pytest.mark.parametrize("js", [True, False])
def test_an_account_from_the_first_link_to_its_end(transactional_db: None, open_page: Any, js: bool):
    page = open_page(width=320, js=js, language="lt")
    page.goto("/lt/")
    page.locator("footer").get_by_role("link", name="Mano Sauga").click()
    page.wait_for_url("**/lt/mano/prisijungti/**")
    sound(page, js=js)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.locator(".head-tools").get_by_text("English").is_visible()
    page.set_viewport_size({"width": 320, "height": 800})
    ask(page, page.url, "ona@mokykla.example")
    page.wait_for_url("**/issiusta/")
    sound(page, js=js)
    page.goto(f"/{mailed()}")
    page.wait_for_url("**/lt/mano/")
    assert "Šiuo metu laukiančių darbų nėra" in page.inner_text("main")
    sound(page, js=js)
    page.goto("/lt/mano/paskyra/")
    page.fill("[name=name] >> nth=0", "Ona Pavyzdė")
    page.click("form[data-main] button[type=submit]")
    page.wait_for_url("**/?done=saved")
    sound(page, js=js)
    page.goto("/lt/mano/")
    assert "Laba diena, Ona" in page.inner_text("h1")
    for path in ("sutikimai/", "duomenys/", "organizacijos/", "organizacijos/nauja/"):
        page.goto(f"/lt/mano/{path}")
        sound(page, js=js)
    page.goto("/lt/mano/duomenys/istrinti/")
    sound(page, js=js)
    page.check("[name=is_sure]")
    page.click("form[data-main] button[type=submit]")
    page.wait_for_url("**/prisijungti/**")
    assert not Member.objects.exists()


def test_on_another_device_the_button_signs_in(transactional_db: None, open_page: Any):
    first, second = open_page(), open_page(width=320, dark=True)
    ask(first, "/en/my/sign-in/", "jonas@biblioteka.example")
    first.wait_for_url("**/sent/")
    second.goto(f"/{mailed()}")
    assert not Member.objects.exists()
    sound(second)
    second.get_by_role("button", name="Sign in here").click()
    second.wait_for_url("**/en/my/")
    assert first.goto(f"/{mailed()}").status == 410
    sound(first)
    second.get_by_role("button", name="Sign out").click()
    second.wait_for_url("**/sign-in/**")


def test_a_colleague_decides(transactional_db: None, open_page: Any):
    (ona, secret), (jonas, _other) = joined(), joined("jonas@mokykla.example", "Jonas Pavyzdys")
    school = make_organisation("school")
    acts_for(ona, school)
    representations.ask_to_represent(
        by=jonas,
        organisation=school,
        asked_name="",
        purpose="Teaches informatics.",
        wants_partner=False,
        at=clock.now(),
    )
    page = open_page(width=320)
    page.context.add_cookies([{"name": cookies.session_name(), "value": secret, "url": page.site}])
    page.goto("/en/my/")
    sound(page)
    page.get_by_role("link", name="Decide").click()
    page.wait_for_url("**/organisations/")
    sound(page)
    page.get_by_role("button", name="Confirm: Jonas Pavyzdys").click()
    page.wait_for_url("**/?done=confirmed")
    assert "Confirmed." in page.inner_text("main")
    sound(page)
