"""What people see in a real browser: no accessibility faults, no sideways scrolling, leaving
quickly, keys, pickers.
"""

import re
from typing import Any

import pytest
from factories.people import hire
from flows.browser import axe, overflow
from flows.contrast import unreadable

from tests.repetition import in_forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = [
    "/lt/",
    "/en/",
    "/lt/pagalba/",
    "/en/help/",
    "/lt/privatumas/",
    "/en/privacy/",
    "/lt/prieinamumas/",
    "/en/accessibility/",
    "/lt/nera/",
    "/en/nothing/",
]
FORMS = [(320, False), (768, True), (1280, False), (1280, True)]


def enter(page, person):
    """Sign in through the page."""
    page.goto("/desk/signin/")
    page.fill("[name=email]", person.person.email)
    page.fill("[name=password]", person.password)
    page.fill("[name=code]", person.code)
    page.press("[name=code]", "Enter")
    page.wait_for_url(re.compile(r"/desk/(?!signin)"))


@in_forms("width dark", *FORMS)
def test_public_pages_have_no_accessibility_faults_and_fit(open_page, width, dark):
    page = open_page(width=width, dark=dark)
    for address in PUBLIC:
        page.goto(address)
        assert (address, axe(page)) == (address, [])
        assert (address, overflow(page)) == (address, 0)


def weights_of(page, address: str) -> dict[str, int]:
    """What comes over the line for a page, by address; styles and scripts are compressed in production
    only."""
    asked: dict[str, Any] = {}
    page.on("requestfinished", lambda one: asked.update({one.url: one}))
    page.goto(address, wait_until="networkidle")
    return {url: one.sizes()["responseBodySize"] for url, one in asked.items()}


def test_public_page_weighs_less_than_100_kb_with_fonts_and_keeps_nothing(open_page):
    page = open_page(width=360)
    weights = weights_of(page, "/lt/")
    assert sum(weights.values()) < 100_000, weights
    assert not [address for address in weights if "cyrillic" in address]
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_a_page_in_ukrainian_has_the_letters_of_our_font_and_weighs_less_than_100_kb(open_page):
    page = open_page(width=320)
    weights = weights_of(page, "/uk/")
    assert sum(weights.values()) < 100_000, weights
    assert page.evaluate("document.fonts.check('16px \"Onest Cyrillic\"', 'Ж')")
    assert [address for address in weights if "onest-cyrillic" in address]


def test_page_without_javascript_is_complete(open_page):
    page = open_page(js=False)
    page.goto("/lt/")
    with page.expect_navigation():
        page.click("a[hreflang=en] >> nth=0")
    assert page.url.endswith("/en/")
    page.goto("/en/help/")
    with page.expect_navigation():
        page.click(".head-tools a[hreflang=lt]")
    assert page.url.endswith("/lt/pagalba/")
    assert page.get_attribute("a[data-leave]", "href") == "/leave/"


POLICY = "content-security-policy"


def as_before_popovers(route):
    """Answer as if popovers had other names: the browser knows neither the attributes nor the state."""
    answer = route.fetch()
    kind = answer.headers.get("content-type", "")
    body = answer.text().replace("popover", "data-old") if "html" in kind or "css" in kind else answer.body()
    others = {name: value for name, value in answer.headers.items() if name != POLICY}
    # The content policy knows the first styles as they were.
    route.fulfill(response=answer, headers=others, body=body)


def test_menu_and_filters_open_where_popovers_and_scripts_are_missing(open_page):
    page = open_page(width=360, js=False)
    page.route("**/*", as_before_popovers)
    for address, sheet in (("/lt/", "#menu"), ("/en/resources/", "#filters")):
        page.goto(address)
        opener = page.locator(f'a[href="{sheet}"]')
        assert page.locator(f'[data-oldtarget="{sheet[1:]}"]:visible').count() == 0, (
            "a button that does nothing"
        )
        assert not page.is_visible(sheet) and opener.is_visible()
        opener.click()
        assert page.is_visible(sheet) and overflow(page) == 0
        page.click(f"{sheet} .sheet-close:visible")
        assert not page.is_visible(sheet)


