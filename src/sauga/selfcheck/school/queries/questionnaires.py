"""Versions of the questionnaire, read once in each process: a version never changes."""

from datetime import date
from functools import lru_cache

from sauga.selfcheck.school.models import Questionnaire as Row
from sauga.selfcheck.school.rules.questionnaire import Questionnaire, parsed


@lru_cache(maxsize=32)
def _parsed(key: int, digest: str) -> Questionnaire:
    return parsed(Row.objects.get(pk=key, digest=digest).content)


def of(row: Row) -> Questionnaire:
    """A version, read."""
    return _parsed(row.pk, row.digest)


def by_key(key: int) -> Questionnaire:
    """The version of a primary key."""
    digest = Row.objects.filter(pk=key).values_list("digest", flat=True).get()
    return _parsed(key, digest)


def every() -> list[Questionnaire]:
    """All versions, the earliest first."""
    return [
        _parsed(key, digest) for key, digest in Row.objects.order_by("version").values_list("pk", "digest")
    ]


def in_force(day: date) -> Row | None:
    """The version for rounds that begin on a day."""
    return Row.objects.filter(valid_from__lte=day).order_by("-version").first()


def present(day: date) -> Questionnaire | None:
    """The same, read."""
    row = in_force(day)
    return of(row) if row is not None else None
