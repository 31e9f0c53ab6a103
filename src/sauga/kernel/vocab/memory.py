"""What this process remembers of the tables, and how it learns that another process changed them.

Every change replaces the edition's mark. A reader compares marks at most once in `CHECK_EVERY` seconds; a
transaction that changed something reads past the shared memory until it ends, so no other ever sees what
may still be rolled back.
"""

import time
from dataclasses import dataclass, field, replace
from threading import local
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from django.db import connection, transaction

from sauga.kernel.i18n.languages import DEFAULT
from sauga.kernel.vocab.views import PolicyView, TermView, frozen

CHECK_EVERY = 2.0
EDITION = 1


@dataclass(frozen=True)
class Held:
    """One vocabulary in memory."""

    titles: MappingProxyType[str, str]
    terms: dict[str, TermView]
    _spoken: dict[str, dict[str, TermView]] = field(default_factory=dict, compare=False, repr=False)

    def spoken(self, language: str) -> dict[str, TermView]:
        """The terms as they are read in one language; made at its first use."""
        if language not in self._spoken:
            self._spoken[language] = {
                code: replace(term, language=language) for code, term in self.terms.items()
            }
        return self._spoken[language]


@dataclass
class Snapshot:
    """One edition of the tables; each vocabulary and policy is read when first asked for."""

    mark: str
    checked: float
    _vocabularies: dict[str, Held | None] = field(default_factory=dict)
    _policies: dict[str, list[PolicyView]] = field(default_factory=dict)

    def vocabulary(self, code: str) -> Held | None:
        if code not in self._vocabularies:
            self._vocabularies[code] = _read_vocabulary(code)
        return self._vocabularies[code]

    def policy_versions(self, name: str) -> list[PolicyView]:
        if name not in self._policies:
            self._policies[name] = _read_policy(name)
        return self._policies[name]


_shared: list[Snapshot] = []
_own = local()


def snapshot() -> Snapshot:
    """The memory to read from now."""
    if _changed_here():
        own: Snapshot | None = getattr(_own, "snapshot", None)
        if own is None:
            own = _own.snapshot = Snapshot(mark="", checked=0.0)
        return own
    now = time.monotonic()
    held = _shared[0] if _shared else None
    if held is not None and now - held.checked < CHECK_EVERY:
        return held
    mark = _mark()
    if held is None or held.mark != mark:
        held = Snapshot(mark=mark, checked=now)
    held.checked = now
    _shared[:] = [held]
    return held


def forget() -> None:
    """Drop what this process remembers."""
    _shared.clear()
    _own.snapshot = None


def announce_change() -> None:
    """Called by every write, inside its transaction: mark a new edition and forget the old
    one here at once.
    """
    from sauga.kernel.vocab.models import Edition

    Edition.objects.update_or_create(pk=EDITION, defaults={"mark": uuid4().hex})
    _own.snapshot = None
    transaction.on_commit(forget)


def _changed_here() -> bool:
    """Whether the open transaction has announced a change: its `forget` still waits for the commit, and a
    rollback takes it away."""
    return any(waiting[1] is forget for waiting in connection.run_on_commit)


def _mark() -> str:
    from sauga.kernel.vocab.models import Edition

    return Edition.objects.filter(pk=EDITION).values_list("mark", flat=True).first() or ""


def _read_vocabulary(code: str) -> Held | None:
    from sauga.kernel.vocab.models import Vocabulary

    row = Vocabulary.objects.filter(code=code).first()
    if row is None:
        return None
    terms = {term.code: _view(code, term) for term in row.terms.order_by("position", "id")}
    return Held(titles=MappingProxyType({"lt": row.title_lt, "en": row.title_en}), terms=terms)


def _view(vocabulary: str, row: Any) -> TermView:
    return TermView(
        vocabulary=vocabulary,
        code=row.code,
        labels=MappingProxyType({"lt": row.label_lt, "en": row.label_en}),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        status=row.status,
        parent=row.parent,
        position=row.position,
        extra=frozen(row.extra),
        language=DEFAULT,
    )


def _read_policy(name: str) -> list[PolicyView]:
    from sauga.kernel.vocab.models import Policy

    return [
        PolicyView(
            name=row.name,
            version=row.version,
            valid_from=row.valid_from,
            status=row.status,
            value=frozen(row.value),
        )
        for row in Policy.objects.filter(name=name).order_by("-version")
    ]
