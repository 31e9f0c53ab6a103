"""A role of an act of two people, in two browsers side by side: proposed, heard of in the bell, confirmed;
and refused without scripts.
"""

from typing import Any

import pytest
from factories.people import Hired, begin_session, hire

from sauga.kernel.identity.letters.links import link_of
from sauga.kernel.identity.models import Invitation, RoleProposal
from tests.flows.browser import axe, browser, open_page, overflow, overprinted, site  # noqa: F401  fixtures

pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at_desk(page: Any, hired: Hired) -> Any:
    """The person's browser, signed in."""
    cookies, response = begin_session(hired.person, None)
    page.context.add_cookies(
        [{"name": name, "value": value, "url": page.site} for name, value in cookies.items()]
    )
    page.goto(response["Location"])
    return page


def invite(page: Any, email: str) -> None:
    page.goto("/desk/people/invite/")
    page.fill("[name=email]", email)
    page.select_option("[name=role]", "ANALYST")
    page.click("form[data-main] button[type=submit]")
    page.wait_for_url("**/desk/people/")


def open_bell(page: Any, count: str) -> None:
    """What waits stands beside the bell of the page that is open; the newest leads on."""
    page.wait_for_function(
        "count => document.querySelector('#bell .count')?.textContent === count", arg=count
    )
    page.click("#bell > summary")
    page.click("#bell li.unread a")


def test_one_proposes_another_confirms_and_each_hears_of_it(transactional_db: None, open_page: Any):
    ruta, vaida = hire("Rūta Pavyzdė", "ADMINISTRATOR"), hire("Vaida Pavyzdė", "ADMINISTRATOR")
    first, second = at_desk(open_page(), ruta), at_desk(open_page(width=320), vaida)
    invite(first, "nauja@partner.example")
    assert "Vaida Pavyzdė" in first.locator(".toast").inner_text() and not Invitation.objects.exists()

    open_bell(second, "1")
    second.wait_for_url("**/desk/people/proposals/*/")
    assert "Rūta Pavyzdė" in second.locator("dl.facts").first.inner_text()
    assert axe(second) == [] and overflow(second) == 0 and overprinted(second) == []
    second.click("button[name=confirm]")
    second.wait_for_url("**/desk/people/proposals/")

    open_bell(first, "1")
    first.wait_for_url("**/desk/people/proposals/*/")
    assert "Vaida Pavyzdė" in first.locator("dl.facts").first.inner_text()
    assert first.goto(link_of(Invitation.objects.get()).partition("8000")[2]).status == 200


def test_refused_without_scripts_the_proposer_reads_why(transactional_db: None, open_page: Any):
    ruta, vaida = hire("Rūta Pavyzdė", "ADMINISTRATOR"), hire("Vaida Pavyzdė", "ADMINISTRATOR")
    first, second = at_desk(open_page(js=False, width=320), ruta), at_desk(open_page(js=False), vaida)
    invite(first, "nauja@partner.example")
    row = RoleProposal.objects.get()
    second.goto(f"/desk/people/proposals/{row.ref}/")
    second.fill("[name=reason]", "Paklausiu pirmiau.")
    second.click("button[name=refuse]")
    second.wait_for_url("**/desk/people/proposals/")
    first.reload()
    assert first.locator("#bell .count").inner_text() == "1"
    first.goto(f"/desk/people/proposals/{row.ref}/")
    assert "Paklausiu pirmiau." in first.locator("dl.facts").first.inner_text() and overflow(first) == 0
