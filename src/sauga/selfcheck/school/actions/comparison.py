"""Publishing the comparison: which sums are shown from now on."""

from datetime import datetime

from django.db import transaction

from sauga.kernel import audit
from sauga.kernel.clock import local_day
from sauga.kernel.identity import require
from sauga.kernel.states import Actor
from sauga.selfcheck.permissions import Permission
from sauga.selfcheck.school.models import Published
from sauga.selfcheck.school.queries import country
from sauga.selfcheck.school.rules.comparison import COUNTRY, next_publication
from sauga.selfcheck.trail import ZONE, Trail


def publish_comparison(*, by: Actor, at: datetime) -> int:
    """Publish the means of municipalities and of the country anew, where enough schools have changed. Returns
    how many cells are shown. Raises PermissionRefused."""
    require(by, Permission.ADVANCE_LABELS)
    with transaction.atomic():
        before = {row.municipality: row for row in Published.objects.select_for_update()}
        cells = next_publication({code: row.rounds for code, row in before.items()}, country.latest_rounds())
        out = country.hidden(cells)
        for code, rounds in cells.items():
            row = before.get(code) or Published(municipality=code)
            is_shown = code not in out
            if row.pk is None or set(row.rounds) != rounds:
                row.rounds, row.published_on = sorted(rounds), local_day(at)
                row.points, row.weights = country.sums_of(rounds)
            row.is_shown = is_shown
            row.save()
        Published.objects.exclude(municipality__in=cells).delete()
        shown = len(cells) - len(out & set(cells))
        if country_row := Published.objects.filter(municipality=COUNTRY).first():
            audit.record(by, Trail.COMPARED, country_row, zone=ZONE, at=at, facts={"n": shown})
        return shown
