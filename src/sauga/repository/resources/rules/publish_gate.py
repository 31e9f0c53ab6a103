"""The publish gate: every check of the vocabulary `gate_checks`, judged on the facts
(docs/domain/awareness.md).

Absolute checks cannot be overridden. For others a named person may grant an exception, with a reason and an
end date.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sauga.kernel import vocab
from sauga.repository.resources.rules.gate_checks import BY_TYPE, CHECKS, Check, types_checks
from sauga.repository.resources.rules.gate_facts import Finding, GateFacts, Outcome, Result

__all__ = [
    "ABOUT_ACCESS",
    "BROWSER",
    "CHECKS",
    "LISTS",
    "Finding",
    "GateFacts",
    "Outcome",
    "Result",
    "failing",
    "judge",
    "list_of",
    "may_override",
    "overridden",
    "stands_in_the_way",
    "waiting",
]

LISTS = ("gate_checks", "page_checks")
"""Vocabularies that name checks: those that all texts are held to, and those that only the
site's pages know.
"""
ABOUT_ACCESS = (
    "axe",
    "html",
    "alt_text",
    "captions",
    "transcript",
    "audio_description",
    "tagged_pdf",
    "keyboard",
    "print_fallback",
    "text_version",
    "reading_level",
)
"""Checks that concern accessibility: what they find and their exceptions stand in the
accessibility statement.
"""
BROWSER = ("axe",)
"""Checks that nothing but a browser can make.

Others (keyboard, outside requests) are made from the markup and once more in the browser.
"""


def judge(facts: GateFacts) -> list[Result]:
    """Every check with its findings, in the order of the vocabulary. Facts of another kind of text may bring
    their own table.
    """
    if facts.checks is not None:
        return [_judged(code, check, facts) for code, check in facts.checks.items()]
    asked = types_checks(facts)
    return [
        _judged(code, check, facts)
        if code not in BY_TYPE or code in asked
        else Result(code, Outcome.NOT_APPLICABLE)
        for code, check in CHECKS.items()
    ]


def _judged(code: str, check: Check, facts: GateFacts) -> Result:
    if code in BROWSER and code not in facts.audits:
        return Result(code, Outcome.NOT_RUN)
    found = check(facts)
    if found is None:
        return Result(code, Outcome.NOT_APPLICABLE)
    return Result(code, Outcome.FAIL if found else Outcome.PASS, tuple(found))


def stands_in_the_way(result: Result, facts: GateFacts) -> bool:
    """Whether the result blocks publication, exceptions aside. A missing browser audit does so where the
    installation requires one.
    """
    return result.outcome is Outcome.FAIL or (result.outcome is Outcome.NOT_RUN and facts.needs_browser)


def list_of(code: str) -> str:
    """The vocabulary that contains a check, or nothing."""
    return next((name for name in LISTS if vocab.has_term(name, code)), "")


def may_override(code: str) -> bool:
    """Whether a named person may grant an exception from this check."""
    name = list_of(code)
    return bool(name) and bool(vocab.term(name, code).extra.get("overridable"))


def overridden(content: Mapping[str, Any], day: date) -> set[str]:
    """Checks with an exception on that day: with a reason, until a date that has not passed."""
    return {
        str(one["check"])
        for one in content.get("gate_overrides", [])
        if may_override(str(one.get("check")))
        and one.get("reason")
        and date.fromisoformat(one["until"]) >= day
    }


def failing(facts: GateFacts, results: Sequence[Result] | None = None) -> list[str]:
    """Codes of the blocking checks, in the order of the vocabulary; `results` where they have been judged
    already.
    """
    spared = overridden(facts.content, facts.day)
    return [
        result.check
        for result in (judge(facts) if results is None else results)
        if stands_in_the_way(result, facts) and result.check not in spared
    ]


def waiting(facts: GateFacts) -> list[str]:
    """Codes of the checks that wait for a browser."""
    return [result.check for result in judge(facts) if result.outcome is Outcome.NOT_RUN]
