"""Background jobs of selfcheck: each calls one action and may run twice without harm."""

from sauga.selfcheck.school import tasks as school

__all__ = ["school"]
