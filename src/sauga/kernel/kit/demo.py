"""Seeding demo data: who acts, in which order of time, and the jobs that actions ask for. A service's `demo`
adds only its content.

Everything is written by the same actions as at work, at past times, with a fixed seed.
"""

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from itertools import count
from typing import Any, Protocol

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from sauga.kernel import sealed
from sauga.kernel.identity import PersonActor, person_actor
from sauga.kernel.identity.models import Person

type Story = Iterator[datetime]
"""Happens in steps: each `yield` gives the moment of the next one."""


class DataPresent(Exception):
    """The service holds data already. Demo data is never mixed with it."""


class Account(Protocol):
    """A sign-in of the demo."""

    @property
    def user(self) -> str: ...

    @property
    def password(self) -> str: ...


type Staff = Mapping[str, Account]
"""A sign-in for each role."""


class Seed(Protocol):
    """Writes a service's demo data up to a moment."""

    def __call__(self, at: datetime, staff: Staff) -> None: ...


def seeds(*, unless: Callable[[], bool]) -> Callable[[Seed], Seed]:
    """Makes a function the seeding of a service: all or nothing, and refused with DataPresent where `unless`
    says that there is data."""

    def decorator(seed: Seed) -> Seed:
        @wraps(seed)
        def guarded(at: datetime, staff: Staff) -> None:
            if unless():
                raise DataPresent(seed.__module__)
            with transaction.atomic():
                seed(at, staff)

        return guarded

    return decorator


@dataclass
class Cast:
    """The people who act. `unlocks`: their vaults are opened, as signing in with the password does."""

    staff: Staff
    unlocks: bool = False
    _people: dict[str, tuple[Person, sealed.Vault | None]] = field(default_factory=dict)

    def actor(self, role: str, at: datetime) -> PersonActor:
        """The person of a role, with the rights of this moment."""
        if role not in self._people:
            account = self.staff[role]
            person = Person.objects.get(email=account.user)
            self._people[role] = (
                person,
                sealed.unlock_with_password(person.pk, account.password) if self.unlocks else None,
            )
        person, vault = self._people[role]
        return person_actor(person, at, vault=vault)


@dataclass
class Timeline:
    """Scenarios that run side by side. `jobs` does what actions leave to a worker, by the job's name."""

    jobs: Mapping[str, Callable[[Mapping[str, Any], datetime], object]]
    _queue: list[tuple[datetime, int, Story]] = field(default_factory=list)
    _number: Iterator[int] = field(default_factory=count)

    def begin(self, story: Story) -> None:
        """Add a scenario; it runs up to its first moment at once."""
        if (at := next(story, None)) is not None:
            heapq.heappush(self._queue, (at, next(self._number), story))

    def run(self, until: datetime) -> None:
        """Run everything in chronological order, up to `until`; whatever comes later is left out."""
        waiting = InMemoryConnector()
        with app.replace_connector(waiting):
            while self._queue and self._queue[0][0] <= until:
                at, _, story = heapq.heappop(self._queue)
                self.begin(story)
                self._work(waiting, at)

    def _work(self, connector: InMemoryConnector, at: datetime) -> None:
        """The jobs that the last step asked for, and those that these ask for, a few seconds later.

        A job without an entry is left out.
        """
        while connector.jobs:
            waiting = list(connector.jobs.values())
            connector.reset()
            for second, job in enumerate(waiting, 2):
                if do := self.jobs.get(str(job["task_name"])):
                    do(job["args"], at + timedelta(seconds=second))
