"""A call between two real browsers through a real relay: both hear sound, nobody learns an address,
nothing is kept.
"""

import shutil
from pathlib import Path

import pytest
from django.db import connection

from flows.browser import CHROMIUM, FLAGS, axe, overflow
from flows.hotline import sign_in
from flows.relay import SECRET, relay
from sauga.helpline.calls.models import Call
from sauga.helpline.records.models import Attempt
from sauga.helpline.states import CallState
from sauga.kernel import clock
from tests.factories.line import open_line
from tests.repetition import in_forms

__all__ = ["relay"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DEVICES = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
]
# Only the test keeps hold of the connections, to ask them what they did.
WATCH = """const Real = RTCPeerConnection; globalThis.peers = [];
globalThis.RTCPeerConnection = function (...given) { const made = new Real(...given); peers.push(made);
  return made; };"""
ASKED = """async () => {
  const peer = globalThis.peers?.at(-1), found = { local: [], remote: [], received: 0 };
  if (!peer || peer.connectionState !== "connected") return found;
  found.policy = peer.getConfiguration().iceTransportPolicy;
  for (const one of (await peer.getStats()).values()) {
    if (one.type === "local-candidate") found.local.push(one.candidateType);
    if (one.type === "remote-candidate") found.remote.push(one.candidateType);
    if (one.type === "inbound-rtp" && one.kind === "audio") found.received += one.bytesReceived;
  }
  return found;
}"""


@pytest.fixture(scope="module")
def browser():
    """Chromium with a microphone that hums, and no question about it."""
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        ours = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
        if ours is None and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("no Chromium here: install Debian's chromium, or run `playwright install chromium`")
        launched = playwright.chromium.launch(executable_path=ours, args=[*FLAGS, *DEVICES], headless=True)
        yield launched
        launched.close()


@pytest.fixture
def connected(relay, settings):
    settings.TURN_URLS, settings.TURN_SECRET = [relay], SECRET
    return relay


def faultless(page):
    assert page.locator("h1").count() == 1
    assert (page.url, axe(page), overflow(page)) == (page.url, [], 0)


def state(page, wanted):
    page.wait_for_selector(f"[data-state={wanted}]", timeout=30_000)


def hears(page):
    """Wait until sound arrives; what the connection then says of itself."""
    for _ in range(150):
        found = page.evaluate(ASKED)
        if found["received"] > 500:
            return found
        page.wait_for_timeout(200)
    raise AssertionError(found)


def only_relayed(found):
    assert found["policy"] == "relay"
    assert found["local"] and set(found["local"]) == {"relay"}
    assert found["remote"] and set(found["remote"]) <= {
        "relay",
        "prflx",
    }  # a relay seen before its description arrived counts as prflx
    assert found["received"] > 500


def test_a_child_and_a_counsellor_hear_each_other_through_the_relay_only(centre, open_page, connected):
    open_line(centre, clock.now())
    child, desk = open_page(width=320), open_page()
    for page in (child, desk):
        page.add_init_script(WATCH)
    sign_in(desk, centre, "COUNSELLOR")
    desk.goto("/desk/helpline/calls/")
    child.goto("/lt/pagalba/skambutis/")
    faultless(child)
    child.click("[data-do=start]")
    state(child, "RINGING")
    faultless(child)
    desk.wait_for_selector("tr[data-state=RINGING]")
    desk.keyboard.press("a")
    desk.wait_for_url("**/talk/")
    state(child, "CONNECTED")
    state(desk, "CONNECTED")
    for page in (child, desk):
        only_relayed(hears(page))
        faultless(page)
    desk.keyboard.press("F8")
    desk.wait_for_selector("[data-quiet] [aria-pressed=true]")
    assert Call.objects.get().is_at_risk and desk.evaluate("peers.at(-1).connectionState") == "connected"
    child.click("[data-do=mute]")
    child.click("[data-do=end]")
    state(child, "ENDED")
    desk.wait_for_url("**/calls/")
    call = Call.objects.get()
    assert (call.state, call.channel, call.answered_by_id) == (
        CallState.WRAP_UP,
        "BROWSER_CALL",
        centre.people["COUNSELLOR"].pk,
    )
    assert Attempt.objects.get().talk_seconds is not None
    assert child.context.cookies() == [] and child.evaluate(
        "[localStorage.length, sessionStorage.length]"
    ) == [0, 0]
    assert not _stored("candidate") and not _stored("v=0")


def _stored(needle):
    """Rows of the helpline that hold a piece of a description."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("helpline_", "audit_", "notices_")):
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                found += [row[0] for row in cursor.fetchall() if needle in row[0]]
    return found


def test_a_counsellor_who_loads_the_page_again_is_heard_again(centre, open_page, connected):
    open_line(centre, clock.now())
    child, desk = open_page(), open_page()
    for page in (child, desk):
        page.add_init_script(WATCH)
    sign_in(desk, centre, "COUNSELLOR")
    child.goto("/en/help/call/")
    child.click("[data-do=start]")
    state(child, "RINGING")
    desk.goto("/desk/helpline/calls/")
    desk.keyboard.press("a")
    desk.wait_for_url("**/talk/")
    hears(desk)
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.reload()
    only_relayed(hears(desk))
    desk.keyboard.press("e")
    desk.wait_for_url("**/calls/")
    state(child, "ENDED")


def test_hanging_up_before_anybody_came_is_counted(centre, open_page, connected):
    open_line(centre, clock.now())
    child = open_page()
    child.goto("/lt/pagalba/skambutis/")
    child.click("[data-do=start]")
    state(child, "RINGING")
    with child.expect_response("**/call/end/"):
        child.click("[data-do=end]")
    assert Attempt.objects.get().reason == "LEFT_SHORT"


def test_leaving_the_page_hangs_up(centre, open_page, connected):
    open_line(centre, clock.now())
    child = open_page()
    child.goto("/lt/pagalba/skambutis/")
    child.click("[data-do=start]")
    state(child, "RINGING")
    child.goto("/lt/")
    for _ in range(100):
        if Call.objects.get().state == CallState.ABANDONED:
            return
        child.wait_for_timeout(50)
    raise AssertionError(Call.objects.get().state)


@in_forms("width language dark", (320, "lt", True), (1280, "en", False))
def test_without_a_relay_or_people_no_button_is_shown(centre, open_page, settings, width, language, dark):
    page = open_page(width=width, language=language, dark=dark)
    address = {"lt": "/lt/pagalba/skambutis/", "en": "/en/help/call/"}[language]
    assert page.goto(address).ok
    faultless(page)
    assert page.locator("[data-do=start]").count() == 0 and "116\xa0111" in page.locator("main").inner_text()
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:127.0.0.1:3478"], SECRET
    page.goto(address)
    faultless(page)
    assert page.locator("[data-do=start]").count() == 0 and page.locator("[data-state=CLOSED]").count() == 1


def test_without_javascript_the_page_names_other_ways(centre, open_page, settings):
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:127.0.0.1:3478"], SECRET
    open_line(centre, clock.now())
    page = open_page(js=False)
    page.goto("/lt/pagalba/skambutis/")
    assert page.locator("[data-do=start]:visible").count() == 0
    assert "116\xa0111" in page.locator("noscript").inner_text()
