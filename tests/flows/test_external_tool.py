"""A learner opens an external tool from a course, with and without scripts, on a phone and on a desktop: the
tool is an independent implementation on another site of this machine, and its result completes the course."""

import os
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from factories.courses import cohort, enrolled
from factories.lti_tool import ExampleTool, course_with, given, registered, served

from flows.browser import axe, overflow
from flows.hotline import sign_in
from sauga.kernel.members.signin import cookies
from sauga.training.learning.models import ToolSubject
from sauga.training.states import EnrolmentState
from tests.centre import AT, Centre

pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TEST_PICTURES", "")
PATIENCE = 120_000
"""Milliseconds for each step, on a machine that has much else to do."""
_taken: list[str] = []


def sound(page: Any, *, js: bool = True) -> None:
    """No fault that axe finds, nothing wider than the window."""
    assert not js or (page.url, axe(page)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, 0)
    if PICTURES:
        _taken.append(page.url)
        width = page.viewport_size["width"]
        page.screenshot(path=f"{PICTURES}/tool-{len(_taken):02}-{width}.png", full_page=True)


@pytest.mark.parametrize(("width", "js", "language"), [(320, True, "lt"), (1280, False, "en")])
def test_from_the_button_to_the_result(
    centre: Centre, site: str, open_page: Any, width: int, js: bool, language: str
):
    held = settings.ENV
    settings.ENV = replace(held, base_url=site)
    try:
        _journey(centre, site, open_page, width, js, language)
    finally:
        settings.ENV = held


def _journey(centre: Centre, site: str, open_page: Any, width: int, js: bool, language: str) -> None:
    def made(host: str) -> ExampleTool:
        row = registered(centre.actor("PUBLISHER"), AT, host)
        return ExampleTool(row, site, through_client=False)

    with served(made, score=90) as host:
        tool = _tool()
        _by, row, secret = enrolled(cohort(centre, course_with(centre, tool)))
        page = open_page(width=width, js=js, language=language)
        page.context.set_default_timeout(PATIENCE)
        page.context.add_cookies([{"name": cookies.session_name(), "value": secret, "url": page.site}])
        base = "/lt/mano/kursai" if language == "lt" else "/en/my/courses"
        part = f"{base}/{row.ref}/{'dalis' if language == 'lt' else 'part'}/lab/"
        page.goto(part)
        sound(page, js=js)
        with page.context.expect_page() as opened:
            page.locator("form[target=_blank] button").click()
        window = opened.value
        if not js:
            window.wait_for_selector("form[data-onward]")
            sound(window, js=False)
            window.locator("form[data-onward] button").click()
        window.wait_for_selector("#who")
        assert window.url == f"{host}/launch"
        who = window.inner_text("#who")
        assert ToolSubject.objects.get().code in who and "Mokytoja" not in who
        window.locator("button").click()
        window.wait_for_selector("#done")
        window.close()
        page.goto(part)
        assert "90" in page.inner_text("main")
        sound(page, js=js)
        row.refresh_from_db()
        assert row.state == EnrolmentState.CERTIFIED
    _looked_at_the_desk(centre, open_page, tool.ref, width, language)


def _tool() -> Any:
    from sauga.training.tools.models import Tool

    return Tool.objects.get()


def _looked_at_the_desk(centre: Centre, open_page: Any, ref: str, width: int, language: str) -> None:
    """Whoever keeps tools sees what happened."""
    desk = open_page(width=width, language=language)
    desk.context.set_default_timeout(PATIENCE)
    sign_in(desk, centre, "PUBLISHER")
    for path in ("", f"{ref}/", f"{ref}/edit/", "new/"):
        desk.goto(f"/desk/training/tools/{path}")
        sound(desk)
    desk.goto(f"/desk/training/tools/{ref}/")
    assert desk.locator("#log tbody tr").count() == 4
    assert given().name in desk.inner_text("main")
