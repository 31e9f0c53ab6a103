"""The youth panel in a browser: a school nominates, a facilitator asks, the guardian agrees by a link, a
child of 13 agrees with a card and says that something is wrong, a facilitator answers, the safeguarding lead
sees.
"""

import os
from typing import Any

import pytest
from factories import panel
from factories.members import acts_for, joined

from sauga.kernel import clock
from sauga.kernel.members import links
from sauga.kernel.members.signin import cookies
from sauga.kernel.organisations.models import Organisation
from sauga.panel.members.actions import membership
from sauga.panel.members.models import Export, Flag, Member
from sauga.panel.states import FlagState, MemberState
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.flows.browser import axe, browser, open_page, overflow, site  # noqa: F401  fixtures
from tests.flows.hotline import sign_in

PICTURES = os.environ.get("TEST_PICTURES", "")
pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sound(page: Any, name: str, *, js: bool = True) -> None:
    if PICTURES:
        width = page.viewport_size["width"]
        page.screenshot(path=f"{PICTURES}/panel-{name}-{width}.png", full_page=True)
    assert not js or (name, axe(page)) == (name, [])
    assert (name, overflow(page)) == (name, 0)


def asked_for_consent(centre: Centre, open_page: Any, row: Member) -> tuple[Any, str]:
    """A facilitator accepts the nomination and makes a card: the desk's page, and the code on the card."""
    desk = open_page(width=1280, language="lt")
    sign_in(desk, centre, "PANEL_FACILITATOR")
    desk.goto("/desk/panel/members/")
    sound(desk, "members")
    desk.get_by_role("link", name=row.pseudonym).click()
    desk.get_by_role("button", name="Priimti ir paprašyti sutikimo").click()
    desk.get_by_role("button", name="Nauja prisijungimo kortelė").click()
    code = desk.inner_text("[data-card-code]")
    sound(desk, "card")
    return desk, code


def test_from_the_nomination_to_the_first_page(centre: Centre, open_page: Any):
    who, secret = joined("mokytoja@mokykla.example", "Ona Pavyzdė")
    acts_for(who, Organisation.objects.get(code="MOKYKLA"))
    school = open_page(width=1280, language="lt")
    school.context.add_cookies([{"name": cookies.session_name(), "value": secret, "url": school.site}])
    school.goto("/lt/mano/jaunimo-taryba/")
    born = panel.born(13, clock.now())
    school.fill("[name=name]", "Vardenė Pavyzdė")
    school.fill("[name=birth_month]", f"{born:%Y-%m}")
    school.fill("[name=guardian_address]", "globeja@pastas.example")
    school.check("[name=is_confirmed]")
    sound(school, "school")
    school.get_by_role("button", name="Pasiūlyti").click()
    school.wait_for_url("**/?done=nominated")

    row = Member.objects.get()
    desk, code = asked_for_consent(centre, open_page, row)
    guardian = open_page(width=320, language="lt")
    guardian.goto("/" + links.guardian_address(panel.guardian(row)).split("/", 3)[3])
    sound(guardian, "guardian")
    guardian.locator("li", has_text="Dalyvavimas jaunimo taryboje").locator("button[name=give]").click()
    guardian.wait_for_url("**/?done=consented")
    sound(guardian, "guardian-agreed")
    assert row.pseudonym not in guardian.inner_text("body")

    child = open_page(width=320, language="lt")
    child.goto("/lt/jaunimas/")
    child.wait_for_url("**/lt/jaunimas/prisijungti/**")
    child.fill("[name=code]", "NEGERAS-KODAS")
    child.get_by_role("button", name="Prisijungti").click()
    sound(child, "signin-wrong")
    child.fill("[name=code]", code.lower())
    child.get_by_role("button", name="Prisijungti").click()
    child.wait_for_url("**/lt/jaunimas/as/")
    sound(child, "assent")
    child.get_by_role("button", name="Taip, noriu dalyvauti").click()
    child.wait_for_url("**/?done=agreed")
    assert "Koordinatorius tave priims" in child.inner_text("main")
    sound(child, "agreed")

    desk.goto(f"/desk/panel/members/{row.ref}/")
    desk.get_by_role("button", name="Priimti į tarybą").click()
    desk.get_by_text("Priimta. Narys jau dalyvauja.").wait_for()
    sound(desk, "member")
    child.goto("/lt/jaunimas/")
    assert "Labas!" in child.inner_text("main")
    sound(child, "home")
    child.goto("/lt/jaunimas/as/")
    sound(child, "me")
    child.get_by_role("button", name="Noriu išeiti").click()
    child.wait_for_url("**/prisijungti/?done=left")
    assert panel.fresh(row).state == MemberState.LEFT


