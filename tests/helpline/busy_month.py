"""A month of chat evenings at twice the usual load. Every number is an assumption, but not who is next: at
each step the database is asked with the product's own SQL (`queries/queue_order.py`).

Usual load (domain, §15): 9.3 conversations at once at the peak, for which Erlang asks 13 counsellors; each
lasts 15 to 51 minutes. Here twice as many come, to the same 13 counsellors and one shift lead. Nobody gives
up, which is harder than life. Intake ends at 22:30; whoever still waits at 23:00 is offered a letter.
"""

import heapq
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sauga.helpline.chat.queries.queue_order import QUEUE_ORDER

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


NEXT = """
    SELECT c.id FROM (
        SELECT *, NULL::timestamptz AS taken_at
        FROM unnest(%(ids)s::int[], %(bands)s::text[], %(audiences)s::text[],
          %(since)s::timestamptz[]) AS given (id, band, audience, since)
    ) c ORDER BY {} LIMIT 1
"""
FIRST_COME = "c.since, c.id"
"""First come, first served: what the product's order is compared with."""


@dataclass(eq=False)
class Contact:
    """Somebody who comes; seconds of the evening."""

    number: int
    band: str
    audience: str
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
    """One evening, played with a cursor of any PostgreSQL database.

    `lead`: an immediate contact that finds everybody busy is taken by the shift lead, if free. `second`: else
    by a counsellor beside their conversation (capacity 2, at most one such each).
    """

    cursor: Any
    seed: int
    load: float = 2.0
    lead: bool = True
    second: bool = True
    order: str = QUEUE_ORDER
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
            free, doubles, lead_free = (
                free + (what == "free"),
                doubles - (what == "double"),
                lead_free or what == "lead",
            )
            if what == "come":
                waiting.append(who)
                who.had_cover = (
                    free > 0 or (self.lead and lead_free) or (self.second and doubles < COUNSELLORS)
                )
            while waiting:
                beside = (
                    "lead"
                    if self.lead and lead_free
                    else "double"
                    if self.second and doubles < COUNSELLORS
                    else ""
                )
                if not free and not (beside and any(contact.band == "IMMEDIATE" for contact in waiting)):
                    break
                first = self._next(waiting, now)
                if free:
                    free, kind, answer = free - 1, "free", ANSWER
                elif first.band == "IMMEDIATE":
                    lead_free, doubles = lead_free and beside != "lead", doubles + (beside == "double")
                    kind, answer = beside, LEAD_ANSWER
                else:
                    break
                waiting.remove(first)
                first.began, first.by = now + chance.uniform(*answer), kind
                number += 1
                ends = first.began + chance.uniform(SHORTEST, LONGEST) + chance.uniform(*WRAP_UP)
                heapq.heappush(events, (ends, number, kind, first))
        return self.contacts

    def _next(self, waiting: list[Contact], now: float) -> Contact:
        """Who is next of those who wait."""
        by_number = {contact.number: contact for contact in waiting}
        values = {
            "at": START + timedelta(seconds=now),
            "ids": list(by_number),
            "bands": [contact.band for contact in waiting],
            "audiences": [contact.audience for contact in waiting],
            "since": [START + timedelta(seconds=contact.came) for contact in waiting],
        }
        self.cursor.execute(NEXT.format(self.order), values)
        return by_number[self.cursor.fetchone()[0]]

    def _arrivals(self, chance: random.Random) -> list[Contact]:
        peak = self.load * USUAL_AT_ONCE / ((SHORTEST + LONGEST) / 2) / max(BY_HOUR)
        now, made = 0.0, []
        while True:
            now += chance.expovariate(peak * max(BY_HOUR))
            if now >= INTAKE:
                return made
            if chance.random() < BY_HOUR[int(now // 3600)] / max(BY_HOUR):
                band = chance.choices(list(SHARES), list(SHARES.values()))[0]
                audience = "ADULT" if chance.random() < ADULTS else "CHILD"
                made.append(Contact(len(made), band, audience, now))


def month(cursor: Any, **options: object) -> list[list[Contact]]:
    """Thirty evenings."""
    return [Evening(cursor, seed, **options).play() for seed in range(30)]  # type: ignore[arg-type]  # passed through


def waits(evenings: list[list[Contact]], band: str, audience: str = "") -> list[float]:
    """Seconds waited by a band, sorted; those who got nobody count until 23:00."""
    return sorted(
        c.wait for e in evenings for c in e if c.band == band and (not audience or c.audience == audience)
    )


def part(values: list[float], share: float) -> float:
    """The quantile of sorted values."""
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0.0
