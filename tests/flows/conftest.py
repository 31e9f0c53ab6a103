"""Fixtures of the journeys: a staffed centre, and the same installation ready for notices."""

from flows.hotline import furnished
from tests.centre import centre, planted, published, seeded

__all__ = ["centre", "furnished", "planted", "published", "seeded"]
