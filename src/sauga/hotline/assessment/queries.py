"""How much each analyst viewed: numbers only, for the welfare lead."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404

from sauga.hotline.assessment.models import Exposure, PoliceHold
from sauga.hotline.content.queries import item_for
from sauga.hotline.permissions import Permission
from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require


@dataclass(frozen=True)
class ExposureLine:
    """One analyst on one day."""

    person_id: int
    name: str
    day: date
    items: int
    severe: int
    reveals: int
    share: float
    stopped: bool
    lifted: bool


def exposure(*, by: PersonActor, at: datetime, days: int = 7) -> list[ExposureLine]:
    """Lines of the last days, newest first, then the heaviest.

    The share is of the day's limit (policy.exposure), 0–1 and beyond.
    """
    require(by, Permission.SEE_WELFARE)
    policy = vocab.policy("policy.exposure")
    since = at.astimezone(VILNIUS).date() - timedelta(days=days - 1)
    rows = (
        Exposure.objects.filter(day__gte=since)
        .select_related("person")
        .order_by("-day", "-severe_items", "-items", "person_id")
    )
    return [_line(row, policy["items"], policy["severe_items"]) for row in rows]


@dataclass(frozen=True)
class Today:
    """What one analyst has viewed today, with the daily limits."""

    items: int
    most_items: int
    severe: int
    most_severe: int


def today(*, by: PersonActor, at: datetime) -> Today:
    """One's own numbers of this day. Raises PermissionRefused for those who do not assess."""
    require(by, Permission.ASSESS)
    policy = vocab.policy("policy.exposure")
    row = Exposure.objects.filter(person_id=by.person_id, day=at.astimezone(VILNIUS).date()).first()
    return Today(
        row.items if row else 0, policy["items"], row.severe_items if row else 0, policy["severe_items"]
    )


def _line(row: Exposure, most: int, most_severe: int) -> ExposureLine:
    share = max(row.items / most, row.severe_items / most_severe)
    return ExposureLine(
        row.person_id,
        row.person.name,
        row.day,
        row.items,
        row.severe_items,
        row.reveals,
        share,
        share >= 1 and not row.lifted_by,
        bool(row.lifted_by),
    )


def hold_for(actor: PersonActor, ref: str, number: int) -> PoliceHold:
    """A hold of an item. Raises Http404."""
    hold = PoliceHold.objects.select_related("item").filter(item=item_for(actor, ref), pk=number).first()
    if hold is None:
        raise Http404
    return hold
