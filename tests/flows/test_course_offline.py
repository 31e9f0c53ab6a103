"""A learner keeps a course on the phone, goes on without a network, and finds everything in the course once
the network is back. Chromium with its network off."""

import os
from typing import Any

import pytest
from factories.courses import cohort, enrolled

from flows.browser import axe, overflow
from sauga.kernel.members.signin import cookies
from sauga.training.learning.actions import quizzes
from sauga.training.learning.models import Attempt, Progress
from tests.centre import AT, Centre

pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BASE = "/lt/mano/kursai"
PICTURES = os.environ.get("TEST_PICTURES", "")


@pytest.fixture
def phone(open_page: Any) -> Any:
    """A page that may keep things, with a way to switch its network off."""
    page = open_page(width=320, language="lt")

    def network(is_on: bool) -> None:
        page.context.set_offline(not is_on)

    page.network = network
    return page


def sound(page: Any) -> None:
    assert (page.url, axe(page), overflow(page)) == (page.url, [], 0)
    if PICTURES:
        name = page.url.rstrip("/").rsplit("/", 1)[-1]
        page.screenshot(path=f"{PICTURES}/offline-{name}.png", full_page=True)


def keep(page: Any, ref: str, *, films: bool) -> None:
    """Have the course kept, with its films or without."""
    page.goto(f"{BASE}/{ref}/")
    page.locator("[data-offline] summary").click()
    page.wait_for_selector("[data-offline=none]")
    if films:
        page.locator("[name=heavy]").check()
    page.locator("[data-keep-course]").click()
    page.wait_for_selector("[data-offline=kept]")


def test_a_course_goes_on_without_a_network(centre: Centre, phone: Any):
    by, row, secret = enrolled(cohort(centre))
    attempt = quizzes.begin(by=by, enrolment=row, activity="quiz", at=AT)
    phone.context.add_cookies([{"name": cookies.session_name(), "value": secret, "url": phone.site}])
    keep(phone, row.ref, films=True)
    assert "4" in phone.inner_text("[data-status]")
    sound(phone)
    assert not Progress.objects.filter(activity="read").exists()

    phone.network(False)
    phone.goto(f"{BASE}/{row.ref}/")
    assert "Mokytoja" not in phone.inner_text("body")
    sound(phone)
    phone.get_by_role("link", name="Read lt").click()
    phone.wait_for_selector(".box.example")
    sound(phone)
    phone.locator("[data-queue] button").click()
    phone.wait_for_selector("[data-said]:not([hidden])")
    phone.get_by_role("link", name="Film lt").click()
    playing = (
        "async (one) => { one.muted = true; await one.play(); one.currentTime = 7; return one.duration; }"
    )
    assert phone.locator("video").evaluate(playing) > 30
    phone.locator("[name=q_five]").first.check()
    phone.locator("[data-queue] button[value=answer]").click()
    phone.get_by_role("link", name="Quiz lt").click()
    phone.locator("[name=q_one][value='0']").check()
    phone.locator("[data-queue] button").click()
    phone.wait_for_selector("[data-kept][data-waiting='3']")
    sound(phone)
    phone.goto(f"{BASE}/{row.ref}/dalis/talk/")
    assert phone.locator("h1", has_text="Small course").count() == 1
    assert not Progress.objects.filter(done_at__isnull=False).exists()

    phone.network(True)
    phone.goto(f"{BASE}/{row.ref}/")
    phone.wait_for_selector("[data-offline][data-came=sent]")
    assert Progress.objects.get(activity="read").done_at is not None
    assert list(Progress.objects.get(activity="film").data["answers"]) == ["five"]
    attempt.refresh_from_db()
    assert attempt.answers == {"one": [0]} and attempt.sent_at is None
    phone.reload()
    phone.wait_for_selector("[data-offline=kept]")
    assert phone.evaluate("Object.keys(localStorage).length") == 0
    assert Attempt.objects.count() == 1


def test_what_is_kept_goes_in_one_step_and_with_signing_out(centre: Centre, phone: Any):
    _by, row, secret = enrolled(cohort(centre))
    phone.context.add_cookies([{"name": cookies.session_name(), "value": secret, "url": phone.site}])
    keep(phone, row.ref, films=False)
    phone.locator("[data-remove]").click()
    phone.wait_for_selector("[data-offline=none]")
    assert phone.evaluate("caches.keys()") == []
    phone.reload()
    keep(phone, row.ref, films=False)
    assert phone.evaluate("caches.keys()") == [f"sauga-my-course-{row.ref}"]
    phone.evaluate("localStorage.setItem('sauga-my-course-x-queue', '[]')")
    phone.goto("/lt/mano/paskyra/")
    with phone.expect_navigation():
        phone.locator("form[action$='/atsijungti/'] button").click()
    phone.wait_for_selector("html[data-forgotten]")
    held = "async () => [...(await caches.keys()), ...Object.keys(localStorage)]"
    assert phone.evaluate(held) == []
    assert phone.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0


def test_what_a_device_kept_never_overwrites_what_came_later(centre: Centre, client: Any):
    by, row, secret = enrolled(cohort(centre))
    attempt = quizzes.begin(by=by, enrolment=row, activity="quiz", at=AT)
    client.cookies[cookies.session_name()] = secret
    token = client.get(f"{BASE}/{row.ref}/be-rysio/sarasas.json").json()["token"]
    allowed = "trusted-types sauga-offline"
    assert allowed in client.get(f"{BASE}/{row.ref}/").headers["Content-Security-Policy"]
    assert allowed not in client.get(f"{BASE}/").headers["Content-Security-Policy"]
    given = {"do": "save", "attempt": attempt.ref, "csrfmiddlewaretoken": token}
    here = f"{BASE}/{row.ref}/dalis/quiz/be-rysio/"
    assert client.post(here, {**given, "q_one": "1", "age": "60"}).status_code == 204
    assert client.post(here, {**given, "q_one": "0", "q_two": ["0", "1"], "age": "600"}).status_code == 204
    attempt.refresh_from_db()
    assert attempt.answers == {"one": [1], "two": [0, 1]}
    assert client.post(here, {**given, "q_one": "0", "age": "5"}).status_code == 204
    attempt.refresh_from_db()
    assert attempt.answers["one"] == [0]
    film = f"{BASE}/{row.ref}/dalis/film/be-rysio/"
    for answer in ("1", "0"):
        assert client.post(film, {"do": "answer", "q_five": answer}).status_code == 204
    assert Progress.objects.get(activity="film").data["answers"] == {"five": [1]}
    assert client.post(film, {"do": "finish"}).status_code == 204
    assert client.post(film, {"do": "finish"}).status_code == 204
    assert client.post(film, {"do": "other"}).status_code == 404
    quizzes.send(by=by, attempt=attempt, answers={}, at=AT)
    assert client.post(here, {**given, "q_one": "0", "age": "5"}).status_code == 404
