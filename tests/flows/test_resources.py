"""The resources’ pages in a real browser: both languages, narrow and wide, light and dark; a visitor without
scripts; an editor.
"""

from datetime import timedelta
from typing import Any

import pytest

from sauga.kernel import clock
from sauga.kernel.media import MediaFile
from sauga.kernel.media import actions as uploads
from sauga.kernel.states import SystemActor
from sauga.repository.catalogue.models import UseReport
from sauga.repository.resources.models import Resource
from tests.centre import Centre, published  # noqa: F401  a fixture
from tests.factories.resources import PDF
from tests.flows.browser import axe, browser, open_page, overflow, page, site  # noqa: F401  fixtures
from tests.flows.hotline import sign_in
from tests.repetition import IS_WHOLE, often

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAMPLE = ({"width": 320, "language": "lt"}, {"width": 1280, "language": "en", "dark": True})
OTHERS = (
    {"width": 1280, "language": "lt", "dark": True},
    {"width": 320, "language": "en", "dark": True},
    {"width": 1280, "language": "en"},
)
FORMS = (*SAMPLE, *(OTHERS if IS_WHOLE else ()))
PAGES = {
    "lt": (
        "istekliai/",
        "istekliai/?for=teachers&age=a10_13",
        "istekliai/?q=zzzz",
        "istekliai/patycios-pamoka/",
        "istekliai/patyciu-rinkinys/",
        "istekliai/sid-2027-plakatas/uzsakyti/",
        "istekliai/patycios-pamoka/panaudota/",
        "istekliai/rinkiniai/saugesnio-interneto-diena-2027/",
        "programuotojams/",
    ),
    "en": (
        "resources/",
        "resources/?topic=cyberbullying&type=video",
        "resources/cyberbullying-lesson/",
        "resources/bystander-video/",
        "resources/cyberbullying-lesson/used/",
        "resources/collections/safer-internet-day-2027/",
        "developers/",
    ),
}


PLAYED = """new Promise(done => {
    const film = document.querySelector("video");
    film.ontimeupdate = () => film.currentTime && done([film.duration, film.textTracks.length, ""]);
    film.onerror = () => done([0, 0, film.error.message]);
    film.muted = true;
    film.play().catch(error => done([0, 0, error.message]));
})"""
POSTER = """async () => {
    const picture = new Image();
    picture.src = document.querySelector("video").poster;
    await picture.decode();
    return picture.naturalWidth;
}"""


@pytest.fixture
def collection(transactional_db: Any, published: Centre) -> Centre:
    return published


@pytest.fixture
def covers(collection: Centre) -> int:
    """The covers of some resources, as the worker draws them."""
    files = MediaFile.objects.without_previews().order_by("pk").values_list("pk", flat=True)[: often(6, 20)]
    return sum(
        bool(uploads.draw_previews(by=SystemActor("media"), file_id=pk, at=clock.now())) for pk in files
    )


def test_covers_are_shown_and_a_film_plays(covers: int, open_page: Any):
    page = open_page(language="en")
    page.goto("/en/resources/")
    shown = page.locator("img.cover")
    assert covers and shown.count()
    shown.first.scroll_into_view_if_needed()
    assert shown.first.evaluate("one => one.decode().then(() => one.naturalWidth > 0)")
    page.goto("/en/resources/bystander-video/")
    duration, tracks, error = page.evaluate(PLAYED)
    assert error == "" and 55 < duration < 65 and tracks, "a film of a minute plays, with its captions"
    page.reload()
    assert page.evaluate(POSTER) > 0, "what is seen before it plays"


@pytest.mark.prove
def test_every_public_page_fits_and_is_accessible(collection: Centre, covers: int, open_page: Any):
    gone = {
        "lt": Resource.objects.get(state="withdrawn").slug_lt,
        "en": Resource.objects.get(state="retired").slug_en,
    }
    for form in FORMS:
        language = form["language"]
        page = open_page(**form)
        section = "istekliai" if language == "lt" else "resources"
        for place in (*PAGES[language], f"{section}/{gone[language]}/"):
            answer = page.goto(f"/{language}/{place}")
            assert answer.status in {200, 410}, place
            assert overflow(page) == 0, (place, form)
            assert axe(page) == [], (place, form)
        assert page.context.cookies() == []


