"""A publisher and the gate of a page in a real browser: a fault of contrast shuts it, mending opens it."""

import shutil

import pytest
from factories.pages import body, ready

from flows.browser import axe, overflow
from flows.hotline import sign_in
from sauga.portal import tasks
from sauga.portal.models.articles import PlainPage
from sauga.portal.models.landing_pages import HomePage
from sauga.portal.queries import page_gate
from sauga.repository.resources.actions import browser_audit

pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FAINT = '<article style="color: #999; background: #bbb"'
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture
def looked(settings, monkeypatch):
    """The installation insists on a browser; the worker's look runs here, with one width so that the
    test stays short.
    """
    settings.CHROMIUM = next((path for name in CHROMIUM if (path := shutil.which(name))), "")
    settings.GATE_NEEDS_BROWSER = True
    if not settings.CHROMIUM:
        pytest.skip("no Chromium here")
    monkeypatch.setattr(browser_audit, "WIDTHS", (1280,))
    monkeypatch.setattr(browser_audit, "SCHEMES", ("light",))


def run_look(page_id: int) -> None:
    """The job in a thread of its own, as a worker runs it: one browser drives another only from elsewhere."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    def job() -> None:
        try:
            tasks.look_at_page(page_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(job).result()


def test_a_fault_of_contrast_is_refused_and_mended(centre, planted, open_page, site, looked, monkeypatch):
    draft = ready(
        centre,
        HomePage.objects.get(depth=2, locale__language_code="lt"),
        title="Kaip pasikalbėti",
        body=body("Trumpas sakinys."),
    )
    true_face = page_gate._faces[0]
    monkeypatch.setattr(page_gate, "_faces", [lambda page: true_face(page).replace("<article", FAINT, 1)])

    page = open_page()
    sign_in(page, centre, "PUBLISHER")
    page.goto(f"/desk/portal/gate/{draft.pk}/")
    assert page.locator("#check-axe").is_visible()
    page.locator(".page-head form button").first.click()
    page.wait_for_selector("[role=status], .toast")
    run_look(draft.pk)
    page.goto(f"/desk/portal/gate/{draft.pk}/")
    assert "color-contrast" in page.locator("#check-axe").inner_text()
    assert page.locator("form[data-main]").count() == 0
    assert axe(page) == []
    assert overflow(page) == 0

    # Mended: the text is changed, the browser looks again, and the way is open.
    monkeypatch.setattr(page_gate, "_faces", [true_face])
    mended = page_gate.newest(PlainPage.objects.get(pk=draft.pk))
    mended.summary = "Aiškiai."
    mended.save_revision()
    run_look(draft.pk)
    page.goto(f"/desk/portal/gate/{draft.pk}/")
    page.locator("form[data-main] button").click()
    page.wait_for_url("**/gate/*/")
    assert PlainPage.objects.get(pk=draft.pk).live

    narrow = open_page(width=320, dark=True)
    sign_in(narrow, centre, "PUBLISHER")
    narrow.goto(f"/desk/portal/gate/{draft.pk}/")
    assert axe(narrow) == []
    assert overflow(narrow) == 0
    narrow.goto("/lt/prieinamumas/")
    narrow.locator("details.record > summary").click()
    assert "axe-core" in narrow.inner_text("main table")
    assert axe(narrow) == []
    assert overflow(narrow) == 0
