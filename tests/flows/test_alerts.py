"""An urgent call in several browsers at once: F8, the bar on other people's pages, acknowledged by name,
seen by the sender.
"""

import os

import pytest

from flows.browser import axe, overflow
from flows.hotline import sign_in
from sauga.helpline.chat.actions import supervision
from sauga.helpline.line.actions import texts
from sauga.kernel import clock, notifications
from sauga.kernel.notifications.models import Alert
from sauga.kernel.states import SystemActor
from tests.factories.line import on_duty
from tests.factories.talks import active

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TEST_PICTURES", "")
LETTERS, HOME = "/desk/helpline/letters/", "/desk/"
BAR = ".urgent[data-alert]"


def pictured(page, name):
    """A picture for whoever looks at the pages by eye; nothing in CI."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}-{page.viewport_size['width']}.png")


def faultless(page):
    assert (page.url, axe(page), overflow(page)) == (page.url, [], 0)


def entered(open_page, centre, role, address, **options):
    page = open_page(**options)
    sign_in(page, centre, role)
    page.goto(address)
    return page


def test_f8_reaches_a_lead_on_another_page_and_the_counsellor_reads_who_has_seen_it(centre, open_page):
    texts.load_texts(clock.now())
    made = active(centre, clock.now())
    lead = entered(open_page, centre, "SHIFT_LEAD", LETTERS)
    counsellor = entered(
        open_page, centre, "COUNSELLOR", f"/desk/helpline/chat/{made.conversation.ref}/", width=320, dark=True
    )
    tab = lead.context.new_page()
    tab.goto(HOME)
    while counsellor.locator(
        "[data-f8]"
    ).count():  # the risk is raised step by step; at the highest there is nothing left to press
        with counsellor.expect_navigation():
            counsellor.keyboard.press("F8")
    lead.wait_for_selector(BAR, timeout=10_000)
    tab.wait_for_selector(BAR, timeout=10_000)
    assert lead.title().startswith("(!) ") and lead.locator("#bell .count").inner_text() != ""
    counsellor.wait_for_selector(".summon.unseen >> text=ekrane", timeout=10_000)
    faultless(counsellor)
    pictured(counsellor, "alert-sender")
    lead.reload()
    lead.wait_for_selector(BAR)
    faultless(lead)
    pictured(lead, "alert-bar")
    lead.keyboard.press("F9")
    lead.wait_for_selector(".urgent.seen", timeout=10_000)
    tab.wait_for_selector(".urgent.seen", timeout=10_000)
    counsellor.wait_for_selector(f".summon.met >> text={centre.people['SHIFT_LEAD'].name}", timeout=10_000)
    assert lead.url.endswith(LETTERS)  # nothing that is being written there is lost
    pictured(counsellor, "alert-sender-met")
    tab.close()


def test_three_people_two_leads_and_one_of_them_without_a_script(centre, open_page):
    texts.load_texts(clock.now())
    at = clock.now()
    made = active(centre, at)
    on_duty(centre.people["SHIFT_LEAD_2"], at, channels=[], is_lead=True)
    first = entered(open_page, centre, "SHIFT_LEAD", HOME, width=320, dark=True)
    second = entered(open_page, centre, "SHIFT_LEAD_2", HOME, js=False)
    counsellor = entered(open_page, centre, "COUNSELLOR", f"/desk/helpline/chat/{made.conversation.ref}/")
    supervision.call_lead(by=centre.actor("COUNSELLOR", at), conversation=made.conversation, at=at)
    first.wait_for_selector(BAR, timeout=10_000)
    counsellor.wait_for_selector(".summon.unseen", timeout=10_000)
    faultless(first)
    faultless(counsellor)
    pictured(first, "alert-bar-dark")
    cover = "helpline.cover.CHAT"
    kind = "helpline.cover_missing_chat"
    notifications.raise_alert(by=SystemActor("queue"), kind=kind, about=cover, at=clock.now())
    ending = first.wait_for_selector(f"{BAR} select[name=ending]", timeout=10_000)
    faultless(first)  # the longest bar, with a telephone and how it ends, stands whole on a small phone
    assert ending.bounding_box()["width"] > 200
    notifications.end_alerts(by=SystemActor("queue"), about=cover, at=clock.now())
    pictured(counsellor, "alert-sender-wide")
    second.goto(LETTERS)
    assert second.locator(BAR).count() == 1
    with second.expect_navigation():
        second.click(f"{BAR} button[value=see]")
    assert made.conversation.ref in second.url
    first.wait_for_selector(f".urgent.seen >> text={centre.people['SHIFT_LEAD_2'].name}", timeout=10_000)
    counsellor.wait_for_selector(f".summon.met >> text={centre.people['SHIFT_LEAD_2'].name}", timeout=10_000)
    assert Alert.objects.exclude(kind=kind).get().acknowledged_by == centre.people["SHIFT_LEAD_2"]
    first.click(".urgent.seen button")
    first.wait_for_selector("#urgents[hidden]", state="attached", timeout=10_000)
    first.click("#bell > summary")
    faultless(first)
    pictured(first, "alert-bell")
