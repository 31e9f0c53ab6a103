"""Background jobs of training: each calls one action and may run twice without harm."""

from sauga.training.learning import tasks as learning
from sauga.training.streaming import tasks as streaming
from sauga.training.viewing import tasks as viewing
from sauga.training.webinars import tasks as webinars

__all__ = ["learning", "streaming", "viewing", "webinars"]
