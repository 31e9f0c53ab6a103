"""An editor's day in a browser: writing in the tool, asking somebody outside, publishing, the schedule; and
what the tool must not do.
"""

import os
import time
from datetime import timedelta

import pytest
from factories.pages import body, ready
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from flows.browser import axe, overflow
from flows.hotline import sign_in
from sauga.kernel import clock
from sauga.portal.actions import reviews
from sauga.portal.actions.pages import publish_page
from sauga.portal.models.articles import PlainPage
from sauga.portal.models.landing_pages import HomePage
from sauga.portal.models.reviews import ReviewRequest
from sauga.portal.queries.desk import token_of
from tests.centre import PASSWORD

PICTURES = os.environ.get("TEST_PICTURES", "")
pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft(centre, planted):
    home = HomePage.objects.get(depth=2, locale__language_code="lt")
    return ready(
        centre,
        home,
        "juodrastis",
        title="Juodraštis",
        summary="Dar neskelbta.",
        body=body("Pirma pastraipa."),
    )


def until(said):
    """Wait until the server has done it; the tool answers in its own time."""
    for _ in range(200):
        if said():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen")


def test_an_editor_writes_a_reviewer_answers_and_a_publisher_publishes(centre, draft, open_page, site):
    # The editor finds the tool in the rail, changes the title and saves; nothing goes to another host
    # (open_page watches).
    editor = open_page()
    sign_in(editor, centre, "EDITOR")
    editor.goto("/desk/cms/")
    editor.goto(f"/desk/cms/pages/{draft.pk}/edit/")
    editor.wait_for_selector("[data-contentpath='body'] [contenteditable=true]")
    editor.fill("[name=title]", "Perrašytas pavadinimas")
    with editor.expect_navigation():
        editor.keyboard.press("Control+s")
    until(lambda: PlainPage.objects.get(pk=draft.pk).draft_title == "Perrašytas pavadinimas")
    # Publishing is not hers: the tool does not offer it.
    assert editor.locator("button[name=action-publish]").count() == 0

    editor.goto(f"/desk/portal/reviews/ask/{draft.pk}/")
    editor.fill("[name=name]", "Ona")
    editor.fill("[name=email]", "ona@mokykla.example")
    editor.fill("[name=question]", "Ar aišku?")
    editor.click("form[data-main] button")
    editor.wait_for_url("**/desk/portal/reviews/")

    reviewer = open_page(width=320, js=False)
    asked = ReviewRequest.objects.get()
    reviewer.goto(f"/review/{token_of(asked)}/")
    assert "Perrašytas pavadinimas" in reviewer.inner_text("main")
    reviewer.check("[name=answer][value=approve]")
    reviewer.click("form[data-main] button")
    reviewer.wait_for_selector("[data-state]")
    assert reviewer.context.cookies() == []

    publisher = open_page()
    sign_in(publisher, centre, "PUBLISHER")
    publisher.goto(f"/desk/cms/pages/{draft.pk}/edit/")
    publisher.wait_for_selector("footer [data-controller~=w-dropdown] button")
    publisher.locator("footer [data-controller~=w-dropdown] > button").first.click()
    publisher.locator("button[name=action-publish]").click()
    until(lambda: PlainPage.objects.get(pk=draft.pk).live)
    visitor = open_page(js=False)
    visitor.goto("/lt/juodrastis/")
    assert visitor.inner_text("h1") == "Perrašytas pavadinimas"