def test_a_visitor_without_scripts_finds_filters_takes_and_tells(collection: Centre, open_page: Any):
    page = open_page(js=False, language="en")
    page.goto("/en/resources/")
    page.get_by_label("Teachers").first.check()
    page.get_by_role("button", name="Show results").click()
    page.wait_for_url("**for=teachers**")
    page.get_by_role("link", name="Lesson: when you see bullying in a chat").click()
    page.wait_for_url("**/cyberbullying-lesson/")
    with page.expect_download() as taken:
        page.locator("a[download]").first.click()
    assert taken.value.suggested_filename.endswith(".pdf")
    before = UseReport.objects.count()
    page.get_by_label("How many").fill("23")
    page.locator("form.tap button").click()
    page.wait_for_url("**/used/thanks/")
    assert UseReport.objects.count() == before + 1
    page.goto("/en/resources/cyberbullying-lesson/")
    page.get_by_role("link", name="Lietuvių").first.click()
    page.wait_for_url("**/lt/istekliai/**")
    assert page.locator("h1").inner_text().startswith("Pamoka")


ABOUT = {
    "title_lt": "Nauja pamoka",
    "title_en": "New lesson",
    "abstract_lt": "Trumpa.",
    "abstract_en": "Short.",
}


def test_an_editor_makes_a_resource_and_another_passes_it(collection: Centre, open_page: Any, tmp_path: Any):
    file = tmp_path / "planas.pdf"
    file.write_bytes(PDF)
    page = open_page()
    sign_in(page, collection, "EDITOR")
    page.goto("/desk/repository/")
    assert axe(page) == []
    page.keyboard.press("n")
    page.wait_for_url("**/new/")
    assert axe(page) == []
    page.locator("#id_type").select_option("lesson_plan")
    review_by = (clock.now() + timedelta(days=300)).date().isoformat()
    for onward, texts, codes in (
        ("readers", ABOUT, {"languages": "en"}),
        ("rights", {}, {"audiences": "teachers", "topics": "media_literacy"}),
        ("access", {"creators": "Centras | Centre"}, {}),
        ("text", {"review_by": review_by}, {}),
        ("files", {"body_lt": "# Tikslas\nKalbame ramiai."}, {}),
    ):
        for name, text in texts.items():
            page.locator(f"#id_{name}").fill(text)
        for name, code in codes.items():
            page.locator(f"input[name={name}][value={code}]").check()
        if onward == "access":
            page.locator("#id_licence").select_option("CC-BY-4.0")
        page.locator("form[data-main] button[data-key=s]").click()
        page.wait_for_url(f"**/edit/{onward}/")
    page.locator("#id_file").set_input_files(str(file))
    page.locator("#files details button").click()
    page.wait_for_url("**#files")
    assert "planas.pdf" in page.locator("#files tbody tr").inner_text()
    assert axe(page) == [] and overflow(page) == 0
    page.goto(page.url.partition("/edit/")[0] + "/")
    page.keyboard.press("s")
    page.wait_for_function("() => document.querySelector('[data-state]').innerText.includes('peržiūrima')")
    here = page.url
    other = open_page(width=320)
    sign_in(other, collection, "EDITOR_2")
    other.goto(here)
    assert overflow(other) == 0 and axe(other) == []
    other.keyboard.press("p")
    other.wait_for_url("**/review/")
    assert "Nauja pamoka" in other.frame_locator("iframe").locator("h1").inner_text(), (
        "the reviewer reads what is approved"
    )
    assert overflow(other) == 0 and axe(other) == []
    other.locator("summary[data-key=c]").click()
    other.locator("#do-changes-text").fill("Pridėkite trukmę.")
    other.locator("dialog[open] .actions button").first.click()
    other.wait_for_function("() => document.querySelector('[data-state]').innerText.includes('grąžinta')")
    assert Resource.objects.get(slug_lt="nauja-pamoka").remarks.get().text == "Pridėkite trukmę."
