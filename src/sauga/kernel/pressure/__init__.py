"""Pressure: at rest nothing; while one form is flooded, it asks each sender for a small sum or a short wait (docs/develop/pressure.md).

Also the throttle of receipts: wrong tries at one prefix make its next ones wait.
"""

from sauga.kernel.pressure.gate import QUEUED, Held, admit, is_calm, puzzle_for
from sauga.kernel.pressure.gauge import calm_down
from sauga.kernel.pressure.throttle import ReceiptThrottle

__all__ = ["QUEUED", "Held", "ReceiptThrottle", "admit", "calm_down", "is_calm", "puzzle_for"]