@pytest.mark.parametrize("js", [True, False])
def test_something_is_wrong_and_a_person_answers(centre: Centre, open_page: Any, js: bool):
    row = panel.member(centre, "Kopa")
    child = open_page(width=320, js=js, language="lt")
    secret = panel.browser(row).cookies[cookies.session_name()].value
    child.context.add_cookies([{"name": cookies.session_name(), "value": secret, "url": child.site}])
    child.goto("/lt/jaunimas/")
    child.locator(".worry:visible").first.click()
    sound(child, f"wrong-{js}", js=js)
    child.fill("[name=words]", "Prašė niekam nesakyti.")
    child.get_by_role("button", name="Siųsti").click()
    child.wait_for_url("**/?done=told")
    sound(child, f"told-{js}", js=js)
    child.check("[name=reach][value=SELF]")
    child.get_by_role("button", name="Pranešti pagalbos linijai").click()
    child.wait_for_url("**/?done=helpline-yes")
    if not js:
        assert Flag.objects.get().wants_helpline is True
        return
    desk = open_page(width=1280, language="lt")
    sign_in(desk, centre, "PANEL_FACILITATOR")
    desk.goto("/desk/panel/flags/")
    sound(desk, "flags")
    desk.get_by_role("link", name="Kopa").click()
    desk.get_by_role("button", name="Paimti").click()
    desk.get_by_role("button", name="Perskaityti, ką narys parašė").click()
    assert "Prašė niekam nesakyti." in desk.inner_text("main")
    sound(desk, "words")
    desk.goto(f"/desk/panel/flags/{Flag.objects.get().ref}/")
    desk.check("[name=outcome][value=TALKED]")
    desk.fill("[name=text]", "Ačiū, kad parašei. Tai ne tavo kaltė.")
    sound(desk, "flag")
    desk.get_by_role("button", name="Atsakyti").last.click()
    desk.get_by_text("Atsakyta. Narys tai matys").wait_for()
    assert Flag.objects.get().state == FlagState.ANSWERED
    child.goto("/lt/jaunimas/")
    assert "Tau atsakė" in child.inner_text("main")
    child.locator(".do-now a").first.click()
    assert "Tai ne tavo kaltė." in child.inner_text("main")
    sound(child, "answer")


def test_the_safeguarding_lead_sees_acts_patterns_and_records(centre: Centre, open_page: Any):
    row = panel.member(centre, "Kopa")
    for _ in range(3):
        membership.open_identity(by=centre.actor("PANEL_FACILITATOR"), member=row, at=clock.now())
    desk = open_page(width=1280, language="lt")
    sign_in(desk, centre, "PANEL_SAFEGUARDING_LEAD")
    desk.goto("/desk/panel/adults/")
    sound(desk, "adults")
    desk.locator("tbody input[type=checkbox]").first.check()
    desk.get_by_role("button", name="Peržiūrėjau").click()
    desk.get_by_text("Pažymėta kaip peržiūrėta: 1.").wait_for()
    desk.goto("/desk/panel/patterns/")
    assert "Kopa" in desk.inner_text("main")
    sound(desk, "patterns")
    desk.goto(f"/desk/panel/members/{row.ref}/")
    desk.get_by_role("button", name="Kas tai?").click()
    assert "Vardenė Pavyzdė" in desk.inner_text("main")
    sound(desk, "identity")
    desk.goto(f"/desk/panel/members/{row.ref}/")
    desk.get_by_text("Prašyti įrašų tyrimui").first.click()
    desk.check("[name=reason][value=POLICE]")
    desk.get_by_role("button", name="Prašyti įrašų tyrimui").last.click()
    desk.get_by_text("Paprašyta. Tvirtins kitas žmogus.").wait_for()
    desk.goto(f"/desk/panel/exports/{Export.objects.get().ref}/")
    assert desk.get_by_role("button", name="Patvirtinti").count() == 0
    sound(desk, "export")
