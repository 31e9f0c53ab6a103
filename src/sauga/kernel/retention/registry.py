"""Retention rules: which model is stored for how long, and what happens then. Every model must be declared; a
test checks them all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Q

from sauga.kernel import audit
from sauga.kernel.states import Step


@dataclass(frozen=True)
class Delete:
    """The rows go, with whatever the database cascades to."""


@dataclass(frozen=True)
class Clear:
    """The rows stay, these fields get these values, for example `Clear({"url": b"", "url_gone": True})`.

    A cleared row is not due again.
    """

    values: Mapping[str, Any]


@dataclass(frozen=True)
class By:
    """A function of the instant and the term does it and returns how many rows it took: where rows may not
    simply be deleted."""

    act: Callable[[datetime, timedelta], int]


type How = Delete | Clear | By
DELETE = Delete()


@dataclass(frozen=True)
class Rule:
    """One rule. `term` names how long; `after` is the lookup of the instant that is counted from."""

    code: str
    model: str
    term: str
    after: str
    how: How
    zone: str
    where: Q
    holder: Callable[[Any], str | Iterable[str]] | None = field(compare=False)
    holds: Callable[[Any], Iterable[Any]] | None = field(compare=False)


@dataclass(frozen=True)
class Term:
    """How long, by default: what stands in the code; the table RetentionTerm may say otherwise."""

    code: str
    default: timedelta


_rules: dict[str, Rule] = {}
_terms: dict[str, Term] = {}
_forever: dict[str, str] = {}
_with: dict[str, str] = {}


def term(code: str, default: timedelta) -> str:
    """Declare a keep term that several rules share, for example `term("hotline.words", timedelta(days=90))`;
    returns the code."""
    if default < timedelta(days=1):
        raise ValueError(f"{code}: a keep term is at least a day")
    if _terms.setdefault(code, Term(code, default)) != Term(code, default):
        raise ValueError(f"the term {code} is declared twice and differently")
    return code


def rule(
    model: str,
    *,
    keep: timedelta | str,
    after: str,
    how: How = DELETE,
    name: str = "",
    zone: str = audit.INSTALLATION,
    where: Q | None = None,
    holder: Callable[[Any], str | Iterable[str]] | None = None,
    holds: Callable[[Any], Iterable[Any]] | None = None,
) -> Rule:
    """Declare a rule for a model (`"hotline.Report"`), from the app's `retention.py`.

    `keep` is how long after `after` (a field or lookup of the model; rows where it is empty are not due), or
    the code of a `term`. `how` is DELETE, Clear(…) or By(…). `holder` names the holder (or holders) of the
    wrapped keys that are destroyed first; `where` narrows the rows; `holds` names the objects whose legal
    hold protects a row besides itself; `zone` is where the audit entry goes. A model may have several rules
    with different `name`s. Raises ValueError for a rule declared twice.
    """
    code = f"{model.lower()}.{name}" if name else model.lower()
    if isinstance(keep, str):
        if keep not in _terms:
            raise ValueError(f"{code}: the term {keep} is not declared")
        term_code = keep
    else:
        term_code = term(code, keep)
    made = Rule(code, model.lower(), term_code, after, how, zone, where or Q(), holder, holds)
    if _rules.setdefault(code, made) is not made:
        raise ValueError(f"{code} has a rule already; give this one a name")
    return made


def keep_forever(model: str, reason: str) -> None:
    """Declare that a model's rows stay, and why: reference data, keys that go with their holders, the anchors
    of the audit log."""
    if not reason.strip():
        raise ValueError(f"{model}: say why it is kept forever")
    _forever[model.lower()] = reason


def keep_with(model: str, parent: str) -> None:
    """Declare that a model's rows go when their parent's do, by the database's cascade: links, parts.

    Steps of a state always do.
    """
    _with[model.lower()] = parent.lower()


def rules() -> list[Rule]:
    """All rules, in the order in which they were declared."""
    return list(_rules.values())


def terms() -> list[Term]:
    """All keep terms, by code."""
    return [_terms[code] for code in sorted(_terms)]


def _steps() -> dict[str, str]:
    """Every table of steps, with the one whose state they tell of."""
    kept: list[Any] = [model for model in apps.get_models() if issubclass(model, Step)]
    return {
        model._meta.label_lower: model._meta.get_field("subject").related_model._meta.label_lower
        for model in kept
    }


def undeclared(prefix: str = "sauga.") -> list[str]:
    """Models without a retention rule, and declarations that name no model or an unknown parent."""
    models = {
        model._meta.label_lower: model for model in apps.get_models() if model.__module__.startswith(prefix)
    }
    declared = {rule.model for rule in _rules.values()} | _forever.keys() | _with.keys() | _steps().keys()
    parents = {rule.model for rule in _rules.values()} | _forever.keys()
    lost = [
        f"{model} is kept with {parent}, which has no rule"
        for model, parent in _with.items()
        if _root(parent) not in parents
    ]
    installed = {model._meta.label_lower for model in apps.get_models()}
    present = {config.label for config in apps.get_app_configs()}
    unknown = [
        f"{label}: no such model"
        for label in declared
        if label.partition(".")[0] in present and label not in installed
    ]
    return sorted([*(models.keys() - declared), *lost, *unknown])


def _root(model: str) -> str:
    seen: set[str] = set()
    while model in _with and model not in seen:
        seen.add(model)
        model = _with[model]
    return model


def describe() -> list[tuple[str, str, str]]:
    """Every declaration as (model, how long, what happens or why), for the documentation."""
    lines = [(rule.model, _terms[rule.term].default.days, rule) for rule in _rules.values()]
    found = [(model, f"{days} d after {rule.after}", type(rule.how).__name__) for model, days, rule in lines]
    found += [(model, "kept", reason) for model, reason in _forever.items()]
    found += [(model, f"with {parent}", "") for model, parent in (_steps() | _with).items()]
    return sorted(found)
