"""A facilitator writes a ballot, another opens it, members vote by keyboard and without scripts, it is
counted, and the result stands on the member's page."""

import os
from datetime import datetime, timedelta
from typing import Any

import pytest
from factories import ballots as make
from factories.ballots import OPENS, WRITES
from repetition import in_forms

from flows.browser import axe, overflow
from flows.hotline import sign_in
from flows.keys import Keys
from sauga.kernel import clock
from sauga.kernel.members.signin import cookies
from sauga.panel.members.models import Member
from sauga.panel.voting.models import Ballot, Voter
from sauga.panel.voting.rules.codes import Kind
from tests.centre import Centre

PICTURES = os.environ.get("TEST_PICTURES", "")
pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VOTES = "/lt/jaunimas/balsavimai/"


def sound(page: Any, name: str, *, js: bool = True) -> None:
    assert not js or (page.url, axe(page)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, 0)
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/ballot-{name}-{page.viewport_size['width']}.png", full_page=True)


def member_page(open_page: Any, member: Member, width: int, *, js: bool) -> Any:
    page = open_page(width=width, js=js, language="lt")
    secret = make.session(member, clock.now())
    page.context.add_cookies([{"name": cookies.session_name(), "value": secret, "url": page.site}])
    return page


def opened_by_two(centre: Centre, open_page: Any, now: datetime) -> Ballot:
    """One facilitator writes the ballot, another opens it."""
    writer = open_page(width=1280, language="lt")
    sign_in(writer, centre, WRITES)
    writer.goto("/desk/panel/ballots/new/")
    writer.get_by_label("Kaip balsuojama").select_option("RANKED")
    writer.get_by_label("Klausimas", exact=True).fill("Kurį pasiūlymą siųsti pirmą?")
    writer.get_by_label("Variantai, kandidatai arba teiginiai").fill(
        "Aiškios žaidimų kainos | Kaina matoma iš anksto.\nPagalbos numeris\nNustatymai vaikų kalba"
    )
    ends = (now + timedelta(days=3)).astimezone(clock.VILNIUS)
    writer.get_by_label("Pabaiga").fill(f"{ends:%Y-%m-%dT%H:%M}")
    sound(writer, "form")
    writer.get_by_role("button", name="Išsaugoti").click()
    writer.wait_for_url("**/panel/ballots/*-*/")
    writer.get_by_role("button", name="Pateikti atidaryti").click()
    writer.wait_for_load_state()
    row = Ballot.objects.get()
    opener = open_page(width=1280, language="lt")
    sign_in(opener, centre, OPENS)
    opener.goto(f"/desk/panel/ballots/{row.ref}/")
    sound(opener, "desk")
    opener.get_by_role("button", name="Atidaryti balsavimą").click()
    opener.get_by_text("nerodoma niekam").first.wait_for()
    return row


def votes_by_keyboard(page: Any, row: Ballot, *, js: bool) -> None:
    """The first place to B, the second to A; on the next page A goes up, and the focus goes with it."""
    keys = Keys(page)
    keys.skip()
    keys.enter("Kurį pasiūlymą siųsti pirmą?", most=5)
    page.wait_for_url(f"**{VOTES}{row.ref}/")
    sound(page, "paper", js=js)
    keys.skip()
    places = {"place-A": ["2"], "place-B": ["1"]}
    while (stop := keys.press("Tab")).kind != "submit":  # in an order drawn by lot
        keys.answer(places[stop.field]) if stop.field in places else None
    keys.enter()
    page.get_by_role("heading", name="Ar toks tavo balsas?").wait_for()
    sound(page, "confirm", js=js)
    if js:
        keys.wait_for("Ar toks tavo balsas?")
    keys.enter("Aiškios žaidimų kainos: aukštyn", most=5)
    page.locator("ol.chosen li").first.get_by_text("Aiškios žaidimų kainos", exact=True).wait_for()
    assert keys.here().name.startswith("Aiškios žaidimų kainos")
    keys.enter("Išsiųsti balsą", most=3)
    page.get_by_text("Tavo balsas įskaičiuotas.").first.wait_for()
    sound(page, "voted", js=js)
    assert keys.faults == []


@in_forms("js", (True,), (False,), samples=2)
def test_a_ballot_from_the_desk_to_the_members_page(
    centre: Centre, open_page: Any, monkeypatch: pytest.MonkeyPatch, js: bool
):
    now = clock.now()
    members = make.voters(6, at=now)
    row = opened_by_two(centre, open_page, now)
    page = member_page(open_page, members[0], 320, js=js)
    page.goto(VOTES)
    sound(page, "list", js=js)
    votes_by_keyboard(page, row, js=js)
    assert Voter.objects.filter(has_voted=True).count() == 1
    for member in members[1:]:
        make.vote(member, row, "A", "C", at=now)

    later = row.ends_at + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    counter = open_page(width=1280, language="lt")
    sign_in(counter, centre, OPENS)
    counter.goto(f"/desk/panel/ballots/{row.ref}/")
    counter.get_by_role("button", name="Suskaičiuoti").click()
    counter.get_by_role("heading", name="Rezultatas").wait_for()
    sound(counter, "desk-result")
    result = member_page(open_page, members[0], 320, js=js)
    result.goto(f"{VOTES}{row.ref}/")
    result.get_by_text("Pasirinkta: Aiškios žaidimų kainos.").wait_for()
    sound(result, "result", js=js)
    assert "Skaičių nerodome" in result.content()


def test_every_kind_of_paper_is_legible(centre: Centre, open_page: Any):
    now = clock.now()
    members = make.voters(6, at=now)
    page = member_page(open_page, members[0], 1280, js=True)
    for kind in ("YES_NO", "APPROVAL", "ELECTION", "OPINION"):
        row = make.opened(centre, Kind(kind), at=now, ends_at=now + timedelta(days=3))
        page.goto(f"{VOTES}{row.ref}/")
        sound(page, kind.lower())
