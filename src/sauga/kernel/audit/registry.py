"""Which actions exist and which facts each may carry. Content cannot enter the audit log: there is no field
for it."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise

type Fact = str | int | bool

LONGEST_CODE = 64
CODE = re.compile(r"[A-Za-z0-9_.:,+-]{0,64}")
LARGEST = 2**63 - 1

_facts: dict[str, frozenset[str]] = {}
_owners: dict[str, type[TextChoices]] = {}


class ActionUnknown(Exception):
    """No `trail.py` declares this act, or two declare it."""


class FactRefused(Exception):
    """The act may not carry this fact, or its value is no code. The text names the key, never the value."""


def register(trail: type[TextChoices], facts: Mapping[Any, Collection[str]]) -> None:
    """Declare a service's acts: `register(Trail, FACTS)`, from its AppConfig. An act without an entry in
    `facts` carries none.

    Registering the same enum again changes nothing. Raises ActionUnknown when `facts` names an act outside
    `trail` or another service has the act already, ValueError when an act's name is longer than 64
    characters or the act has no words for its reader.
    """
    names = {str(act) for act in trail}
    if strangers := {str(act) for act in facts} - names:
        raise ActionUnknown(f"facts for acts that {trail.__module__} does not declare: {sorted(strangers)}")
    for act in trail:
        if not CODE.fullmatch(act) or not act:
            raise ValueError(f"{act!r} is no code of at most {LONGEST_CODE} characters")
        if not isinstance(act.label, Promise):
            raise ValueError(f"{act} has no words: declare {act.name} with a label that can be translated")
        if _owners.setdefault(str(act), trail) is not trail:
            raise ActionUnknown(f"{act} is declared by {_owners[str(act)].__module__} already")
    allowed = {str(act): keys for act, keys in facts.items()}
    _facts.update({name: frozenset(allowed.get(name, ())) for name in names})


def actions() -> dict[str, frozenset[str]]:
    """Every registered act with the facts it may carry, for the documentation."""
    return dict(_facts)


def label(action: str) -> str | Promise:
    """What a page calls an act; empty where no package declares it."""
    owner = _owners.get(action)
    return owner(action).label if owner else ""


def checked(action: str, facts: Mapping[str, Fact] | None) -> dict[str, Fact]:
    """The facts in plain types, in the order of their keys. Raises ActionUnknown or FactRefused."""
    allowed = _facts.get(str(action))
    if allowed is None:
        raise ActionUnknown(str(action))
    return {key: _checked_value(action, key, value, allowed) for key, value in sorted((facts or {}).items())}


def _checked_value(action: str, key: str, value: Fact, allowed: frozenset[str]) -> Fact:
    if key not in allowed:
        raise FactRefused(f"{action} may not carry “{key}”")
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            raise FactRefused(f"“{key}” of {action} is too large a number")
        return int(value)
    if isinstance(value, str) and CODE.fullmatch(value):
        return str(value)
    raise FactRefused(f"“{key}” of {action} is no code of at most {LONGEST_CODE} characters")