def test_with_popovers_the_menu_is_a_button_that_escape_closes(open_page):
    page = open_page(width=360)
    page.goto("/en/")
    assert page.locator('a[href="#menu"]:visible').count() == 0
    page.get_by_role("button", name="Menu").click()
    assert page.is_visible("#menu nav")
    page.keyboard.press("Escape")
    assert not page.is_visible("#menu")


LISTENING = """() => { window.other = new BroadcastChannel("left"); window.gone = new Promise((done) => {
    other.onmessage = (one) => { if (one.data[1]) done(one.data); };
      setTimeout(() => done("it never said so"), 20000); }); }"""
AFTERWARDS = """() => { const other = new BroadcastChannel("left"); for (const kind of ["click", "keydown"])
    addEventListener(kind, () => other.postMessage([kind, document.documentElement.hidden,
      document.title])); }"""


@pytest.mark.parametrize(("how", "event"), [("button", "click"), ("escape", "keydown")])
def test_leave_quickly_hides_the_page_at_once_and_leaves_no_step_back(open_page, settings, how, event, site):
    """At once is: before the press itself is over.

    How long the way to the harmless page takes is measured by benchmarks/leave.py.
    """
    settings.LEAVE_TO = f"{site}/robots.txt"
    page = open_page()
    beside = page.context.new_page()  # hears what the page left last said of itself, and outlives it
    beside.goto("/lt/")
    beside.evaluate(LISTENING)
    page.goto("/lt/")
    page.goto("/lt/privatumas/")
    page.evaluate(AFTERWARDS)
    page.bring_to_front()
    if how == "button":
        page.click("a[data-leave]", no_wait_after=True)
    else:
        for _ in range(3):
            page.keyboard.press("Escape")
    page.wait_for_url("**/robots.txt")
    assert beside.evaluate("gone") == [event, True, "…"]
    page.go_back()
    assert page.url.endswith("/lt/")


def test_leaving_waits_for_no_answer_of_the_server(open_page, settings, site):
    """The server hangs; the person is gone all the same, and more presses of Esc do not stop the
    browser on its way.
    """
    settings.LEAVE_TO = f"{site}/robots.txt"
    page = open_page()
    page.goto("/lt/")
    ways = []
    page.context.route("**/leave/", lambda route: ways.append(route.request.resource_type))  # never answered
    pressed = """[1, 2, 3, 4].map(() => {
        const esc = new KeyboardEvent("keydown", {key: "Escape", cancelable: true, bubbles: true});
        document.body.dispatchEvent(esc);
        return esc.defaultPrevented;
    })"""
    assert page.evaluate(pressed) == [False, False, True, True], "dialogs still close with the first"
    page.wait_for_url("**/robots.txt")
    assert "document" not in ways


@in_forms("width dark", *FORMS)
def test_style_page_is_clean_in_both_schemes_and_widths(open_page, width, dark):
    page = open_page(width=width, dark=dark)
    enter(page, hire())
    page.goto("/desk/style/")
    assert axe(page) == []
    assert overflow(page) == 0
    assert page.locator("[hidden]:visible").count() == 0


@pytest.mark.parametrize(("dark", "forced"), [(False, "none"), (True, "none"), (False, "active")])
def test_every_component_can_be_read_in_every_state(open_page, dark, forced):
    page = open_page(dark=dark)
    enter(page, hire())
    page.goto("/desk/style/")
    page.emulate_media(
        forced_colors=forced, color_scheme="dark" if dark else "light", reduced_motion="reduce"
    )
    assert unreadable(page) == []


def test_the_measure_of_contrast_finds_what_only_a_state_shows(open_page):
    page = open_page()
    page.goto("/lt/")
    page.evaluate("""() => { const sheet = document.styleSheets[1];
      sheet.insertRule("main a:hover { color: #cfcfcf; background: #fff }", sheet.cssRules.length);
      const box = document.createElement("details"); box.className = "confirm-box";
      const summary = document.createElement("summary"); summary.className = "button";
        summary.textContent = "x"; box.append(summary);
      document.querySelector("main").append(box);
      sheet.insertRule(".confirm-box > summary { color: #1b2a33 }", sheet.cssRules.length); }""")
    found = unreadable(page)
    assert any(" hover: " in fault for fault in found) and any(
        "summary.button „x“ at rest" in fault for fault in found
    ), found


