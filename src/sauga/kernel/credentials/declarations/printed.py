"""What is printed on a credential: the same ordered fields on paper, on the check page and in the file.

It is a snapshot: what the owner's tables say later changes nothing of it. A correction is another credential.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

LANGUAGES = ("lt", "en")
LONGEST_HOLDER, LONGEST_TEXT, MOST_FIELDS = 120, 300, 24


class PrintedRefused(ValueError):
    """A field has no label, no value, or one that is too long; the message names the field, never its
    value."""


@dataclass(frozen=True)
class Words:
    """A text in both languages. Where they do not differ, as in numbers and names, `Words.same`."""

    lt: str
    en: str

    @classmethod
    def same(cls, text: str) -> Self:
        """The same in both languages."""
        return cls(text, text)

    def said(self, language: str) -> str:
        """In this language; English for any but Lithuanian."""
        return self.lt if language == "lt" else self.en


@dataclass(frozen=True)
class PrintedField:
    """One line: `code` is its name for programs, `label` and `value` are what people read."""

    code: str
    label: Words
    value: Words


@dataclass(frozen=True)
class PrintedFields:
    """Everything on the paper.

    `holder` is the holder's name, `about` what it was given for, such as the title of a course.
    `fields` follow in their order: hours, dates, results, partners. `number` is what the owner's register
    calls it; without one, it is made. `intro` and `why` are the sentence around the name on paper (“certifies
    that … took part in”). Issued, valid until, issuer and code are added by the check page and the paper
    themselves.
    """

    holder: str = field(repr=False)
    about: Words
    fields: tuple[PrintedField, ...] = ()
    number: str = ""
    intro: Words | None = None
    why: Words | None = None

    def __post_init__(self) -> None:
        texts = {"holder": self.holder, "about.lt": self.about.lt, "about.en": self.about.en}
        for one in self.fields:
            texts |= {f"{one.code}.label": one.label.lt and one.label.en}
            texts |= {f"{one.code}.lt": one.value.lt, f"{one.code}.en": one.value.en}
        if missing := [name for name, text in texts.items() if not text.strip()]:
            raise PrintedRefused(f"{missing[0]} is empty")
        if long := [name for name, text in texts.items() if len(text) > LONGEST_TEXT]:
            raise PrintedRefused(f"{long[0]} is too long")
        if len(self.holder) > LONGEST_HOLDER or len(self.fields) > MOST_FIELDS or len(self.number) > 40:
            raise PrintedRefused("the name or number is too long, or there are too many fields")
        if "@" in self.holder:
            raise PrintedRefused("holder is an address")

    def held_by(self, holder: str) -> Self:
        """The same for another name, as a correction needs it."""
        return replace(self, holder=holder, number="")

    def stored(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "holder": self.holder,
            "about": _pair(self.about),
            "number": self.number,
            "intro": _pair(self.intro) if self.intro else None,
            "why": _pair(self.why) if self.why else None,
            "fields": [
                {"code": one.code, "label": _pair(one.label), "value": _pair(one.value)}
                for one in self.fields
            ],
        }

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """From what `stored` made."""
        return cls(
            holder=stored["holder"],
            about=Words(*stored["about"]),
            number=stored["number"],
            intro=Words(*stored["intro"]) if stored["intro"] else None,
            why=Words(*stored["why"]) if stored["why"] else None,
            fields=tuple(
                PrintedField(one["code"], Words(*one["label"]), Words(*one["value"]))
                for one in stored["fields"]
            ),
        )


def _pair(words: Words) -> list[str]:
    return [words.lt, words.en]
