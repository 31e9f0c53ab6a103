"""Pausing a channel and opening it again: a shift lead with a reason, or the sweep when people are missing.

What the rota does not carry cannot be opened: ending a pause only lets the computed hours count again.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.line.models import Pause
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.queries.opening_hours import NO_COVER, cover_fails
from sauga.helpline.trail import Trail
from sauga.kernel import audit, live, notifications, sealed, vocab
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor

ZONE = sealed.Zone.HELPLINE
WATCHED = ("PHONE", "CHAT")
CHANNELS = (*WATCHED, "BROWSER_CALL", "LETTER")
ROTA = "/desk/helpline/rota/"
"""Where leads and the coordinator of volunteers, whom the alert calls last, both see who is missing."""
LENGTHS = (0, 15, 30, 60, 120)
"""Minutes that a pause may last; 0: until somebody ends it."""
QUEUE = SystemActor("queue")


class AlreadyPaused(ActionRefused):
    """The channel is paused already."""

    message = _("This channel is paused already.")


class NotPaused(ActionRefused):
    """The channel is not paused; there is nothing to open."""

    message = _("This channel is not paused any more.")


class UnknownChannel(ActionRefused):
    """No such channel can be paused."""

    message = _("Choose one of the channels.")


def pause_channel(*, by: Actor, channel: str, reason: str, minutes: int = 0, at: datetime) -> Pause:
    """Pause a channel until it is opened, or for so many minutes. `reason` is a code of `pause_reason`.

    Raises UnknownChannel, UnknownTerm, AlreadyPaused, ValueError for a length that is not offered.
    """
    require(by, Permission.PAUSE_CHANNELS)
    vocab.term("pause_reason", reason)
    if minutes not in LENGTHS:
        raise ValueError(minutes)
    return _close(by, channel, reason, at, until=at + timedelta(minutes=minutes) if minutes else None)


def _close(by: Actor, channel: str, reason: str, at: datetime, until: datetime | None = None) -> Pause:
    if channel not in CHANNELS:
        raise UnknownChannel(channel)
    with transaction.atomic():
        _one_at_a_time(channel)
        held = _pauses(channel)
        if held is not None and held.until is not None and held.until <= at:  # over, and not swept yet
            _end(QUEUE, held, at)
            held = None
        if held is not None and not (held.reason == NO_COVER and reason != NO_COVER):
            raise AlreadyPaused
        if held is not None:  # a person's reason stands above the sweep's
            _end(by, held, at)
        pause = Pause.objects.create(
            channel=channel, reason=reason, began_at=at, until=until, by=by.pseudonym
        )
        _tell(by, channel, is_open=False, reason=reason, at=at)
        return pause


def resume_channel(*, by: Actor, channel: str, at: datetime) -> Pause:
    """End the pause of a channel; whether it opens is then computed. Raises NotPaused."""
    require(by, Permission.PAUSE_CHANNELS)
    return _open(by, channel, at)


def _open(by: Actor, channel: str, at: datetime) -> Pause:
    with transaction.atomic():
        _one_at_a_time(channel)
        pause = _pauses(channel)
        if pause is None:
            raise NotPaused
        _end(by, pause, at)
        notifications.end_alerts(by=by, about=_cover(channel), at=at)
        _tell(by, channel, is_open=True, reason=pause.reason, at=at)
        return pause


def sweep_pauses(*, by: Actor, at: datetime) -> list[str]:
    """Write down where people are missing in opening hours and tell the leads once; end it when they are
    back, and pauses whose time is over. Returns what changed.

    The channel reads CLOSED and OPEN again at the very minute by itself; these rows are its memory and the
    log of its uptime.
    """
    require(by, Permission.SWEEP)
    return [channel for channel in CHANNELS if _sweep(by, channel, at)]


def _sweep(by: Actor, channel: str, at: datetime) -> bool:
    pause = _pauses(channel)
    if pause is not None and pause.until is not None and pause.until <= at:
        _open(by, channel, at)
        return True
    if channel not in WATCHED:
        return False
    missing = cover_fails(channel, at)
    if missing and pause is None:
        with transaction.atomic():
            _close(by, channel, NO_COVER, at)
            kind = f"helpline.cover_missing_{channel.lower()}"
            notifications.raise_alert(by=by, kind=kind, about=_cover(channel), link=ROTA, at=at)
        return True
    if not missing and pause is not None and pause.reason == NO_COVER:
        _open(by, channel, at)
        return True
    return False


def _cover(channel: str) -> str:
    """What an alert about missing people is about."""
    return f"helpline.cover.{channel}"


def _pauses(channel: str) -> Pause | None:
    return Pause.objects.filter(channel=channel, ended_at__isnull=True).first()


def _one_at_a_time(channel: str) -> None:
    """Two leads who press at once are one after the other; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"helpline.channel.{channel}"])


def _end(by: Actor, pause: Pause, at: datetime) -> None:
    """One whose time is over ended then, whenever that is noticed."""
    pause.ended_at, pause.ended_by = min(at, pause.until or at), by.pseudonym
    pause.save(update_fields=["ended_at", "ended_by"])


def _tell(by: Actor, channel: str, *, is_open: bool, reason: str, at: datetime) -> None:
    audit.record(
        by,
        Trail.CHANNEL_CHANGED,
        None,
        zone=ZONE,
        at=at,
        facts={"channel": channel, "open": is_open, "reason": reason},
    )
    live.signal("helpline.queue")
    live.signal("helpline.rota")
