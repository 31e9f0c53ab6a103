"""What subdomains further up tell those below; `service.py` connects both."""

from collections.abc import Callable

from sauga.certification.programme.rules.criteria import Evidence

type SessionsOf = Callable[[object], list[Evidence]]
"""Gives the sessions of an ambassador that their hosts confirmed, as evidence under the code SESSIONS."""

_sessions: dict[str, SessionsOf] = {}
SESSIONS = "SESSIONS"


def count_sessions_by(provider: SessionsOf) -> None:
    """Say where confirmed sessions are known; called when the service starts."""
    _sessions["sessions"] = provider


def confirmed_sessions(ambassador: object) -> list[Evidence]:
    """One piece of evidence for each confirmed session."""
    provider = _sessions.get("sessions")
    return provider(ambassador) if provider is not None else []
