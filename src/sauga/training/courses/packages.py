"""Packages of a course for other learning platforms: SCORM 1.2 and 2004 by the repository's writer, and cmi5.

What a person learns alone is in them: pages, films, questions. What needs a tutor or a group stays here, and
the package says so. They call nothing outside; cmi5 tells the platform that launched it, and no others.
"""

from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from django.template.loader import render_to_string
from django.utils.translation import override

from sauga.kernel import media
from sauga.repository.adaptations.editions import assets, static
from sauga.repository.catalogue.linked_data import base
from sauga.repository.deployments.packages import archive, scorm
from sauga.training.courses.markdown import html
from sauga.training.courses.models import Activity, Film, Item, said
from sauga.training.courses.queries.links import linked
from sauga.training.courses.queries.versions import Content, film
from sauga.training.courses.rules.items import CHOICES, ItemKind

KINDS = ("scorm12", "scorm2004", "cmi5")
PASSES = 70
TICKED = (*CHOICES, ItemKind.MULTIPLE)


def package_of(content: Content, kind: str, language: str) -> bytes:
    """The archive of a version in one language. The same version gives the same bytes."""
    files = dict(assets())
    styles = ("training/courses.css", "training/drawings.css")
    files |= {f"assets/{name.rpartition('/')[2]}": static(name) for name in styles}
    films = {
        code: row for one in content.activities if (code := one.content.get("film")) and (row := film(code))
    }
    for code, row in films.items():
        files |= _film_files(code, row, language)
    script = "assets/cmi5.js" if kind == "cmi5" else "assets/scorm.js"
    files[script] = static("training/cmi5.js" if kind == "cmi5" else "repository/scorm.js")
    with override(language):
        page = render_to_string(
            "training/courses/package.html",
            {
                "title": said(content.version.title, language),
                "summary": said(content.version.summary, language),
                "language": language,
                "script": script,
                "modules": [
                    (said(module.title, language), [_part(one, content, films, language) for one in parts])
                    for module in content.modules
                    if (parts := [one for one in module.activities.all() if one.kind in ALONE])
                ],
            },
        )
    files["index.html"] = page.encode()
    name, manifest = _manifest(content, kind, language, sorted(files))
    files[name] = manifest.encode()
    return archive.packed(files)


ALONE = ("page", "video", "quiz")


def _manifest(content: Content, kind: str, language: str, names: list[str]) -> tuple[str, str]:
    version = content.version
    if kind == "cmi5":
        return "cmi5.xml", course_structure(content, language)
    record = {
        "ref": f"{version.course.code}-{version.number}",
        "title": {language: said(version.title, language)},
    }
    return "imsmanifest.xml", scorm.manifest(record, kind, language, names)


def course_structure(content: Content, language: str) -> str:
    """`cmi5.xml` (cmi5 Quartz, 1st edition): one course, one assignable unit that is done when passed."""
    version = content.version
    base = f"urn:uuid:{uuid5(NAMESPACE_URL, f'sauga:{version.course.code}:{version.ref}:{language}')}"
    title = escape(said(version.title, language))
    about = escape(said(version.summary, language))

    def words(tag: str, text: str) -> str:
        return f"<{tag}><langstring lang={quoteattr(language)}>{text}</langstring></{tag}>"

    return f"""<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
  <course id={quoteattr(base + ":course")}>{words("title", title)}{words("description", about)}</course>
  <au id={quoteattr(base + ":au")} moveOn="CompletedOrPassed" masteryScore="{PASSES / 100}">
    {words("title", title)}{words("description", about)}
    <url>index.html</url>
  </au>
</courseStructure>
"""


def _film_files(code: str, row: Film, language: str) -> dict[str, bytes]:
    found = {f"films/{code}.webm": media.read(row.file) or b""}
    if row.captions.get(language):
        found[f"films/{code}.{language}.vtt"] = row.captions[language].encode()
    return found


def _part(one: Activity, content: Content, films: dict[str, Film], language: str) -> dict[str, Any]:
    held, shown = one.content, films.get(one.content.get("film", ""))
    codes = [part["item"] for part in held.get("questions", ())]
    for part in held.get("bank", ()):
        codes += [part] if isinstance(part, str) else content.tagged.get(part["tag"], [])
    return {
        "title": said(one.title, language),
        "text": html(linked(said(held.get("text"), language), language, base()), language),
        "film": one.content["film"] if shown else "",
        "has_captions": bool(shown and shown.captions.get(language)),
        "questions": [
            _question(content.items[code], language) for code in dict.fromkeys(codes) if code in content.items
        ],
    }


def _question(item: Item, language: str) -> dict[str, Any]:
    return {
        "code": item.code,
        "text": said(item.text, language),
        "is_ticked": item.kind in TICKED,
        "is_multiple": item.kind == ItemKind.MULTIPLE,
        "options": [
            (said(one["text"], language), bool(one.get("right")), said(one.get("pair"), language))
            for one in item.options
        ],
        "explanation": said(item.explanation, language),
    }
