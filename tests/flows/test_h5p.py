"""A quiz as an H5P file, opened by h5p-standalone, which carries the programs of H5P's own core.

The content types *Question Set* and *Multiple Choice* are no part of the file (decision 0047), and no package
registry carries them. In their place stand two small programs written here after their published semantics.
So it is shown that H5P's core takes the description, finds every library that is named, makes each question
by its name and version and hands over the parameters; not that the makers' own programs draw them.
"""

import io
import json
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from factories.adaptations import deployed, live, released

from flows.nodetools import node_tool
from sauga.repository.deployments.packages.h5p import LIBRARIES
from sauga.repository.deployments.packages.package_builder import package
from sauga.repository.deployments.queries.embeds import release_content

pytestmark = [pytest.mark.browser, pytest.mark.tools, pytest.mark.django_db(transaction=True)]
SET = """H5P.QuestionSet = function (params, id) { this.attach = function ($box) {
  $box.append('<h1>' + params.introPage.title + '</h1>');
  params.questions.forEach(function (one) {
    var $place = H5P.jQuery('<section></section>').appendTo($box);
    H5P.newRunnable(one, id, $place);
  });
}; };"""
CHOICE = """H5P.MultiChoice = function (params) { this.attach = function ($box) {
  var kind = params.behaviour.type === 'multi' ? 'checkbox' : 'radio';
  $box.append(params.question);
  params.answers.forEach(function (one) {
    var $input = H5P.jQuery('<input>', { type: kind, 'data-correct': String(one.correct) });
    $box.append(H5P.jQuery('<label></label>').append($input, one.text));
  });
}; };"""
PROGRAMS = {"H5P.QuestionSet": SET, "H5P.MultiChoice": CHOICE}
PLAYER = """<!doctype html><html lang="lt"><title>Player</title><div id="here"></div>
  <script src="/player/main.bundle.js"></script>
<script>new H5PStandalone.H5P(document.getElementById('here'), {
  h5pJsonPath: '/h5p', frameJs: '/player/frame.bundle.js', frameCss: '/player/styles/h5p.css'
});</script></html>"""


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder on loopback."""

    def log_message(self, *_said):
        """Say nothing."""


@pytest.fixture
def player(tmp_path):
    """A page with the player; the file is laid out under `h5p`."""
    library = node_tool("h5p-standalone", "dist/main.bundle.js").parent
    (tmp_path / "player").symlink_to(library)
    (tmp_path / "index.html").write_text(PLAYER, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path / "h5p", f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


def give_programs(folder):
    """The content types that a platform has."""
    for name, major, minor in LIBRARIES:
        place = folder / f"{name}-{major}.{minor}"
        place.mkdir()
        about = {
            "machineName": name,
            "majorVersion": major,
            "minorVersion": minor,
            "patchVersion": 0,
            "runnable": 1,
        }
        (place / "library.json").write_text(
            json.dumps({**about, "title": name, "preloadedJs": [{"path": "it.js"}]}), encoding="utf-8"
        )
        (place / "it.js").write_text(PROGRAMS[name], encoding="utf-8")


def test_the_core_of_h5p_plays_the_quiz_when_the_platform_has_its_content_types(centre, browser, player):
    folder, address = player
    row, _token = deployed(centre, released(centre, live(centre, type="quiz")), channel="h5p")
    content = release_content(row)
    made = package(content, "h5p", language="lt", status="", address="")
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert not [name for name in archive.namelist() if name.endswith(".js")], "the file brings no program"
        archive.extractall(folder)
    give_programs(folder)
    asked = json.loads((folder / "content" / "content.json").read_text(encoding="utf-8"))["questions"]
    context = browser.new_context()
    page, said = context.new_page(), []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    lesson = page.frame_locator("iframe")
    lesson.locator("section input").first.wait_for()
    assert lesson.locator("h1").inner_text() == content["title"]["lt"]
    assert lesson.locator("section").count() == len(asked) > 0
    for number, one in enumerate(asked):
        boxes = lesson.locator("section").nth(number).locator("input")
        assert boxes.evaluate_all("all => all.map(one => one.dataset.correct === 'true')") == [
            answer["correct"] for answer in one["params"]["answers"]
        ]
    assert said == []
    context.close()
