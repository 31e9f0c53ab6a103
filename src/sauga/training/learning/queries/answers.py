"""What a learner answered in the questions of a course, as people read it: “my data” says the question and
the answer, not their codes and places."""

from collections.abc import Mapping, Sequence
from typing import Any

from sauga.training.courses.models import Item, said
from sauga.training.courses.rules.items import ItemKind
from sauga.training.learning.models import Attempt

LANGUAGES = ("lt", "en")


def answered(row: Attempt, bank: Mapping[str, Item]) -> list[dict[str, Any]]:
    """The questions of a try that have an answer, in the order in which they were asked; `bank` has the
    questions of the version by code. One that is no longer there keeps its code and the places chosen."""
    return [
        {
            "question": code,
            "title": _in_each(bank[code].text) if code in bank else None,
            "answered": {language: _given(bank[code], row.answers[code], language) for language in LANGUAGES}
            if code in bank
            else ", ".join(str(place) for place in row.answers[code]),
        }
        for code in row.items
        if row.answers.get(code)
    ]


def _in_each(text: Any) -> dict[str, str]:
    return {language: said(text, language) for language in LANGUAGES}


def _given(item: Item, answer: Sequence[int], language: str) -> str:
    texts = [said(option["text"], language) for option in item.options]
    chosen = [place for place in answer if 0 <= place < len(texts)]
    if item.kind == ItemKind.MATCH:
        pairs = [said(option.get("pair"), language) for option in item.options]
        return "; ".join(
            f"{text} – {pairs[place]}"
            for text, place in zip(texts, answer, strict=False)
            if 0 <= place < len(pairs)
        )
    if item.kind == ItemKind.ORDER:
        return "; ".join(f"{number}. {texts[place]}" for number, place in enumerate(chosen, 1))
    return "; ".join(texts[place] for place in chosen)
