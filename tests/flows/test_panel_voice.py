"""A member proposes, a facilitator reads, an addressee answers by the link, the author sees it, and so does
the public; with and without scripts."""

import os
from datetime import timedelta
from typing import Any

import pytest
from factories import panel as members
from repetition import in_forms

from sauga.kernel import clock
from sauga.kernel.members import cookies
from sauga.panel.members.models import Member
from sauga.panel.voice.actions import cycles, progress
from sauga.panel.voice.models import Proposal
from sauga.panel.voice.queries import addressees
from sauga.panel.voice.queries.cycles import local_day
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories import panel_voice as make
from tests.factories.panel_voice import REASON, WORDS, WORKER
from tests.flows.browser import axe, browser, open_page, overflow, site  # noqa: F401  fixtures
from tests.flows.hotline import sign_in

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


@in_forms("js", (True,), (False,))
def test_from_an_idea_to_the_public_page(centre: Centre, open_page: Any, js: bool):
    at = clock.now()
    facilitator = centre.actor("PANEL_FACILITATOR", at)
    today = local_day(at)
    cycles.start_cycle(by=facilitator, starts_on=today - 30 * DAY, ends_on=today + 90 * DAY, support=2, at=at)
    older, other = (members.member(centre, name, 17, at) for name in ("Kopa", "Bebras"))
    page = in_space(open_page, older, 320, js=js)
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

    desk = open_page(width=1280, js=True, language="lt")
    sign_in(desk, centre, "PANEL_FACILITATOR")
    desk.goto("/desk/panel/voice/")
    sound(desk, "queue")
    desk.goto(f"/desk/panel/voice/texts/{row.ref}/")
    sound(desk, "text")
    for tick in desk.locator("[name=confirmed]").all():
        tick.check()
    desk.get_by_role("button", name="Paskelbti").click()
    desk.wait_for_url("**/panel/voice/")
    row.refresh_from_db()
    assert row.state == "PUBLISHED"
    progress.open_discussion(
        by=facilitator,
        proposal=row,
        second=centre.actor("PANEL_FACILITATOR_2", at).person_id,
        until=today + 7 * DAY,
        at=at,
    )
    friend = in_space(open_page, other, 1280, js=js)
    friend.goto(f"/lt/jaunimas/pasiulymai/{row.ref}/")
    sound(friend, "proposal", js=js)
    friend.get_by_role("button", name="Palaikau").click()
    friend.wait_for_url("**done=supported")
    friend.goto(f"/lt/jaunimas/pasiulymai/{row.ref}/pataisa/wish/")
    sound(friend, "amend", js=js)

    progress.qualify(by=facilitator, proposal=row, explanation="Susitikime pritarė visi.", at=at)
    progress.open_vote(by=facilitator, proposal=row, at=at)
    progress.close_vote(by=WORKER, proposal=row, voted=2, is_carried=True, at=at)
    panel = make.Panel(centre, row.cycle, {}, at)
    body = make.addressee(panel)
    desk.goto(f"/desk/panel/voice/proposals/{row.ref}/")
    sound(desk, "desk-proposal")
    desk.locator("[name=addressee]").select_option(body.ref)
    desk.get_by_role("button", name="Išsiųsti", exact=True).click()
    desk.wait_for_url("**/proposals/**")
    row.refresh_from_db()
    assert row.state == "SENT"

    answer = open_page(width=320, js=js, language="lt")
    answer.goto(f"/lt/jaunimo-taryba/atsakyti/{addressees.token_of(row)}/")
    sound(answer, "answer-empty", js=js)
    answer.get_by_label("Pritariame iš dalies").check()
    answer.locator("[name=reason]").fill(REASON)
    answer.locator("[name=what_1]").fill("Tema informatikos pamokose")
    answer.locator("[name=by_1]").fill((today + 200 * DAY).isoformat())
    answer.locator("[name=who]").fill("Vardenė Pavardenė, skyriaus vedėja")
    answer.get_by_role("button", name="Išsaugoti juodraštį").click()
    answer.wait_for_url("**done=saved")
    sound(answer, "answer-draft", js=js)
    answer.get_by_role("button", name="Peržiūrėti ir siųsti").click()
    answer.get_by_role("button", name="Siųsti atsakymą").wait_for()
    sound(answer, "answer-preview", js=js)
    answer.get_by_role("button", name="Siųsti atsakymą").click()
    answer.wait_for_url("**done=sent")
    sound(answer, "answer-sent", js=js)

    page.goto(f"/lt/jaunimas/pasiulymai/{row.ref}/")
    assert "Planas jau yra" in page.inner_text("main")
    sound(page, "answered", js=js)
    desk.goto(f"/desk/panel/voice/proposals/{row.ref}/")
    desk.get_by_role("button", name="Paskelbti atsakymą dabar").click()
    desk.wait_for_url("**/proposals/**")
    visitor = open_page(width=1280, js=js, language="lt")
    for path, name in (
        ("/lt/jaunimo-taryba/", "ledger"),
        (f"/lt/jaunimo-taryba/pasiulymas/{row.number}/", "public"),
        (f"/lt/jaunimo-taryba/{today.year}/", "year"),
        ("/lt/jaunimo-taryba/taisykles/", "rules"),
    ):
        visitor.goto(path)
        sound(visitor, name, js=js)
        assert "Kopa" not in visitor.inner_text("main")
    for path, name in (
        ("ciklas", "cycle"),
        ("pokalbiai", "talk"),
        ("susitikimai", "meetings"),
        ("mano", "mine"),
    ):
        page.goto(f"/lt/jaunimas/{path}/")
        sound(page, name, js=js)
