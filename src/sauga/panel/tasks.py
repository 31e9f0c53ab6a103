"""Background jobs of panel: each calls one action and may run twice without harm."""

from sauga.panel.members import tasks as members
from sauga.panel.voice import tasks as voice
from sauga.panel.voting import tasks as voting

__all__ = ["members", "voice", "voting"]
