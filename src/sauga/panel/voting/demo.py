"""The demo's part."""

from datetime import datetime

from sauga.kernel.kit.demo import Cast


def play(cast: Cast, at: datetime) -> None:
    """What happened up to `at`."""
