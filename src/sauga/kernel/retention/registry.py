"""Retention rules, read from the models (`kernel.data`): which rows are kept for how long, and what happens
then."""

from dataclasses import dataclass, field
from datetime import timedelta
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, Q
from django.utils.translation import override

from sauga.kernel import audit, data
from sauga.kernel.refusals import Text


@dataclass(frozen=True)
class Rule:
    """One rule: `term` is the code of its period, `zone` where the audit entry goes, `said` what the model
    declares."""

    code: str
    model: str
    term: str
    zone: str
    said: data.Term = field(compare=False)

    @property
    def after(self) -> str:
        """The lookup of the instant that is counted from."""
        return self.said.after

    @property
    def where(self) -> Q:
        """Which rows of the model it is about."""
        return self.said.where or Q()

    @property
    def how(self) -> data.How:
        """What happens to them."""
        return self.said.how

    @property
    def what(self) -> Text:
        """Which records it is about, for people."""
        return self.said.what

    @property
    def since(self) -> Text:
        """What `after` means, for people."""
        return self.said.since

    @property
    def page(self) -> str:
        """The URL name of the desk page of one such record, by its reference."""
        return self.said.page

    @property
    def can_be_held(self) -> bool:
        """Whether a legal hold on a record keeps it from this rule: not where a function does the work."""
        return not isinstance(self.how, data.By)

    def holders(self, row: Any) -> list[str]:
        """The holders of the wrapped keys that are destroyed before the row goes."""
        return [str(attrgetter(path)(row)) for path in self.said.holder]

    def protecting(self, row: Any) -> list[Any]:
        """The records whose legal hold protects the row: itself, and those that the model names."""
        return [row, *(attrgetter(path)(row) for path in self.said.holds)]


@dataclass(frozen=True)
class Kept:
    """What is kept for ever, and why; `what` says for people which records these are."""

    model: str
    reason: Text
    what: Text


@dataclass(frozen=True)
class KeepTerm:
    """How long, by default: the period that the code declares.

    The table RetentionTerm may say otherwise, but never less than `least`.
    """

    code: str
    default: timedelta
    least: timedelta = timedelta(days=1)


_rules: dict[str, Rule] = {}
_terms: dict[str, KeepTerm] = {}
_forever: dict[str, Kept] = {}
_with: dict[str, str] = {}


def collect() -> None:
    """Read what every model says about itself. Raises ImproperlyConfigured for a model that says nothing."""
    data.require_complete()
    for model, about in data.declared_models():
        for keep in about.rules:
            add(model, keep)
    if found := lost():
        raise ImproperlyConfigured("\n".join(found))


def add(model: type[Model], keep: data.Keep) -> None:
    """Add one declaration. Raises ValueError for a second rule of the same name, and for a period that is
    declared twice and differently or shorter than a day."""
    label = model._meta.label_lower
    if isinstance(keep, data.Forever):
        _forever[label] = Kept(label, keep.reason, keep.what)
    elif isinstance(keep, data.With):
        _with[label] = str(data.owner_of(model, keep))
    else:
        _add_rule(label, keep)


def _add_rule(label: str, keep: data.Term) -> None:
    code = f"{label}.{keep.name}" if keep.name else label
    period = KeepTerm(keep.code or code, timedelta(days=keep.days), timedelta(days=keep.least))
    if not 1 <= keep.least <= keep.days:
        raise ValueError(f"{period.code}: rows are kept for at least a day")
    if _terms.setdefault(period.code, period) != period:
        raise ValueError(f"the period {period.code} is declared twice and differently")
    if code in _rules:
        raise ValueError(f"{code} has a rule already; give this one a name")
    zone = getattr(apps.get_app_config(label.partition(".")[0]), "zone", audit.INSTALLATION)
    _rules[code] = Rule(code, label, period.code, zone, keep)


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


def terms() -> list[KeepTerm]:
    """All keep terms, by code."""
    return [_terms[code] for code in sorted(_terms)]


def lost() -> list[str]:
    """What goes with an owner that has no rule of its own."""
    owners = {rule.model for rule in _rules.values()} | _forever.keys()
    return sorted(
        f"{model} is kept with {owner}, which has no rule"
        for model, owner in _with.items()
        if _root(owner) not in owners
    )


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
    found += [(model, f"with {parent}", "") for model, parent in _with.items()]
    return sorted(found)
