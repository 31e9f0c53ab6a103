"""What this package asks of the register of organisations."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from sauga.kernel import organisations
from sauga.kernel.i18n import fold
from sauga.kernel.organisations.forms import written
from sauga.kernel.organisations.models import Organisation, valid_at
from sauga.kernel.organisations.places import HOME
from sauga.kernel.organisations.queries.register import kind_labels
from sauga.kernel.organisations.queries.search import Hit

MOST_SUGGESTED = 8


def find(text: str, at: datetime) -> Organisation | None:
    """The organisation that exists now and is or was called so in any language, or has this code; None when
    none or several do."""
    return organisations.exactly(text, at=at)


def is_current(organisation: Organisation, at: datetime) -> bool:
    """Whether it exists now."""
    return Organisation.objects.filter(valid_at(at), pk=organisation.pk).exists()


@dataclass(frozen=True)
class Suggestion:
    """An organisation that fits a text, with public facts only: what is written in the field, the code, and
    what tells it from others of the same name."""

    value: str
    code: str
    name: str
    about: str


def suggestions(text: str, at: datetime, *, limit: int = MOST_SUGGESTED) -> list[Suggestion]:
    """The organisations that fit best. `value` is the name, with the code where another one that fits is
    called the same."""
    hits = organisations.search(text, at=at, limit=limit)
    same = Counter(fold(hit.name) for hit in hits)
    kinds = kind_labels() if hits else {}
    return [
        Suggestion(
            value=hit.name if same[fold(hit.name)] == 1 else written(hit),
            code=hit.organisation.code,
            name=hit.name,
            about=_about(hit, kinds),
        )
        for hit in hits
    ]


def _about(hit: Hit, kinds: dict[str, str]) -> str:
    """The former name that was found, the kind and the place."""
    row = hit.organisation
    former = gettext("formerly %(name)s") % {"name": hit.found} if hit.found else ""
    place = organisations.municipality_name(row.municipality) if row.municipality else ""
    if not place and row.country != HOME:
        place = organisations.country_name(row.country)
    return ", ".join(filter(None, [former, *(kinds.get(kind, "") for kind in row.kinds), place]))
