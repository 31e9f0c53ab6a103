"""What a model says about itself, beside its fields: how each field that could hold a person's words is
protected, how long rows are kept, and whether public pages show them.

    class SpeakerContact(models.Model):
        data = About(
            plain={"language"},
            sealed={"address"},
            on_public_pages=False,
            keep=Term(183, after="ends_at", what=_("Contact details"), since=_("the end of the event")),
        )

`require_complete` stops the start of the program for a model that does not. Docs: docs/develop/ports.md.
"""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField, HStoreField
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db import models
from django.utils.module_loading import import_string

from sauga.kernel.refusals import Text

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
    """A function of the instant and the period does it and returns how many rows it took: where rows may not
    simply be deleted. Actions stand above models, so theirs is named by its dotted path.
    """

    function: Callable[[datetime, timedelta], int] | str

    @property
    def is_there(self) -> bool:
        """Whether the path leads to a function."""
        try:
            return callable(import_string(self.function) if isinstance(self.function, str) else self.function)
        except ImportError:
            return False

    def __call__(self, at: datetime, keep: timedelta) -> int:
        act = import_string(self.function) if isinstance(self.function, str) else self.function
        return int(act(at, keep))


type How = Delete | Clear | By
DELETE = Delete()


@dataclass(frozen=True)
class Term:
    """Rows are kept `days` days after `after`, a field or lookup; where that is empty they are not due.

    `code` names a period that several rules share or that has a name of its own (by default the rule's), and
    it cannot be set to fewer than `least` days. A model with several rules gives each a `name`. `where`
    narrows the rows, `how` says what happens to them. `holder` are attributes of a row that name the holders
    of the wrapped keys that are destroyed first, `holds` attributes with the records whose legal hold
    protects the row besides its own.

    For people: `what` says which records these are, `since` what `after` means; `page` is the URL name of the
    desk page of one of them, by its reference.
    """

    days: int
    after: str
    code: str = ""
    least: int = 1
    name: str = ""
    where: models.Q | None = None
    how: How = DELETE
    holder: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    what: Text = ""
    since: Text = ""
    page: str = ""


@dataclass(frozen=True)
class Forever:
    """Rows are kept for ever, for this reason; `what` says for people which records these are."""

    reason: Text
    what: Text = ""


@dataclass(frozen=True)
class With:
    """Rows go with their owner, by the database's cascade: the name of the foreign key, or a model's label
    (`"events.Event"`) where the way there is longer."""

    owner: str


type Keep = Term | Forever | With


@dataclass(frozen=True, kw_only=True)
class About:
    """The declaration of one model. Raises ValueError when a field is named twice.

    `plain`, `sealed` (encrypted for the holders of keys) and `blind` (a keyed hash) name every field that
    could hold words. `keep` is one rule or several. A change of a model that is `on_public_pages` renews the
    cached pages, except by the fields in `hidden`, which no public page shows.
    """

    plain: Set[str] = frozenset()
    sealed: Set[str] = frozenset()
    blind: Set[str] = frozenset()
    keep: Keep | tuple[Keep, ...] = field(default=(), compare=False)
    on_public_pages: bool = True
    hidden: Set[str] = frozenset()

    def __post_init__(self) -> None:
        if len(self.declared) != len(self.plain) + len(self.sealed) + len(self.blind):
            raise ValueError("a field is named twice")

    @property
    def declared(self) -> frozenset[str]:
        """Every field that it names."""
        return frozenset(self.plain | self.sealed | self.blind)

    @property
    def rules(self) -> tuple[Keep, ...]:
        """How long rows are kept, as a tuple."""
        return self.keep if isinstance(self.keep, tuple) else (self.keep,)


_declared: dict[type[models.Model], About] = {}


def declare(model: type[models.Model], about: About) -> None:
    """Declare a model that cannot carry the attribute: another package's, or one with a field `data`."""
    _declared[model] = about


def about(model: type[models.Model]) -> About | None:
    """What a model, or its abstract base, says about itself; None for one that says nothing."""
    if model in _declared:
        return _declared[model]
    own = [base for base in model.__mro__ if base is model or _is_abstract(base)]
    found = (vars(base).get("data") for base in own)
    return next((one for one in found if isinstance(one, About)), None)


def _is_abstract(base: type) -> bool:
    return bool(getattr(getattr(base, "_meta", None), "abstract", False))


