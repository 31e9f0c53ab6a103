"""The register as pages ask for it: who is listed now, the numbers of the map, one entry."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404

from sauga.certification.applications.models import Ambassador, Certification
from sauga.certification.register.models import RegisterEntry
from sauga.certification.register.rules.shown import CONSENT_VERSION, Held, Shown, public
from sauga.certification.states import CERTIFIED
from sauga.kernel import statements
from sauga.kernel.clock import local_day
from sauga.kernel.organisations.tiles import TILES

COLUMNS = (
    "ambassador__ref", "name", "shown", "municipalities", "topics", "languages", "audiences", "about",
    "ambassador__level", "until",
)  # fmt: skip
"""What an entry shows, in the order of the fields of `Held`; rows as models would cost five times as much."""


def _rows() -> QuerySet[RegisterEntry]:
    """Those who consented and are certified; a suspended or lapsed ambassador is not among them."""
    last = Certification.objects.filter(ambassador=OuterRef("ambassador")).order_by("-until")
    return RegisterEntry.objects.filter(
        consented_at__isnull=False,
        consent_version=CONSENT_VERSION,
        ambassador__state__in=CERTIFIED,
        ambassador__ended_at__isnull=True,
    ).annotate(until=Subquery(last.values("until")[:1]))


@statements.prepared
def _everybody() -> Any:
    return _rows().values_list(*COLUMNS)


@statements.prepared
def _named(*, ref: str) -> Any:
    return _rows().filter(ambassador__ref=ref).values_list(*COLUMNS)


def _shown(rows: Iterable[tuple[Any, ...]], at: datetime) -> list[Shown]:
    """Of these rows, what may be shown of those whose certification lasts today."""
    held, today = map(Held._make, rows), local_day(at)
    return [public(one) for one in held if one.until is not None and one.until >= today]


def listed(at: datetime) -> list[Shown]:
    """Everybody in the register, as shown, those with a name first; one query."""
    found = _shown(_everybody(), at)
    return sorted(found, key=lambda one: (not one.is_named, one.name.split()[-1:], one.name, one.ref))


def entry(ref: str, at: datetime) -> Shown:
    """One entry. Raises Http404 for an unknown reference and for an ambassador who is not listed."""
    found = _shown(_named(ref=ref), at)
    if not found:
        raise Http404
    return found[0]


def by_place(rows: Sequence[Shown]) -> dict[str, int]:
    """How many ambassadors show each municipality; all municipalities in the order of their codes."""
    counts = Counter(code for one in rows for code in one.municipalities)
    return {code: counts[code] for code in TILES}


def entry_of(ambassador: Ambassador) -> RegisterEntry | None:
    """The profile of an ambassador."""
    return RegisterEntry.objects.filter(ambassador=ambassador).first()
