"""Applies the switchboard's messages to calls. A repeated message changes nothing."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction

from sauga.helpline.calls.actions import calls
from sauga.helpline.calls.models import Call, HeardEvent
from sauga.helpline.calls.queries import call_outside
from sauga.helpline.calls.rules.switchboard import Event, Heard
from sauga.helpline.permissions import Permission
from sauga.helpline.states import CallState
from sauga.kernel import live
from sauga.kernel.identity import require
from sauga.kernel.states import Actor, SystemActor, lock, move

SWITCHBOARD = SystemActor("switchboard")


class HeardBefore(Exception):
    """This very message came already."""


class NoSuchCall(Exception):
    """The switchboard speaks of a call that never rang here, or is long over."""


def hear(*, by: Actor, heard: Heard, mark: bytes, at: datetime) -> Call:
    """Do what the message says. Raises HeardBefore, NoSuchCall, MoveNotAllowed; then nothing is changed."""
    require(by, Permission.RING)
    with transaction.atomic():
        _remember(mark, at)
        if heard.event == Event.RING:
            return calls.ring_outside(
                by=by, outside=heard.call, language=heard.language, caller=heard.caller, at=at
            )
        call = call_outside(calls.outside_key(heard.call))
        if call is None:
            raise NoSuchCall
        return ACTS[heard.event](by=by, call=call, at=at)


def _remember(mark: bytes, at: datetime) -> None:
    try:
        with transaction.atomic():
            HeardEvent.objects.create(digest=mark, at=at)
    except IntegrityError:
        raise HeardBefore from None


def wait(*, by: Actor, call: Call, at: datetime) -> Call:
    """The caller hears the greeting and waits for a free person. Raises MoveNotAllowed."""
    require(by, Permission.RING, call)
    with transaction.atomic():
        call = lock(call)
        if call.state == CallState.RINGING:
            move(call, to=CallState.GREETING, by=by, at=at)
        move(call, to=CallState.WAITING, by=by, at=at)
        live.signal(calls.CHANNEL)
        return call


ACTS: dict[Event, Callable[..., Call]] = {
    Event.WAIT: wait,
    Event.ANSWER: calls.connected_outside,
    Event.HOLD: calls.hold,
    Event.RESUME: calls.resume,
    Event.END: calls.end,
    Event.ABANDON: calls.abandon,
    Event.BUSY: partial(calls.deflect, to=CallState.BUSY),
    Event.CLOSED: partial(calls.deflect, to=CallState.OUT_OF_HOURS),
}
