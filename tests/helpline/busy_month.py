"""A month of chat evenings at twice the usual load, played through the real ordering function. Every number is an assumption.

Usual load (domain, §15): 9.3 conversations at once at the peak, for which Erlang asks 13 counsellors; each lasts 15 to 51 minutes.
Here twice as many come, to the same 13 counsellors and one shift lead. Nobody gives up, which is harder than life. Intake ends at 22:30;
whoever still waits at 23:00 is offered a letter.
"""

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sauga.helpline.rules.order import Standing, rank

START = datetime(2026, 11, 2, 16, 0, tzinfo=UTC)  # 18:00 in Vilnius
MINUTE = 60.0
INTAKE, EVENING = 270 * MINUTE, 300 * MINUTE
SHORTEST, LONGEST, WRAP_UP = 15 * MINUTE, 51 * MINUTE, (1 * MINUTE, 3 * MINUTE)
USUAL_AT_ONCE, COUNSELLORS = 9.3, 13
BY_HOUR = (0.8, 1.0, 1.15, 1.1, 0.9)
SHARES = {"NONE": 0.45, "SOME": 0.35, "HIGH": 0.15, "IMMEDIATE": 0.05}
ADULTS = 0.08
ANSWER = (4.0, 20.0)
"""Seconds from an offer to "I take it"."""
LEAD_ANSWER = (20.0, 45.0)
"""Seconds from the lead's alarm to the first word."""


@dataclass
class Contact:
    """Somebody who comes; seconds of the evening."""

    standing: Standing
    came: float
    began: float | None = None
    by: str = ""
    had_cover: bool = False

    @property
    def wait(self) -> float:
        """Seconds to a person; until the evening's end for who got none."""
        return (self.began if self.began is not None else EVENING) - self.came


@dataclass
class Evening:
    """One evening. `lead`: an immediate contact that finds everybody busy is taken by the shift lead, if free. `second`: else by a
    counsellor beside their conversation (capacity 2, at most one such each)."""

    seed: int
    load: float = 2.0
    lead: bool = True
    second: bool = True
    key: Callable[[Standing, datetime], tuple[object, ...]] = rank
    contacts: list[Contact] = field(default_factory=list)

    def play(self) -> list[Contact]:
        """From 18:00 to 23:00."""
        chance = random.Random(self.seed)
        self.contacts = list(self._arrivals(chance))
        waiting: list[Contact] = []
        free, doubles, lead_free = COUNSELLORS, 0, True
        events = [(contact.came, number, "come", contact) for number, contact in enumerate(self.contacts)]
        heapq.heapify(events)
        number = len(events)
        while events:
            now, _, what, who = heapq.heappop(events)
            if now >= EVENING:
                break
            free, doubles, lead_free = free + (what == "free"), doubles - (what == "double"), lead_free or what == "lead"
            if what == "come":
                waiting.append(who)
                who.had_cover = free > 0 or (self.lead and lead_free) or (self.second and doubles < COUNSELLORS)
            while waiting:
                at = START + timedelta(seconds=now)
                first = min(waiting, key=lambda contact, at=at: self.key(contact.standing, at))
                danger = first.standing.band == "IMMEDIATE"
                if free:
                    free, kind, answer = free - 1, "free", ANSWER
                elif danger and self.lead and lead_free:
                    lead_free, kind, answer = False, "lead", LEAD_ANSWER
                elif danger and self.second and doubles < COUNSELLORS:
                    doubles, kind, answer = doubles + 1, "double", LEAD_ANSWER
                else:
                    break
                waiting.remove(first)
                first.began, first.by = now + chance.uniform(*answer), kind
                number += 1
                ends = first.began + chance.uniform(SHORTEST, LONGEST) + chance.uniform(*WRAP_UP)
                heapq.heappush(events, (ends, number, kind, first))
        return self.contacts

    def _arrivals(self, chance: random.Random) -> list[Contact]:
        peak = self.load * USUAL_AT_ONCE / ((SHORTEST + LONGEST) / 2) / max(BY_HOUR)
        now, made = 0.0, []
        while True:
            now += chance.expovariate(peak * max(BY_HOUR))
            if now >= INTAKE:
                return made
            if chance.random() < BY_HOUR[int(now // 3600)] / max(BY_HOUR):
                band = chance.choices(list(SHARES), list(SHARES.values()))[0]
                door = "ADULT" if chance.random() < ADULTS else "CHILD"
                made.append(Contact(Standing(len(made), band, START + timedelta(seconds=now), door), now))


def month(**options: object) -> list[list[Contact]]:
    """Thirty evenings."""
    return [Evening(seed, **options).play() for seed in range(30)]  # type: ignore[arg-type]  # passed through


def waits(evenings: list[list[Contact]], band: str, door: str = "") -> list[float]:
    """Seconds waited by a band, sorted; those who got nobody count until 23:00."""
    return sorted(c.wait for e in evenings for c in e if c.standing.band == band and (not door or c.standing.door == door))


def part(values: list[float], share: float) -> float:
    """The quantile of sorted values."""
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0
