"""Kinds of cells specific to resources: durations, creators, body text."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel.kit.imports.cells import read_number, read_word, text
from sauga.kernel.kit.imports.layout import SHOWN, CellRefused, Column, Kind
from sauga.repository.resources.rules import notation
from sauga.repository.resources.rules.seed_format import minutes


def _minutes(column: Column, value: Any) -> int:
    if isinstance(value, str) and value.startswith("P"):
        value = minutes(value)
    return read_number(column, value)


def _creators(column: Column, value: Any) -> list[dict[str, str]]:
    if isinstance(value, str):
        value = [_creator_line(line) for line in value.splitlines() if line.strip()]
    if not isinstance(value, list) or len(value) > 40:
        raise CellRefused("shape")
    return [_creator(column, one) for one in value]


def _creator_line(line: str) -> dict[str, str]:
    lt, en, url = ([part.strip() for part in line.split("|")] + ["", "", ""])[:3]
    return {"lt": lt or en, "en": en or lt, "url": url}


def _creator(column: Column, one: Any) -> dict[str, str]:
    if not isinstance(one, Mapping) or any(not isinstance(part, str | None) for part in one.values()):
        raise CellRefused("shape")
    made = {name: read_word(column, text(one[name])) for name in ("lt", "en", "kind", "url") if one.get(name)}
    if not made.get("lt") and not made.get("en"):
        raise CellRefused("shape")
    if made.get("url", "https://").partition("://")[0] != "https":
        raise CellRefused("address", made["url"][:SHOWN])
    return made


def _body(_column: Column, value: Any) -> list[Any]:
    if isinstance(value, str):
        return notation.read(value)
    if not isinstance(value, list):
        raise CellRefused("shape")
    return [_composed(one) for one in value]


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, list):
        return [_composed(one) for one in value]
    return {key: _composed(one) for key, one in value.items()} if isinstance(value, dict) else value


MINUTES = Kind(_minutes, _("A whole number of minutes."))
CREATORS = Kind(
    _creators, _("One per line: name in Lithuanian | name in English | web address."), is_list=True
)
BODY = Kind(
    _body,
    _("The body text, written as at the desk: # heading, - list, ! 10 task, ? question."),
    may_be_formula=True,
)
