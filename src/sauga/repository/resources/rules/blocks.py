"""The body of a resource as blocks: a short list of kinds that cannot hold markup and cannot produce an
inaccessible page.

[{"kind": "heading", "text": "…"}, {"kind": "paragraph", "text": "…"}, {"kind": "list", "items": ["…"],
"ordered": false},
 {"kind": "task", "title": "…", "text": "…", "minutes": 10}, {"kind": "question", "text": "…", "answers":
 ["…"], "right": [0], "explanation": "…"}, {"kind": "slot", "slot": "logo"}]

A question of a self-check has `points` for each answer instead of `right`, and its `explanation` is the
advice; {"kind": "result", "least": 14, "text": "…"} is the result from so many points on.
"""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel.refusals import ActionRefused

KINDS = ("heading", "paragraph", "list", "task", "question", "result", "slot")
MOST_BLOCKS, MOST_ITEMS = 200, 40
LONGEST = {
    "heading": 160,
    "paragraph": 4000,
    "item": 600,
    "task": 4000,
    "question": 600,
    "answer": 300,
    "explanation": 600,
    "result": 1000,
}
MOST_POINTS = 100
MARKUP = re.compile(r"<\s*[/!a-zA-Z]|\]\(\s*(?:https?:|javascript:)|&(?:#\d+|[a-z]+);")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class BlockRefused(ActionRefused):
    """A block does not have the form above. `place` is its number from 0, `why` a code."""

    message = _("This slot must be filled.")
    messages = {
        "markup": _("Only plain text here, without markup or links."),
        "too_long": _("The text is too long."),
        "points": _("Give every answer of the question points, or mark the right ones: not both."),
    }

    def __init__(self, place: int, why: str) -> None:
        super().__init__(why)
        self.place = place

    @property
    def text(self) -> str:
        """Which paragraph, and what is wrong with it."""
        why = self.messages.get("too_long" if "too" in self.why else self.why, self.message)
        return gettext("Paragraph %(number)s: ") % {"number": self.place + 1} + str(why)


def checked(blocks: Any, *, slots: Collection[str] = ()) -> list[dict[str, Any]]:
    """The blocks, reduced to what their kinds allow. `slots` are the codes a slot block may name. Raises
    BlockRefused.
    """
    if not isinstance(blocks, list):
        raise BlockRefused(0, "not_a_list")
    if len(blocks) > MOST_BLOCKS:
        raise BlockRefused(MOST_BLOCKS, "too_many")
    return [_one(place, block, slots) for place, block in enumerate(blocks)]


def plain_text(text: str) -> bool:
    """Whether a text holds no markup and no control characters."""
    return not MARKUP.search(text) and not CONTROL.search(text)


def words(blocks: list[dict[str, Any]]) -> str:
    """Everything that is read, one line each: for search, counting and comparing."""
    lines: list[str] = []
    for block in blocks:
        lines += [str(block[name]) for name in ("title", "text", "explanation") if block.get(name)]
        lines += [str(item) for name in ("items", "answers") for item in block.get(name, [])]
    return "\n".join(lines)


def _one(place: int, block: Any, slots: Collection[str]) -> dict[str, Any]:
    if not isinstance(block, Mapping) or block.get("kind") not in KINDS:
        raise BlockRefused(place, "kind")
    return {"kind": block["kind"], **CHECKS[block["kind"]](place, block, slots)}


def _text(place: int, value: Any, longest: int, *, empty: bool = False) -> str:
    if not isinstance(value, str) or (not empty and not value.strip()):
        raise BlockRefused(place, "empty")
    if len(value) > longest:
        raise BlockRefused(place, "too_long")
    if not plain_text(value):
        raise BlockRefused(place, "markup")
    return value.strip()


def _texts(place: int, values: Any, longest: int) -> list[str]:
    if not isinstance(values, list) or not values:
        raise BlockRefused(place, "empty")
    if len(values) > MOST_ITEMS:
        raise BlockRefused(place, "too_many")
    return [_text(place, value, longest) for value in values]


def _heading(place: int, block: Mapping[str, Any], slots: Collection[str]) -> dict[str, Any]:
    return {"text": _text(place, block.get("text"), LONGEST["heading"])}


def _paragraph(place: int, block: Mapping[str, Any], slots: Collection[str]) -> dict[str, Any]:
    return {"text": _text(place, block.get("text"), LONGEST["paragraph"])}


def _list(place: int, block: Mapping[str, Any], slots: Collection[str]) -> dict[str, Any]:
    return {
        "items": _texts(place, block.get("items"), LONGEST["item"]),
        "ordered": bool(block.get("ordered", False)),
    }


def _task(place: int, block: Mapping[str, Any], slots: Collection[str]) -> dict[str, Any]:
    minutes = block.get("minutes")
    if minutes is not None and (
        not isinstance(minutes, int) or isinstance(minutes, bool) or not 1 <= minutes <= 600
    ):
        raise BlockRefused(place, "minutes")
    return {
        "title": _text(place, block.get("title", ""), LONGEST["heading"], empty=True),
        "text": _text(place, block.get("text"), LONGEST["task"]),
        "minutes": minutes,
    }


def _question(place: int, block: Mapping[str, Any], slots: Collection[str]) -> dict[str, Any]:
    answers = _texts(place, block["answers"], LONGEST["answer"]) if block.get("answers") else []
    right = block.get("right", [])
    if not isinstance(right, list) or any(
        not isinstance(n, int) or isinstance(n, bool) or not 0 <= n < len(answers) for n in right
    ):
        raise BlockRefused(place, "right")
    checked = {
        "text": _text(place, block.get("text"), LONGEST["question"]),
        "answers": answers,
        "right": sorted(set(right)),
    }
    if block.get("points"):
        checked["points"] = _points(place, block["points"], answers, right)
    if block.get("explanation"):
        checked["explanation"] = _text(place, block["explanation"], LONGEST["explanation"])
    return checked


def _points(place: int, points: Any, answers: list[str], right: list[int]) -> list[int]:
    """One number for each answer; a question has points or right answers."""
    if right or not isinstance(points, list) or len(points) != len(answers):
        raise BlockRefused(place, "points")
    return [_number(place, one, MOST_POINTS, "points") for one in points]


def _number(place: int, value: Any, most: int, why: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise BlockRefused(place, why)
    return value


def _result(place: int, block: Mapping[str, Any], slots: Collection[str]) -> dict[str, Any]:
    return {
        "least": _number(place, block.get("least"), MOST_POINTS * MOST_BLOCKS, "least"),
        "text": _text(place, block.get("text"), LONGEST["result"]),
    }


def _slot(place: int, block: Mapping[str, Any], slots: Collection[str]) -> dict[str, Any]:
    if block.get("slot") not in slots:
        raise BlockRefused(place, "slot")
    return {"slot": block["slot"]}


CHECKS: dict[str, Callable[[int, Mapping[str, Any], Collection[str]], dict[str, Any]]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "list": _list,
    "task": _task,
    "question": _question,
    "result": _result,
    "slot": _slot,
}
