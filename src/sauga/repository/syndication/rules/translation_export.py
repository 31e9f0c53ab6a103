"""The texts of a resource in one language, by place: what a translator receives, and how it returns.

`title`, `abstract`, `licence_note`, `keywords.0`, `body.3.text`, `body.3.items.0`, `body.3.answers.1`:
numbers count from 0.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from sauga.repository.syndication.rules.xliff import carried

WORDS = ("title", "abstract", "licence_note")
IN_BLOCKS = ("title", "text", "explanation")
LISTS = ("items", "answers")


def texts_of(content: Mapping[str, Any], language: str) -> dict[str, str]:
    """Every non-empty text in reading order. `content` holds the fields of a resource, texts by language."""
    found = {name: (content.get(name) or {}).get(language, "") for name in WORDS}
    found |= {
        f"keywords.{n}": word for n, word in enumerate((content.get("keywords") or {}).get(language, []))
    }
    for number, block in enumerate((content.get("body") or {}).get(language, [])):
        found |= {f"body.{number}.{name}": block.get(name) or "" for name in IN_BLOCKS}
        found |= {
            f"body.{number}.{name}.{n}": text
            for name in LISTS
            for n, text in enumerate(block.get(name) or [])
        }
    return {name: carried(text) for name, text in found.items() if text}


def with_texts(
    content: Mapping[str, Any], texts: Mapping[str, str], *, source: str, target: str
) -> tuple[dict[str, Any], list[str]]:
    """The fields with `texts` in the language `target`, and the places of a body that are still empty.

    A body has the source's structure with translated texts. A place missing from `texts` keeps the target's
    text, as long as both bodies have the same blocks; with an empty place the body stays unchanged, and the
    places are returned.
    """
    fields = {name: {**(content.get(name) or {}), target: texts[name]} for name in WORDS if name in texts}
    keywords = [
        texts[name] for name in texts_of(content, source) if name.startswith("keywords.") and name in texts
    ]
    if keywords:
        fields["keywords"] = {**(content.get("keywords") or {}), target: keywords}
    body = content.get("body") or {}
    if not any(name.startswith("body.") for name in texts):
        return fields, []
    made, empty = _body(body.get(source, []), body.get(target, []), texts)
    if not empty:
        fields["body"] = {**body, target: made}
    return fields, empty


def _body(
    source: list[dict[str, Any]], target: list[dict[str, Any]], texts: Mapping[str, str]
) -> tuple[list[dict[str, Any]], list[str]]:
    held = texts_of({"body": {"target": target}}, "target") if _shape(source) == _shape(target) else {}
    made, empty = deepcopy(source), []
    for name in texts_of({"body": {"source": source}}, "source"):
        words = texts.get(name) or held.get(name)
        if not words:
            empty.append(name)
            continue
        _body_number, number, field, *place = name.split(".")
        block = made[int(number)]
        if place:
            block[field][int(place[0])] = words
        else:
            block[field] = words
    return made, empty


def _shape(body: list[dict[str, Any]]) -> list[tuple[str, int, int]]:
    return [(block["kind"], len(block.get("items") or []), len(block.get("answers") or [])) for block in body]
