"""Loads code lists from JSON files: repeatable, never deletes, never overwrites a staff edit."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction

from sauga.kernel.vocab.memory import announce_change
from sauga.kernel.vocab.models import Policy, Term, Vocabulary

TERM_KEYS = frozenset(
    {"code", "lt", "en", "lt_status", "valid_from", "valid_to", "source", "status", "parent"}
)
VOCABULARY_KEYS = frozenset(
    {"title", "title_lt", "title_en", "source", "status", "staff_may_add", "terms", "states", "extends"}
)
AFTER_THE_LIST = 1000
"""Where the terms of a file that extends a list begin."""
CHANGEABLE = [
    "label_lt",
    "label_en",
    "valid_from",
    "valid_to",
    "source",
    "status",
    "lt_status",
    "parent",
    "position",
    "extra",
]


class FileRefused(Exception):
    """The file is not a vocabulary file; the text says where. Nothing was loaded."""


@dataclass
class Loaded:
    """What a load did, for the operator: counts by kind."""

    vocabularies: int = 0
    new_terms: int = 0
    changed_terms: int = 0
    kept_edits: int = 0
    new_policies: int = 0
    files: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.vocabularies} vocabularies: {self.new_terms} new terms, {self.changed_terms} changed, "
            f"{self.kept_edits} staff edits kept; {self.new_policies} new policy versions"
        )


def load_all(at: datetime) -> Loaded:
    """Load every `data/*_vocabularies.json` of the installed Sauga apps.

    `sauga init` calls it; calling it again changes nothing.
    """
    total = Loaded()
    for config in apps.get_app_configs():
        if config.name.startswith("sauga."):
            for path in sorted((Path(config.path) / "data").glob("*_vocabularies.json")):
                load(path, at=at, into=total)
    return total


def load(path: str | Path, *, at: datetime, into: Loaded | None = None) -> Loaded:
    """Load one file in one transaction. `at` dates new policy versions. Raises FileRefused."""
    done = into or Loaded()
    content = _read(Path(path))
    before = (done.new_terms, done.changed_terms, done.new_policies, done.vocabularies)
    with transaction.atomic():
        lists = list(_lists(content))
        held = _held([code for code, _given in lists])
        for code, given in lists:
            _load_vocabulary(code, given, done, held)
        _load_policies(dict(_policies(content)), f"data:{content.get('version', '')}"[:40], at, done)
        if (done.new_terms, done.changed_terms, done.new_policies, done.vocabularies) != before:
            announce_change()
    done.files.append(Path(path).name)
    return done


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise FileRefused(f"{path.name}: {type(error).__name__}") from error
    if not isinstance(content, dict) or not isinstance(content.get("vocabularies"), dict):
        raise FileRefused(f"{path.name} has no “vocabularies”")
    return content


def _lists(content: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Vocabularies, and the labels of the state machines, which have the same shape."""
    for section, key in (("vocabularies", "terms"), ("state_machines", "states")):
        for code, given in content.get(section, {}).items():
            terms = given.get(key) if isinstance(given, dict) else None
            if not isinstance(terms, list) or not all(
                isinstance(t, dict) and isinstance(t.get("code"), str) and t["code"] for t in terms
            ):
                raise FileRefused(f"{code}: each of “{key}” needs a code")
            if len({t["code"] for t in terms}) != len(terms):
                raise FileRefused(f"{code} names a code twice")
            yield code, given | {"terms": terms}


def _policies(content: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Policies, and mappings between vocabularies, which staff edit in the same way."""
    yield from content.get("policy_defaults", {}).items()
    for name, value in content.get("mappings", {}).items():
        yield f"mapping.{name}", value


def _held(codes: list[str]) -> dict[str, Vocabulary]:
    """The lists of a file that are there already, with their terms: two questions, however many lists."""
    rows = Vocabulary.objects.filter(code__in=codes).prefetch_related("terms")
    return {row.code: row for row in rows}


def _load_vocabulary(code: str, given: dict[str, Any], done: Loaded, held: dict[str, Vocabulary]) -> None:
    """One list. A file that `extends` a list of another file adds its terms behind those."""
    row = held.get(code)
    if given.get("extends"):
        if row is None:
            raise FileRefused(f"{code} is extended, but no file loaded before it has this list")
        _load_terms(row, given["terms"], done, first=AFTER_THE_LIST)
        return
    titles = given.get("title") or {"lt": given.get("title_lt"), "en": given.get("title_en")}
    wanted = {
        "title_lt": titles.get("lt") or "",
        "title_en": titles.get("en") or "",
        "source": given.get("source") or "",
        "status": given.get("status") or "",
        "open": bool(given.get("staff_may_add", "states" not in given)),
        "extra": {key: value for key, value in given.items() if key not in VOCABULARY_KEYS},
    }
    if row is None:
        row = held[code] = Vocabulary.objects.create(code=code, **wanted)
        done.vocabularies += 1
    elif row.edited_at is None and any(getattr(row, name) != value for name, value in wanted.items()):
        Vocabulary.objects.filter(pk=row.pk).update(**wanted)
    _load_terms(row, given["terms"], done)


def _load_terms(vocabulary: Vocabulary, given: list[dict[str, Any]], done: Loaded, *, first: int = 0) -> None:
    held = {term.code: term for term in vocabulary.terms.all()}
    new: list[Term] = []
    changed: list[Term] = []
    for position, one in enumerate(given, first):
        wanted = _wanted(vocabulary.code, one, position)
        row = held.get(one["code"])
        if row is None:
            new.append(Term(vocabulary=vocabulary, code=one["code"], **wanted))
        elif row.edited_at is not None:
            done.kept_edits += 1
        elif any(getattr(row, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(row, name, value)
            changed.append(row)
    if new:
        Term.objects.bulk_create(new)
    if changed:
        Term.objects.bulk_update(changed, CHANGEABLE)
    done.new_terms += len(new)
    done.changed_terms += len(changed)


def _wanted(vocabulary: str, one: dict[str, Any], position: int) -> dict[str, Any]:
    return {
        "label_lt": one.get("lt") or "",
        "label_en": one.get("en") or "",
        "valid_from": _day(vocabulary, one, "valid_from"),
        "valid_to": _day(vocabulary, one, "valid_to"),
        "source": one.get("source") or "",
        "status": one.get("status") or "",
        "lt_status": one.get("lt_status") or "",
        "parent": one.get("parent") or "",
        "position": position,
        "extra": {key: value for key, value in one.items() if key not in TERM_KEYS},
    }


def _day(vocabulary: str, one: dict[str, Any], name: str) -> date | None:
    try:
        return date.fromisoformat(one[name]) if one.get(name) else None
    except (TypeError, ValueError) as error:
        raise FileRefused(f"{vocabulary} {one['code']}: {name} is no date") from error


def _load_policies(given: dict[str, Any], by: str, at: datetime, done: Loaded) -> None:
    """A new version of each policy that the file has changed and no staff have."""
    rows = Policy.objects.select_for_update().filter(name__in=given).order_by("version")
    newest = {row.name: row for row in rows}
    for name, value in given.items():
        held = newest.get(name)
        if held is not None and (held.edited_at is not None or held.value == value):
            done.kept_edits += held.edited_at is not None
            continue
        if not isinstance(value, dict):
            raise FileRefused(f"{name} is no mapping")
        version = held.version + 1 if held else 1
        status = value.get("status") or ""
        Policy.objects.create(name=name, version=version, value=value, status=status, made_at=at, made_by=by)
        done.new_policies += 1
