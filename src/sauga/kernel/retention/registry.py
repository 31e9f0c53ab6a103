"""Retention rules: which model is stored for how long, and what happens then. Every model must be declared; a
test checks them all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import override

from sauga.kernel import audit
from sauga.kernel.refusals import Text
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
    """One rule. `term` names how long; `after` is the lookup of the instant that is counted from.

    `what` says which records it is about and `since` what `after` means, for people; `page` is the URL name
    of the desk page of one such record, by its reference.
    """

    code: str
    model: str
    term: str
    after: str
    how: How
    zone: str
    where: Q
    holder: Callable[[Any], str | Iterable[str]] | None = field(compare=False)
    holds: Callable[[Any], Iterable[Any]] | None = field(compare=False)
    what: Text = field(compare=False, default="")
    since: Text = field(compare=False, default="")
    page: str = ""

    @property
    def can_be_held(self) -> bool:
        """Whether a legal hold on a record keeps it from this rule: not where a function does the work."""
        return not isinstance(self.how, By)


@dataclass(frozen=True)
class Kept:
    """What is kept for ever, and why; `what` says for people which records these are."""

    model: str
    reason: Text
    what: Text


@dataclass(frozen=True)
class Term:
    """How long, by default: the period that the code declares.

    The table RetentionTerm may say otherwise, but never less than `least`.
    """

    code: str
    default: timedelta
    least: timedelta = timedelta(days=1)


_rules: dict[str, Rule] = {}
_terms: dict[str, Term] = {}
_forever: dict[str, Kept] = {}
_with: dict[str, str] = {}


def term(code: str, default: timedelta, *, least: timedelta = timedelta(days=1)) -> str:
    """Declare a keep term that several rules share, for example `term("hotline.words", timedelta(days=90))`;
    returns the code. Nobody can set it to less than `least`."""
    if not timedelta(days=1) <= least <= default:
        raise ValueError(f"{code}: a keep term is at least a day")
    made = Term(code, default, least)
    if _terms.setdefault(code, made) != made:
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
    what: Text = "",
    since: Text = "",
    page: str = "",
) -> Rule:
    """Declare a rule for a model (`"hotline.Report"`), from the app's `retention.py`.

    `keep` is how long after `after` (a field or lookup of the model; rows where it is empty are not due), or
    the code of a `term`. `how` is DELETE, Clear(…) or By(…). `holder` names the holder (or holders) of the
    wrapped keys that are destroyed first; `where` narrows the rows; `holds` names the objects whose legal
    hold protects a row besides itself; `zone` is where the audit entry goes. `what`, `since` and `page` are
    for people (see Rule). A model may have several rules with different `name`s. Raises ValueError for a rule
    declared twice.
    """
    code = f"{model.lower()}.{name}" if name else model.lower()
    if isinstance(keep, str):
        if keep not in _terms:
            raise ValueError(f"{code}: the term {keep} is not declared")
        term_code = keep
    else:
        term_code = term(code, keep)
    made = Rule(
        code, model.lower(), term_code, after, how, zone, where or Q(), holder, holds, what, since, page
    )
    if _rules.setdefault(code, made) is not made:
        raise ValueError(f"{code} has a rule already; give this one a name")
    return made


def keep_forever(model: str, reason: Text, *, what: Text = "") -> None:
    """Declare that a model's rows stay, and why: reference data, keys that go with their holders, the anchors
    of the audit log. `what` says for people which records these are."""
    if not str(reason).strip():
        raise ValueError(f"{model}: say why it is kept forever")
    _forever[model.lower()] = Kept(model.lower(), reason, what)


def keep_with(model: str, parent: str) -> None:
    """Declare that a model's rows go when their parent's do, by the database's cascade: links, parts.

    Steps of a state always do.
    """
    _with[model.lower()] = parent.lower()


def rules() -> list[Rule]:
    """All rules, in the order in which they were declared."""
    return list(_rules.values())


def rules_of(code: str) -> list[Rule]:
    """The rules that a keep term governs."""
    return [one for one in _rules.values() if one.term == code]


def kept() -> list[Kept]:
    """What is kept for ever, in the order in which it was declared."""
    return list(_forever.values())


def holdable() -> dict[str, Rule]:
    """The models of services whose records can be put on legal hold by their number, each with a rule that
    deletes it."""
    found: dict[str, Rule] = {}
    for one in _rules.values():
        if one.can_be_held and one.zone != audit.INSTALLATION and "ref" in _columns(one.model):
            found.setdefault(one.model, one)
    return found


def _columns(model: str) -> set[str]:
    service = model.partition(".")[0]
    known = {config.label for config in apps.get_app_configs()}
    return {one.name for one in apps.get_model(model)._meta.fields} if service in known else set()


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
    """Every declaration as (model, how long, what happens or why), in English, for the documentation."""
    lines = [(rule.model, _terms[rule.term].default.days, rule) for rule in _rules.values()]
    found = [(model, f"{days} d after {rule.after}", type(rule.how).__name__) for model, days, rule in lines]
    with override("en"):
        found += [(one.model, "kept", str(one.reason)) for one in _forever.values()]
    found += [(model, f"with {parent}", "") for model, parent in (_steps() | _with).items()]
    return sorted(found)
