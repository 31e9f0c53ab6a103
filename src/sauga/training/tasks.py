"""Background jobs of training: each calls one action and may run twice without harm."""

from sauga.training.learning import tasks as learning

__all__ = ["learning"]
