"""What subdomains further up tell those below; `service.py` connects both."""

from collections.abc import Callable
from typing import Any

type SessionsOf = Callable[[Any], list[Any]]
"""Gives the sessions of an ambassador that their hosts confirmed, as evidence under the code SESSIONS."""

_sessions: dict[str, SessionsOf] = {}


def count_sessions_by(provider: SessionsOf) -> None:
    """Say where confirmed sessions are known; called when the service starts."""
    _sessions["sessions"] = provider


def confirmed_sessions(ambassador: Any) -> list[Any]:
    """One piece of evidence for each confirmed session."""
    provider = _sessions.get("sessions")
    return provider(ambassador) if provider is not None else []
