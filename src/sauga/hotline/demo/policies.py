"""Policies of the demo, with minutes in place of hours and days, so that a report can be
followed to its end.
"""

from datetime import datetime
from typing import Any

from sauga.kernel import vocab
from sauga.kernel.states import SystemActor

DEMO = SystemActor("demo")
SECOND = 1 / 60  # of a minute

SHORTENED: dict[str, dict[str, Any]] = {
    "policy.cadence": {
        "first_checks_minutes": [
            15 * SECOND,
            30 * SECOND,
            45 * SECOND,
            1,
            1.5,
            2,
            3,
            4,
            5,
            7,
            10,
            15,
            20,
            30,
        ],
        "then": [
            {"until_hours": 2, "every_minutes": 15},
            {"until_hours": 24, "every_minutes": 60},
            {"until_hours": 720, "every_minutes": 360},
            {"until_hours": None, "every_minutes": 1440},
        ],
    },
    "policy.confirm_removal": {"minutes_apart": 0.5},
    "policy.politeness": {"requests_per_minute_per_host": 60, "requests_per_minute_per_provider": 240},
}


def shorten(at: datetime) -> None:
    """Write the demo's versions of the policies; the real ones stay below them as earlier versions."""
    for name, changes in SHORTENED.items():
        value = {**vocab.policy(name), **changes}
        if value != dict(vocab.policy(name)):
            vocab.set_policy(by=DEMO, name=name, value=value, at=at, status="provisional")
