"""Whether a volunteer may take a shift: trained, background check valid, not too long, rested, no overlap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel.clock import VILNIUS
from sauga.kernel.refusals import ActionRefused


class Fault(StrEnum):
    """Why not; each is worded by the page."""

    NOT_A_VOLUNTEER = "NOT_A_VOLUNTEER"
    LEFT = "LEFT"
    NOT_TRAINED = "NOT_TRAINED"
    CHECK = "CHECK"
    TOO_LONG = "TOO_LONG"
    OVERLAP = "OVERLAP"
    REST = "REST"
    BEGUN = "BEGUN"


FAULTS = {
    Fault.NOT_A_VOLUNTEER: _("No volunteer's record yet; the coordinator makes it."),
    Fault.LEFT: _("The last day as a volunteer comes before this shift."),
    Fault.NOT_TRAINED: _("No valid training for this channel on that day."),
    Fault.CHECK: _("No background check that is valid on that day."),
    Fault.TOO_LONG: _("The shift is longer than allowed."),
    Fault.OVERLAP: _("Another shift is at the same time."),
    Fault.REST: _("Too little rest before or after another shift."),
    Fault.BEGUN: _("The shift is over."),
}


def in_full(faults: Sequence[Fault]) -> str:
    """Everything that stands against a claim."""
    return " ".join(str(FAULTS[fault]) for fault in faults)


class ClaimRefused(ActionRefused):
    """The shift cannot be taken by this person; `faults` says everything that stands against it."""

    message = "%(faults)s"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults=lambda: in_full(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Limits:
    """The numbers of `policy.rota` that a claim needs."""

    longest: timedelta
    rest: timedelta

    @classmethod
    def of(cls, policy: Mapping[str, Any]) -> "Limits":
        """From the policy in force."""
        return cls(timedelta(hours=policy["longest_hours"]), timedelta(hours=policy["rest_hours"]))


@dataclass(frozen=True)
class Term:
    """Something that counts from a day to a day, both included; an open end counts on."""

    begins: date
    ends: date | None = None

    def holds(self, first: date, last: date) -> bool:
        """Whether it counts on all of these days."""
        return self.begins <= first and (self.ends is None or last <= self.ends)


@dataclass(frozen=True)
class Able:
    """What is known of a volunteer: trainings by kind, background checks, and until when they are here."""

    trainings: Mapping[str, Sequence[Term]] = field(default_factory=dict)
    checks: Sequence[Term] = ()
    left_date: date | None = None

    def is_trained(self, kind: str, first: date, last: date) -> bool:
        """Whether a training of this kind counts on these days."""
        return any(term.holds(first, last) for term in self.trainings.get(kind, ()))

    def is_checked(self, first: date, last: date) -> bool:
        """Whether a background check counts on these days."""
        return any(term.holds(first, last) for term in self.checks)


@dataclass(frozen=True)
class Place:
    """A shift as the rules see it."""

    begins: datetime
    ends: datetime
    channels: frozenset[str] = frozenset()
    is_lead: bool = False

    @property
    def days(self) -> tuple[date, date]:
        """First and last day in Vilnius; an end at midnight still belongs to the day before."""
        last = self.ends - timedelta(microseconds=1)
        return self.begins.astimezone(VILNIUS).date(), last.astimezone(VILNIUS).date()

    @property
    def kinds(self) -> frozenset[str]:
        """Trainings that it needs."""
        return self.channels | ({"LEAD"} if self.is_lead else set())


def faults(
    place: Place, able: Able | None, others: Sequence[Place], limits: Limits, at: datetime
) -> list[Fault]:
    """Everything that stands against taking `place`; empty when nothing does.

    `others` are the person's own other shifts.
    """
    if able is None:
        return [Fault.NOT_A_VOLUNTEER]
    first, last = place.days
    found = []
    if able.left_date is not None and last > able.left_date:
        found.append(Fault.LEFT)
    if not all(able.is_trained(kind, first, last) for kind in place.kinds):
        found.append(Fault.NOT_TRAINED)
    if not able.is_checked(first, last):
        found.append(Fault.CHECK)
    if place.ends - place.begins > limits.longest:
        found.append(Fault.TOO_LONG)
    if any(one.begins < place.ends and place.begins < one.ends for one in others):
        found.append(Fault.OVERLAP)
    elif any(max(place.begins - one.ends, one.begins - place.ends) < limits.rest for one in others):
        found.append(Fault.REST)
    if place.ends <= at:
        found.append(Fault.BEGUN)
    return found


def shortest_rest(place: Place, others: Sequence[Place]) -> timedelta | None:
    """The shorter of the rests before and after; None when nothing is near."""
    gaps = [max(place.begins - one.ends, one.begins - place.ends) for one in others]
    return min(gaps, default=None)


TRAINED_AS = {"BROWSER_CALL": "PHONE"}
