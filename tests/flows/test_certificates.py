"""A certificate of attendance in a browser: somebody checks its code and its file, narrow and wide, with and
without scripts; an organiser suspends it and corrects the name.
"""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from factories.followup import came
from factories.registrations import PRESENT, a_ticket, an_event, registered

from sauga.events.followup.actions import certificates as actions
from sauga.events.followup.actions.surveys import ATTENDEE
from sauga.events.followup.queries.attendance import credential_of
from sauga.kernel import clock, credentials
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.flows.browser import axe, browser, open_page, overflow, page, site  # noqa: F401  fixtures
from tests.flows.hotline import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def calm(page: Any) -> None:
    assert axe(page) == []
    assert overflow(page) == 0


def drop(page: Any, name: str, text: str) -> None:
    """Drop a file on the form, as from a folder."""
    page.evaluate(
        """([name, text]) => {
          const held = new DataTransfer();
          held.items.add(new File([text], name, { type: "application/json" }));
          const event = new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true });
          document.querySelector("[data-drop]").dispatchEvent(event);
        }""",
        [name, text],
    )


def open_dialog(page: Any, action: str) -> None:
    """Press what opens the form of an action: a script keeps the form in a dialog beside it."""
    page.locator(f"details:has(+ dialog form[action$='/{action}/']) > summary").click()
    page.wait_for_selector(f"dialog[open] form[action$='/{action}/']")


def issued(centre: Centre) -> credentials.Credential:
    """The certificate of somebody who came to an event of last week."""
    event = an_event(centre, starts=PRESENT - timedelta(days=3), at=PRESENT - timedelta(days=40))
    ticket = a_ticket(centre, event, 9, at=PRESENT - timedelta(days=30))
    given = {"address": "daiva@a.example", "at": PRESENT - timedelta(days=20)}
    with transaction.atomic():
        row = came(registered(ticket, "Daiva Girdenytė", **given), at=PRESENT)
    actions.set_certificates(by=centre.actor("ORGANISER"), event=event, minutes=90, at=PRESENT)
    made = credential_of(actions.issue(by=ATTENDEE, registration=row, at=clock.now()))
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("width", "dark", "js", "language", "begin"),
    [(320, True, True, "lt", "/lt/pazymejimas/"), (1280, False, False, "en", "/en/certificate/")],
)
def test_somebody_checks_a_code_and_a_file(
    transactional_db: Any,
    centre: Centre,
    open_page: Any,
    tmp_path: Path,
    width: int,
    dark: bool,
    js: bool,
    language: str,
    begin: str,
):
    row = issued(centre)
    code, document = credentials.content_of(row).code, credentials.document_of(row)
    page = open_page(width=width, dark=dark, js=js, language=language)
    page.goto(begin)
    calm(page) if js else None
    page.fill("form[data-main] input[name=code]", code.lower().replace("-", " "))
    page.locator("form[data-main] button").click()
    page.wait_for_url(f"**{begin}{code}/")
    assert page.locator("[data-state=VALID]").is_visible()
    assert "Daiva Girdenytė" in page.locator(".printed").inner_text()
    calm(page) if js else None
    credentials.suspend(by=centre.actor("ORGANISER"), credential=row, why="REVIEW", at=clock.now())
    page.reload()
    assert page.locator("[data-state=SUSPENDED]").is_visible()
    altered = {**document, "name": "Kas kita"}
    for finding, held in (("GENUINE", document), ("ALTERED", altered)):
        page.goto(begin)
        if js:
            drop(page, "credential.json", json.dumps(held))
        else:
            file = tmp_path / "credential.json"
            file.write_text(json.dumps(held), encoding="utf-8")
            page.set_input_files("input[type=file]", str(file))
            page.locator("[data-drop] button").click()
        page.wait_for_selector(f"[data-finding={finding}]")
        calm(page) if js else None
    page.goto(f"{begin}0000-0000-0000-0000/")
    calm(page) if js else None


def test_an_organiser_suspends_restores_and_corrects_the_name(
    transactional_db: Any, centre: Centre, open_page: Any
):
    row = issued(centre)
    page = open_page(width=1280, language="lt")
    sign_in(page, centre, "ORGANISER")
    page.goto("/desk/events/credentials/?words=girdenyte")
    calm(page)
    page.locator("main a", has_text=row.number).click()
    calm(page)
    open_dialog(page, "suspend")
    page.locator("form[action$='/suspend/'] input[value=REVIEW]").check()
    page.locator("form[action$='/suspend/'] button:not([type=reset])").click()
    page.wait_for_selector("form[action$='/restore/']")
    calm(page)
    page.locator("form[action$='/restore/'] input[value=SETTLED]").check()
    page.locator("form[action$='/restore/'] button:not([type=reset])").click()
    page.wait_for_selector("form[action$='/name/']", state="attached")
    open_dialog(page, "name")
    page.fill("form[action$='/name/'] input[name=holder]", "Daiva Girdenienė")
    page.locator("form[action$='/name/'] button:not([type=reset])").click()
    page.wait_for_url(lambda url: row.ref not in url)
    assert "Daiva Girdenienė" in page.locator("main").inner_text()
    row.refresh_from_db()
    assert row.state == "REPLACED"
