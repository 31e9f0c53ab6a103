"""Fixtures of the portal: the planted site."""

from tests.centre import planted

__all__ = ["planted"]
