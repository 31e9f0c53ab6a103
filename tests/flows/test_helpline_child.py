"""A child's whole journey in a real browser, with scripts and without, while a counsellor
acts at the same time.
"""

import re
import time

import pytest
from django.db import connection

from flows.browser import axe, overflow
from sauga.helpline.chat.actions import conversation_events, queue, transfers
from sauga.helpline.chat.actions import conversations as life
from sauga.helpline.chat.models import Conversation, Message
from sauga.helpline.chat.queries.conversations import keys_at_desk
from sauga.helpline.records.models import Feedback
from sauga.kernel import clock
from tests.factories.line import open_line
from tests.factories.talks import nonce
from tests.repetition import in_forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HELP = {"lt": "/lt/pagalba/", "en": "/en/help/"}
CHAT = {"lt": "/lt/pagalba/pokalbis/", "en": "/en/help/chat/"}
RETURN = {"lt": "/lt/pagalba/grizti/", "en": "/en/help/return/"}
COOKIE = "sauga-visit"
SOON = 10_000


@pytest.fixture
def line(centre):
    """An open line with a counsellor and a lead."""
    open_line(centre, clock.now())
    return centre


def faultless(page, *, js=True):
    """No accessibility fault (axe itself needs scripts), no sideways scrolling, nothing of another
    host (browser.py).
    """
    assert not js or (page.url, axe(page)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, 0)


def begin(page, language="lt"):
    """From the help page to the first question."""
    page.goto(HELP[language])
    page.click(f"main a.button[href='{CHAT[language]}']")
    page.click("form[data-main] button")
    page.wait_for_selector("button[name=danger]")


def wait(page, language="lt", text="Labas, ar galiu paklausti?"):
    """On to the waiting room."""
    begin(page, language)
    page.click("button[value=NOW_NO]")
    page.click("button[name=skip]")
    page.fill("form[data-main] textarea", text)
    page.click("form[data-main] button")
    page.wait_for_selector("#place")


def take(line):
    """A counsellor takes the next conversation."""
    by = line.actor("COUNSELLOR", clock.now())
    offer = queue.next_contact(by=by, at=clock.now())
    assert offer is not None
    return queue.accept_offer(by=by, offer=offer, at=clock.now())


def answer(line, conversation, text):
    """The counsellor says something."""
    by = line.actor("COUNSELLOR", clock.now())
    key, _ = keys_at_desk(conversation, by.vault)
    return conversation_events.send_message(
        by=by, conversation=conversation, key=key, text=text, nonce=nonce(), at=clock.now()
    )


def cookies(page):
    """Names of what this browser holds."""
    return [cookie["name"] for cookie in page.context.cookies()]


@in_forms(
    "width dark language", (320, False, "lt"), (1280, True, "en"), (1280, False, "lt"), (320, True, "en")
)
def test_every_page_is_sound_on_a_small_phone_and_a_wide_screen_light_and_dark(
    line, open_page, width, dark, language
):
    page = open_page(width=width, dark=dark, language=language)
    page.goto(HELP[language])
    faultless(page)
    assert cookies(page) == []
    page.goto(CHAT[language])
    faultless(page)
    assert cookies(page) == []
    page.click("form[data-main] button")
    page.wait_for_selector("button[name=danger]")
    assert cookies(page) == [COOKIE]
    faultless(page)
    page.click("button[value=NOW_YES]")
    page.wait_for_selector(".state.urgent")
    faultless(page)
    page.goto(f"{CHAT[language]}?step=about")
    faultless(page)
    page.check("input[name=mood][value=MOOD_2]", force=True)
    page.click("form[data-main] .send button >> nth=0")
    page.wait_for_selector("textarea[name=text]")
    faultless(page)
    page.click("form[data-main] button")
    page.wait_for_selector("#msg-error")
    faultless(page)
    page.fill("form[data-main] textarea", "Man neramu. " + "ilgasžodisbetarpų" * 12)
    page.click("form[data-main] button")
    page.wait_for_selector("#place")
    page.click("details.more summary >> nth=0")
    faultless(page)
    conversation = take(line)
    page.wait_for_selector("#thread", timeout=SOON)
    answer(line, conversation, "Labas. Gerai, kad parašei. " + "https://nuoroda.example/" + "a" * 80)
    page.wait_for_selector("#thread .message:not(.mine)", timeout=SOON)
    faultless(page)
    page.click("button[value=words]")
    page.wait_for_selector("[data-receipt]")
    faultless(page)
    around = page.locator(":is(header, .help-bar, footer) :is(a, button):visible")
    assert around.count() == (2 if width < 960 else around.count()), "116 111 and quick exit, no language"
    words = page.get_attribute("[data-receipt]", "data-copy-text")
    page.goto(CHAT[language])
    page.click("details.ending summary")
    faultless(page)
    page.click("button[value=end]")
    page.wait_for_selector("input[name=FQ_HELPED]", state="attached")
    faultless(page)
    page.goto(RETURN[language])
    faultless(page)
    page.fill("form[data-main] textarea", "visai ne tie")
    page.click("form[data-main] button")
    page.wait_for_selector(".error")
    faultless(page)
    page.fill("form[data-main] textarea", words)
    page.click("form[data-main] button")
    page.wait_for_selector(".thread .message")
    faultless(page)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_closed_line_is_sound_too(centre, open_page):
    for width, language in ((320, "lt"), (1280, "en")):
        page = open_page(width=width, language=language)
        page.goto(HELP[language])
        faultless(page)
        page.goto(CHAT[language])
        faultless(page)
        assert page.locator("form[data-main]").count() == 0
        assert cookies(page) == []