def test_a_schedule_in_the_past_is_refused(centre, draft, client):
    from tests.factories.people import Hired
    from tests.factories.people import sign_in as enter

    person = centre.people["PUBLISHER"]
    enter(client, Hired(person, centre.totp["PUBLISHER"], "", PASSWORD))
    past = (clock.now() - timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    data = nested_form_data(
        {
            "title": "Tekstas",
            "summary": "Trumpai.",
            "slug": "juodrastis",
            "level": "adult",
            "review_by": (clock.now().date() + timedelta(days=90)).isoformat(),
            "go_live_at": past,
            "body": streamfield([("text", rich_text("<p>A</p>"))]),
            "sources": streamfield([]),
            "pinned": streamfield([]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
        }
    )
    answer = client.post(f"/desk/cms/pages/{draft.pk}/edit/", data)
    assert "Šis laikas jau praėjo" in answer.content.decode()


def test_the_link_of_a_review_is_no_account(centre, draft, client):
    asked = reviews.ask_review(
        by=centre.actor("EDITOR"),
        page=draft,
        name="Ona",
        email="o@m.example",
        language="en",
        question="",
        at=clock.now(),
    )
    client.get(f"/review/{token_of(asked)}/")
    assert client.get("/desk/cms/").status_code == 302


def test_the_preview_stands_at_the_width_of_each_device(centre, draft, open_page, site):
    # The eye shows the draft in a frame of our own; each size is chosen and the page fits it. Visitors are
    # shown nothing of the tool.
    editor = open_page()
    sign_in(editor, centre, "EDITOR")
    editor.goto(f"/desk/cms/pages/{draft.pk}/edit/")
    editor.wait_for_selector("[data-contentpath='body'] [contenteditable=true]")
    editor.locator("button[aria-label='Rodyti arba slėpti peržiūrą']").click()
    editor.wait_for_selector("iframe#w-preview-iframe")
    frame = editor.frame_locator("iframe#w-preview-iframe")
    frame.locator("h1").wait_for()
    assert frame.locator("h1").inner_text() == "Juodraštis"
    assert frame.locator("wagtail-userbar").count() == 0
    widths = []
    for size in ("mobile", "tablet", "desktop"):
        editor.locator(f"label:has(input[name=preview-size][value={size}])").click()
        frame.locator("h1").wait_for()
        inside = frame.locator("html")
        widths.append(inside.evaluate("e => window.innerWidth"))
        assert inside.evaluate("e => e.scrollWidth - window.innerWidth") <= 0
    assert widths[0] < widths[1] < widths[2]
    assert widths[0] <= 400


@pytest.mark.parametrize(("width", "js"), [(320, False), (1280, True)])
def test_a_translator_takes_a_file_and_brings_it_back(centre, draft, open_page, tmp_path, width, js):
    publish_page(by=centre.actor("PUBLISHER"), page=draft, at=clock.now())
    twin = PlainPage.objects.get(translation_key=draft.translation_key, locale__language_code="en")
    page = open_page(width=width, js=js)
    sign_in(page, centre, "EDITOR")
    page.goto(f"/desk/portal/translations/{twin.pk}/")
    assert (width, overflow(page)) == (width, 0)
    page.click("a[href$='/file/']")
    with page.expect_download() as download:
        page.click("a[href$='.xlf']")
    file = tmp_path / "texts.xlf"
    said = download.value.path().read_text(encoding="utf-8")
    assert "<target>A text</target>" in said and "Pirma pastraipa." in said
    file.write_text(
        said.replace("<target>A text</target>", "<target>A better text</target>"), encoding="utf-8"
    )
    page.set_input_files("[name=file]", file)
    page.click("form[data-main] button")
    page.wait_for_url(f"**/translations/{twin.pk}/")
    assert PlainPage.objects.get(pk=twin.pk).draft_title == "A better text"
    page.goto(f"/desk/portal/translations/{twin.pk}/file/")
    file.write_text(
        said.replace("<target>A text</target>", "<target>Another text</target>"), encoding="utf-8"
    )
    page.set_input_files("[name=file]", file)
    page.click("form[data-main] button")
    page.wait_for_selector("#refused")
    assert "A better text" in page.inner_text("#refused") and "Another text" in page.inner_text("#refused")
    assert (width, overflow(page)) == (width, 0)
    assert not js or (page.url, axe(page)) == (page.url, [])
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/translate-{width}.png", full_page=True)
