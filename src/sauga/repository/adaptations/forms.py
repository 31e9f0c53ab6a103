"""Parsing what a partner writes: blocks as plain fields, slots by code and language."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sauga.kernel.ui.parameters.numbers import whole
from sauga.repository.adaptations.queries.composition import help_line
from sauga.repository.adaptations.rules.slots import ANY, SAME_EVERYWHERE, TYPED

MOST = 60
POINTS = re.compile(r"\((\d{1,3})\)\s+(.+)")


def fields_of(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each block as fields: its text, lists and answers one per line, right answers marked with a star,
    points in brackets.
    """
    found = []
    for place, block in enumerate(blocks):
        lines = [str(item) for item in block.get("items", [])]
        lines += _answer_lines(block)
        found.append(
            {
                "place": place,
                "kind": block["kind"],
                "title": block.get("title", ""),
                "text": block.get("text", ""),
                "lines": "\n".join(lines),
                "minutes": block.get("minutes") or "",
                "ordered": block.get("ordered", False),
                "slot": block.get("slot", ""),
                "explanation": block.get("explanation", ""),
                "least": block.get("least", ""),
                "from": block.get("from", ""),
            }
        )
    return found


def blocks_of(post: Mapping[str, str]) -> list[dict[str, Any]]:
    """The blocks of a form, without omitted and empty ones."""
    found: list[dict[str, Any]] = []
    for place in range(MOST):
        kind = post.get(f"b{place}-kind", "")
        if not kind or post.get(f"b{place}-out"):
            continue
        block = _block(
            kind,
            {
                name: post.get(f"b{place}-{name}", "")
                for name in ("title", "text", "lines", "minutes", "slot", "explanation", "least")
            },
        )
        if block is None:
            continue
        block["ordered"] = bool(post.get(f"b{place}-ordered")) if kind == "list" else None
        origin = post.get(f"b{place}-from", "")
        found.append(
            {
                name: value
                for name, value in {
                    **block,
                    **({"from": whole(origin)} if origin.isascii() and origin.isdigit() else {}),
                }.items()
            }
        )
    return found


def _answer_lines(block: Mapping[str, Any]) -> list[str]:
    points, right = block.get("points") or [], block.get("right", [])
    answers = [str(text) for text in block.get("answers", [])]
    if points:
        return [f"({number}) {text}" for number, text in zip(points, answers, strict=True)]
    return [f"* {text}" if place in right else text for place, text in enumerate(answers)]


def _asked(text: str, lines: list[str], explanation: str) -> dict[str, Any]:
    counted = [found for line in lines if (found := POINTS.fullmatch(line))]
    made: dict[str, Any] = {"kind": "question", "text": text}
    if counted:
        made |= {"answers": [one[2] for one in counted], "right": []}
        made["points"] = [int(one[1]) for one in counted]
    else:
        made["answers"] = [line.removeprefix("*").strip() for line in lines]
        made["right"] = [place for place, line in enumerate(lines) if line.startswith("*")]
    return {**made, "explanation": explanation} if explanation else made


def _block(kind: str, given: Mapping[str, str]) -> dict[str, Any] | None:
    text = given["text"].replace("\r\n", "\n").strip()
    lines = [line.strip() for line in given["lines"].splitlines() if line.strip()]
    if kind == "slot":
        return {"kind": kind, "slot": given["slot"]}
    if kind == "list":
        return {"kind": kind, "items": lines} if lines else None
    return _worded(kind, text, lines, given) if text else None


def _worded(kind: str, text: str, lines: list[str], given: Mapping[str, str]) -> dict[str, Any]:
    if kind == "question":
        return _asked(text, lines, given["explanation"].replace("\r\n", "\n").strip())
    if kind == "result":
        return {"kind": kind, "text": text, "least": whole(given["least"], 100_000)}
    if kind == "task":
        minutes = whole(given["minutes"], 10_000) or None
        return {"kind": kind, "title": given["title"].strip(), "text": text, "minutes": minutes}
    return {"kind": kind, "text": text}


def place_fields(
    slots: Sequence[Mapping[str, Any]], values: Mapping[str, Any], languages: Sequence[str]
) -> list[dict[str, Any]]:
    """The typed slots with a field per language, or one for all."""
    found = []
    for slot in slots:
        if slot["kind"] not in TYPED or slot["kind"] == "language":
            continue
        spoken = [ANY] if slot["kind"] in SAME_EVERYWHERE else list(languages)
        held = values.get(slot["code"]) or {}
        fields = [_field(slot, one, held) for one in spoken]
        found.append(
            {
                "code": slot["code"],
                "kind": slot["kind"],
                "required": slot.get("required", False),
                "fields": fields,
            }
        )
    return found


def _field(slot: Mapping[str, Any], language: str, held: Mapping[str, Any]) -> dict[str, Any]:
    code, default = slot["code"], slot.get("default") or {}
    first = default.get("lt", "") if language == ANY else default.get(language, "")
    if slot["kind"] == "help_contacts":
        first = first or help_line(language)
    return {"name": f"s-{code}-{language}", "language": language, "value": held.get(language) or first}


def places_of(
    post: Mapping[str, str], slots: Sequence[Mapping[str, Any]], languages: Sequence[str]
) -> dict[str, dict[str, str]]:
    """What was typed, by slot and language."""
    found: dict[str, dict[str, str]] = {}
    for place in place_fields(slots, {}, languages):
        for field in place["fields"]:
            if field["name"] in post:
                found.setdefault(place["code"], {})[field["language"]] = post[field["name"]]
    return found
