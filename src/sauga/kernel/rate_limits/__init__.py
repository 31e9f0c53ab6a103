"""Rate limiting, the whole of it (docs/develop/rate-limits.md): no visitor is identified by address, none is
locked out, nothing is dropped.

- `lanes`: how many requests of a kind are worked on at the same time; the others wait their turn.
- `challenges`: while one form is flooded, each sending needs a small proof of work or a short wait.
  At rest nothing.
- `Backoff`: after some failures in a row the wait doubles (sign-in per account; `ReceiptThrottle` per
  beginning of a receipt).
- `RecentCount`: how often the same key came lately (repeat callers). It only counts.
"""

from sauga.kernel.rate_limits.backoff import Backoff
from sauga.kernel.rate_limits.challenges import Held, admit, held_back, is_calm, puzzle_for
from sauga.kernel.rate_limits.gauge import calm_down
from sauga.kernel.rate_limits.lanes import PLACES, QUEUED, Lane, LaneRule, lane_of, use_lane
from sauga.kernel.rate_limits.memory import RecentCount
from sauga.kernel.rate_limits.receipts import ReceiptThrottle

__all__ = [
    "PLACES",
    "QUEUED",
    "Backoff",
    "Held",
    "Lane",
    "LaneRule",
    "ReceiptThrottle",
    "RecentCount",
    "admit",
    "calm_down",
    "held_back",
    "is_calm",
    "lane_of",
    "puzzle_for",
    "use_lane",
]