def test_talk_with_scripts_is_told_at_once_and_marked_delivered_and_read(line, open_page):
    page = open_page(width=320)
    wait(page)
    conversation = take(line)
    page.wait_for_selector("#thread", timeout=SOON)
    answer(line, conversation, "Labas, aš čia.")
    page.wait_for_selector("text=Labas, aš čia.", timeout=SOON)
    page.fill("#msg", "Ačiū.\nMan sunku.")
    page.click("button[value=say]")
    page.wait_for_selector(
        ".message.mine:has-text('Man sunku') .mark-sent:has-text('Pristatyta')", timeout=SOON
    )
    assert page.input_value("#msg") == ""
    last = Message.objects.order_by("-number").first()
    by = line.actor("COUNSELLOR", clock.now())
    conversation_events.mark_read(by=by, conversation=conversation, up_to=last.number, at=clock.now())
    page.wait_for_selector(".message.mine >> text=Perskaityta", timeout=SOON)
    assert Message.objects.filter(author="CHILD").count() == 2
    assert page.locator(".message.mine >> text=Man sunku.").count() == 1
    life.end_conversation(by=by, conversation=conversation, how="END_COUNSELLOR", at=clock.now())
    page.wait_for_selector("input[name=FQ_HELPED]", state="attached", timeout=SOON)


def test_words_of_both_sides_stand_in_the_order_in_which_they_were_stored(line, open_page):
    page = open_page()
    wait(page)
    conversation = take(line)
    page.wait_for_selector("#thread", timeout=SOON)
    held = []

    def hold(route):
        held.append(route)

    page.route("**/chat/say/", hold)
    page.fill("#msg", "Pasakyta lėtai")
    page.click("button[value=say]")
    page.wait_for_selector(".message.unsent")
    answer(line, conversation, "Pasakyta greičiau")
    page.wait_for_selector("text=Pasakyta greičiau", timeout=SOON)
    held[0].continue_()
    page.wait_for_selector(".message.mine:not(.unsent) >> text=Pasakyta lėtai", timeout=SOON)
    numbers = [int(entry.get_attribute("data-number")) for entry in page.locator("#thread > li").all()]
    assert numbers == sorted(numbers) and len(numbers) == 4
    page.unroute("**/chat/say/")


def test_what_is_being_written_is_not_lost_when_the_counsellor_ends_it(line, open_page):
    page = open_page()
    wait(page)
    conversation = take(line)
    page.wait_for_selector("#thread", timeout=SOON)
    page.fill("#msg", "Dar noriu pasakyti")
    life.end_conversation(
        by=line.actor("COUNSELLOR", clock.now()),
        conversation=conversation,
        how="END_COUNSELLOR",
        at=clock.now(),
    )
    page.wait_for_selector("#over:visible", timeout=SOON)
    assert page.input_value("#msg") == "Dar noriu pasakyti"


