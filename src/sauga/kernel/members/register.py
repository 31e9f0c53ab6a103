"""What this package asks of the register of organisations."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from sauga.kernel.organisations.models import Organisation, valid_at

MOST_SUGGESTED = 200


def find(text: str, at: datetime) -> Organisation | None:
    """The organisation that exists now and is called exactly so in any language, or has this code; None when
    none or several do."""
    typed = " ".join(text.split())
    if not typed:
        return None
    fits = Q(code=typed) | Q(names__name__iexact=typed)
    rows = list(Organisation.objects.filter(valid_at(at)).filter(fits).distinct()[:2])
    return rows[0] if len(rows) == 1 else None


def is_current(organisation: Organisation, at: datetime) -> bool:
    """Whether it exists now."""
    return Organisation.objects.filter(valid_at(at), pk=organisation.pk).exists()


def suggested(at: datetime) -> Sequence[str]:
    """The names to choose from while the register is small; none where it is large."""
    rows = list(Organisation.objects.filter(valid_at(at)).prefetch_related("names")[: MOST_SUGGESTED + 1])
    return sorted(row.name_at(at) for row in rows) if len(rows) <= MOST_SUGGESTED else []