def declared_models() -> Iterator[tuple[type[models.Model], About]]:
    """Every model of the installation that says something about itself, in the order of the applications."""
    for model in apps.get_models():
        if found := about(model):
            yield model, found


def require_complete() -> None:
    """Raises ImproperlyConfigured with every model of ours that has no declaration, and with what to write,
    and with every declaration that names what does not exist."""
    ours = [model for model in apps.get_models() if model.__module__.startswith(PACKAGE)]
    found = [fault for model in ours for fault in faults(model)]
    if found:
        raise ImproperlyConfigured("\n".join(sorted(found)))


def faults(model: type[models.Model]) -> list[str]:
    """What is missing or wrong in a model's declaration, as "app.Model.field: what"."""
    said, label = about(model), model._meta.label
    if said is None:
        words = ", ".join(f'"{name}"' for name in sorted(_words(model)))
        plain = f"plain={{{words}}}, " if words else ""
        example = f'data = About({plain}keep=Term(days, after="…", what=_("…"), since=_("…")))'
        where = f"Write beside its fields in {model.__module__}"
        return [f"{label} does not say what it stores. {where}: {example}; see docs/develop/ports.md"]
    found = [
        *_faults_of_fields(model, said),
        *(why for rule in said.rules for why in _faults_of(model, rule)),
    ]
    if not said.rules:
        found.append("does not say how long it is kept: keep=Term(…), Forever(…) or With(…)")
    return [f"{label}.{why}" if ":" in why.partition(" ")[0] else f"{label} {why}" for why in found]


def _words(model: type[models.Model]) -> set[str]:
    fields = (one for one in model._meta.get_fields() if isinstance(one, models.Field))
    return {one.name for one in fields if isinstance(one, CAN_HOLD_WORDS)}


def _faults_of_fields(model: type[models.Model], said: About) -> Iterator[str]:
    fields = {one.name: one for one in model._meta.get_fields() if isinstance(one, models.Field)}
    for name in sorted(_words(model) - said.declared):
        yield f"{name}: undeclared; name it in plain, sealed or blind"
    for name in sorted((said.declared | said.hidden) - fields.keys()):
        yield f"{name}: no such field"
    for name in sorted(said.sealed | said.blind):
        if name in fields and not isinstance(fields[name], models.BinaryField):
            yield f"{name}: sealed or blind, but not binary"


def _faults_of(model: type[models.Model], rule: Keep) -> Iterator[str]:
    if isinstance(rule, With):
        if owner_of(model, rule) is None:
            yield f"{rule.owner}: kept with what does not exist"
    elif isinstance(rule, Term):
        cleared = rule.how.values if isinstance(rule.how, Clear) else ()
        for lookup in (rule.after, *cleared):
            if not _has(model, lookup):
                yield f"{lookup}: no such field"
        for path in (*rule.holder, *rule.holds):
            if not hasattr(model, path.partition(".")[0]):
                yield f"{path}: no such attribute"
        if isinstance(rule.how, By) and not rule.how.is_there:
            yield f"{rule.how.function}: no such function"
    elif not str(rule.reason).strip():
        yield "does not say why it is kept for ever"


def _has(model: type[models.Model], lookup: str) -> bool:
    here: Any = model
    for name in lookup.split("__"):
        try:
            here = here._meta.get_field(name).related_model
        except (AttributeError, FieldDoesNotExist):
            return False
    return True


def owner_of(model: type[models.Model], rule: With) -> str | None:
    """The label of the model with whose rows these go, None where there is no such key or model."""
    try:
        if "." in rule.owner:
            return str(apps.get_model(rule.owner)._meta.label_lower)
        owner: Any = model._meta.get_field(rule.owner).related_model
    except (LookupError, FieldDoesNotExist):
        return None
    return str(owner._meta.label_lower)


def tables_off_public_pages() -> set[str]:
    """The tables that no public page shows, with those of their many-to-many fields."""
    found = set()
    for model, said in declared_models():
        many: list[Any] = list(model._meta.local_many_to_many)
        if not said.on_public_pages:
            found.add(model._meta.db_table)
        found |= {
            one.remote_field.through._meta.db_table
            for one in many
            if one.remote_field.through._meta.auto_created
            and (not said.on_public_pages or one.name in said.hidden)
        }
    return found


def hidden_columns(table: str) -> set[str]:
    """The columns of a table that no public page shows although it shows others."""
    return {
        str(one.column)
        for model, said in declared_models()
        if model._meta.db_table == table
        for one in model._meta.concrete_fields
        if one.name in said.hidden
    }
