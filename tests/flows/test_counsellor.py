"""The counsellor's desk in a browser: by keys, live, the record in few presses, without a script, narrow, and
no fault for axe.
"""

import os

import pytest

from flows.browser import axe, overflow
from flows.hotline import sign_in
from sauga.helpline.chat.actions import conversation_events
from sauga.helpline.chat.actions import conversations as life
from sauga.helpline.chat.models import Message, Whisper
from sauga.helpline.line.actions import texts
from sauga.helpline.records.models import Record
from sauga.helpline.safeguarding.models import Concern
from sauga.kernel import clock
from sauga.kernel.identity.models import Person
from tests.factories.line import on_duty, open_line
from tests.factories.talks import CHILD, active, nonce, queued
from tests.helpline.contacts import ended_chat
from tests.repetition import in_forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = "/desk/helpline/"
PICTURES = os.environ.get("TEST_PICTURES", "")


def faultless(page, *, js=True):
    assert not js or (page.url, axe(page)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, 0)


def pictured(page, name):
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}-{page.viewport_size['width']}.png", full_page=True)


def entered(open_page, centre, role="COUNSELLOR", *, language="lt", **options):
    Person.objects.filter(pk=centre.people[role].pk).update(language=language)
    texts.load_texts(clock.now())
    page = open_page(language=language, **options)
    sign_in(page, centre, role)
    return page


def child_says(talk, words):
    conversation_events.send_message(
        by=CHILD, conversation=talk.fresh(), key=talk.key, text=words, nonce=nonce(), at=clock.now()
    )


def chatted(centre):
    """A conversation with words of both sides and a note, and one that waits for its record."""
    talk, by = active(centre, clock.now(), text="labas. nežinau nuo ko pradėt"), centre.actor("COUNSELLOR")
    on_duty(centre.people["COUNSELLOR"], clock.now(), capacity=2)
    say = {"by": by, "key": talk.key, "at": clock.now()}
    conversation_events.send_message(
        conversation=talk.fresh(),
        text="Labas. Gerai, kad parašei. Gali pradėti nuo bet ko.",
        nonce=nonce(),
        **say,
    )
    child_says(talk, "klasėj visi juokiasi ir rašo grupėj. bijau eit į mokyklą")
    note = {"desk_key": talk.desk_key(by), "text": "Pasitarti dėl mokyklos psichologo.", "at": clock.now()}
    conversation_events.whisper(by=by, conversation=talk.fresh(), **note)
    ended_chat(centre, at=clock.now(), age_band="AGE_10_11")
    return talk


@in_forms(
    "width language dark", (320, "lt", True), (1280, "lt", False), (1280, "en", True), (320, "en", False)
)
def test_pages_are_faultless_empty_and_full(centre, open_page, width, language, dark):
    page = entered(open_page, centre, width=width, language=language, dark=dark)
    page.goto(DESK)
    faultless(page)
    pictured(page, f"desk-begin-{language}")
    page.goto(f"{DESK}records/")
    faultless(page)
    talk = chatted(centre)
    queued(centre, clock.now(), band="HIGH", open_first=False)
    page.goto(DESK)
    page.click("form[action$='/next/'] button")
    page.wait_for_selector("[data-state=OFFERED]")
    faultless(page)
    pictured(page, f"desk-offer-{language}")
    page.goto(f"{DESK}chat/{talk.conversation.ref}/")
    faultless(page)
    pictured(page, f"talk-{language}")
    page.click(".coder details.tool:has(form[action$='/hand-over/']) summary")
    faultless(page)
    page.click("[data-f8]")
    page.wait_for_selector(".risk.high")
    faultless(page)
    page.fill("[data-composer] textarea", "/š" if language == "lt" else "/b")
    page.wait_for_selector("#canned [aria-selected=true]")
    faultless(page)
    pictured(page, f"talk-risk-{language}")
    page.goto(f"{DESK}records/")
    faultless(page)
    pictured(page, f"mine-{language}")


