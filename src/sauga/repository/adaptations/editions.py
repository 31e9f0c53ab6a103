"""Rendering of an adaptation as a page: one way for our own address, for another site's frame and for
archives.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import translation

from sauga.kernel import media, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import long_datetime
from sauga.repository.adaptations.queries.composition import file_address
from sauga.repository.adaptations.rules.slots import HELPLINE, names_helpline
from sauga.repository.resources.rules.attribution import ADDRESS, SHORT

type Content = dict[str, Any]
STYLES = ("ui/tokens.css", "ui/base.css", "repository/copy.css")
FONTS = (
    "atkinson-next-core.woff2",
    "atkinson-next-lt.woff2",
    "atkinson-next-latin.woff2",
    "atkinson-next-latin-ext.woff2",
    "OFL.txt",
)
LOGO_NAMES = {"image/png": "logo.png", "image/svg+xml": "logo.svg"}


def interface(language: str) -> str:
    """The language of buttons and labels around text in another language."""
    return "lt" if language.startswith("lt") else "en"


def edition(content: Content, language: str, *, hide: Collection[str] = ()) -> dict[str, Any]:
    """A content in one language, ready to render. `hide` names sections that were withdrawn."""
    spoken = interface(language)
    shown = [section for section in content["sections"] if section["ref"] not in hide]
    sections = [
        _section(section, language, number, alone=len(shown) == 1) for number, section in enumerate(shown, 1)
    ]
    placed = {
        block["slot"] for section in shown for block in section["blocks"][language] if block["kind"] == "slot"
    }
    return {
        "language": language,
        "html_language": _html(language),
        "title": content["title"][language],
        "abstract": content["abstract"][language],
        "organisation": content["organisation"],
        "sections": sections,
        "places": [
            (
                vocab.label("slot_kinds", place["kind"], spoken),
                said(place["kind"], place["text"][language], spoken).split("\n"),
            )
            for place in content["places"]
            if place["text"].get(language)
            and place["code"] not in placed
            and place["kind"] != "help_contacts"
        ],
        "help": [(line, names_helpline(line)) for line in content["help"][language]],
        "helpline": HELPLINE,
        "credits": content["credits"][language],
        "licence": SHORT.get(content["licence"], ""),
        "licence_address": ADDRESS.get(content["licence"], ""),
        "logo_alt": (content["logo"] or {}).get("alt") or content["organisation"],
        "questions": sum(
            block["kind"] == "question" and bool(block["right"])
            for section in sections
            for block in section["blocks"]
        ),
        "version": content["version"],
        "files": [_file(one, spoken) for one in _files(content, language)],
    }


def said(kind: str, text: str, language: str) -> str:
    """The value of a slot as people read it: an instant as date and time, anything else as typed."""
    if kind != "date_time":
        return text
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    with translation.override(language):
        return long_datetime(at if at.tzinfo else at.replace(tzinfo=VILNIUS))


def _files(content: Content, language: str) -> list[dict[str, Any]]:
    """Files of the original in this language, else in any: the poster itself, the leaflet to print."""
    held: list[dict[str, Any]] = content.get("files", [])
    return [one for one in held if one["language"] == language] or held


def _file(one: dict[str, Any], spoken: str) -> dict[str, str]:
    kind = media.EXTENSIONS.get(one["mime"], "").lstrip(".").upper()
    label = (
        f"{vocab.label('rendition_kinds', one['kind'], spoken)}, "
        f"{vocab.label('languages', one['language'], spoken)}"
    )
    return {"href": file_address(one["ref"], one["name"]), "label": label, "type": kind}


def languages(content: Content) -> list[tuple[str, str]]:
    """Code and name of each language of a content, in that language."""
    names = {
        "lt": "Lietuvių",
        "en": "English",
        "pl": "Polski",
        "ru": "Русский",
        "uk": "Українська",
        "lv": "Latviešu",
        "be": "Беларуская",
    }
    return [
        (code, names.get(code) or vocab.label("languages", code, interface(code)))
        for code in content["languages"]
    ]


def drawn(template: str, content: Content, language: str, *, hide: Collection[str] = (), **more: Any) -> str:
    """The page in a language, including everything around the text."""
    with translation.override(interface(language)):
        return render_to_string(
            template, {"copy": edition(content, language, hide=hide), "content": content, **more}
        )


def logo_bytes(content: Content) -> bytes:
    """The logo; empty when there is none."""
    if not content["logo"]:
        return b""
    with default_storage.open(content["logo"]["file"]) as file:
        kept: bytes = file.read()
        return kept


def logo_name(content: Content) -> str:
    """The logo's file name in an archive; empty when there is none."""
    return LOGO_NAMES[content["logo"]["mime"]] if content["logo"] else ""


def assets() -> dict[str, bytes]:
    """Styles, fonts and script that a page in an archive needs, by path."""
    files = {f"assets/{name.rpartition('/')[2]}": static(name) for name in (*STYLES, "repository/copy.js")}
    return files | {f"assets/fonts/{name}": static(f"ui/fonts/{name}") for name in FONTS}


def static(name: str) -> bytes:
    """One of our static files."""
    found = finders.find(name)
    if not found or not isinstance(found, str):
        raise FileNotFoundError(name)
    with open(found, "rb") as file:
        return file.read()


def _section(section: dict[str, Any], language: str, number: int, *, alone: bool) -> dict[str, Any]:
    tongue = section["tongue"][language]
    return {
        "ref": section["ref"],
        "id": f"d{number}",
        "title": "" if alone else section["title"][language],
        "tongue": _html(tongue) if tongue != language else "",
        "own": section["own"],
        "licence": SHORT.get(section["licence"], ""),
        "blocks": [
            _block(block, f"q{number}-{place}", language)
            for place, block in enumerate(section["blocks"][language], 1)
            if block["kind"] != "slot" or (block.get("text") and block.get("what") != "help_contacts")
        ],
    }


def _block(block: dict[str, Any], name: str, language: str) -> dict[str, Any]:
    text = said(str(block.get("what", "")), str(block.get("text", "")), interface(language))
    shown = {**block, "name": name, "lines": text.split("\n")}
    if block["kind"] == "question":
        shown["many"] = len(block["right"]) > 1
        shown["choices"] = [
            (place, text, place in block["right"]) for place, text in enumerate(block["answers"])
        ]
    return shown


def _html(language: str) -> str:
    """The language as a page names it."""
    return {"lls": "sgn-LT", "ils": "sgn", "zxx": "zxx"}.get(language, language)
