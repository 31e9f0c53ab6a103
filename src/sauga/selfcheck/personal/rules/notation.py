"""How editors write answers and promises: one on each line, Lithuanian and English beside each other.

    + Taip | Yes
    - Ne | No
    ! Man neramu | I’m worried
    = Vaikų neturiu | I have no children

`+` goes well, `-` leads to the next step, `!` does so and offers a person to talk to first, `=` neither.
"""

from collections.abc import Iterable, Mapping
from typing import Any

MARKS = {"+": ("strength", False), "-": ("step", False), "!": ("step", True), "=": ("none", False)}
BETWEEN = "|"
WHO = {"child": "child", "adult": "adult", "family": "family"}


class Unreadable(ValueError):
    """A line that says nothing; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def options(text: str) -> list[dict[str, Any]]:
    """The answers of a text. Raises Unreadable."""
    found = []
    for number, line in _lines(text):
        mark, said = line[0], line[1:]
        words = _pair(said, number)
        if mark not in MARKS:
            raise Unreadable(number)
        leads, talk = MARKS[mark]
        found.append({"text": words, "leads": leads, **({"talk": True} if talk else {})})
    return found


def written(held: Iterable[Mapping[str, Any]]) -> str:
    """Answers as an editor writes them."""
    marks = {value: mark for mark, value in MARKS.items()}
    return "\n".join(
        f"{marks[one['leads'], bool(one.get('talk'))]} {one['text']['lt']} {BETWEEN} {one['text']['en']}"
        for one in held
    )


def promises(text: str, before: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The sentences of the agreement, each line `code who: lt | en`; what they belong to stays as it was
    `before`. Raises Unreadable."""
    known, found, codes = {one["code"]: one for one in before}, [], set()
    for number, line in _lines(text):
        head, colon, said = line.partition(":")
        code, _space, who = head.strip().partition(" ")
        if not colon or who.strip() not in WHO or not code.replace("-", "").isalnum() or code in codes:
            raise Unreadable(number)
        codes.add(code)
        held = known.get(code, {})
        found.append(
            {
                "code": code,
                "who": who.strip(),
                "area": held.get("area", "help"),
                "text": _pair(said, number),
                "items": list(held.get("items", [])),
            }
        )
    return found


def promises_written(held: Iterable[Mapping[str, Any]]) -> str:
    """The sentences of the agreement as an editor writes them."""
    return "\n".join(
        f"{one['code']} {one['who']}: {one['text']['lt']} {BETWEEN} {one['text']['en']}" for one in held
    )


def sources(text: str) -> dict[str, str]:
    """Sources, each line `code: title`. Raises Unreadable."""
    found: dict[str, str] = {}
    for number, line in _lines(text):
        code, colon, title = line.partition(":")
        if not colon or not code.strip().isidentifier() or not title.strip():
            raise Unreadable(number)
        found[code.strip()] = title.strip()
    return found


def sources_written(held: Mapping[str, str]) -> str:
    """Sources as an editor writes them."""
    return "\n".join(f"{code}: {title}" for code, title in held.items())


def _lines(text: str) -> Iterable[tuple[int, str]]:
    return ((number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip())


def _pair(said: str, number: int) -> dict[str, str]:
    lithuanian, between, english = said.partition(BETWEEN)
    if not between or not lithuanian.strip() or not english.strip():
        raise Unreadable(number)
    return {"lt": lithuanian.strip(), "en": english.strip()}
