"""Fixtures of the journeys: a staffed centre, and the same installation ready for notices."""

from flows.hotline import furnished
from tests.house import house, published, seeded

__all__ = ["furnished", "house", "published", "seeded"]
