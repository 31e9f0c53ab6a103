"""The field registry: every field that could hold a person's words is declared plain, sealed or blind; an
undeclared one fails a test.

Each app declares in its `fields.py`, which `apps.SealedConfig.ready` imports:

    declare("hotline.Report", plain={"ref", "state"}, sealed={"words"}, blind={"receipt_lookup"})

A step of a state needs no declaration unless it has fields of its own: those of `states.Step` are
codes and instants.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField, HStoreField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

PACKAGE = "sauga."
CAN_HOLD_WORDS: "tuple[type[models.Field[Any, Any]], ...]" = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
    ArrayField,
    HStoreField,
    SearchVectorField,
)


@dataclass(frozen=True)
class Declaration:
    """How one model's fields are kept."""

    plain: frozenset[str]
    sealed: frozenset[str]
    blind: frozenset[str]


_NOTHING = Declaration(frozenset(), frozenset(), frozenset())
_STEP = Declaration(frozenset({"track", "before", "after", "by", "why"}), frozenset(), frozenset())
_declared: dict[str, Declaration] = {}


def declare(
    model_label: str, *, plain: Iterable[str] = (), sealed: Iterable[str] = (), blind: Iterable[str] = ()
) -> None:
    """Declare a model's fields.

    Raises ValueError when a field is named twice or the model was declared differently before.
    """
    declaration = Declaration(frozenset(plain), frozenset(sealed), frozenset(blind))
    parts = (declaration.plain, declaration.sealed, declaration.blind)
    if len(frozenset().union(*parts)) != sum(map(len, parts)):
        raise ValueError(f"{model_label}: a field is declared twice")
    if _declared.setdefault(model_label.lower(), declaration) != declaration:
        raise ValueError(f"{model_label} is declared twice and differently")


def declaration_of(model_label: str) -> Declaration | None:
    """What was declared, None for a model without a declaration."""
    return _declared.get(model_label.lower())


def faults(prefix: str = PACKAGE) -> list[str]:
    """Everything undeclared, unknown, or sealed in a field that is not binary, as "app.Model.field: why", for
    the apps of the installation."""
    from sauga.kernel.states import Step  # here: models may be imported only once all apps are ready

    found = []
    configs = [config for config in apps.get_app_configs() if config.name.startswith(prefix)]
    known = {model._meta.label_lower: model for config in configs for model in config.get_models()}
    for label, model in known.items():
        declaration = _declared.get(label, _STEP if issubclass(model, Step) else _NOTHING)
        found += [f"{model._meta.label}.{why}" for why in _faults_of(model, declaration)]
    installed = {config.label for config in configs}
    found += [
        f"{label}: no such model"
        for label in _declared
        if label not in known and label.split(".")[0] in installed
    ]
    return sorted(found)


def _faults_of(model: type[models.Model], declaration: Declaration) -> list[str]:
    fields = {field.name: field for field in model._meta.get_fields() if isinstance(field, models.Field)}
    declared = declaration.plain | declaration.sealed | declaration.blind
    undeclared = [
        name for name, field in fields.items() if isinstance(field, CAN_HOLD_WORDS) and name not in declared
    ]
    closed = sorted(declaration.sealed | declaration.blind)
    not_binary = [
        name for name in closed if name in fields and not isinstance(fields[name], models.BinaryField)
    ]
    return [
        *(f"{name}: undeclared" for name in undeclared),
        *(f"{name}: no such field" for name in sorted(declared - fields.keys())),
        *(f"{name}: sealed or blind, but not binary" for name in not_binary),
    ]
