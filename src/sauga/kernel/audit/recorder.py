"""`record` (and `record_all` for many objects), the only way into the audit log."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sauga.kernel.audit.chain import Content
from sauga.kernel.audit.registry import CODE, Fact, checked
from sauga.kernel.clock import to_hour
from sauga.kernel.states import Actor

ZONE = re.compile(r"[a-z][a-z0-9_-]{0,23}")
LONGEST_ACTOR = 40


class LineRefused(Exception):
    """The actor, zone or reference of a line is not of the form the audit log keeps. Nothing was written."""


def record(
    by: Actor, action: StrEnum, obj: Any, *, zone: str, at: datetime, facts: Mapping[str, Fact] | None = None
) -> None:
    """Write that `by` did `action` to `obj`, in the caller's transaction: it is there if the act is there,
    and gone if that rolls back.

    `obj` is a row, a reference as text, or None for an act without an object. Only the hour of `at` is kept.
    The line takes its place in the zone's chain at commit, so it may be called anywhere in a transaction and
    holds no lock until then. Raises ActionUnknown, FactRefused or LineRefused.
    """
    record_all(by, action, [(obj, facts)], zone=zone, at=at)


def record_all(
    by: Actor,
    action: StrEnum,
    objects: Iterable[tuple[Any, Mapping[str, Fact] | None]],
    *,
    zone: str,
    at: datetime,
) -> None:
    """`record` for many objects, each given with its facts: one line each, in their order, with one
    statement."""
    from sauga.kernel.audit.models import TrailLine

    if not isinstance(by, Actor) or not 0 < len(by.pseudonym) <= LONGEST_ACTOR:
        raise LineRefused("an act needs an actor")
    if not ZONE.fullmatch(zone):
        raise LineRefused("a zone is a code of at most 24 lower-case characters")
    hour = to_hour(at.astimezone(UTC))
    contents = [
        Content(str(zone), hour, by.pseudonym, str(action), *reference(obj), checked(action, facts))
        for obj, facts in objects
    ]
    TrailLine.objects.bulk_create(
        [TrailLine(**content._asdict(), digest=content.digest()) for content in contents]
    )


def reference(obj: Any) -> tuple[str, str]:
    """How the audit log names an object: its model and its `ref`; where it has none, a short hash of its key.

    Raises LineRefused.

    >>> reference("K7Q4-M2XX")
    ('', 'K7Q4-M2XX')
    """
    if obj is None:
        return "", ""
    if isinstance(obj, str):
        kind, ref = "", obj
    else:
        kind = obj._meta.label_lower
        ref = str(getattr(obj, "ref", "") or _hashed_key(kind, obj.pk))
    if not ref or not CODE.fullmatch(ref):
        raise LineRefused(f"the reference of {kind or 'the object'} is no code of at most 64 characters")
    return kind, ref


def _hashed_key(kind: str, key: Any) -> str:
    if key is None:
        raise LineRefused(f"{kind} has not been stored yet")
    return hashlib.blake2b(f"{kind}:{key}".encode(), digest_size=8, person=b"sauga-trail").hexdigest()
