"""Packages of a course played elsewhere: SCORM by `scorm-again`, as a learning platform does; cmi5 against
a learning record store. The test speaks for one; what it got it hands on to an independent one where TEST_LRS
names it (docs/develop/testing.md)."""

import json
import os
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

import pytest
from factories.courses import drafted

from flows.nodetools import node_tool
from sauga.training.courses.packages import package_of
from sauga.training.courses.queries.versions import content_of
from tests.centre import Centre

pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LMS = """<!doctype html><html lang="en"><title>LMS</title><script src="/scorm-again.js"></script><script>
window.{name} = new {kind}({{ autocommit: false, logLevel: 4 }});
</script><iframe src="/sco/index.html" title="SCO" width="900" height="700"></iframe></html>"""
ACTOR = {"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": "7"}}
ACTIVITY, CATEGORY = "https://lms.example/au/1", "https://w3id.org/xapi/cmi5/context/categories/cmi5"


class Store(SimpleHTTPRequestHandler):
    """Serves the package, hands out the token of a launch once, and keeps the statements that it gets."""

    statements: list[dict[str, Any]]
    tokens: list[str]

    def log_message(self, *_said: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if not self.path.startswith("/xapi/"):
            return super().do_GET()
        asked = urlsplit(self.path)
        assert asked.path == "/xapi/activities/state" and self.is_signed_in()
        assert parse_qs(asked.query)["stateId"] == ["LMS.LaunchData"]
        self.answer({"contextTemplate": {"extensions": {"https://lms.example/s": "1"}}, "masteryScore": 0.8})
        return None

    def do_POST(self) -> None:
        if self.path == "/fetch":
            token = self.tokens.pop()
            return self.answer({"auth-token": token})
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.path == "/xapi/statements" and self.is_signed_in()
        assert self.headers["X-Experience-API-Version"] == "1.0.3"
        self.statements.append(json.loads(body))
        return self.answer([self.statements[-1]["id"]])

    def is_signed_in(self) -> bool:
        """With the token that was handed out."""
        return self.headers["Authorization"] == "Basic c2F1Z2E="

    def answer(self, said: Any) -> None:
        """An answer in JSON."""
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, type[Store]]]:
    """A folder and a store on loopback."""
    kind = type("Kept", (Store,), {"statements": [], "tokens": ["c2F1Z2E="]})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(kind, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", kind
    finally:
        server.shutdown()
        server.server_close()


def unpacked(centre: Centre, kind: str, folder: Path) -> None:
    """The package of the small course in a folder."""
    with zipfile.ZipFile(BytesIO(package_of(content_of(drafted(centre)), kind, "en"))) as opened:
        opened.extractall(folder)


def right_answers(page: Any) -> None:
    """Tick what is right in every question, and check."""
    for box in page.locator("[data-question] input[data-right]").all():
        box.check()
    page.locator("[data-check]").click()


@pytest.mark.tools
@pytest.mark.parametrize(
    ("kind", "name", "player"),
    [("scorm12", "API", "Scorm12API"), ("scorm2004", "API_1484_11", "Scorm2004API")],
)
def test_a_learning_platform_hears_that_the_course_is_done_and_how_well(
    centre: Centre, browser: Any, tmp_path: Path, kind: str, name: str, player: str
):
    library = node_tool("scorm-again", "dist/scorm-again.js")
    unpacked(centre, kind, tmp_path / "sco")
    (tmp_path / "scorm-again.js").write_bytes(library.read_bytes())
    (tmp_path / "index.html").write_text(LMS.format(name=name, kind=player), encoding="utf-8")
    is_old = kind == "scorm12"
    ask, status = (
        ("LMSGetValue", "cmi.core.lesson_status") if is_old else ("GetValue", "cmi.completion_status")
    )
    score = "cmi.core.score.raw" if is_old else "cmi.score.raw"
    with served(tmp_path) as (site, _store):
        page = browser.new_context().new_page()
        page.goto(f"{site}/index.html")
        lesson = page.frame_locator("iframe")
        lesson.locator("[data-check]").wait_for()
        assert page.evaluate(f"window.{name}.{ask}('{status}')") == "incomplete"
        right_answers(lesson)
        page.wait_for_function(f"() => window.{name}.{ask}('{status}') === 'completed'")
        assert page.evaluate(f"window.{name}.{ask}('{score}')") == "100"
        page.context.close()


def test_a_record_store_gets_the_statements_of_cmi5_in_order(centre: Centre, browser: Any, tmp_path: Path):
    unpacked(centre, "cmi5", tmp_path)
    registration = str(uuid4())
    with served(tmp_path) as (site, store):
        launch = {
            "endpoint": f"{site}/xapi/",
            "fetch": f"{site}/fetch",
            "actor": json.dumps(ACTOR),
            "registration": registration,
            "activityId": ACTIVITY,
        }
        page = browser.new_context().new_page()
        page.goto(f"{site}/index.html?{urlencode(launch)}")
        wait_for(page, store, 1)
        page.locator("[data-question] input:not([data-right])").first.check()
        page.locator("[data-check]").click()
        wait_for(page, store, 2)
        for box in page.locator("[data-question] input[type=checkbox]:checked:not([data-right])").all():
            box.uncheck()
        right_answers(page)
        wait_for(page, store, 3)
        page.locator("[data-finish]").click()
        wait_for(page, store, 4)
        page.goto(f"{site}/films/")
        wait_for(page, store, 5)
        page.context.close()
    said = store.statements
    verbs = [one["verb"]["id"].rpartition("/")[2] for one in said]
    assert verbs == ["initialized", "failed", "passed", "completed", "terminated"]
    assert len({one["id"] for one in said}) == 5 and store.tokens == []
    for one in said:
        assert (one["actor"], one["object"]["id"]) == (ACTOR, ACTIVITY)
        assert one["context"]["registration"] == registration
        assert CATEGORY in [held["id"] for held in one["context"]["contextActivities"]["category"]]
        assert one["context"]["extensions"]["https://lms.example/s"] == "1"
    assert said[1]["result"]["success"] is False and said[2]["result"]["score"]["scaled"] == 1
    if lrs := os.environ.get("TEST_LRS"):
        assert handed_on(lrs, said) == {one["id"] for one in said}
    assert said[3]["result"]["completion"] is True and said[4]["result"]["duration"].startswith("PT")


def handed_on(lrs: str, statements: list[dict[str, Any]]) -> set[str]:
    """Send the statements to an independent store, and ask it what it has of this launch."""
    address = urlsplit(lrs)
    secret = b64encode(f"{address.username}:{address.password}".encode()).decode()
    headers = {
        "Authorization": f"Basic {secret}",
        "X-Experience-API-Version": "1.0.3",
        "Content-Type": "application/json",
    }
    with closing(HTTPConnection(address.hostname or "", address.port, timeout=30)) as called:
        called.request("POST", f"{address.path}/statements/", json.dumps(statements), headers)
        answer = called.getresponse()
        said = answer.read()
        assert (answer.status, said[:500]) == (200, said[:500])
        registration = statements[0]["context"]["registration"]
        called.request("GET", f"{address.path}/statements/?registration={registration}", headers=headers)
        return {one["id"] for one in json.loads(called.getresponse().read())["statements"]}


def wait_for(page: Any, store: type[Store], n: int) -> None:
    """Until so many statements have come."""
    for _try in range(300):
        if len(store.statements) >= n:
            return
        page.wait_for_timeout(50)
    raise AssertionError([one["verb"]["id"] for one in store.statements])
