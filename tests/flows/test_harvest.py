"""An editor looks at what a neighbour offers, takes one record over and leaves another.

Narrow and wide, with and without scripts.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from sauga.repository.resources.models import Resource
from sauga.repository.syndication.models import HarvestSource
from sauga.world.internet import World
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.flows.browser import axe, browser, open_page, overflow, page, site  # noqa: F401  fixtures
from tests.flows.hotline import sign_in
from tests.repository.syndication.test_harvests import asked, proposal, source_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def harvested(source: HarvestSource) -> None:
    """The job's work, in a thread of its own: beside Playwright's loop nothing may block."""

    def work() -> None:
        asked(source)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()


def calm(page: Any) -> None:
    assert axe(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize(
    ("width", "dark", "js", "language"), [(320, False, True, "lt"), (1280, True, False, "en")]
)
def test_an_editor_takes_a_neighbours_lesson_over(
    transactional_db: Any,
    world: World,
    centre: Centre,
    open_page: Any,
    width: int,
    dark: bool,
    js: bool,
    language: str,
):
    source = source_of(centre)
    harvested(source)
    page = open_page(width=width, dark=dark, js=js, language=language)
    sign_in(page, centre, "EDITOR")
    page.goto("/desk/repository/harvest/sources/")
    calm(page) if js else None
    page.goto("/desk/repository/harvest/")
    assert page.locator("[data-row]").count() == 12
    calm(page) if js else None
    page.goto(f"/desk/repository/harvest/{proposal(7).ref}/")
    assert page.locator(".note.bad").is_visible() and page.locator("form[data-main]").count() == 0
    calm(page) if js else None
    page.locator("aside details summary").click()
    page.fill("#id_reason", "Ne atvira")
    page.locator("aside details form button").click()
    page.wait_for_selector("[data-state=refused]")
    page.goto(f"/desk/repository/harvest/{proposal(1).ref}/")
    page.locator("form[data-main] button.button").click()
    page.wait_for_url("**/resources/*/")
    assert Resource.objects.get().source.endswith("/items/1")
    world.library.change(1, title="Think twice before you share")
    harvested(source)
    page.goto(f"/desk/repository/harvest/{proposal(1).ref}/")
    calm(page) if js else None
