"""Quality reviews in a browser: with and without JavaScript, narrow and wide, in both languages,
no fault for axe.
"""

import os

import pytest

from flows.browser import axe, overflow
from flows.hotline import sign_in
from sauga.helpline.chat.models import Conversation
from sauga.helpline.quality import actions as quality
from sauga.helpline.quality import queries
from sauga.helpline.quality.models import Review
from sauga.kernel import clock
from sauga.kernel.identity.models import Person
from sauga.kernel.states import SystemActor
from tests.factories.talks import active, nonce
from tests.repetition import in_forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST, TOGETHER = "/desk/helpline/quality/", "/desk/helpline/quality/summary/"
PICTURES = os.environ.get("TEST_PICTURES", "")
WORDS = (
    "Labas, aš Gabija iš Kauno. Klasėje iš manęs šaiposi, o draugė nebekalba su manim. Nežinau, ką "
    "jai pasakyti."
)


def reviewed(centre, number=1):
    """Conversations that are over and drawn."""
    from sauga.helpline.chat.actions import conversation_events

    at, made = clock.now(), []
    for _ in range(number):
        talk = active(centre, at, text=WORDS)
        by = centre.actor("COUNSELLOR", at)
        conversation_events.send_message(
            by=by,
            conversation=talk.fresh(),
            key=talk.key,
            text="Labas. Gerai, kad parašei.",
            nonce=nonce(),
            at=at,
        )
        Conversation.objects.filter(pk=talk.conversation.pk).update(
            state="CLOSED", closed_at=at, band="IMMEDIATE"
        )
        made.append(talk.conversation)
    quality.draw_reviews(by=SystemActor("queue"), at=at)
    return list(Review.objects.order_by("pk"))


def entered(open_page, centre, role, *, language="lt", **options):
    Person.objects.filter(pk=centre.people[role].pk).update(language=language)
    page = open_page(language=language, **options)
    sign_in(page, centre, role)
    return page


def faultless(page, name="", *, js=True):
    assert not js or (page.url, axe(page)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, 0)
    if PICTURES and name:
        page.screenshot(path=f"{PICTURES}/{name}-{page.viewport_size['width']}.png", full_page=True)


@in_forms(
    "width language dark", (320, "lt", True), (1280, "lt", False), (1280, "en", True), (320, "en", False)
)
def test_every_page_is_faultless(centre, open_page, width, language, dark):
    page = entered(open_page, centre, "SHIFT_LEAD", width=width, language=language, dark=dark)
    for address in (LIST, f"{LIST}?view=critical", f"{LIST}?view=done", TOGETHER):
        page.goto(address)
        faultless(page, f"quality-empty-{language}")
    for found in reviewed(centre, 6)[:5]:
        by = centre.actor("SHIFT_LEAD")
        quality.begin_review(by=by, review=found, at=clock.now())
        scores = {item.code: "QA_2" for item in queries.items("CHAT", clock.now())} | {
            "QA_SAFETY": "QA_0",
            "QA_PARAPHRASE": "QA_1",
        }
        quality.score_review(by=by, review=found, scores=scores, remark="Ramiai ir šiltai.", at=clock.now())
    for address, name in (
        (LIST, "list"),
        (f"{LIST}?view=critical", "critical"),
        (TOGETHER, "together"),
        (f"{LIST}{found.ref}/", "mine"),
    ):
        page.goto(address)
        faultless(page, f"quality-{name}-{language}")
    waiting = Review.objects.get(done_at=None)
    page.goto(f"{LIST}{waiting.ref}/")
    faultless(page, f"quality-waiting-{language}")


@pytest.mark.parametrize("js", [True, False])
def test_a_lead_scores_a_conversation(centre, open_page, js):
    [found] = reviewed(centre)
    page = entered(open_page, centre, "SHIFT_LEAD", js=js)
    page.goto(LIST)
    page.click(f"#review-{found.ref} a")
    page.wait_for_url(f"**/{found.ref}/")
    page.wait_for_load_state()
    if js:
        page.keyboard.press("p")
        page.wait_for_selector("form.rubric")
    else:
        with page.expect_navigation():
            page.click("form[data-main] button")
    assert "Kauno" not in page.content() and "šaiposi" in page.content()
    page.click("form.rubric .actions button")
    page.wait_for_selector(".rubric .error")
    faultless(page, "quality-errors", js=js)
    for item in queries.items("CHAT", clock.now()):
        page.check(f"input[name={item.code}][value={'QA_0' if item.code == 'QA_PLAN' else 'QA_2'}]")
    page.fill("textarea[name=remark]", "Kitą kartą kartu sudėti planą.")
    with page.expect_navigation():
        page.click("form.rubric .actions button")
    found.refresh_from_db()
    assert found.is_critical and found.done_at is not None
    faultless(page, "quality-scored", js=js)
