"""Background jobs of training: each calls one action and may run twice without harm."""

from sauga.training.streaming import tasks as streaming

__all__ = ["streaming"]