def test_connection_that_breaks_loses_and_doubles_nothing(line, open_page):
    page = open_page()
    wait(page)
    conversation = take(line)
    page.wait_for_selector("#thread", timeout=SOON)
    page.wait_for_load_state("load")  # a page that is lost before its scripts came cannot say so
    page.context.set_offline(True)
    page.wait_for_selector("#down:visible", timeout=SOON)
    page.fill("#msg", "Parašyta be ryšio")
    page.click("button[value=say]")
    page.wait_for_selector(".message.unsent >> text=Siunčiama")
    answer(line, conversation, "Pasakyta, kol ryšio nebuvo")
    page.context.set_offline(False)
    page.wait_for_selector("text=Pasakyta, kol ryšio nebuvo", timeout=SOON)
    page.wait_for_selector(".message.mine:not(.unsent) >> text=Parašyta be ryšio", timeout=SOON)
    page.wait_for_selector("#down", state="hidden", timeout=SOON)
    assert page.locator("text=Parašyta be ryšio").count() == 1
    assert Message.objects.filter(author="CHILD").count() == 2


def test_loading_the_waiting_room_again_keeps_the_place(line, open_page):
    first, second = open_page(), open_page(width=320)
    wait(first)
    wait(second, text="Sveiki")
    words = second.inner_text("#place")
    assert words == "Prieš tave – 1 žmogus."
    second.reload()
    assert second.inner_text("#place") == words
    second.wait_for_load_state("load")
    second.context.set_offline(True)
    second.wait_for_selector("#down:visible", timeout=SOON)
    second.context.set_offline(False)
    second.wait_for_selector("#down", state="hidden", timeout=SOON)
    take(line)
    second.wait_for_selector("#place:has-text('tuoj tavo eilė')", timeout=SOON)
    first.wait_for_selector("#thread", timeout=SOON)


def test_letter_instead_takes_the_words_along(line, open_page):
    for js in (True, False):
        page = open_page(js=js)
        wait(page, text=f"Mokykloje sunku {js}")
        page.click("button[value=letter]")
        page.wait_for_url("**/pagalba/laiskas/")
        assert page.input_value("form[data-main] textarea:visible") == f"Mokykloje sunku {js}"
        assert cookies(page) == []
    assert set(Conversation.objects.values_list("state", flat=True)) == {"LETTER_INSTEAD"}


def test_child_decides_whether_a_colleague_goes_on(line, open_page):
    page = open_page(width=320)
    wait(page)
    conversation = take(line)
    page.wait_for_selector("#thread", timeout=SOON)
    by = line.actor("COUNSELLOR", clock.now())
    _, desk_key = keys_at_desk(conversation, by.vault)
    transfers.offer_transfer(
        by=by, conversation=conversation, desk_key=desk_key, card={"why": "pamaina baigėsi"}, at=clock.now()
    )
    page.wait_for_selector("#consent:visible", timeout=SOON)
    faultless(page)
    page.click("#consent button[value=no]")
    page.wait_for_selector("text=Nesutikai. Toliau kalbėsi su tuo pačiu žmogumi.", timeout=SOON)
    assert Conversation.objects.get().state == "ACTIVE"


def test_pictures_are_refused_with_the_reason(line, open_page):
    page = open_page()
    wait(page)
    take(line)
    page.wait_for_selector("#thread", timeout=SOON)
    page.wait_for_load_state("load")
    page.evaluate(
        """() => { const clip = new DataTransfer(); clip.items.add(new File(["x"], "x.png",
          { type: "image/png" }));
        const paste = new ClipboardEvent("paste", { clipboardData: clip, bubbles: true, cancelable: true });
        document.querySelector("#msg").dispatchEvent(paste); }"""
    )
    page.wait_for_selector("#no-pictures:visible")


