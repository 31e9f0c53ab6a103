"""Readiness for duty: what is missing (training, background check, an owed debrief), waivers, and who is
there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sauga.helpline.records.rules import channels
from sauga.helpline.rota.models import Duty, DutyPass
from sauga.helpline.volunteers.models import Volunteer
from sauga.helpline.volunteers.queries.debriefs import heavy_bands, owed_by
from sauga.helpline.volunteers.queries.volunteers import ROLES, ables, aliases
from sauga.helpline.volunteers.rules.shift_eligibility import TRAINED_AS
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import sort_key
from sauga.kernel.identity.models import Membership


class Missing(StrEnum):
    """What is missing; each is worded by the page."""

    VOLUNTEER = "VOLUNTEER"
    LEFT = "LEFT"
    TRAINING = "TRAINING"
    CHECK = "CHECK"
    DEBRIEF = "DEBRIEF"


@dataclass(frozen=True)
class Gap:
    """One thing that is missing; for a training `kind` says which."""

    what: Missing
    kind: str = ""


def lacks(person_id: int, channels: Sequence[str], at: datetime, *, leads: bool = False) -> list[Gap]:
    """Everything that stands against a duty for these channels today; empty when nothing does."""
    owed = [Gap(Missing.DEBRIEF)] if owed_by(person_id) else []
    able = ables([person_id]).get(person_id)
    if able is None:
        return [Gap(Missing.VOLUNTEER), *owed]
    day = at.astimezone(VILNIUS).date()
    found = [Gap(Missing.LEFT)] if able.left_date is not None and day > able.left_date else []
    kinds = sorted(
        {TRAINED_AS.get(channel, channel) for channel in channels} | ({"LEAD"} if leads else set())
    )
    found += [Gap(Missing.TRAINING, kind) for kind in kinds if not able.is_trained(kind, day, day)]
    if not able.is_checked(day, day):
        found.append(Gap(Missing.CHECK))
    return [*found, *owed]


def has_waiver(person_id: int, at: datetime) -> bool:
    """Whether a shift lead has let this person begin today."""
    return DutyPass.objects.filter(person=person_id, day=at.astimezone(VILNIUS).date()).exists()


def absent_people(at: datetime) -> list[tuple[int, str]]:
    """Who could come and is not here, by alias: for the lead who grants a waiver."""
    here = Duty.objects.present().values("person_id")
    working = (
        Membership.objects.serving("helpline", at).filter(role__code__in=ROLES).exclude(person_id__in=here)
    )
    people = set(working.values_list("person_id", flat=True))
    gone = Volunteer.objects.filter(person__in=people, left_date__lt=at.astimezone(VILNIUS).date())
    return sorted(
        aliases(people - set(gone.values_list("person_id", flat=True))).items(),
        key=lambda pair: sort_key(pair[1]),
    )


def waivers_today(at: datetime) -> list[DutyPass]:
    """Today's waivers, the last first."""
    return list(
        DutyPass.objects.filter(day=at.astimezone(VILNIUS).date()).select_related("person").order_by("-at")
    )


def leads_present() -> list[Duty]:
    """Shift leads on duty now."""
    return list(Duty.objects.present().filter(is_lead=True).select_related("person").order_by("pk"))


def had_heavy_contact(person_id: int, since: datetime, until: datetime, at: datetime) -> bool:
    """Whether a conversation or call of this person in this time was at high or immediate risk, as far as it
    is not written up yet.
    """
    bands = heavy_bands(at)
    return any(channel.was_heavy(person_id, since, until, bands) for channel in channels.registered())
