"""What subdomains further up tell those below, and learn from them; `service.py` connects both."""

from collections.abc import Callable
from typing import Any

type SessionsOf = Callable[[Any], list[Any]]
"""Gives the sessions of an ambassador that their hosts confirmed, as evidence under the code SESSIONS."""

_sessions: dict[str, SessionsOf] = {}
_followers: dict[str, Callable[[Any, Any], None]] = {}


def count_sessions_by(provider: SessionsOf) -> None:
    """Say where confirmed sessions are known; called when the service starts."""
    _sessions["sessions"] = provider


def confirmed_sessions(ambassador: Any) -> list[Any]:
    """One piece of evidence for each confirmed session."""
    provider = _sessions.get("sessions")
    return provider(ambassador) if provider is not None else []


def follow_certifications(move_profile: Callable[[Any, Any], None]) -> None:
    """Say what happens to the profile of an earlier file when the same person is certified by another."""
    _followers["certified"] = move_profile


def certified_anew(earlier: Any, row: Any) -> None:
    """The person of `earlier` is certified by `row` from now on."""
    if follow := _followers.get("certified"):
        follow(earlier, row)


def follow_names(rename: Callable[[Any, Any], None]) -> None:
    """Say where else a corrected name stands."""
    _followers["name"] = rename


def name_corrected(row: Any, name: str) -> None:
    """The name of an ambassador was corrected."""
    if follow := _followers.get("name"):
        follow(row, name)
