"""How routes are shown: where a verdict sends an item, and which conditions of a rule apply. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from sauga.hotline.assessment.rules.routing import VOCABULARIES, Matched
from sauga.kernel import vocab


@dataclass(frozen=True)
class Course:
    """Where verdicts would send an item: their codes, their names, and the routes, each with its reason."""

    verdicts: str
    names: str
    routes: list[tuple[str, str]]


def because(rule: str, version: int | None = None) -> str:
    """The conditions of a routing rule as text, without the verdict, which is shown beside it.

    `version`: of the rules; today's when not given. Empty when the verdict is the only condition.
    """
    versions = vocab.policy_history("policy.routing") if version else [vocab.policy("policy.routing")]
    rules = [one for policy in versions if version in {None, policy.version} for one in policy["rules"]]
    found: Mapping[str, Any] = next((one["when"] for one in rules if one["id"] == rule), {})
    return "; ".join(
        _condition(name, codes) for name, codes in found.items() if not name.startswith("verdict")
    )


def _condition(name: str, codes: Sequence[str]) -> str:
    of = name.removesuffix("_not")
    named = ", ".join(vocab.label(VOCABULARIES[of], code) if of in VOCABULARIES else code for code in codes)
    return gettext("not: %(codes)s") % {"codes": named} if of != name else named


def courses(by_verdict: Mapping[str, list[Matched]]) -> list[Course]:
    """One line for verdicts that lead to the same routes, in the order of the list of verdicts."""
    groups: dict[tuple[Matched, ...], list[str]] = {}
    for code, routes in by_verdict.items():
        groups.setdefault(tuple(routes), []).append(code)
    return [
        Course(
            " ".join(codes),
            "; ".join(vocab.label("item.verdict", code) for code in codes),
            [(match.route, because(match.rule)) for match in routes],
        )
        for routes, codes in groups.items()
    ]
