"""The texts that letters and surveys begin with. They ship as data; organisers change them as they like."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from sauga.events.followup.rules.mailings import Words


def _read(name: str) -> dict[str, Any]:
    held = files("sauga.events.followup").joinpath("data", name)
    found: dict[str, Any] = json.loads(held.read_text(encoding="utf-8"))
    return found


@cache
def starters() -> dict[str, Words]:
    """The letter of each kind."""
    return {
        kind: Words(
            subject=words["subject"],
            body={code: "\n".join(lines) for code, lines in words["body"].items()},
        )
        for kind, words in _read("letters.json").items()
    }


@cache
def questions(*, is_for_classes: bool) -> list[dict[str, Any]]:
    """The questions of a survey of people, or of teachers about their classes."""
    found: list[dict[str, Any]] = _read("questionnaires.json")["classes" if is_for_classes else "people"]
    return found
