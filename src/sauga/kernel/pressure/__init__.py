"""Pressure: at rest nothing; while one form is flooded, it asks each sender for a small sum or a short wait (docs/develop/pressure.md)."""

from sauga.kernel.pressure.gate import QUEUED, Held, admit, is_calm, puzzle_for
from sauga.kernel.pressure.gauge import calm_down

__all__ = ["QUEUED", "Held", "admit", "calm_down", "is_calm", "puzzle_for"]
