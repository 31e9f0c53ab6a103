"""What a provider is told about a decided dispute: the decision, the reason, and the ways that are left with
their time limits (policy.dispute).

Public source: Regulation (EU) 2022/2065, Article 20 (complaints to an online platform), Article 21
(out-of-court dispute settlement) and Article 53 (complaints to the Digital Services Coordinator).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sauga.hotline.notices.rules.template_fields import PLACE

REJECTED, UPHELD = "REJECTED", "UPHELD"
STATEMENTS = {f"DISPUTE_{decision}": decision for decision in (REJECTED, UPHELD)}
"""The statements of letters about a decided dispute, and the decision that each is about."""
WAYS = ("AGAIN", "COMPLAINT", "OUT_OF_COURT", "COORDINATOR")


@dataclass(frozen=True)
class Decision:
    """A decided dispute. `reason` is empty once its key has been destroyed."""

    code: str
    reason: str
    at: datetime


def again_until(policy: Mapping[str, Any], decided_at: datetime) -> datetime:
    """Until when the provider is asked to dispute once more. A later dispute is kept and decided as well."""
    return decided_at + timedelta(days=policy["again_days"])


def outcome(policy: Mapping[str, Any], language: str, code: str) -> str:
    """What was decided, in one or two sentences."""
    return str(policy["statements"][language][code])


def ways_on(policy: Mapping[str, Any], language: str, decision: Decision, until: str) -> list[str]:
    """The ways that are left after a decision against the provider, one sentence each; none after one in its
    favour. `until` is the day of `again_until` as the reader writes it."""
    if decision.code != REJECTED:
        return []
    values = {name: str(value) for name, value in policy.items() if isinstance(value, int)}
    values["again_until"] = until
    say = policy["statements"][language]
    return [PLACE.sub(lambda found: values.get(found[1], found[0]), say[way]) for way in WAYS if say.get(way)]


def reason_of(policy: Mapping[str, Any], language: str, decision: Decision) -> str:
    """The sentence that gives the reason; empty without one."""
    say = policy["statements"][language]["REASON"]
    return PLACE.sub(lambda _found: decision.reason, say) if decision.reason else ""


def message(policy: Mapping[str, Any], language: str, decision: Decision, until: str) -> str:
    """The paragraphs of the letter."""
    ways = " ".join(ways_on(policy, language, decision, until))
    paragraphs = [outcome(policy, language, decision.code), reason_of(policy, language, decision), ways]
    return "\n\n".join(filter(None, paragraphs))
