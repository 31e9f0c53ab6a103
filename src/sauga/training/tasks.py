"""Background jobs of training."""

from sauga.training.viewing import tasks as viewing
from sauga.training.webinars import tasks as webinars

__all__ = ["viewing", "webinars"]
