"""Legal basis, deadlines and escalation ladder of a notice, by the policies of the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sauga.hotline.assessment.rules.routing import Facts, matching_routes

LONGEST = 24 * 90  # hours: a rung that repeats ends with the daily checks


@dataclass(frozen=True)
class Deadlines:
    """How long a provider has to acknowledge and to remove."""

    acknowledge: timedelta
    remove: timedelta


@dataclass(frozen=True, order=True)
class Rung:
    """One step of the ladder, so many hours after delivery."""

    after_hours: int
    do: str


def choose_basis(rules: Sequence[Mapping[str, Any]], facts: Facts, on: date) -> str:
    """The basis of the first rule that holds. Empty when none does."""
    found = matching_routes([{**rule, "routes": [rule["basis"]]} for rule in rules], facts, on)
    return found[0].route if found else ""


def deadlines_of(hours: Mapping[str, Mapping[str, int]], priority: str) -> Deadlines:
    """The deadlines of an urgency; one that the policy does not name has the longest."""
    given = hours.get(priority) or max(hours.values(), key=lambda term: term["remove"])
    return Deadlines(timedelta(hours=given["acknowledge"]), timedelta(hours=given["remove"]))


def agreed_deadlines(ordinary: Deadlines, *others: Deadlines | None) -> Deadlines:
    """The shorter of the ordinary deadlines and of what was promised: a promise never makes a deadline
    longer."""
    given = [ordinary, *(terms for terms in others if terms is not None)]
    return Deadlines(min(terms.acknowledge for terms in given), min(terms.remove for terms in given))


def ladder(ladders: Sequence[Mapping[str, Any]], priority: str, country: str) -> list[Rung]:
    """Every rung in the order of time, repeats written out. Empty when no ladder fits."""
    for way in ladders:
        if priority in way["priority"] and way["country"] in {
            "any",
            country if country == "LT" else "abroad",
        }:
            return sorted(rung for step in way["rungs"] for rung in _rungs(step))
    return []


def _rungs(step: Mapping[str, Any]) -> list[Rung]:
    every = step.get("repeat_every_hours")
    hours = range(step["after_hours"], LONGEST, every) if every else (step["after_hours"],)
    return [Rung(after, step["do"]) for after in hours]


def rung_due(rungs: Sequence[Rung], done: int, since: datetime) -> tuple[Rung, datetime] | None:
    """The next rung and its time, after `done` of them; None at the ladder's end."""
    if done >= len(rungs):
        return None
    return rungs[done], since + timedelta(hours=rungs[done].after_hours)
