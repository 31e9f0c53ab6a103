"""The questionnaire: three areas of ten aspects, each with five level statements in both languages.

A version is a file. A later version may be written as changes to an earlier one; `resolved` makes it whole.
An aspect of a later version says from which earlier aspect it came and what each earlier level is worth now.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

STATEMENTS = 5
MINIMUMS = ("BRONZE", "SILVER", "GOLD")


def said(texts: Mapping[str, str]) -> str:
    """A text in the reader's language."""
    return texts.get(get_language() or "lt") or texts.get("en") or texts["lt"]


@dataclass(frozen=True)
class Minimum:
    """What a level asks for, in tenths of a step: the weighted mean of all aspects, of each area, and the
    least level of an essential aspect."""

    total: int
    area: int
    essential: int


@dataclass(frozen=True)
class Earlier:
    """From which aspect of the version before an aspect came, and what its levels are worth now."""

    aspect: str
    levels: Mapping[int, int]


@dataclass(frozen=True)
class Aspect:
    """One aspect with its five statements."""

    code: str
    area: str
    number: int
    weight: int
    is_essential: bool
    texts: Mapping[str, Any] = field(compare=False)
    helps: str = ""
    sources: tuple[str, ...] = ()
    earlier: Earlier | None = None

    @property
    def name(self) -> str:
        return said(self.texts["name"])

    @property
    def question(self) -> str:
        return said(self.texts["question"])

    @property
    def task(self) -> str:
        return said(self.texts["task"])

    @property
    def statements(self) -> list[str]:
        return [said(one) for one in self.texts["statements"]]

    @property
    def why_changed(self) -> str:
        return said(self.texts["why"]) if "why" in self.texts else ""


@dataclass(frozen=True)
class Area:
    """One of the three areas."""

    code: str
    texts: Mapping[str, str] = field(compare=False)
    aspects: tuple[Aspect, ...]

    @property
    def name(self) -> str:
        return said(self.texts)


@dataclass(frozen=True)
class Source:
    """A public document that aspects rest on."""

    code: str
    texts: Mapping[str, str]
    address: str

    @property
    def name(self) -> str:
        return said(self.texts)


@dataclass(frozen=True)
class Questionnaire:
    """One whole version."""

    version: int
    valid_from: date
    areas: tuple[Area, ...]
    minimums: Mapping[str, Minimum]
    sources: tuple[Source, ...]
    note: Mapping[str, str]
    based_on: int | None = None

    @cached_property
    def aspects(self) -> dict[str, Aspect]:
        """All aspects by code, in their order."""
        return {one.code: one for area in self.areas for one in area.aspects}

    @property
    def changes(self) -> list[Aspect]:
        """Aspects whose requirements differ from the version before."""
        return [
            one
            for one in self.aspects.values()
            if one.earlier is not None
            and (one.earlier.aspect != one.code or any(old != new for old, new in one.earlier.levels.items()))
        ]


class QuestionnaireRefused(ValueError):
    """The file is no questionnaire; the text says what is missing."""


def resolved(data: Mapping[str, Any], base: Mapping[str, Any] | None) -> dict[str, Any]:
    """The whole content of a version: as written, or the earlier one with its changes.

    Raises QuestionnaireRefused.
    """
    if data.get("based_on") is None:
        return {**data, "areas": [dict(one) for one in data["areas"]]}
    if base is None or base["version"] != data["based_on"]:
        raise QuestionnaireRefused(f"version {data['version']} needs version {data['based_on']}")
    changes = {one["code"]: one for one in data["changes"]}
    areas = [{**area, "aspects": list(_changed(area["aspects"], changes))} for area in base["areas"]]
    known = {one["code"] for area in areas for one in area["aspects"]}
    if lost := set(changes) - known:
        raise QuestionnaireRefused(f"version {data['version']} changes {', '.join(sorted(lost))}")
    kept = {
        name: data.get(name, base.get(name)) for name in ("version", "valid_from", "status", "note", "levels")
    }
    return {**kept, "based_on": data["based_on"], "sources": base["sources"], "areas": areas}


def _changed(
    aspects: Sequence[Mapping[str, Any]], changes: Mapping[str, Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    for one in aspects:
        change = changes.get(one["code"])
        kept = {name: value for name, value in one.items() if name not in ("earlier", "why")}
        yield {**kept, **change} if change is not None else kept


def parsed(data: Mapping[str, Any]) -> Questionnaire:
    """A whole version read. Raises QuestionnaireRefused."""
    areas = []
    for given in data["areas"]:
        aspects = tuple(_aspect(one, given["code"], number) for number, one in enumerate(given["aspects"], 1))
        areas.append(Area(given["code"], given["name"], aspects))
    return Questionnaire(
        version=data["version"],
        valid_from=date.fromisoformat(data["valid_from"]),
        areas=tuple(areas),
        minimums={code: Minimum(**data["levels"][code]) for code in MINIMUMS},
        sources=tuple(
            Source(one["code"], {"lt": one["lt"], "en": one["en"]}, one["address"]) for one in data["sources"]
        ),
        note=data["note"],
        based_on=data.get("based_on"),
    )


def _aspect(given: Mapping[str, Any], area: str, number: int) -> Aspect:
    if len(given["statements"]) != STATEMENTS:
        raise QuestionnaireRefused(f"{given['code']} needs {STATEMENTS} statements")
    earlier = given.get("earlier")
    return Aspect(
        code=given["code"],
        area=area,
        number=number,
        weight=given["weight"],
        is_essential=given["is_essential"],
        texts={
            name: given[name] for name in ("name", "question", "statements", "task", "why") if name in given
        },
        helps=given["helps"],
        sources=tuple(given["sources"]),
        earlier=Earlier(earlier["aspect"], {int(old): new for old, new in earlier["levels"].items()})
        if earlier
        else None,
    )
