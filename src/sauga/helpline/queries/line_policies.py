"""The settings of the line as they are, and every version before: who wrote it, when and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sauga.helpline.rules import settings_of_line as rules
from sauga.helpline.rules.settings_of_line import Setting
from sauga.kernel.identity import names_of
from sauga.kernel.vocab.models import Policy

MOST = 20


@dataclass(frozen=True)
class Version:
    """One version; `changes` are the settings that differ from the version before, with their old and new values."""

    number: int
    made_at: datetime
    author: str
    is_shipped: bool
    why: str
    changes: tuple[tuple[Setting, Any, Any], ...]


@dataclass(frozen=True)
class Group:
    """The settings of one policy, the version in force, and the versions with the newest first."""

    policy: str
    settings: tuple[Setting, ...]
    version: int
    value: Mapping[str, Any]
    versions: tuple[Version, ...]


def groups() -> list[Group]:
    """All settings, policy by policy; two queries."""
    rows: dict[str, list[Policy]] = {name: [] for name in rules.GROUPS}
    for row in Policy.objects.filter(name__in=rules.GROUPS).order_by("name", "-version"):
        rows[row.name].append(row)
    names = names_of({row.made_by for found in rows.values() for row in found})
    return [_group(name, found, names) for name, found in rows.items() if found]


def _group(name: str, rows: list[Policy], names: Mapping[str, str]) -> Group:
    settings = rules.of_group(name)
    versions = []
    for row, before in zip(rows, [*rows[1:], None], strict=True):
        changes = tuple(
            (one, one.of(before.value), one.of(row.value)) for one in settings if before and one.of(before.value) != one.of(row.value)
        )
        shipped = row.made_by.startswith("data:")
        author = "" if shipped else names.get(row.made_by, row.made_by)
        versions.append(Version(row.version, row.made_at, author, shipped, str(row.value.get(rules.WHY, "")), changes))
    return Group(name, settings, rows[0].version, rows[0].value, tuple(versions[:MOST]))
