"""Frozen views of terms and policies; readers never get rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from sauga.kernel.i18n.data_texts import in_words


class UnknownVocabulary(LookupError):
    """No vocabulary of this code is loaded; `sauga init` loads them."""


class UnknownTerm(LookupError):
    """The vocabulary has no such code."""


class UnknownPolicy(LookupError):
    """No version of this policy is loaded or in force; `sauga init` loads them."""


@dataclass(frozen=True)
class TermView:
    """One term as the program reads it.

    `extra` holds what else the source says: external codes, guards, parameters.
    """

    vocabulary: str
    code: str
    labels: Mapping[str, str]
    valid_from: date | None
    valid_to: date | None
    status: str
    parent: str
    position: int
    extra: Mapping[str, Any]
    language: str

    @property
    def label(self) -> str:
        """In the language asked for, else in another, else the code."""
        return self.label_in(self.language)

    def label_in(self, language: str) -> str:
        """The same in another language."""
        return in_words(f"term:{self.vocabulary}", self.labels, language) or self.code

    def says(self, name: str) -> str:
        """What the term says besides, in the language asked for: `hint` is kept as `hint_lt`, `hint_en`. In
        another language its translation; empty where it says nothing in any."""
        kept = {code: str(self.extra.get(f"{name}_{code}") or "") for code in self.labels}
        return in_words(f"term:{self.vocabulary}:{name}", kept, self.language)

    @property
    def external(self) -> Any:
        """The exact value of the outside system, sent unchanged; None when there is none."""
        return self.extra.get("external")

    def is_valid(self, at: date | datetime) -> bool:
        """Whether the term is offered on that day (both bounds inclusive)."""
        day = to_date(at)
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True)
class PolicyView(Mapping[str, Any]):
    """One version of a policy; read it as a mapping.

    A case keeps `name` and `version` of the policy that decided it.
    """

    name: str
    version: int
    valid_from: date | None
    status: str
    value: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.value[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.value)

    def __len__(self) -> int:
        return len(self.value)


def to_date(at: date | datetime | None) -> date:
    """The local day of `at`; None is today."""
    if at is None:
        return timezone.localdate()
    if isinstance(at, datetime):
        return timezone.localtime(at).date() if timezone.is_aware(at) else at.date()
    return at


def frozen(value: Any) -> Any:
    """Lists become tuples and mappings read-only, so that a shared cache cannot be changed by a reader."""
    if isinstance(value, dict):
        return MappingProxyType({key: frozen(item) for key, item in value.items()})
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    return value
