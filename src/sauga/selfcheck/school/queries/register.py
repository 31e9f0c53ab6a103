"""The public list of labelled schools: those that agreed and whose label counts today."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sauga.kernel.clock import local_day
from sauga.kernel.i18n import fold, sort_key
from sauga.kernel.organisations.tiles import TILES
from sauga.selfcheck.school.models import Label


@dataclass(frozen=True)
class ListedSchool:
    """A school in the list. `until` is the first day on which the label no longer counts."""

    ref: str
    name: str
    municipality: str
    level: str
    is_reviewed: bool
    until: date


@dataclass(frozen=True)
class Wanted:
    """What a visitor looks for; empty: anything."""

    words: str = ""
    municipality: str = ""
    level: str = ""


def listed(at: datetime) -> list[ListedSchool]:
    """Every school of the list by name; two statements. Only a school's latest label that was not revoked
    counts, as on its own page."""
    today = local_day(at)
    standing = Label.objects.filter(revoked_at__isnull=True)
    latest = standing.order_by("school", "-since", "-pk").distinct("school")
    rows = Label.objects.filter(
        pk__in=latest.values("pk"), listed_at__isnull=False, since__lte=today, until__gt=today
    )
    found = [
        ListedSchool(
            row.ref,
            row.school.name_at(at),
            row.school.municipality,
            row.level,
            row.is_reviewed,
            row.until,
        )
        for row in rows.select_related("school").prefetch_related("school__names")
    ]
    return sorted(found, key=lambda one: (sort_key(one.name), one.ref))


def fitting(schools: Sequence[ListedSchool], wanted: Wanted) -> list[ListedSchool]:
    """Those that fit: every word is in the name."""
    words = fold(wanted.words).split()
    return [
        one
        for one in schools
        if all(word in fold(one.name) for word in words)
        and wanted.municipality in ("", one.municipality)
        and wanted.level in ("", one.level)
    ]


def by_place(schools: Sequence[ListedSchool]) -> dict[str, int]:
    """How many schools each municipality has in the list; all municipalities in the order of their codes."""
    counts = Counter(one.municipality for one in schools)
    return {code: counts[code] for code in TILES}
