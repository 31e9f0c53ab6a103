"""Where an item goes: all matching rules fire (policy.routing); the item keeps rule id and version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Facts:
    """What rules may look at."""

    verdict: str
    hosting_class: str
    priority: str
    category: str
    country: str


@dataclass(frozen=True)
class Matched:
    """A route and the rule that gave it."""

    route: str
    rule: str


def matching_routes(rules: Sequence[Mapping[str, Any]], facts: Facts, on: date) -> list[Matched]:
    """Routes of every rule valid on the day whose conditions all hold, each route once, under the first rule that gave it."""
    found: dict[str, Matched] = {}
    for rule in sorted(rules, key=lambda r: r["order"]):
        if _valid(rule, on) and _holds(rule["when"], facts):
            for route in rule["routes"]:
                found.setdefault(route, Matched(route, rule["id"]))
    return list(found.values())


def _valid(rule: Mapping[str, Any], on: date) -> bool:
    start, end = rule.get("valid_from"), rule.get("valid_to")
    return (not start or date.fromisoformat(start) <= on) and (not end or on <= date.fromisoformat(end))


def _holds(when: Mapping[str, Sequence[str]], facts: Facts) -> bool:
    for name, values in when.items():
        negated = name.endswith("_not")
        has = getattr(facts, name.removesuffix("_not")) in values
        if has == negated:
            return False
    return True
