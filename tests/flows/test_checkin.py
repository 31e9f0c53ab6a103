"""Two phones at two entrances without a network: scans are kept over a reload, sent by themselves when the
network is back, and both phones see that a ticket was used twice."""

from datetime import timedelta

import pytest
import segno
from factories.checkin import HOUR, a_day, an_entrance
from factories.registrations import registered

from flows.browser import axe, overflow
from flows.hotline import sign_in
from flows.keys import Keys
from sauga.events.checkin.models import CheckIn
from sauga.events.states import RegistrationState
from sauga.kernel import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READ = """async ({ rows, scale }) => {
  const { decoded } = await import("/static/events/checkin/camera.js");
  const width = rows[0].length * scale, height = rows.length * scale;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++)
    if (rows[Math.floor(y / scale)][Math.floor(x / scale)])
      data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return decoded({ data, width, height });
}"""
"""Gives a drawn QR code to the decoder that phones without one of their own use."""

KEPT = """() => new Promise((done) => {
  indexedDB.databases().then(([{ name }]) => {
    const open = indexedDB.open(name);
    open.onsuccess = () => {
      const asked = open.result.transaction("kept").objectStore("kept").count();
      asked.onsuccess = () => { open.result.close(); done(asked.result); };
    };
  });
})"""
"""How much with names is on the device."""


def phone(open_page, centre, address, entrance, **options):
    page = open_page(**options)
    sign_in(page, centre, "DOOR_STAFF")
    page.goto(address)
    page.wait_for_selector('[data-checkin][data-offline="ready"][data-people="2"]')
    page.select_option("#entrance", entrance.ref)
    page.context.set_offline(True)
    return page


def test_phones_without_a_network_lose_nothing_and_see_what_was_used_twice(centre, open_page):
    at = clock.now()
    event, ticket = a_day(centre, at + HOUR)
    before = at - timedelta(days=20)
    ona, ieva = (registered(ticket, name, at=before) for name in ("Ona", "Ieva"))
    first, second = an_entrance(centre, event, "A"), an_entrance(centre, event, "B")
    address = f"/desk/events/{event.ref}/checkin/"
    one = phone(open_page, centre, address, first, width=320, dark=True)
    two = phone(open_page, centre, address, second)

    one.fill("#q", ona.entry_code)
    one.keyboard.press("Enter")
    one.wait_for_selector("#result.pass >> text=Ona")
    one.reload()  # without a network: the page comes from the device
    one.wait_for_selector('[data-checkin][data-people="2"][data-unsent="1"]')
    assert "Be ryšio · 1" in one.inner_text("#net")
    counted = [one.inner_text(f"#count-{name}") for name in ("inside", "missing", "here")]
    assert counted == ["1", "1", "1"], "who was let in without a network is in"
    keys = Keys(two)  # at an entrance with a keyboard: the focus stays with the person who has come in
    keys.skip()
    keys.to("q", most=6)
    keys.type("on")
    keys.to("^Įleisti: Ona", most=2)
    two.keyboard.press("Enter")
    two.wait_for_selector("#result.pass >> text=B įėjimas")
    assert "Ona" in two.inner_text("#said")
    keys.wait_for("Ona")
    assert keys.faults == []
    assert list(CheckIn.objects.values()) == [], "nothing is sent without a network"
    drawn = [list(row) for row in segno.make(f"SAUGA:{ieva.entry_token}", error="m").matrix_iter(border=4)]
    assert two.evaluate(READ, {"rows": drawn, "scale": 4}) == f"SAUGA:{ieva.entry_token}"

    for page in (one, two):
        page.context.set_offline(False)
        page.wait_for_selector('[data-checkin][data-unsent="0"]')
    for page in (one, two):
        page.wait_for_selector("#clashes .clash >> text=Ona")
        assert (axe(page), overflow(page)) == ([], 0)
    assert sorted(CheckIn.objects.values_list("outcome", flat=True)) == ["CONFLICT", "COUNTED"]
    ona.refresh_from_db()
    assert ona.state == RegistrationState.CHECKED_IN
    two.click("#clashes button >> text=Tas pats žmogus")
    two.wait_for_selector("#clashes:empty", state="attached")
    two.goto("/desk/events/")
    assert two.evaluate("async () => (await caches.keys()).length") == 1  # of the check-in page, of no other
    assert two.evaluate(KEPT) == 1
    two.click(".leave-desk")
    two.wait_for_function("async () => !(await caches.keys()).length")
    two.wait_for_function("async () => !(await navigator.serviceWorker.getRegistrations()).length")
    assert two.evaluate(KEPT) == 0
