"""A learner on a phone from the catalogue to the certificate, with a tutor at the desk beside; with and
without scripts. A contact of an organisation who invites colleagues; an editor who takes something back."""

import os
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from factories.courses import AT, both, cohort, drafted, member, published
from factories.members import acts_for, joined
from factories.people import make_organisation

from flows.browser import axe, overflow
from flows.hotline import sign_in
from flows.keys import Keys
from sauga.kernel.members.signin import cookies
from sauga.training.courses.actions import drafts
from sauga.training.learning.models import Attempt, Enrolment, StaffInvitation, TextDraft
from sauga.training.states import EnrolmentState
from tests.centre import Centre

PICTURES = os.environ.get("TEST_PICTURES", "")
pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULE = {
    "all": [
        {"done": "read"},
        {"done": "film"},
        {"score": "quiz", "at_least": 70},
        {"done": "talk"},
        {"done": "task"},
        {"done": "session"},
    ]
}
SAID = "Pas mus padėjo paprasta taisyklė: pirmiausia išklausau."
WORK = "Susitinku su paaugliais bibliotekoje ir kartu aptariame trumpą filmą."
_taken: list[str] = []


def sound(page: Any, *, js: bool = True) -> None:
    """No fault that axe finds, nothing wider than the window."""
    assert not js or (page.url, axe(page)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, 0)
    if PICTURES:
        name = "-".join(page.url.partition("?")[0].rstrip("/").rsplit("/", 2)[-2:])[:40]
        _taken.append(name)
        width = page.viewport_size["width"]
        page.screenshot(path=f"{PICTURES}/course-{len(_taken):02}-{name}-{width}.png", full_page=True)


def signed_in(open_page: Any, secret: str, **form: Any) -> Any:
    """A page of a member."""
    page = open_page(**form)
    page.context.add_cookies([{"name": cookies.session_name(), "value": secret, "url": page.site}])
    return page


