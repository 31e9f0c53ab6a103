"""What the log of a tool tells: what was tried, and how it ended. Codes only; `presenters` has the
sentences."""

from datetime import timedelta
from enum import StrEnum

KEPT = timedelta(days=30)
SHOWN, MOST = 20, 200
MOST_REFUSED_A_MINUTE = 30
"""Of each tool and process; more are not written, so that nobody fills the log from outside."""


class What(StrEnum):
    """What was tried."""

    OPEN = "OPEN"
    ANSWER = "ANSWER"
    TOKEN = "TOKEN"  # noqa: S105  a name
    SCORE = "SCORE"
    READ = "READ"
    KEYS = "KEYS"


GOOD = ""
"""The code of what worked; everything else is a refusal."""
