"""The register as pages ask for it: who is listed now, the numbers of the map, one entry."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.http import Http404

from sauga.certification.applications.models import Ambassador
from sauga.certification.applications.queries.ambassadors import local_day
from sauga.certification.register.models import RegisterEntry
from sauga.certification.register.rules.shown import CONSENT_VERSION, Held, Shown, public
from sauga.certification.states import CERTIFIED
from sauga.kernel.organisations.tiles import TILES


def _listed(at: datetime) -> QuerySet[RegisterEntry]:
    """Those who consented and are certified today; a suspended or lapsed ambassador is not among them."""
    rows = RegisterEntry.objects.filter(
        consented_at__isnull=False,
        consent_version=CONSENT_VERSION,
        ambassador__state__in=CERTIFIED,
        ambassador__ended_at__isnull=True,
    )
    rows = rows.annotate(until=Max("ambassador__certifications__until"))
    return rows.filter(until__gte=local_day(at)).select_related("ambassador")


def _shown(row: Any) -> Shown:
    return public(
        Held(
            ref=row.ambassador.ref,
            name=row.name,
            shown=row.shown,
            municipalities=row.municipalities,
            topics=row.topics,
            languages=row.languages,
            audiences=row.audiences,
            about=row.about,
            level=row.ambassador.level,
            until=row.until,
        )
    )


def listed(at: datetime) -> list[Shown]:
    """Everybody in the register, as shown, those with a name first; two queries at most."""
    found = [_shown(row) for row in _listed(at)]
    return sorted(found, key=lambda one: (not one.is_named, one.name.split()[-1:], one.name, one.ref))


def entry(ref: str, at: datetime) -> Shown:
    """One entry. Raises Http404 for whoever is not listed, as for a reference that was never given."""
    row = _listed(at).filter(ambassador__ref=ref).first()
    if row is None:
        raise Http404
    return _shown(row)


def by_place(rows: Sequence[Shown]) -> dict[str, int]:
    """How many ambassadors show each municipality; all municipalities in the order of their codes."""
    counts = Counter(code for one in rows for code in one.municipalities)
    return {code: counts[code] for code in TILES}


def entry_of(ambassador: Ambassador) -> RegisterEntry | None:
    """The profile of an ambassador."""
    return RegisterEntry.objects.filter(ambassador=ambassador).first()
