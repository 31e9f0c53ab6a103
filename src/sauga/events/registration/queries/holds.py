"""How long a registration waits for an answer, and what many without one call for."""

from datetime import datetime, timedelta

from sauga.events.states import RegistrationState

PENDING_LASTS = timedelta(days=7)
HOLD_LASTS = timedelta(minutes=30)
"""How long a seat is held until the mailed link is opened; mail servers that make unknown senders try again
take a quarter of an hour."""
UNCONFIRMED_LASTS = timedelta(days=1)
"""How long the mailed link can still be opened; after HOLD_LASTS for the seats that are free then."""
CALM_UNCONFIRMED = 20
"""Registrations of one event that wait for their link, from which the form costs a puzzle (`pressure`)."""


def waits_until(state: str, created: datetime, starts: datetime) -> datetime | None:
    """Until when a registration waits for an answer, whichever answer that is; None where it waits
    for none. Organisers have until the beginning."""
    lasts = {
        RegistrationState.HELD: HOLD_LASTS,
        RegistrationState.UNCONFIRMED: UNCONFIRMED_LASTS,
        RegistrationState.GUARDIAN_PENDING: PENDING_LASTS,
        RegistrationState.PENDING_APPROVAL: starts - created,
    }.get(RegistrationState(state))
    return None if lasts is None else min(created + lasts, starts)


def pressure(unconfirmed: int) -> int:
    """The level of the puzzle that so many registrations of one event without an answer call for: none below
    CALM_UNCONFIRMED, one more with each doubling."""
    return (unconfirmed // CALM_UNCONFIRMED).bit_length()
