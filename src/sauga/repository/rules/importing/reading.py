"""Rows of a file as what their columns give: one entry point for all formats, and what is wrong with a row by itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sauga.repository.rules.importing import cells
from sauga.repository.rules.importing.columns import BY_NAME, NEEDED, OWN_ADDRESS, TITLES
from sauga.repository.rules.importing.problems import CellRefused, Problem
from sauga.repository.rules.metadata import MetadataRefused, checked, slug_of

AGES = (("age_min", "age_max"), ("about_age_min", "about_age_max"))


@dataclass(frozen=True)
class Given:
    """One row: its number as a person finds it in the file, what its columns give, and what is wrong with it."""

    number: int
    content: dict[str, Any]
    problems: tuple[Problem, ...] = ()

    @property
    def title(self) -> str:
        """What a person recognises it by."""
        return str(next((self.content[name] for name in TITLES if self.content.get(name)), ""))


@dataclass(frozen=True)
class Table:
    """An opened file. `notes` tell how it was read; `total` is how many rows there are at most, 0 when nobody knows before the end."""

    rows: Iterator[Given]
    total: int = 0
    notes: dict[str, Any] = field(default_factory=dict)


def row_of(number: int, raw: Iterable[tuple[str, Any]], problems: Iterable[Problem] = ()) -> Given:
    """A row from the raw values of its columns, each by the column's name; all that is wrong with it is found at once."""
    content: dict[str, Any] = {}
    found = list(problems)
    for name, value in raw:
        try:
            given = cells.read(BY_NAME[name], value)
        except CellRefused as refused:
            found.append(Problem(name, refused.code, refused.said))
        else:
            if given is not None:
                content[name] = given
    named = {problem.column for problem in found}
    found += [Problem(name, "needed") for name in NEEDED if name not in content and name not in named]
    if not any(name in content or name in named for name in TITLES):
        found.append(Problem("title_lt", "needed"))
    found += [problem for name, value in content.items() for problem in _refused(name, value)]
    for low, high in AGES:
        if low in content and high in content and content[low] > content[high]:
            found.append(Problem(high, "ages", f"{content[low]} > {content[high]}"))
    if not found and not all(addresses(content).values()):
        found.append(Problem("slug_lt", "slug"))
    return Given(number, content, tuple(found))


def addresses(content: Mapping[str, Any]) -> dict[str, str]:
    """The addresses that a row asks for, or that come from its titles."""
    first = content.get("title_lt") or content.get("title_en") or ""
    titles = {"slug_lt": content.get("title_lt") or first, "slug_en": content.get("title_en") or first}
    return {name: content.get(name) or slug_of(titles[name]) for name in OWN_ADDRESS}


def _refused(name: str, value: Any) -> list[Problem]:
    """What the rules of a resource say to one column. Slots are looked at when it is known whose they are."""
    column = BY_NAME[name]
    field_value = {column.language: value} if column.language else value
    if column.field in {"uuid", "accessibility", "publisher", "funder", "creators"}:
        return []
    slots = {block.get("slot") for block in value if isinstance(block, Mapping)} if column.field == "body" else ()
    try:
        checked({column.field: field_value, "slot_codes": slots})
    except MetadataRefused as refused:
        return [Problem(name, refused.why)]
    except (TypeError, KeyError, AttributeError):
        return [Problem(name, "shape")]
    return []