def press(page: Any, name: str) -> None:
    """Press a button and wait for the page after it."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def save(page: Any) -> None:
    """Send the form of a page at the desk."""
    with page.expect_navigation():
        page.locator("form[data-main] button[data-key=s]").click()


@pytest.mark.parametrize(("width", "js", "language"), [(320, True, "lt"), (1280, False, "en")])
def test_from_the_catalogue_to_the_certificate(
    centre: Centre, open_page: Any, width: int, js: bool, language: str
):
    words = WORDS[language]
    cohort(centre, published(centre, rule=RULE))
    _by, secret = member()
    learner = signed_in(open_page, secret, width=width, js=js, language=language)
    learner.goto("/lt/mokymai/" if language == "lt" else "/en/training/")
    sound(learner, js=js)
    learner.get_by_role("link", name=re.compile("Small course")).first.click()
    learner.wait_for_url("**/small/")
    sound(learner, js=js)
    learner.get_by_role("link", name=words["enrol"]).first.click()
    learner.locator("[name=role][value=teacher]").check()
    sound(learner, js=js)
    press(learner, words["enrol"])
    row = Enrolment.objects.get()
    assert row.state == EnrolmentState.ACTIVE and row.ref in learner.url
    sound(learner, js=js)
    base = learner.url.partition("?")[0]

    learns_alone(learner, words, js=js)
    tutor = open_page(width=1280, language="lt")
    sign_in(tutor, centre, "TUTOR")
    meets_the_tutor(learner, tutor, words, row, js=js)

    # the certificate
    assert Enrolment.objects.get().state == EnrolmentState.CERTIFIED
    learner.goto(base)
    sound(learner, js=js)
    number = Enrolment.objects.get().certificate
    assert number in learner.inner_text("#certificate")
    learner.goto(urlsplit(learner.get_attribute("#certificate a.button", "href")).path)
    assert "Mokytoja Pavyzdė0" in learner.inner_text("main")
    learner.goto("/lt/mano/kursai/" if language == "lt" else "/en/my/courses/")
    sound(learner, js=js)
    assert learner.locator("a[href$='.pdf']").count() == 1


def learns_alone(learner: Any, words: dict[str, str], *, js: bool) -> None:
    """Reads, watches the film, answers its question and the quiz."""
    learner.get_by_role("link", name=words["begin"], exact=True).first.click()
    learner.wait_for_load_state()
    sound(learner, js=js)
    press(learner, words["done"])
    assert "/film/" in learner.url
    for box in learner.locator("#questions [name=q_five]").all()[:1]:
        box.check()
    press(learner, words["check"])
    sound(learner, js=js)
    press(learner, words["done"])
    assert "/quiz/" in learner.url
    keys = Keys(learner)
    keys.enter(words["quiz"], most=3)  # from the note that the last step is done
    answer_quiz(keys)
    if js:
        learner.locator("[data-saved]", has_text="Išsaugota").wait_for()
        assert Attempt.objects.get().answers["one"] == [0]
    sound(learner, js=js)
    keys.enter()
    learner.wait_for_url("**#result")
    assert keys.faults == []
    assert "100" in learner.inner_text("#result")
    sound(learner, js=js)


def meets_the_tutor(learner: Any, tutor: Any, words: dict[str, str], row: Enrolment, *, js: bool) -> None:
    """Discussion, work handed in and graded, a session confirmed: each sees what the other wrote."""
    learner.goto(learner.url.replace("/quiz/", "/talk/").partition("#")[0])
    draft_survives(learner, SAID, words, js=js)
    press(learner, words["write"])
    sound(learner, js=js)
    tutor.goto(f"/desk/training/cohorts/{row.cohort.ref}/discussion/talk/1/")
    assert SAID in tutor.inner_text("main")
    tutor.fill("[name=text]", "Ačiū, kad pasidalijote.")
    sound(tutor)
    save(tutor)
    learner.reload()
    assert "Ačiū, kad pasidalijote." in learner.inner_text("#thread")
    learner.goto(learner.url.partition("?")[0].replace("/talk/", "/task/"))
    sound(learner, js=js)
    draft_survives(learner, WORK, words, js=js)
    press(learner, words["hand-in"])
    assert not TextDraft.objects.exists()
    sound(learner, js=js)
    tutor.goto(f"/desk/training/cohorts/{row.cohort.ref}/")
    sound(tutor)
    tutor.locator("a[href*='/submissions/']").first.click()
    tutor.wait_for_url("**/submissions/**")
    assert WORK in tutor.inner_text("main")
    tutor.locator("[name=c_clear][value='2']").check()
    tutor.fill("[name=comment]", "Aiškus planas.")
    sound(tutor)
    save(tutor)
    learner.reload()
    assert "Aiškus planas." in learner.inner_text("main") and "100" in learner.inner_text("main")
    assert Enrolment.objects.get().state == EnrolmentState.ACTIVE
    tutor.goto(f"/desk/training/learners/{row.ref}/")
    sound(tutor)
    tutor.locator("details:has(form[action$='/confirm/']) summary").click()
    tutor.locator("form[action$='/confirm/'] [name=activity]").select_option("session")
    tutor.locator("form[action$='/confirm/'] [name=reason]").fill("Užsiėmimas vyko, dalyvavau.")
    with tutor.expect_navigation():
        tutor.locator("form[action$='/confirm/'] button").click()


def draft_survives(learner: Any, text: str, words: dict[str, str], *, js: bool) -> None:
    """What is typed is there again after leaving the page: saved by itself, or by the button."""
    learner.fill("[name=text]", text)
    if js:
        learner.get_by_text(re.compile(r"^Juodraštis įrašytas \d\d:\d\d\.$")).wait_for()
    else:
        press(learner, words["draft"])
    learner.goto(learner.url.partition("?")[0])
    assert learner.input_value("[name=text]") == text
    sound(learner, js=js)


def answer_quiz(keys: Keys) -> None:
    """The right answers by keyboard; questions come in an order of their own."""
    while (stop := keys.press("Tab")).kind != "submit":
        if stop.field.startswith("q_three"):
            keys.press(*["ArrowDown"] * (int(stop.field[-1]) + 1))
        elif stop.field.startswith("q_"):
            keys.answer({"q_one": ["0"], "q_two": ["0", "1"]}.get(stop.field, [stop.field[-1]]))


WORDS = {
    "en": {
        "enrol": "Enrol",
        "begin": "Begin",
        "done": "I am done, go on",
        "check": "Check my answers",
        "quiz": "Begin the quiz",
        "send": "Send my answers",
        "write": "Write to the group",
        "draft": "Save as draft",
        "hand-in": "Hand in",
    },
    "lt": {
        "enrol": "Užsirašyti",
        "begin": "Pradėti",
        "done": "Baigiau, toliau",
        "check": "Tikrinti atsakymus",
        "quiz": "Pradėti testą",
        "send": "Siųsti atsakymus",
        "write": "Rašyti grupei",
        "draft": "Įrašyti juodraštį",
        "hand-in": "Pateikti",
    },
}


@pytest.mark.parametrize(("width", "js"), [(320, True), (1280, False)])
def test_a_contact_invites_colleagues_by_a_list(centre: Centre, open_page: Any, width: int, js: bool):
    cohort(centre)
    school = make_organisation("MOKYKLA-X", AT)
    head, secret = joined("vadove@mokykla.example", "Vadovė Pavyzdė", AT)
    acts_for(head, school, AT)
    page = signed_in(open_page, secret, width=width, js=js, language="lt")
    page.goto(f"/lt/mano/kursai/organizacija/{school.code}/")
    sound(page, js=js)
    page.get_by_role("link", name=re.compile("Pakviesti el. paštu")).click()
    page.wait_for_load_state()
    page.fill("[name=people]", "Ona Onaitė <ona@mokykla.example>\nPetras be adreso\nona@mokykla.example")
    sound(page, js=js)
    press(page, "Tikrinti sąrašą")
    assert page.locator("[data-report] .refused").count() == 1
    sound(page, js=js)
    page.fill("[name=people]", "ona@mokykla.example\njonas@mokykla.example")
    press(page, "Tikrinti sąrašą")
    assert StaffInvitation.objects.count() == 0
    sound(page, js=js)
    press(page, "Siųsti 2 kvietimus")
    assert StaffInvitation.objects.count() == 2 and "done=invited" in page.url
    sound(page, js=js)


def test_an_editor_moves_a_part_takes_it_out_and_puts_it_back_with_the_keyboard(
    centre: Centre, open_page: Any
):
    version = drafted(centre)
    editor = centre.actor("COURSE_EDITOR")
    drafts.save_module(by=editor, version=version, module=None, title=both("Second"), at=AT)
    page = open_page(language="lt")
    sign_in(page, centre, "COURSE_EDITOR")
    page.goto(f"/desk/training/courses/{version.ref}/")
    sound(page)

    # the last activity of a module goes into the next one; the focus stays on its arrow
    keys, session = Keys(page), version.activities.get(code="session")
    keys.skip()
    keys.enter("^Žemyn: Session lt", most=40)
    assert page.inner_text(".toast") == "Perkelta: „Session lt“ dabar 1 iš 1 modulyje „Second lt“."
    keys.wait_for("Žemyn: Session lt")
    session.refresh_from_db()
    assert str(session.module) == "Second lt"
    keys.enter()
    assert page.inner_text(".toast").startswith("Lieka savo vietoje")
    keys.wait_for("Žemyn: Session lt")
    keys.enter("^Aukštyn: Session lt", back=True, most=1)
    keys.wait_for("Aukštyn: Session lt")
    session.refresh_from_db()
    assert str(session.module) == "First lt"

    # what is taken out comes back at once, or later from the list
    keys.enter("^Išimti: Talk lt", back=True, most=12)
    assert not version.activities.filter(code="talk").exists()
    keys.wait_for("Išimta")
    sound(page)
    keys.enter("^Atšaukti", most=1)
    keys.wait_for("Talk lt")
    keys.enter("^Išimti: Talk lt", most=3)
    with page.expect_navigation():
        page.locator("#removed button").press("Enter")
    assert version.activities.filter(code="talk").exists()
    assert keys.faults == []
