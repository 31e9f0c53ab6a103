"""The personal test in a browser: a child on a phone with and without JavaScript, a teacher who projects and
prints, a family that prints its agreement, a bank's page that shows the test, and one that may not.
"""

import io
import os
import random
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pypdf
import pytest
from factories.adaptations import deployed, live, released

from flows.browser import axe, overflow
from sauga.repository.deployments.models import Deployment
from sauga.selfcheck.personal.actions import drafts
from sauga.selfcheck.personal.queries.versions import bank
from sauga.selfcheck.personal.rules.bank import Audience
from sauga.selfcheck.personal.rules.outcome import outcome
from tests.centre import AT, Centre, centre
from tests.flows.browser import browser, open_page, site

__all__ = ["browser", "centre", "open_page", "site"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TEST_PICTURES", "")
BANK = "https://www.bank.example"
STORED = "[document.cookie, localStorage.length, sessionStorage.length]"


@pytest.fixture(autouse=True)
def shipped(centre: Centre) -> None:
    drafts.load_bank(AT)


def picture(page, name):
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"selfcheck-{name}.png", full_page=True)


def listened(page):
    """Every request from now on."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    return asked


def answer(frame, part, answers):
    """Answer on the device, question by question."""
    for one in part.items:
        if one.code in answers:
            frame.locator(f"[name='{one.code}'][value='{answers[one.code]}']").check()
            frame.locator("[data-onward]").click()
        else:
            frame.locator("[data-skip]").click()


def shown(frame, selector):
    return frame.locator(f"{selector} > li:not([hidden])").evaluate_all(
        "all => all.map(one => one.dataset.for)"
    )


def test_a_child_on_a_phone_answers_and_nothing_leaves_it(open_page):
    page = open_page(width=360, height=740)
    page.goto("/lt/testas/")
    picture(page, "index-360")
    page.get_by_role("link", name="Vaikams iki 12 metų").click()
    page.wait_for_load_state("networkidle")
    part, asked = bank().parts[Audience.CHILD], listened(page)
    assert page.locator("[data-question]:not([hidden])").count() == 1
    picture(page, "question-360")
    assert axe(page) == []
    assert overflow(page) == 0
    chance = random.Random(19)
    for _again in range(3):
        answers = {
            one.code: chance.randrange(len(one.options)) for one in part.items if chance.random() < 0.85
        }
        answer(page, part, answers)
        found = outcome(part, answers)
        assert shown(page, "[data-steps]") == [one.code for one in found.steps]
        page.locator("[data-later]").evaluate("one => { one.open = true; }")
        assert shown(page, "[data-later-steps]") == [one.code for one in found.later]
        assert shown(page, "[data-well] ul") == [one.code for one in found.well]
        assert page.locator("[data-first] [data-talk-to]").count() == found.talk
        assert page.evaluate("document.activeElement.hasAttribute('data-result')")
        last = page.url
        picture(page, f"result-360-{_again}")
        if not _again:
            assert axe(page) == []
            assert overflow(page) == 0
        page.locator("[data-again]").click()
        assert page.locator(":checked").count() == 0
    assert last.endswith("/lt/testas/vaikams/"), "the address says nothing of the answers"
    assert asked == []
    assert page.evaluate(STORED) == ["", 0, 0]
    assert page.title() == "Ar saugiai elgiesi internete? · Vaikams iki 12 metų – Sauga"


PLACES = """() => ["legend", ".choice:last-of-type", ".send [data-onward]", ".send [data-skip]", ".keep-here",
  ".onward"].map((one) => { const { top, left, height } = document.querySelector(`main ${one}`)
  .getBoundingClientRect(); return [one, top, left, height].join(" "); })"""


@pytest.mark.parametrize("address", ["/lt/testas/vaikams/", "/lt/testas/suaugusiems/", "/en/check/children/"])
def test_nothing_moves_on_a_phone_when_the_script_comes(open_page, address):
    """The page is laid out from the first paint as the script leaves it. It says that answers stay on the
    device only once the script is there: without it they are sent.
    """
    page = open_page(width=412)
    page.route("**/check.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(address)
    page.evaluate("document.fonts.ready")
    before = page.evaluate(PLACES)
    stays, is_sent = (page.locator(f".keep-here [data-{how}-script]") for how in ("with", "without"))
    assert is_sent.is_visible() and not stays.is_visible()
    page.unroute("**/check.js")
    page.reload()
    page.locator("[data-check][data-ready]").wait_for()
    page.evaluate("document.fonts.ready")
    assert page.evaluate(PLACES) == before
    assert stays.is_visible() and not is_sent.is_visible()


def test_where_the_script_does_not_arrive_the_form_is_sent_as_without_scripts(open_page):
    page = open_page(width=360)
    page.route("**/check.js", lambda route: route.abort())
    page.goto("/lt/testas/vaikams/")
    assert page.get_by_text("pamirštami").is_visible()
    assert page.locator("[data-question]").nth(1).is_hidden()
    page.evaluate("document.getAnimations().forEach((waiting) => waiting.finish())")  # eight seconds later
    assert page.locator("[data-question]").last.is_visible() and page.locator("[data-finish]").is_visible()
    assert not page.locator("[data-skip]").is_visible()
    page.locator("[data-question] input").first.check()
    with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        page.locator("[data-onward]").click()
    assert sent.value.status == 200
    assert page.locator("[data-question]").count() == 0, "the page is that of the next steps"


def test_answers_are_gone_after_leaving_and_coming_back(open_page):
    page = open_page(width=360)
    page.goto("/lt/testas/paaugliams/")
    assert page.get_by_text("Jei išeisi iš šio puslapio").is_visible(), "told before the first answer"
    first = bank().parts[Audience.TEEN].items[0]
    page.locator(f"[name='{first.code}'][value='0']").check()
    page.locator("[data-onward]").click()
    page.locator("[data-back]").click()
    assert page.locator(":checked").count() == 1
    page.reload()
    assert page.locator(":checked").count() == 0
    page.locator(f"[name='{first.code}'][value='0']").check()
    page.goto("/lt/testas/")
    page.go_back()
    page.locator("[data-question]:not([hidden])").wait_for()
    assert page.locator(":checked").count() == 0


def test_a_child_on_a_phone_without_javascript_is_answered_once(open_page):
    page = open_page(width=360, js=False)
    page.goto("/lt/testas/vaikams/")
    assert page.locator("[data-question]").count() == len(bank().parts[Audience.CHILD].items)
    assert page.get_by_text("pamirštami").is_visible()
    page.locator("[name='picture'][value='3']").check()
    page.locator("[name='laugh'][value='0']").check()
    page.locator("[data-onward]").click()
    assert page.url.endswith("/lt/testas/vaikams/")
    assert page.locator("[data-first] [data-talk-to]").is_visible(), "a child in need is offered help first"
    assert page.get_by_role("heading", name="Pasirink savo suaugusįjį").is_visible()
    assert page.get_by_text("Palaikai kitus.").is_visible()
    picture(page, "result-no-script-360")
    assert overflow(page) == 0
    assert page.context.cookies() == []


def test_a_teacher_projects_one_question_at_a_time_and_prints_them(open_page):
    page = open_page(language="en")
    page.goto("/en/check/class/")
    picture(page, "classes-1280")
    page.get_by_role("link", name="For teenagers").click()
    page.wait_for_load_state("networkidle")
    asked = listened(page)
    part = bank().parts[Audience.TEEN]
    page.get_by_role("link", name="Begin").click()
    seen = page.locator(".slide").evaluate_all(
        "all => all.filter(one => { const box = one.getBoundingClientRect();"
        " return box.top < innerHeight / 2 && box.bottom > innerHeight / 2; }).map(one => one.id)"
    )
    assert seen == ["q1"]
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / "selfcheck-slide-1280.png")
    hint = page.locator("#q1 details p")
    assert not hint.is_visible()
    page.locator("#q1 summary").click()
    assert hint.is_visible()
    assert axe(page) == []
    paper = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", landscape=True)))
    text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    assert len(paper.pages) == len(part.items) + 2, "a sheet for each question, a title, and whom to talk to"
    for one in part.items:
        assert " ".join(one.hint["en"].split()[:4]) in text
    assert not [url for url in asked if "#" not in url and "/fonts/" not in url], (
        "a hint may need a letter more"
    )


def test_the_page_for_a_class_opens_at_its_top(open_page):
    """Sliding to a question begins with the first question: before, the bar of help would lie over the
    menu.
    """
    page = open_page(width=1280)
    page.goto("/lt/testas/klasei/vaikams/")
    snaps = "getComputedStyle(document.documentElement).scrollSnapType"
    assert (page.evaluate(snaps), page.evaluate("scrollY")) == ("none", 0)
    page.get_by_role("link", name="Pradėti", exact=True).click()
    page.wait_for_url("**#q1")
    assert page.evaluate(snaps).startswith("y")


def test_a_family_prints_what_it_has_ticked(open_page):
    page = open_page(width=360)
    page.goto("/lt/testas/seimos-susitarimas/")
    asked = listened(page)
    ticked, other = bank().agreement[0].text["lt"], bank().agreement[1].text["lt"]
    page.get_by_label(ticked).check()
    page.locator(".own input").first.fill("Sekmadieniais einame į mišką.")
    picture(page, "agreement-360")
    assert axe(page) == []
    assert overflow(page) == 0
    page.emulate_media(media="print")
    assert page.get_by_text(ticked).is_visible()
    assert not page.get_by_text(other).is_visible()
    picture(page, "agreement-print")
    assert asked == []


def test_the_agreement_begins_with_the_steps_of_the_test(open_page):
    page = open_page(language="en")
    page.goto("/en/check/adults/")
    part = bank().parts[Audience.ADULT]
    answer(page, part, {"table": 2})
    page.locator("[data-agreement] summary").click()
    ticked = page.locator("[data-promise]:checked").evaluate_all(
        "all => all.map(one => one.closest('label').innerText.trim())"
    )
    assert ticked == [one.text["en"] for one in bank().agreement if "table" in one.items]
    picture(page, "result-1280")


@contextmanager
def another_site(markup):
    """The address of a site of its own that shows one page."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(markup().encode())

        def log_message(self, *said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def framing(address, extra=""):
    """A page with the test in a frame, its height by a style sheet."""
    return (
        "<!doctype html><title>Bankas</title><style>iframe { width: 100%; height: 44rem; border: 0 }</style>"
        f'<iframe {extra} title="Testas" src="{address}"></iframe>'
    )


def embedded(centre):
    resource = live(centre, title={"lt": "Saugos testas", "en": "Self-check widget"}, type="app")
    return deployed(centre, released(centre, resource), channel="page_widget", origins=[BANK])


@pytest.mark.parametrize("js", [True, False])
def test_a_bank_shows_the_test_in_its_page(centre, browser, site, js):
    row, token = embedded(centre)
    context = browser.new_context(
        locale="lt", viewport={"width": 1280, "height": 900}, java_script_enabled=js
    )
    page = context.new_page()
    with another_site(lambda: framing(f"{site}/embed/{token}/?for=teen&language=lt")) as its_address:
        Deployment.objects.filter(pk=row.pk).update(origins=[its_address])
        page.goto(its_address)
        frame = page.frame_locator("iframe")
        frame.locator("[data-question]").first.wait_for()
        page.wait_for_load_state("networkidle")
        asked = listened(page)
        part = bank().parts[Audience.TEEN]
        if js:
            answer(frame, part, {"secret": 2, "sleep": 0})
            assert asked == []
        else:
            frame.locator("[name='secret'][value='2']").check()
            frame.locator("[name='sleep'][value='0']").check()
            frame.locator("[data-onward]").click()
        frame.get_by_role("heading", name="Pasakyk vienam suaugusiajam").wait_for()
        assert frame.get_by_text("Saugai savo miegą.").is_visible()
        assert frame.locator("[data-first] [data-talk-to]").is_visible()
        assert context.cookies() == []
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"selfcheck-frame-{'js' if js else 'plain'}.png")
        context.close()
    assert row.days.get(kind="shown").n == 1, "how often it was opened is all that is counted"


@pytest.mark.parametrize("extra", ["", 'referrerpolicy="no-referrer"'])
def test_another_site_may_not_show_it(centre, browser, site, extra):
    _row, token = embedded(centre)
    context = browser.new_context()
    page = context.new_page()
    with another_site(lambda: framing(f"{site}/embed/{token}/?for=teen", extra)) as its_address:
        page.goto(its_address)
        page.wait_for_load_state("networkidle")
        assert page.frame_locator("iframe").locator("[data-question]").count() == 0
        context.close()
