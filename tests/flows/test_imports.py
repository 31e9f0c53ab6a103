"""An editor brings a file of records: reads the report, brings it in, takes it back.

Narrow and wide, with and without scripts.
"""

from pathlib import Path
from typing import Any

import pytest

from sauga.repository.resources.models import Resource
from sauga.repository.syndication import tasks
from sauga.repository.syndication.models import ImportRun
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.flows.browser import axe, browser, open_page, overflow, page, site  # noqa: F401  fixtures
from tests.flows.hotline import sign_in
from tests.repository.syndication.test_imports import lines

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def calm(page: Any) -> None:
    assert axe(page) == []
    assert overflow(page) == 0


def work() -> None:
    """What the worker does meanwhile."""
    tasks.import_run(ImportRun.objects.latest("pk").pk)


@pytest.mark.parametrize(
    ("width", "dark", "js", "language"), [(320, True, True, "lt"), (1280, False, False, "en")]
)
def test_an_editor_brings_a_file(
    transactional_db: Any,
    centre: Centre,
    open_page: Any,
    tmp_path: Path,
    width: int,
    dark: bool,
    js: bool,
    language: str,
):
    file = tmp_path / "sarasas.csv"
    file.write_text(lines(3) + "A-9;postr;=2+2;;CC-BY-4.0;zaidimai;99;46508;\n", encoding="utf-8")
    page = open_page(width=width, dark=dark, js=js, language=language)
    sign_in(page, centre, "EDITOR")
    page.goto("/desk/repository/import/")
    calm(page) if js else None
    page.locator("main details summary").first.click()
    calm(page) if js else None
    page.set_input_files("#id_file", str(file))
    page.locator("form[data-main] button.button").click()
    page.wait_for_selector("[data-state=reading]")
    calm(page) if js else None
    work()
    page.wait_for_selector("[data-state=reported]") if js else page.reload()
    assert page.locator("[data-state=reported]").is_visible()
    calm(page) if js else None
    page.locator("main .tabs a", has_text="1").last.click()
    page.wait_for_url("**show=refused")
    assert page.locator("[data-row]").count() == 1 and page.locator(".problems > li").count() >= 4
    calm(page) if js else None
    page.locator("form[data-main] button.button").click()
    page.wait_for_selector("[data-state=storing]")
    calm(page) if js else None
    work()
    page.wait_for_selector("[data-state=stored]") if js else page.reload()
    assert page.locator("[data-state=stored]").is_visible() and Resource.objects.count() == 3
    page.locator("details.confirm-box summary").click()
    calm(page) if js else None
    page.locator("details.confirm-box .button.danger").click()
    page.wait_for_selector("[data-state=undoing]")
    work()
    page.wait_for_selector("[data-state=undone]") if js else page.reload()
    assert page.locator("[data-state=undone]").is_visible() and Resource.objects.count() == 0