@in_forms("width language", (320, "lt"), (1280, "lt"), (320, "en"), (1280, "en"))
def test_texts_are_faultless(centre, open_page, width, language):
    page = entered(open_page, centre, "SERVICE_ADMINISTRATOR", width=width, language=language)
    for address in ("", "canned/HELLO/lt/", "cards/POLICE/", "canned/add/", "cards/add/"):
        page.goto(f"{DESK}texts/{address}")
        faultless(page)
    page.goto(f"{DESK}texts/")
    pictured(page, f"texts-{language}")


def test_from_the_queue_to_the_record_by_keys(centre, page):
    texts.load_texts(clock.now())
    sign_in(page, centre, "COUNSELLOR")
    talk = queued(centre, clock.now(), text="labas, ar čia kas nors yra")
    page.goto(DESK)
    page.keyboard.press("n")
    page.wait_for_selector("[data-state=OFFERED]")
    page.keyboard.press("a")
    page.wait_for_selector("[data-composer]")
    assert "ar čia kas nors yra" in page.inner_text("#thread")
    page.click("[data-composer] textarea")
    page.keyboard.type("/labas")
    page.wait_for_selector("#canned [aria-selected=true]")
    page.keyboard.press("Enter")
    assert page.input_value("[data-composer] textarea").startswith("Labas. Gerai, kad parašei.")
    assert Message.objects.filter(author="COUNSELLOR").count() == 0
    page.keyboard.press("Enter")
    page.wait_for_selector(".message.ours")
    assert page.input_value("[data-composer] textarea") == ""
    child_says(talk, "manęs klasėj nekviečia")
    page.wait_for_selector("text=manęs klasėj nekviečia")
    page.keyboard.press("F8")
    page.wait_for_selector(".risk.high")
    page.keyboard.press("F8")
    page.wait_for_selector(".escalated")
    assert Concern.objects.get().state == "CONSULT"
    page.keyboard.press("Control+e")
    page.wait_for_selector("dialog[open] button[type=submit], details.end-box[open] button[type=submit]")
    page.click("dialog[open] button[type=submit], details.end-box[open] button[type=submit]")
    page.wait_for_selector("[data-record]")
    assert talk.state == "ENDED"


class Counted:
    """A keyboard that counts what is pressed."""

    def __init__(self, page):
        self.page, self.presses = page, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def type(self, text):
        self.press(*text)


def test_a_record_takes_at_most_25_key_presses(centre, page):
    sign_in(page, centre, "COUNSELLOR")
    talk = active(centre, clock.now())
    life.end_conversation(
        by=centre.actor("COUNSELLOR"), conversation=talk.fresh(), how="END_COUNSELLOR", at=clock.now()
    )
    page.goto(f"{DESK}chat/{talk.conversation.ref}/#record")
    page.wait_for_selector("#id_age_year:focus")
    keys = Counted(page)
    keys.type("13")
    keys.press("Tab", "Tab", "Space")  # past the age group to the gender: the first choice
    keys.press("Tab", "Tab", "Tab")  # risk and the folded question are as they are; to the topic
    keys.type("kib")
    keys.press("Enter")
    keys.press("Tab", "Tab", "Tab")  # internet was answered by the topic; to the category
    assert page.evaluate("document.activeElement.id") == "id_insafe-search"
    assert page.input_value("#id_insafe-search") == "Patyčios kibernetinėje erdvėje"
    keys.press("Tab", "Tab", "s")  # where online
    keys.press("Tab", "Tab", "Tab")
    assert page.evaluate("document.activeElement.id") == "id_actions-search"
    keys.type("em")
    keys.press("Enter", "Control+s")
    page.wait_for_selector("text=Aprašas įrašytas")
    record = Record.objects.get()
    assert (record.age_year, record.topic, record.internet, record.insafe) == (
        13,
        "VIO_CYBERBULLYING",
        "YES",
        "INS_CYBERBULLYING",
    )
    assert (
        record.place == "PLACE_SOCIAL_MEDIA" and record.actions == ["ACT_LISTENED"] and record.gender == "BOY"
    )
    assert keys.presses <= 25
    assert talk.state == "CLOSED"


