"""A member proposes, a facilitator reads it, an addressee answers by the link, the author and the public see
the answer; with and without scripts."""

import os
from datetime import timedelta
from typing import Any

import pytest
from factories import panel as members
from repetition import in_forms

from sauga.kernel import clock
from sauga.kernel.clock import local_day
from sauga.kernel.members.signin import cookies
from sauga.panel.members.models import Member
from sauga.panel.voice.actions import cycles, progress
from sauga.panel.voice.models import Addressee, Proposal
from sauga.panel.voice.queries import addressees
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories import panel_voice as make
from tests.factories.panel_voice import REASON, WORDS, WORKER
from tests.flows.browser import axe, browser, open_page, overflow, site  # noqa: F401  fixtures
from tests.flows.hotline import sign_in
from tests.flows.keys import Keys

PICTURES = os.environ.get("TEST_PICTURES", "")
pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


def sound(page: Any, name: str, *, js: bool = True) -> None:
    assert not js or (page.url, axe(page)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, 0)
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/voice-{name}-{page.viewport_size['width']}.png", full_page=True)


def in_space(open_page: Any, row: Member, width: int, *, js: bool) -> Any:
    page = open_page(width=width, js=js, language="lt")
    secret = members.browser(row).cookies[cookies.session_name()].value
    page.context.add_cookies([{"name": cookies.session_name(), "value": secret, "url": page.site}])
    return page


def published(open_page: Any, centre: Centre, page: Any, *, js: bool) -> tuple[Any, Proposal]:
    """A member writes a proposal on `page`, a facilitator publishes it: the desk's page, and the row."""
    page.goto("/lt/jaunimas/pasiulymai/")
    sound(page, "proposals", js=js)
    page.get_by_role("link", name="Naujas pasiūlymas").click()
    for name in ("title", "problem", "wish", "why"):
        page.locator(f"[name={name}]").fill(getattr(WORDS, name))
    sound(page, "write", js=js)
    page.get_by_role("button", name="Siųsti peržiūrai").click()
    page.wait_for_url("**done=sent")
    sound(page, "sent", js=js)
    row = Proposal.objects.get()
    desk = open_page(width=1280, language="lt")
    sign_in(desk, centre, "PANEL_FACILITATOR")
    desk.goto("/desk/panel/voice/")
    sound(desk, "queue")
    desk.goto(f"/desk/panel/voice/texts/{row.ref}/")
    sound(desk, "text")
    for tick in desk.locator("[name=confirmed]").all():
        tick.check()
    desk.get_by_role("button", name="Skelbti", exact=True).click()
    desk.wait_for_url("**/panel/voice/")
    return desk, make.fresh(row)


def discussed(open_page: Any, row: Proposal, friend: Member, *, js: bool) -> None:
    """Another member supports it and looks at the page for an amendment."""
    page = in_space(open_page, friend, 1280, js=js)
    page.goto(f"/lt/jaunimas/pasiulymai/{row.ref}/")
    sound(page, "proposal", js=js)
    page.get_by_role("button", name="Palaikau").click()
    page.wait_for_url("**done=supported")
    page.goto(f"/lt/jaunimas/pasiulymai/{row.ref}/pataisa/wish/")
    sound(page, "amend", js=js)


def answered(open_page: Any, row: Proposal, *, js: bool) -> None:
    """Whoever holds the link keeps a draft, looks at the whole and sends it."""
    page = open_page(width=320, js=js, language="lt")
    page.goto(f"/lt/jaunimo-taryba/atsakyti/{addressees.token_of(row)}/")
    sound(page, "answer-empty", js=js)
    keys = Keys(page)
    keys.skip()
    keys.to("verdict", most=3)
    keys.choose("^Pritariame iš dalies")
    keys.fill("reason", REASON)
    keys.fill("what_1", "Tema informatikos pamokose")
    page.locator("[name=by_1]").fill((local_day(clock.now()) + 200 * DAY).isoformat())  # by region's habit
    keys.fill("who", "Vardenė Pavardenė, skyriaus vedėja", most=15)
    keys.enter("^Išsaugoti juodraštį", most=4)
    page.wait_for_url("**done=saved*")
    if js:  # without scripts the page begins at its content: the fragment of the link past the menu stays
        keys.wait_for("Juodraštis išsaugotas")
    sound(page, "answer-draft", js=js)
    keys.enter("^Peržiūrėti ir siųsti", most=25)
    page.get_by_role("button", name="Siųsti atsakymą").wait_for()
    sound(page, "answer-preview", js=js)
    keys.enter("^Siųsti atsakymą", most=15)
    page.wait_for_url("**done=sent*")
    assert keys.faults == []
    sound(page, "answer-sent", js=js)


