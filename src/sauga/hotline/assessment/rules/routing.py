"""Routing rules and legal acts: all matching rules apply (policy.routing), and an item keeps rule id and
version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

VOCABULARIES = {
    "verdict": "item.verdict",
    "hosting_class": "item.hosting_class",
    "priority": "priority",
    "category": "rrt.category",
}
"""The vocabulary of each fact that has one; a country is two letters."""


@dataclass(frozen=True)
class Facts:
    """The facts that the conditions of rules may use."""

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
    """Routes of every rule valid on the day whose conditions all hold, each route once, under the first rule
    that gave it."""
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


def fits(extra: Mapping[str, Any], verdict: str, category: str) -> bool:
    """Whether the act fits. An act that names no verdicts fits all of them, and likewise for categories.

    >>> fits({"verdicts": ["PROHIBITED"], "categories": ["HATE"]}, "PROHIBITED", "HATE")
    True
    >>> fits({"verdicts": ["BASELINE"]}, "PROHIBITED", "HATE")
    False
    """
    verdicts, categories = extra.get("verdicts") or (), extra.get("categories") or ()
    # Imagery of abuse is judged by its verdict, whatever a reporter called it.
    is_named = (
        not categories
        or category in categories
        or (verdict in {"BASELINE", "NATIONAL"} and "CSAM" in categories)
    )
    return (not verdicts or verdict in verdicts) and is_named
