"""Random histories of people and partners, for the plain model around the product's own rule and for the
database by real actions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sauga.kernel.identity import effect
from sauga.kernel.permissions import REGISTRY

BEGAN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
KINDS = {
    "RRT": ["HOTLINE"],
    "VL": ["HELPLINE"],
    "AC": ["AWARENESS", "COORDINATOR"],
    "SCHOOL": ["SCHOOL"],
    "NEW": ["HOTLINE", "HELPLINE"],
}
OPERATORS = {"hotline": "RRT", "helpline": "VL", "repository": "AC", "portal": "AC"}
ALONE = ("WELFARE_LEAD", "SERVICE_ADMINISTRATOR")
"""Roles that one person may grant; every other takes part in acts of two people."""
ROLES = (
    "ANALYST",
    "SECOND_REVIEWER",
    "COUNSELLOR",
    "SHIFT_LEAD",
    "EDITOR",
    "PUBLISHER",
    "AUDITOR",
    "ADMINISTRATOR",
    *ALONE,
)
ZONES = ("hotline", "helpline", "awareness")
PEOPLE = 6
FIRST = {0: "RRT", 1: "RRT", 2: "VL", 3: "VL", 4: "AC"}
"""Who administers which partner when a history begins; the last person works nowhere."""
LIKELY = {
    "RRT": ("ANALYST", "SECOND_REVIEWER", "WELFARE_LEAD", "ADMINISTRATOR"),
    "VL": ("COUNSELLOR", "SHIFT_LEAD", "SERVICE_ADMINISTRATOR", "ADMINISTRATOR"),
    "AC": ("EDITOR", "PUBLISHER", "AUDITOR"),
    "SCHOOL": ("ADMINISTRATOR",),
    "NEW": ("ANALYST", "COUNSELLOR"),
}


@dataclass(frozen=True)
class Step:
    """One thing that somebody tries. `by` and `second` are people, -1 is the console."""

    what: str
    by: int = -1
    second: int = -1
    person: int = 0
    place: str = ""
    role: str = ""
    zones: tuple[str, ...] = ()
    service: str = ""


def history(seed: int, length: int) -> Iterator[Step]:
    """The steps of one history; the same seed gives the same steps.

    Half of what is tried is likely to be right, the rest is anything.
    """
    chance = Random(seed)
    kinds, weights = (
        ("start", "invite", "change", "end", "move", "two", "close", "operator"),
        (6, 3, 5, 4, 2, 8, 4, 2),
    )
    for _ in range(length):
        by = chance.randrange(-1, PEOPLE)
        place = FIRST[by] if by in FIRST and chance.random() < 0.7 else chance.choice(list(KINDS))
        peers = [person for person, first in FIRST.items() if first == place]
        yield Step(
            chance.choices(kinds, weights)[0],
            by=by,
            second=chance.choice(peers) if peers and chance.random() < 0.7 else chance.randrange(PEOPLE),
            person=chance.randrange(PEOPLE),
            place=place,
            role=chance.choice(LIKELY[place]) if chance.random() < 0.7 else chance.choice(ROLES),
            zones=tuple(zone for zone in ZONES if chance.random() < 0.2),
            service=chance.choice(list(OPERATORS)),
        )


@dataclass
class Held:
    """One membership of the plain world. `given_by` are the people who had to agree, -1 is the console."""

    person: int
    place: str
    role: str
    zones: frozenset[str]
    given_by: frozenset[int] = frozenset({-1})


@dataclass
class Reach:
    """What one person gets at: services by permissions that do not count everywhere, and vaults."""

    services: set[str] = field(default_factory=set)
    zones: set[str] = field(default_factory=set)


def granted() -> dict[str, set[str]]:
    """Role → permissions, as the services declare them."""
    found: dict[str, set[str]] = {}
    for one in REGISTRY.permissions.values():
        for role in one.roles:
            found.setdefault(role, set()).add(one.code)
    return found


class Plain:
    """The world in lists and dictionaries.

    What may be granted, and what counts, is asked of `effect`; the rest is written out here.
    """

    def __init__(self, roles_of_kind: dict[str, set[str]], zones_of_kind: dict[str, set[str]]) -> None:
        self.roles_of_kind, self.zones_of_kind, self.granted = roles_of_kind, zones_of_kind, granted()
        self.operators: dict[str, str] = dict(OPERATORS)
        self.held = [Held(person, place, "ADMINISTRATOR", frozenset()) for person, place in FIRST.items()]
        self.closed: set[int] = set()
        self.last: dict[int, str] = dict(FIRST)
        self.invited = 0

    def offered(self, place: str, role: str, zones: frozenset[str]) -> bool:
        services = {service for service, operator in self.operators.items() if operator == place}
        offer = effect.offer(
            KINDS[place],
            services,
            roles_of_kind=self.roles_of_kind,
            zones_of_kind=self.zones_of_kind,
            granted=self.granted,
        )
        return role in offer.roles and zones <= offer.zones

    def administers(self, by: int, place: str) -> bool:
        return by not in self.closed and any(
            (one.person, one.place, one.role) == (by, place, "ADMINISTRATOR") for one in self.held
        )

    def may(self, step: Step, place: str, role: str, zones: frozenset[str], *, two: bool = False) -> bool:
        if not self.offered(place, role, zones):
            return False
        if step.by == -1:
            return not two
        if not self.administers(step.by, place) or step.by == step.person:
            return False
        return two or not effect.needs_two(self.granted[role])

    def alone(self) -> list[Held]:
        """Memberships of a role that takes part in acts of two people and that one person gave.

        Does not ask the product.
        """
        return [
            one
            for one in self.held
            if one.role not in ALONE and one.given_by != {-1} and len(one.given_by) < 2
        ]

    def holds(self, person: int, place: str, role: str) -> bool:
        return any((one.person, one.place, one.role) == (person, place, role) for one in self.held)

    def first_of(self, person: int) -> Held | None:
        return next((one for one in self.held if one.person == person), None)

    def live(self, step: Step) -> bool:
        """Try one step; whether it was done."""
        return bool(getattr(self, step.what)(step))

    def start(self, step: Step) -> bool:
        zones = frozenset(step.zones)
        if self.holds(step.person, step.place, step.role) or not self.may(step, step.place, step.role, zones):
            return False
        self._begin(step.person, step.place, step.role, zones, {step.by})
        return True

    def _begin(self, person: int, place: str, role: str, zones: frozenset[str], given_by: set[int]) -> None:
        self.held.append(Held(person, place, role, zones, frozenset(given_by)))

    def _end(self, one: Held) -> None:
        self.held.remove(one)
        self.last[one.person] = one.place

    def invite(self, step: Step) -> bool:
        if not self.may(Step("invite", by=step.by, person=-2), step.place, step.role, frozenset(step.zones)):
            return False
        self.invited += 1
        return True

    def change(self, step: Step) -> bool:
        one = self.first_of(step.person)
        if one is None or (
            step.by >= 0 and (not self.administers(step.by, one.place) or step.by == step.person)
        ):
            return False
        zones = frozenset(step.zones)
        more = step.role != one.role or not zones <= one.zones
        if more and not self.may(step, one.place, step.role, zones):
            return False
        if step.role != one.role and self.holds(step.person, one.place, step.role):
            return False
        self._end(one)
        self._begin(one.person, one.place, step.role, zones, {step.by} if more else set(one.given_by))
        return True

    def end(self, step: Step) -> bool:
        one = self.first_of(step.person)
        if one is None or (
            step.by >= 0 and (not self.administers(step.by, one.place) or step.by == step.person)
        ):
            return False
        self._end(one)
        return True

    def move(self, step: Step) -> bool:
        """Out of the first partner and into another, both by the console."""
        one = self.first_of(step.person)
        zones = frozenset(step.zones)
        if one is None or one.place == step.place or self.holds(step.person, step.place, step.role):
            return False
        if not self.offered(step.place, step.role, zones):
            return False
        self._end(one)
        self._begin(step.person, step.place, step.role, zones, {-1})
        return True

    def two(self, step: Step) -> bool:
        """One proposes, a second confirms."""
        zones = frozenset(step.zones)
        if step.by == -1 or not self.may(step, step.place, step.role, zones, two=True):
            return False
        confirms = any(
            one.person == step.second
            and one.place == step.place
            and "identity.confirm_role" in self.granted[one.role]
            for one in self.held
        )
        if not confirms or step.second in self.closed or step.second in {step.by, step.person}:
            return False
        if self.holds(step.person, step.place, step.role):
            return False
        self._begin(step.person, step.place, step.role, zones, {step.by, step.second})
        return True

    def close(self, step: Step) -> bool:
        if step.by < 0 or step.by == step.person or step.by in self.closed:
            return False
        places = {one.place for one in self.held if one.person == step.person} or {
            self.last.get(step.person, "")
        } - {""}
        if not places or not all(self.administers(step.by, place) for place in places):
            return False
        self.closed.add(step.person)
        return True

    def operator(self, step: Step) -> bool:
        self.operators[step.service] = step.place
        return True

    def reach(self, person: int) -> Reach:
        """By the product's rule."""
        found = Reach()
        for one in self.held:
            if one.person != person:
                continue
            services = {service for service, operator in self.operators.items() if operator == one.place}
            found.services |= bound_services(
                {code for code in self.granted[one.role] if effect.counts(code, services)}
            )
            found.zones |= effect.zones_open(one.zones, services)
        return found

    def entitled(self, person: int) -> Reach:
        """By plain words: what the services' operators of today give this person, without
        asking the product.
        """
        found = Reach()
        owner = {"hotline": "hotline", "helpline": "helpline", "awareness": "repository"}
        for one in self.held:
            if one.person == person:
                mine = {service for service, operator in self.operators.items() if operator == one.place}
                found.services |= (
                    {code.split(".")[0] for code in self.granted[one.role]}
                    & mine
                    & bound_services(self.granted[one.role])
                )
                found.zones |= {zone for zone in one.zones if owner[zone] in mine}
        return found


def bound_services(permissions: Any) -> set[str]:
    """The services of those permissions that count only at an operator."""
    return {code.partition(".")[0] for code in permissions if not REGISTRY.permissions[code].everywhere}


class Clock:
    """Each step a minute after the one before."""

    def __init__(self) -> None:
        self.at = BEGAN

    def tick(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at