def sent(desk: Any, row: Proposal, body: Addressee) -> Proposal:
    """The facilitator sends a carried proposal to whoever must answer."""
    desk.goto(f"/desk/panel/voice/proposals/{row.ref}/")
    sound(desk, "desk-proposal")
    desk.locator("[name=addressee]").select_option(body.ref)
    desk.get_by_role("button", name="Siųsti", exact=True).click()
    desk.wait_for_url("**/proposals/**")
    row = make.fresh(row)
    assert row.state == "SENT"
    return row


def all_pages_are_sound(page: Any, visitor: Any, number: int, *, js: bool) -> None:
    """The public pages, which name nobody, and those of the members' space."""
    year = local_day(clock.now()).year
    for path in ("", f"pasiulymas/{number}/", f"{year}/", "taisykles/"):
        visitor.goto(f"/lt/jaunimo-taryba/{path}")
        sound(visitor, f"public-{path.partition('/')[0]}", js=js)
        assert "Kopa" not in visitor.inner_text("main")
    for path in ("ciklas", "pokalbiai", "susitikimai", "mano"):
        page.goto(f"/lt/jaunimas/{path}/")
        sound(page, path, js=js)


@in_forms("js", (True,), (False,))
def test_from_an_idea_to_the_public_page(centre: Centre, open_page: Any, js: bool):
    at = clock.now()
    facilitator = centre.actor("PANEL_FACILITATOR", at)
    today = local_day(at)
    cycles.start_cycle(by=facilitator, starts_on=today - 30 * DAY, ends_on=today + 90 * DAY, support=2, at=at)
    older, other = (members.member(centre, name, 17, at) for name in ("Kopa", "Bebras"))
    page = in_space(open_page, older, 320, js=js)
    desk, row = published(open_page, centre, page, js=js)
    assert row.state == "PUBLISHED"
    second = centre.actor("PANEL_FACILITATOR_2", at).person_id
    progress.open_discussion(by=facilitator, proposal=row, second=second, until=today + 7 * DAY, at=at)
    discussed(open_page, row, other, js=js)
    progress.qualify(by=facilitator, proposal=row, explanation="Susitikime pritarė visi.", at=at)
    desk.goto(f"/desk/panel/voice/proposals/{row.ref}/")
    desk.get_by_role("link", name="Parengti balsavimą").click()
    assert desk.locator("[name=proposal]").input_value() == row.ref
    progress.open_vote(by=facilitator, proposal=row, eligible=2, at=at)
    page.goto(f"/lt/jaunimas/pasiulymai/{row.ref}/")
    page.get_by_role("link", name="Į balsavimus").wait_for()
    sound(page, "vote-open", js=js)
    progress.close_vote(by=WORKER, proposal=row, voted=2, is_carried=True, at=at)
    row = sent(desk, row, make.addressee(make.Panel(centre, row.cycle, {}, at)))
    answered(open_page, row, js=js)
    page.goto(f"/lt/jaunimas/pasiulymai/{row.ref}/")
    assert "Planas jau yra" in page.inner_text("main")
    sound(page, "answered", js=js)
    desk.goto(f"/desk/panel/voice/proposals/{row.ref}/")
    desk.get_by_role("button", name="Paskelbti atsakymą dabar").click()
    desk.wait_for_url("**/proposals/**")
    visitor = open_page(width=1280, js=js, language="lt")
    all_pages_are_sound(page, visitor, row.number, js=js)
