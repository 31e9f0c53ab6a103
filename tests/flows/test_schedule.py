"""The schedule editor in a browser: a session is dragged, moved by keyboard, held back by a conflict, and a
move is undone.
"""

from datetime import timedelta
from typing import Any

import pytest
from factories.events import draft, local, room, session, venue, words

from sauga.events.programme.models import Session
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.flows.browser import axe, browser, open_page, overflow, site  # noqa: F401  fixtures
from tests.flows.hotline import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def box_of(locator: Any) -> dict[str, float]:
    """Where something stands; asked again if the live page has just replaced it."""
    while True:
        locator.wait_for()
        if (box := locator.bounding_box()) is not None:
            return box


def test_dragging_keys_a_conflict_and_undo(transactional_db: Any, centre: Centre, open_page: Any):
    event = draft(centre, format="hybrid", venue=venue(centre), ends=local("2027-02-09 16:00"))
    hall = room(centre, event.venue)
    row = session(centre, event, "10:00", "11:00", title=words("Pirma"))
    session(centre, event, "13:00", "14:00", title=words("Antra"), room=hall)
    page = open_page()
    sign_in(page, centre, "ORGANISER")
    address = f"/desk/events/{event.ref}/schedule/"
    page.goto(address)
    said, grip = page.locator("[data-schedule-said]"), page.locator(f"#s-{row.ref} [data-grip]")

    def wait_for(text: str) -> None:
        page.wait_for_function(
            "text => document.querySelector('[data-schedule-said]').textContent.includes(text)", arg=text
        )

    # by pointer: an hour later, into the hall
    board = page.locator("[data-board]")
    page.wait_for_selector("[data-board].drawn [data-at]", state="visible")
    hours = board.locator("[data-at]")
    rise = box_of(hours.nth(1))["y"] - box_of(hours.nth(0))["y"]
    box, column = box_of(grip), box_of(board.locator(f"[data-place='{hall.ref}']"))
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(column["x"] + 40, box["y"] + 5 + rise, steps=3)
    wait_for("11:00, Salė")
    with page.expect_navigation():
        page.mouse.up()
    row.refresh_from_db()
    assert row.room == hall and row.starts == local("2027-02-09 11:00").instants[0]
    assert axe(page) == [] and overflow(page) == 0

    # by keyboard: focus is on the handle; Esc leaves it, a conflict is said and refused
    page.wait_for_function("document.activeElement.matches('[data-grip]')")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    wait_for("Antra")
    page.keyboard.press("Escape")
    assert "Pirma" in said.inner_text() and page.locator(".board-drop").count() == 0
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    wait_for("11:05")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    row.refresh_from_db()
    assert row.starts == local("2027-02-09 11:05").instants[0]
    page.wait_for_function("document.activeElement.matches('[data-grip]')")
    with page.expect_navigation():
        page.keyboard.press("z")
    row.refresh_from_db()
    assert row.starts == local("2027-02-09 11:00").instants[0]
    assert (row.ends - row.starts) == timedelta(hours=1) and Session.objects.count() == 2