def test_keys_move_through_rows_and_say_themselves(open_page):
    page = open_page()
    enter(page, hire())
    page.goto("/desk/style/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator("tr.here").get_attribute("id") == "row-2"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("jjj")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    assert page.is_checked("#id_decision-verdict_1")
    page.keyboard.press("?")
    assert "j" in page.inner_text("#keys-help dl")


def test_code_picker_finds_without_diacritics_and_keeps_the_select(open_page):
    page = open_page()
    enter(page, hire())
    page.goto("/desk/style/")
    box = page.locator("#id_codes-topic-search")
    box.fill("zaidim")
    page.keyboard.press("Enter")
    assert page.evaluate("document.getElementById('id_codes-topic').value") == "M2"
    assert box.input_value() == "Žaidimų pirkiniai"
    box.fill("xyz")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert box.input_value() == "Žaidimų pirkiniai"


def test_confirm_opens_as_dialog_with_a_script_and_in_place_without(open_page):
    person = hire()
    page = open_page()
    enter(page, person)
    page.goto("/desk/style/")
    page.click("details.confirm-box > summary")
    page.locator("dialog.modal").first.wait_for(state="visible")
    page.click("dialog.modal [data-cancel]")
    page.locator("dialog.modal").first.wait_for(state="hidden")
    type(person.person).objects.filter(pk=person.person.pk).update(totp_step=0)
    plain = open_page(js=False)
    enter(plain, person)
    plain.goto("/desk/style/")
    plain.click("details.confirm-box > summary")
    assert plain.locator("form.confirm button.danger").is_visible()


def test_language_of_the_desk_changes_and_keeps_the_page(open_page):
    page = open_page()
    enter(page, hire())
    page.goto("/desk/style/")
    with page.expect_navigation():
        page.click(".languages button[value=en]")
    assert page.url.endswith("/desk/style/")
    assert page.get_attribute("html", "lang") == "en"


def test_live_region_follows_its_signal_and_waits_for_whoever_ticks_rows(open_page, settings):
    from kernel.ui import probe

    from sauga.kernel import live

    settings.ROOT_URLCONF = "kernel.ui.probe"
    live.register_channel("probe.list", probe.anybody)
    page = open_page()
    enter(page, hire())
    probe.state["number"] = 1
    page.goto("/desk/probe/")
    page.wait_for_selector("text=row 1")
    assert not page.is_visible("[data-live-note]")
    page.wait_for_timeout(300)
    probe.state["number"] = 2
    live.signal("probe.list", 2)
    page.wait_for_selector("text=row 2", timeout=5000)
    page.check("[data-row] input")
    probe.state["number"] = 3
    live.signal("probe.list", 3)
    page.wait_for_selector("[data-live-note]:visible", timeout=5000)
    assert page.is_visible("text=row 2")
    page.uncheck("[data-row] input")
    page.click("[data-live-note]")
    page.wait_for_selector("text=row 3")


def test_what_somebody_has_opened_and_typed_outlives_the_renewal_of_a_page(open_page, settings):
    """Nobody loses an open form, a word, the focus or their place in a wide table because a
    colleague did something.
    """
    from kernel.ui import probe

    from sauga.kernel import live

    settings.ROOT_URLCONF = "kernel.ui.probe"
    live.register_channel("probe.list", probe.anybody)
    page = open_page()
    enter(page, hire())
    probe.state["number"] = 1
    page.goto("/desk/probe/")
    page.wait_for_timeout(300)
    page.click("#other summary")
    page.select_option("#level", "high")
    page.fill("#why", "half a sen")
    page.check("#sure")
    page.click("text=More")
    page.evaluate("document.querySelector('.scroll').scrollLeft = 300")
    for number, focused in ((2, "#forms summary >> text=More"), (3, "#forms button")):
        page.focus(focused)
        probe.state["number"] = number
        live.signal("probe.list", number)
        page.wait_for_selector(f"#forms p:text-is('{number}')", timeout=5000)
        assert page.locator(focused).evaluate("one => one === document.activeElement")
        assert page.locator("#forms details[open]").count() == 2
        assert (page.input_value("#level"), page.input_value("#why"), page.is_checked("#sure")) == (
            "high",
            "half a sen",
            True,
        )
        assert page.evaluate("document.querySelector('.scroll').scrollLeft") == 300
