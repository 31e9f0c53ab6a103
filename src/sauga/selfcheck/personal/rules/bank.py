"""The item bank of the personal test as plain values: three audiences, their questions with advice, the
sentences of the family agreement, sources. Read from JSON; the schema is in the tests.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from zlib import crc32

type Words = Mapping[str, str]
"""A text by language."""


class Audience(StrEnum):
    """For whom: children up to twelve, teenagers, adults."""

    CHILD = "child"
    TEEN = "teen"
    ADULT = "adult"


class Leads(StrEnum):
    """What an answer leads to: something that goes well, a next step, or neither."""

    STRENGTH = "strength"
    STEP = "step"
    NONE = "none"


@dataclass(frozen=True)
class Option:
    """An answer. `talk`: a person who gives it is offered a person to talk to before anything else."""

    text: Words
    leads: Leads
    talk: bool = False


@dataclass(frozen=True)
class Item:
    """A question, what is said when it goes well, and the next step when it does not.

    `urgency` from 1 decides which steps come first. `hint` is for the teacher who discusses it with a class.
    `off`: set aside by the editors.
    """

    code: str
    area: str
    topics: tuple[str, ...]
    urgency: int
    question: Words
    options: tuple[Option, ...]
    well: Words
    title: Words
    text: Words
    sources: tuple[str, ...]
    hint: Words
    off: bool = False

    @property
    def shown_order(self) -> tuple[int, ...]:
        """The places of the answers as they are shown: in half of the questions from the other end, so that
        the best answer is not always the first, while answers on a scale keep their order.

        The same on every page, on paper and for a whole class. What leads nowhere, and what a worried person
        chooses, stay last, where they are looked for.
        """
        last = [place for place, one in enumerate(self.options) if one.talk or one.leads is Leads.NONE]
        first = [place for place in range(len(self.options)) if place not in last]
        return (*(reversed(first) if crc32(self.code.encode()) % 2 else first), *last)


@dataclass(frozen=True)
class Helper:
    """A person to talk to, with a number."""

    tel: str
    name: Words
    note: Words


@dataclass(frozen=True)
class Part:
    """The test of one audience. `items` are those in use, `set_aside` the others."""

    audience: Audience
    level: str
    intro: Words
    help: tuple[Helper, ...]
    items: tuple[Item, ...]
    set_aside: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Promise:
    """A sentence of the family agreement: `who` promises (child, adult, family), and after which questions it
    is proposed."""

    code: str
    who: str
    area: str
    text: Words
    items: tuple[str, ...]


@dataclass(frozen=True)
class Bank:
    """Everything that a version holds. `embedded_as` is the English address of the resource by whose
    deployments other sites may embed the test."""

    parts: Mapping[Audience, Part]
    agreement: tuple[Promise, ...]
    sources: Mapping[str, str]
    embedded_as: str


def read(content: Mapping[str, Any]) -> Bank:
    """The stored content as values."""
    return Bank(
        parts={one: _part(one, content["audiences"][one]) for one in Audience},
        agreement=tuple(
            Promise(one["code"], one["who"], one["area"], one["text"], tuple(one["items"]))
            for one in content["agreement"]
        ),
        sources=content["sources"],
        embedded_as=content["embedded_as"],
    )


def _part(audience: Audience, held: Mapping[str, Any]) -> Part:
    items = [item(one) for one in held["items"]]
    return Part(
        audience=audience,
        level=held["level"],
        intro=held["intro"],
        help=tuple(Helper(one["tel"], one["name"], one["note"]) for one in held["help"]),
        items=tuple(one for one in items if not one.off),
        set_aside=tuple(one for one in items if one.off),
    )


def item(held: Mapping[str, Any]) -> Item:
    """One question of the stored content."""
    return Item(
        code=held["code"],
        area=held["area"],
        topics=tuple(held["topics"]),
        urgency=held["urgency"],
        question=held["question"],
        options=tuple(
            Option(one["text"], Leads(one["leads"]), bool(one.get("talk"))) for one in held["options"]
        ),
        well=held["well"],
        title=held["step"]["title"],
        text=held["step"]["text"],
        sources=tuple(held["sources"]),
        hint=held.get("hint", {}),
        off=bool(held.get("off")),
    )


def by_urgency(items: Sequence[Item]) -> list[Item]:
    """The questions in the order in which their steps are named: the most urgent first, then as asked."""
    return sorted(items, key=lambda one: one.urgency)
