"""The drawings with people, one for each audience and topic, with what they show in words."""

import json
from functools import cache
from importlib.resources import files

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_FOLDER = files("sauga.portal").joinpath("data/drawings")


@cache
def alternative_texts() -> dict[str, dict[str, str]]:
    """What each drawing shows, by name and language."""
    found: dict[str, dict[str, str]] = json.loads(_FOLDER.joinpath("alt.json").read_text(encoding="utf-8"))
    return found


@cache
def drawing(name: str, language: str) -> SafeString:
    """The drawing as inline SVG, which takes the colours of the page, with its alternative text; empty where
    there is none.
    """
    said = alternative_texts().get(name)
    if said is None:
        return SafeString("")
    picture = _FOLDER.joinpath(f"{name}.svg").read_text(encoding="utf-8").strip()
    label = escape(said.get(language) or said["en"])
    return mark_safe(picture.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1))  # noqa: S308  shipped files
