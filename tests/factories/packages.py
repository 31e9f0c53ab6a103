"""Packages for tests: SCORM 1.2 and 2004 with any pages, H5P with a program written here, hostile ones."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence

MANIFEST = """<?xml version="1.0"?>
<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/{space}" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion></metadata>
  <organizations default="o"><organization identifier="o"><title>Lesson</title>{items}</organization>
  </organizations><resources>{resources}</resources></manifest>"""
VERSIONS = {
    "scorm12": ("1.2", "adlcp_rootv1p2", "scormtype"),
    "scorm2004": ("2004 4th Edition", "adlcp_v1p3", "scormType"),
}


def packed(files: Mapping[str, bytes | str]) -> bytes:
    """A ZIP file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def manifest(
    kind: str = "scorm12",
    hrefs: Sequence[str] = ("index.html",),
    *,
    version: str = "",
    more: str = "",
    scorm_type: str = "sco",
) -> str:
    """A manifest whose parts begin with these addresses; `more` stands in each item."""
    said, space, name = VERSIONS[kind]
    numbered = list(enumerate(hrefs, 1))
    items = "".join(
        f'<item identifier="i{n}" identifierref="r{n}"><title>Part {n}</title>{more}</item>'
        for n, _h in numbered
    )
    resources = "".join(
        f'<resource identifier="r{n}" type="webcontent" adlcp:{name}="{scorm_type}" href="{href}"/>'
        for n, href in numbered
    )
    return MANIFEST.format(version=version or said, space=space, items=items, resources=resources)


def package(kind: str = "scorm12", files: Mapping[str, bytes | str] | None = None, **more: object) -> bytes:
    """A SCORM package with these files beside its manifest."""
    held = files or {"index.html": "<!doctype html><title>Lesson</title><p>Lesson</p>"}
    return packed({"imsmanifest.xml": manifest(kind, **more), **held})  # type: ignore[arg-type]  # passed on


H5P_PROGRAM = """H5P.SaugaAsk = function (params, id, extras) {
  H5P.EventDispatcher.call(this);
  var self = this, state = (extras && extras.previousState) || {};
  this.getCurrentState = function () { return state; };
  this.attach = function ($box) {
    $box.append('<h1>' + params.question + '</h1><p class="was">' + (state.answer || 'nothing') + '</p>');
    params.answers.forEach(function (one) {
      H5P.jQuery('<button type="button"></button>').text(one.text).appendTo($box).on('click', function () {
        state = { answer: one.text };
        var event = self.createXAPIEventTemplate('answered');
        event.setScoredResult(one.correct ? 1 : 0, 1, self, true, one.correct);
        self.trigger(event);
      });
    });
  };
};
H5P.SaugaAsk.prototype = Object.create(H5P.EventDispatcher.prototype);
H5P.SaugaAsk.prototype.constructor = H5P.SaugaAsk;"""
H5P_NAME = "H5P.SaugaAsk"


def h5p(*, is_whole: bool = True, main: str = H5P_NAME) -> bytes:
    """An H5P file with one question; not whole, it does not bring its program."""
    folder = f"{H5P_NAME}-1.0"
    about = {
        "title": "Ask",
        "machineName": H5P_NAME,
        "majorVersion": 1,
        "minorVersion": 0,
        "patchVersion": 0,
        "runnable": 1,
        "preloadedJs": [{"path": "ask.js"}],
    }
    described = {
        "title": "One question",
        "language": "en",
        "mainLibrary": main,
        "embedTypes": ["div"],
        "preloadedDependencies": [{"machineName": H5P_NAME, "majorVersion": 1, "minorVersion": 0}],
    }
    answers = [{"text": "Tell somebody", "correct": True}, {"text": "Stay silent", "correct": False}]
    content = {"question": "What helps?", "answers": answers}
    files = {"h5p.json": json.dumps(described), "content/content.json": json.dumps(content)}
    if is_whole:
        files |= {f"{folder}/library.json": json.dumps(about), f"{folder}/ask.js": H5P_PROGRAM}
    return packed(files)