def test_words_that_could_not_be_sent_stay(centre, page):
    texts.load_texts(clock.now())
    sign_in(page, centre, "COUNSELLOR")
    talk = active(centre, clock.now())
    page.goto(f"{DESK}chat/{talk.conversation.ref}/")
    page.route("**/say/", lambda route: route.abort())
    page.fill("[data-composer] textarea", "Labai svarbūs žodžiai")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-say-trouble]:not([hidden])")
    assert page.input_value("[data-composer] textarea") == "Labai svarbūs žodžiai"
    page.unroute("**/say/")
    page.keyboard.press("Enter")
    page.wait_for_selector(".message.ours")
    assert Message.objects.filter(author="COUNSELLOR").count() == 1
    page.faults.clear()  # the cut line is said by the browser


@pytest.mark.parametrize("js", [True, False])
def test_a_private_note_reaches_the_child_by_no_label_tab_or_enter(centre, open_page, js):
    page = entered(open_page, centre, language="en", js=js)
    talk = chatted(centre)
    page.goto(f"{DESK}chat/{talk.conversation.ref}/{'?write=1' if not js else ''}")
    said = Message.objects.count()
    page.click("summary:has-text('Private note')")
    page.click("label:text-is('Private note')")
    page.keyboard.type("for colleagues only")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    assert (
        page.input_value(".private-note textarea").startswith("for colleagues only\n")
        and page.input_value("[data-composer] textarea") == ""
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert (
        page.evaluate("document.activeElement.textContent.trim()")
        == "Save the private note – the child does not see it"
    )
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "for colleagues only" in page.inner_text("#thread .whisper >> nth=-1")
    assert Message.objects.count() == said and Whisper.objects.count() == 2


def test_when_the_child_leaves_the_record_comes_up(centre, page):
    sign_in(page, centre, "COUNSELLOR")
    talk = active(centre, clock.now())
    page.goto(f"{DESK}chat/{talk.conversation.ref}/")
    page.wait_for_selector("[data-composer]")
    life.end_conversation(by=CHILD, conversation=talk.fresh(), how="END_CHILD", at=clock.now())
    page.wait_for_selector("[data-record]")
    assert page.query_selector("[data-composer]") is None


@in_forms("width", (320,), (1280,))
def test_everything_works_without_a_script(centre, open_page, width):
    page = entered(open_page, centre, js=False, width=width)
    open_line(centre, clock.now())
    talk = queued(centre, clock.now(), open_first=False)
    page.goto(DESK)
    with page.expect_navigation():
        page.click("form[action$='/next/'] button")
    with page.expect_navigation():
        page.click("form[action$='/accept/'] button")
    faultless(page, js=False)
    page.goto(f"{DESK}chat/{talk.conversation.ref}/?write=1&canned=LISTENING#say")
    assert page.input_value("[data-composer] textarea").startswith("Skaitau atidžiai")
    with page.expect_navigation():
        page.click("[data-composer] button[type=submit]")
    assert "Skaitau atidžiai" in page.inner_text("#thread")
    with page.expect_navigation():
        page.click(".risk-acts button[data-f8]")
    assert "Ar dabar esi ten, kur saugu?" in page.inner_text("#risk")
    page.click("details.end-box summary")
    with page.expect_navigation():
        page.click("details.end-box button[type=submit]")
    assert talk.state == "ENDED"
    page.fill("[name=age_year]", "13")
    page.check("[name=gender][value=GIRL]")
    page.select_option("[name=topic]", "VIO_CYBERBULLYING")
    page.check("[name=internet][value=YES]")
    page.select_option("[name=actions]", "ACT_LISTENED")
    with page.expect_navigation():
        page.click("[data-save]")
    faultless(page, js=False)
    page.select_option("[name=insafe]", "INS_CYBERBULLYING")
    page.select_option("[name=place]", "PLACE_GAMING")
    with page.expect_navigation():
        page.click("[data-save]")
    assert Record.objects.get().place == "PLACE_GAMING" and talk.state == "CLOSED"
