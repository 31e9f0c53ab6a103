"""The public forms at rest and under pressure: who is honest gets through with and without scripts, and
nothing typed is lost.
"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from sauga.helpline.chat.models import Conversation
from sauga.helpline.letters.models import Letter
from sauga.hotline.reports.models import Report
from sauga.kernel import clock, rate_limits
from sauga.kernel.rate_limits import challenges
from sauga.kernel.sealed.visitors.puzzles import read_puzzle, solve
from tests.centre import centre  # noqa: F401  a fixture
from tests.factories.line import open_line
from tests.markup import tidy

pytestmark = pytest.mark.django_db
NOON = clock.now().astimezone(clock.VILNIUS).replace(hour=12, minute=0, second=0, microsecond=0)
MANY, MORE = 8, 200
REPORT = {"where": "https://pavyzdys.example/a\nhttps://pavyzdys.example/b", "category": "HATE"}
WORDS = "Noriu papasakoti, kaip man sekasi mokykloje. „Ąžuolas“ & <b>klevas</b>"
# address, what is filled in, purpose, what is stored, what the visitor reads
FORMS = {
    "report-lt": ("/lt/pranesti/", REPORT, "hotline.report", Report, "Beveik išsiųsta"),
    "report-en": ("/en/report/", REPORT, "hotline.report", Report, "Nearly sent"),
    "letter-lt": (
        "/lt/pagalba/laiskas/",
        {"text": WORDS},
        "helpline.letter",
        Letter,
        "Niekas iš to, ką parašei, nedingo",
    ),
    "letter-en": (
        "/en/help/letter/",
        {"text": WORDS},
        "helpline.letter",
        Letter,
        "Nothing you wrote is lost",
    ),
    "adult-letter": (
        "/lt/pagalba/suaugusiesiems/laiskas/",
        {"text": WORDS},
        "helpline.letter",
        Letter,
        "Beveik išsiųsta",
    ),
    "own-picture": (
        "/lt/pranesti/mano-nuotrauka/",
        {"where": "https://pavyzdys.example/a"},
        "hotline.own-picture",
        Report,
        "Niekas iš to, ką parašei, nedingo",
    ),
    "chat": (
        "/lt/pagalba/pokalbis/",
        {"act": "start", "audience": "CHILD"},
        "helpline.chat",
        Conversation,
        "Jau beveik",
    ),
}
every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


@pytest.fixture(autouse=True)
def now(monkeypatch, settings, centre):
    """The line is open, the protection is on as it is shipped but for a low threshold, and the test
    moves the clock.
    """
    settings.PRESSURE_POSTS, settings.PRESSURE_CALM = MANY, 120
    rate_limits.calm_down()
    challenges._spent.forget()
    told = [NOON]
    monkeypatch.setattr(clock, "now", lambda: told[0])
    open_line(centre, NOON)
    yield told
    rate_limits.calm_down()


def hidden(page: str) -> dict[str, str]:
    names = ("ticket", "puzzle", "proof", "tries")
    return {
        name: found[1]
        for name in names
        if (found := re.search(rf'name="{name}" value="([^"]*)"', tidy(page)))
    }


def action(page: str) -> str:
    found = re.search(r'data-main method="post" action="([^"]+)"|action="([^"]+)" data-main', tidy(page))
    return found[1] or found[2]


def flood(purpose: str, number: int = MANY) -> None:
    for _ in range(number):
        rate_limits.gauge.gauge(purpose).count(clock.now())


def proof_of(given: dict[str, str], purpose: str) -> str:
    return solve(read_puzzle(given["puzzle"], given["ticket"], purpose, clock.now(), challenges.MOST_AGE))


@every_form
def test_at_rest_there_is_no_script_no_puzzle_and_no_cost(form, settings):
    address, filled, _purpose, stored, _words = form
    client = Client()
    page = client.get(address).content.decode()
    assert "puzzle" not in page and "?patient" not in page
    client.post(address, {**hidden(page), **filled})  # whatever is loaded once is loaded now
    asked = []
    for posts in (MORE, 0):
        settings.PRESSURE_POSTS = posts
        rate_limits.calm_down()
        ticket = hidden(Client().get(address).content.decode())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = Client().post(address, {**ticket, **filled})
        assert answer.status_code in {200, 303}
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert stored.objects.count() == 3


@every_form
def test_with_a_script_the_puzzle_is_answered_and_the_form_is_taken(form):
    address, filled, purpose, stored, _words = form
    flood(purpose)
    client = Client()
    page = client.get(address).content.decode()
    given = hidden(page)
    assert "ui/puzzle.js" in page and given["proof"] == ""
    answer = client.post(address, {**given, **filled, "proof": proof_of(given, purpose)})
    assert answer.status_code in {200, 303} and stored.objects.count() == 1


@every_form
def test_without_a_script_patience_does_and_whoever_wrote_for_long_has_waited_already(form, now):
    address, filled, purpose, stored, _words = form
    flood(purpose)
    page = Client().get(address).content.decode()
    assert action(page) == f"{address}?patient"
    now[0] += timedelta(seconds=5)
    answer = Client().post(action(page), {**hidden(page), **filled})
    assert answer.status_code in {200, 303} and stored.objects.count() == 1


@every_form
def test_who_opened_the_form_at_rest_keeps_every_word_and_gets_through(form, now):
    address, filled, purpose, stored, words = form
    client = Client()
    before = hidden(client.get(address).content.decode())
    flood(purpose)
    held = client.post(address, {**before, **filled})
    page = held.content.decode()
    assert (held.status_code, stored.objects.count()) == (429, 0)
    assert held.headers["Cache-Control"] == "no-store" and not client.cookies
    assert words in page and " data-send" in page
    told = page.split("data-puzzle-held", 1)[1].split("</div>", 1)[0]
    assert (
        'href="tel:112"' in told and re.search(r'href="/(lt/pagalba|en/help)/"', told) and "116" not in told
    ), "it may be closed"
    assert hidden(page)["ticket"] == before["ticket"]
    if "text" in filled:
        assert escape(WORDS) in page
    if "where" in filled:
        assert filled["where"] in page
        assert "category" not in filled or re.search(r'value="HATE" checked', page)
    early = client.post(action(page), {**hidden(page), **filled})
    assert (early.status_code, stored.objects.count()) == (429, 0)
    assert hidden(early.content.decode())["puzzle"] == hidden(page)["puzzle"]
    now[0] += timedelta(seconds=5)
    answer = client.post(action(page), {**hidden(early.content.decode()), **filled})
    assert answer.status_code in {200, 303} and stored.objects.count() == 1


@every_form
def test_replayed_foreign_early_and_unsolved_are_all_held(form, now):
    address, filled, purpose, stored, _words = form
    flood(purpose)
    mine, other = (hidden(Client().get(address).content.decode()) for _ in range(2))
    proof = proof_of(mine, purpose)
    held = {
        "unsolved": {**mine, "proof": "0" * 128},
        "nothing": {"ticket": mine["ticket"]},
        "foreign": {**mine, "puzzle": other["puzzle"], "proof": proof_of(other, purpose)},
        "forged": {**mine, "puzzle": mine["puzzle"][:-4] + "AAAA", "proof": proof},
    }
    for name, data in held.items():
        assert (name, Client().post(address, {**data, **filled}).status_code) == (name, 429)
    assert (Client().post(f"{address}?patient", {**mine, **filled}).status_code, stored.objects.count()) == (
        429,
        0,
    )
    assert Client().post(address, {**mine, **filled, "proof": proof}).status_code in {200, 303}
    assert Client().post(address, {**mine, **filled, "proof": proof}).status_code == 429
    assert stored.objects.count() == 1


def test_a_double_click_under_pressure_still_ends_with_the_same_receipt():
    flood("hotline.report")
    given = hidden(Client().get("/lt/pranesti/").content.decode())
    sent = {**given, **REPORT, "proof": proof_of(given, "hotline.report")}
    first = Client().post("/lt/pranesti/", sent).content.decode()
    held = hidden(Client().post("/lt/pranesti/", sent).content.decode())
    second = (
        Client()
        .post("/lt/pranesti/", {**held, **REPORT, "proof": proof_of(held, "hotline.report")})
        .content.decode()
    )
    words = re.search(r"data-receipt>(.*?)</ol>", first, re.S)[1]
    assert words in second and Report.objects.count() == 1


def test_a_form_that_had_grown_old_comes_back_with_a_puzzle_for_its_new_ticket():
    flood("hotline.report")
    page = Client().post("/lt/pranesti/", {"ticket": "x", **REPORT}).content.decode()
    given = hidden(page)
    answer = Client().post("/lt/pranesti/", {**given, **REPORT, "proof": proof_of(given, "hotline.report")})
    assert answer.status_code == 200 and Report.objects.count() == 1


def test_a_flood_of_reports_leaves_letters_and_conversations_at_rest():
    flood("hotline.report", 1000)
    assert "puzzle" in Client().get("/lt/pranesti/").content.decode()
    for address in ("/lt/pagalba/laiskas/", "/lt/pagalba/pokalbis/", "/lt/pranesti/grizti/"):
        assert "puzzle" not in Client().get(address).content.decode()


def test_when_the_flood_is_over_it_is_as_before(now):
    flood("hotline.report", 1000)
    now[0] += timedelta(seconds=200)
    page = Client().get("/lt/pranesti/").content.decode()
    assert "puzzle" not in page
    assert Client().post("/lt/pranesti/", {**hidden(page), **REPORT}).status_code == 200


def test_a_real_flood_stores_what_is_paid_for_and_nothing_else():
    """Forms sent as fast as a program can; one honest person in the middle of it."""
    client = Client()
    taken = 0
    for _ in range(40):
        given = hidden(client.get("/lt/pranesti/").content.decode())
        taken += client.post("/lt/pranesti/", {**given, **REPORT}).status_code == 200
    assert taken == Report.objects.count() == MANY - 1
    given = hidden(client.get("/en/report/").content.decode())
    honest = client.post("/en/report/", {**given, **REPORT, "proof": proof_of(given, "hotline.report")})
    assert honest.status_code == 200 and Report.objects.count() == MANY


def test_the_frame_kept_ready_never_carries_one_visitors_puzzle_to_another():
    flood("hotline.report")
    pages = [Client().get("/lt/pranesti/").content.decode() for _ in range(3)]
    assert len({hidden(page)["puzzle"] for page in pages}) == 3
    assert len({re.search(r'data-seed="(\w+)"', page)[1] for page in pages}) == 3
