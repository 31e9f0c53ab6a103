"""A small event in memory: clients whose transactions are divided into their steps and run in random order.
It calls the product's own rules and keeps its own books, so that a seat sold twice or a person passed over
shows."""

import random
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import timedelta

from sauga.events.registration.rules import (
    Command,
    CommandRefused,
    Effects,
    Party,
    Situation,
    decide,
    decide_heads,
    next_offers,
)
from sauga.events.states import REGISTRATION, SEATED, UNPROVEN, RegistrationState

OFFER = timedelta(hours=48)


@dataclass
class Seats:
    """One quota."""

    size: int
    taken: int = 0
    waiting: int = 0


@dataclass
class Entry:
    """One registration."""

    key: int
    heads: int
    quotas: frozenset[int]
    state: RegistrationState = RegistrationState.STARTED
    number: int = 0
    has_priority: bool = False
    offers: int = 0
    is_unproven: bool = False


@dataclass
class World:
    """Quotas, registrations, and what went wrong."""

    rng: random.Random
    quotas: dict[int, Seats]
    locks: bool = True
    keeps: bool = True
    entries: dict[int, Entry] = field(default_factory=dict)
    held_by: dict[int, int] = field(default_factory=dict)
    last: int = 0
    wrong: list[str] = field(default_factory=list)

    def situation(self, entry: Entry) -> Situation:
        rows = [self.quotas[quota] for quota in entry.quotas]
        return Situation(
            heads=entry.heads,
            free=min(row.size - row.taken for row in rows),
            waiting=sum(row.waiting for row in rows),
            offers=entry.offers,
            is_unproven=entry.is_unproven,
        )

    def apply_effects(self, entry: Entry, effects: Effects) -> None:
        for quota in entry.quotas:
            row = self.quotas[quota]
            row.taken += effects.seats
            row.waiting += effects.line
            if not 0 <= row.taken <= row.size or row.waiting < 0:
                self.wrong.append(f"quota {quota}: {row}")
        for state in effects.path:
            if not REGISTRATION.allows(entry.state, state):
                self.wrong.append(f"{entry.state} to {state}")
            entry.state = state
        if effects.is_last:
            self.last += 1
            entry.number = self.last
        if RegistrationState.OFFER_EXPIRED in effects.path:
            entry.offers += 1
            entry.has_priority = False

    def apply(self, entry: Entry, command: Command) -> Generator[frozenset[int]]:
        """One transaction: wait for the locks, read and decide, write. Yields what it waits for."""
        yield entry.quotas
        try:
            effects = decide(entry.state, command, self.situation(entry))
        except CommandRefused:
            return
        yield frozenset()
        self.apply_effects(entry, effects)

    def fewer(self, entry: Entry, heads: int) -> Generator[frozenset[int]]:
        """A class changes its numbers."""
        yield entry.quotas
        try:
            effects = decide_heads(entry.state, heads, self.situation(entry))
        except CommandRefused:
            return
        yield frozenset()
        self.apply_effects(entry, effects)
        entry.heads = heads

    def offer(self) -> Generator[frozenset[int]]:
        """A round of offers, in one locked pass."""
        yield frozenset(self.quotas)
        line = [
            Party(
                key=one.key,
                heads=one.heads,
                number=one.number,
                has_priority=one.has_priority,
                quotas=one.quotas,
            )
            for one in self.entries.values()
            if one.state == RegistrationState.WAITLISTED
        ]
        free = {key: row.size - row.taken for key, row in self.quotas.items()}
        found = next_offers(line, free, keeps=self.keeps)
        self._check_order(line, free, set(found.offered))
        yield frozenset()
        for key in found.offered:
            entry = self.entries[key]
            self.apply_effects(entry, Effects((RegistrationState.OFFERED,), seats=entry.heads, line=-1))

    def _check_order(self, line: list[Party], free: dict[int, int], offered: set[int]) -> None:
        """Nobody is served before somebody who stands before them and wants the same seats, unless the rule
        says so: after the release, those in front for whom too few were left."""
        left = dict(free)
        passed: list[Party] = []
        for party in sorted(line, key=lambda one: (not one.has_priority, one.number)):
            if party.key not in offered:
                passed.append(party)
                continue
            rivals = [one for one in passed if one.quotas & party.quotas]
            if self.keeps and rivals:
                self.wrong.append(f"{party.key} was served before {rivals[0].key}")
            for one in rivals:
                if all(left[quota] >= one.heads for quota in one.quotas):
                    self.wrong.append(f"{one.key} fitted and was passed over by {party.key}")
            for quota in party.quotas:
                left[quota] -= party.heads

    def check(self) -> None:
        """What has to hold after every transaction."""
        for key, row in self.quotas.items():
            held = sum(
                one.heads for one in self.entries.values() if one.state in SEATED and key in one.quotas
            )
            line = sum(
                one.state == RegistrationState.WAITLISTED and key in one.quotas
                for one in self.entries.values()
            )
            if (held, line) != (row.taken, row.waiting):
                self.wrong.append(f"quota {key} says {row}, in truth {held} and {line}")


def interleaving(seed: int, *, locks: bool = True, clients: int = 4, acts: int = 14) -> World:
    """One random event with its clients, run to the end."""
    rng = random.Random(seed)
    quotas = {number: Seats(rng.randint(1, 8)) for number in range(rng.choice((1, 1, 2)))}
    world = World(rng, quotas, locks, keeps=rng.random() < 0.6)
    running: list[tuple[int, Generator[frozenset[int]], frozenset[int]]] = []
    begun = 0
    while running or begun < acts:
        if begun < acts and len(running) < clients and (not running or rng.random() < 0.5):
            begun += 1
            work = _some_work(world, begun)
            running.append((begun, work, next(work)))
            continue
        _go_on(world, running)
    world.check()
    return world


def _go_on(world: World, running: list[tuple[int, Generator[frozenset[int]], frozenset[int]]]) -> None:
    """Let one client that is not waiting for a lock do its next step."""
    ready = [
        at
        for at, (client, _work, wants) in enumerate(running)
        if not world.locks or all(world.held_by.get(quota, client) == client for quota in wants)
    ]
    at = world.rng.choice(ready)
    client, work, wants = running.pop(at)
    for quota in wants:
        world.held_by[quota] = client
    try:
        running.append((client, work, next(work)))
    except StopIteration:
        for quota in [quota for quota, holder in world.held_by.items() if holder == client]:
            del world.held_by[quota]


def _some_work(world: World, key: int) -> Generator[frozenset[int]]:
    rng = world.rng
    if not world.entries or rng.random() < 0.45:
        quotas = frozenset(rng.sample(sorted(world.quotas), rng.randint(1, len(world.quotas))))
        entry = Entry(key, rng.choice((1, 1, 1, 2, 4)), quotas, is_unproven=rng.random() < 0.5)
        world.entries[key] = entry
        return world.apply(entry, Command.SEND)
    if rng.random() < 0.35:
        return world.offer()
    entry = rng.choice(sorted(world.entries.values(), key=lambda one: one.key))
    if entry.heads > 1 and rng.random() < 0.2:
        return world.fewer(entry, rng.randint(1, entry.heads + 1))
    waits = (
        (Command.CONFIRM, Command.CONFIRM, Command.LAPSE)
        if entry.state in UNPROVEN
        else (Command.ACCEPT, Command.EXPIRE)
    )
    return world.apply(entry, rng.choice((Command.CANCEL, Command.CANCEL, Command.ACCEPT, *waits)))