def test_journey_without_scripts(line, open_page):
    page = open_page(js=False, width=320)
    wait(page)
    faultless(page, js=False)
    conversation = take(line)
    answer(line, conversation, "Labas, klausau tavęs.")
    page.goto(CHAT["lt"])
    assert "Labas, klausau tavęs." in page.inner_text("main")
    page.fill("form[data-main] textarea", "Pradėjau rašyti")
    answer(line, conversation, "Neskubėk.")
    with page.expect_navigation():
        page.click("button[value=look]")
    assert (
        "Neskubėk." in page.inner_text("main")
        and page.input_value("form[data-main] textarea") == "Pradėjau rašyti"
    )
    with page.expect_navigation():
        page.click("button[value=say]")
    assert page.is_hidden("form[data-main] textarea") and "Pradėjau rašyti" in page.inner_text("#thread")
    answer(line, conversation, "Ačiū, kad pasakei.")
    page.wait_for_selector("text=Ačiū, kad pasakei.", timeout=15_000)  # the page loads itself again
    assert page.is_visible("form[data-main] textarea")
    faultless(page, js=False)
    with page.expect_navigation():
        page.click("button[value=words]")
    words = page.get_attribute("[data-receipt]", "data-copy-text")
    page.goto(CHAT["lt"])
    page.click("details.ending summary")
    with page.expect_navigation():
        page.click("button[value=end]")
    page.check("input[name=mood][value=MOOD_4]", force=True)
    page.check("input[name=FQ_HELPED][value=YES]", force=True)
    with page.expect_navigation():
        page.click("form[data-main] button")
    assert Feedback.objects.get().answers == {"FQ_HELPED": "YES"}
    with page.expect_navigation():
        page.click("button[value=leave]")
    assert cookies(page) == []
    page.goto(RETURN["lt"])
    page.fill("form[data-main] textarea", words)
    with page.expect_navigation():
        page.click("form[data-main] button")
    assert "Ačiū, kad pasakei." in page.inner_text("main")
    faultless(page, js=False)


def test_a_number_in_a_message_is_asked_about_once_and_then_goes(line, open_page):
    page = open_page(width=320)
    wait(page)
    take(line)
    page.wait_for_selector("#thread", timeout=SOON)
    page.fill("#msg", "Paskambink man 861234567")
    page.click("#composer button[value=say]")
    page.wait_for_selector("#say-hint [data-hint=number]:visible", timeout=SOON)
    assert (
        page.input_value("#msg") == "Paskambink man 861234567"
        and page.locator("#say-hint [data-hint=name]").is_hidden()
    )
    faultless(page)
    page.click("#composer button[value=say]")
    page.wait_for_selector("#thread >> text=861234567", timeout=SOON)
    assert page.locator("#say-hint").is_hidden() and page.input_value("#msg") == ""


@pytest.mark.parametrize("how", ["button", "escape", "link"])
def test_leaving_quickly_shows_nothing_of_it_any_more(line, open_page, settings, site, how):
    settings.LEAVE_TO = f"{site}/robots.txt"
    page = open_page(js=how != "link")
    wait(page)
    take(line)
    if how == "link":
        page.goto(CHAT["lt"])
    page.wait_for_selector("#thread", timeout=SOON)
    if how == "escape":
        for _ in range(3):
            page.keyboard.press("Escape")
    else:
        page.click("a[data-leave]", no_wait_after=True)
    page.wait_for_url("**/robots.txt")
    end = time.monotonic() + SOON / 1000  # nobody waits for the server: the beacon comes after the page
    while cookies(page) and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert cookies(page) == []
    stored = Conversation.objects.get()
    assert (stored.state, stored.ended_by) == ("ENDED", "END_QUICK_EXIT")
    page.go_back()
    page.wait_for_load_state()
    shown = page.content()
    assert "Labas, ar galiu paklausti?" not in shown and "thread" not in shown


def test_leaving_is_over_before_one_notices(line, open_page, client, settings, site):
    """The page is gone at once; what the server does is measured without a bound in time: it takes few
    statements and no key derivation.
    """
    page = open_page()
    wait(page)
    take(line)
    page.wait_for_selector("#thread", timeout=SOON)
    client.cookies[COOKIE] = next(
        cookie["value"] for cookie in page.context.cookies() if cookie["name"] == COOKIE
    )
    settings.LEAVE_TO = f"{site}/robots.txt"
    asked = []
    with connection.execute_wrapper(
        lambda run, sql, params, many, context: (asked.append(sql), run(sql, params, many, context))[1]
    ):
        began = time.monotonic()
        client.get("/leave/")
        spent = time.monotonic() - began
    assert Conversation.objects.get().ended_by == "END_QUICK_EXIT"
    assert len(asked) <= 25, f"{len(asked)} statements, {spent * 1000:.0f} ms"
    assert not re.search(r"argon|pg_sleep", " ".join(asked))
