"""Calls, from ringing to the record: opened by hand beside any telephone, reported by the switchboard, or
made from a browser.
"""

import json
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.calls.models import Call
from sauga.helpline.calls.rules.turn_credentials import stripped
from sauga.helpline.line.rules.hours import Availability
from sauga.helpline.permissions import Permission
from sauga.helpline.records.actions import close_talk
from sauga.helpline.records.models import Attempt
from sauga.helpline.rota.models import Duty
from sauga.helpline.rota.queries.opening_hours import opening
from sauga.helpline.states import CallState
from sauga.helpline.trail import Trail
from sauga.helpline.volunteers.actions import owe_after_alert
from sauga.kernel import audit, clock, live, notifications, rate_limits, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, MoveNotAllowed, SystemActor, lock, move

ZONE = sealed.Zone.HELPLINE
CHANNEL = "helpline.calls"
QUEUE = SystemActor("queue")
REPEAT_CALLERS = rate_limits.RecentCount(within=timedelta(hours=1))
"""How often the same caller rang lately.

It refuses nobody: the desk reads “rang 5 times within the hour” and can be prepared.
"""

BOARD = "/desk/helpline/board/"
SHORT = timedelta(seconds=15)
"""A caller who hangs up sooner is counted apart, never dropped."""
UNDO = timedelta(minutes=2)
SILENT = timedelta(seconds=90)
"""A page of a call from the browser says every 15 seconds that it is there; browsers let pages behind others
speak once a minute.
"""
LONGEST_RING = timedelta(minutes=10)
PORT = {"switchboard": Permission.RING, "child": Permission.VISIT}
"""What the other side of a call may do: the switchboard by its own permission, a browser by
that of a visit.
"""
RINGING = (CallState.RINGING, CallState.GREETING, CallState.WAITING, CallState.OFFERED)
GOING_ON = (CallState.CONNECTED, CallState.HELD, CallState.CONSULT, CallState.TRANSFERRED)


class NotYourCall(ActionRefused):
    """A colleague has this call."""

    message = _("A colleague has this call.")


class TooLateToUndo(ActionRefused):
    """Only a call that was just opened by hand, and by oneself, can be taken back."""

    message = _(
        "This call cannot be taken back any more. End it and close it as a contact without counselling."
    )


class RangTooLongAgo(ActionRefused):
    """A call rings for at most ten minutes before its record is opened."""

    message = _("This call rang too long ago to open its record now.")


class NobodyThere(ActionRefused):
    """The colleague to whom the call should go is not on duty."""

    message = _("That colleague is not on duty for calls now.")


# Ringing
# ------------------------------------------------------------------------------------------------------------
def open_call(
    *, by: PersonActor, language: str, rang_before: timedelta, answered: bool, at: datetime
) -> Call:
    """Open a call by hand beside a telephone: it rings or, with `answered`, the talk has begun. Raises
    RangTooLongAgo.
    """
    require(by, Permission.TAKE_CALL)
    if not timedelta() <= rang_before <= LONGEST_RING:
        raise RangTooLongAgo
    with transaction.atomic():
        call = _ring(by, line="DESK", channel="PHONE", language=language, rang_at=at - rang_before, at=at)
        call.offered_to_id = by.person_id
        call.save(update_fields=["offered_to"])
        if answered:
            _connect(by, call, by.person_id, at)
        return call


def ring_outside(*, by: Actor, outside: str, language: str, at: datetime, caller: str = "") -> Call:
    """The switchboard reports a ringing call. Reported twice, it is one call. Of its opaque name `outside`
    only an index is kept.

    `caller` is its mark of the same caller, if it sends one: counted in memory (`REPEAT_CALLERS`) and never
    stored.
    """
    require(by, Permission.RING)
    key = outside_key(outside)
    with transaction.atomic():
        held = Call.objects.filter(outside_key=key).first()
        if held is not None:
            return held
        call = _ring(by, line="SWITCHBOARD", channel="PHONE", language=language, rang_at=at, at=at, key=key)
        if caller and (before := REPEAT_CALLERS.before(caller, at)):
            call.rang_before = before
            call.save(update_fields=["rang_before"])
        return call


def ring_browser(*, by: Actor, nonce: bytes, language: str, at: datetime) -> Call:
    """A child calls from the browser; sent twice (same `nonce`), it is one call. It is deflected while the
    channel is not open.
    """
    require(by, Permission.VISIT)
    key = outside_key(f"browser:{nonce.hex()}")
    with transaction.atomic():
        if (held := Call.objects.filter(outside_key=key).first()) is not None:
            return held
        call = _ring(
            by, line="BROWSER", channel="BROWSER_CALL", language=language, rang_at=at, at=at, key=key
        )
        call.child_seen_at = at
        call.save(update_fields=["child_seen_at"])
        availability = opening("BROWSER_CALL", at)
        if availability.is_open:
            return call
        return deflect(
            by=by,
            call=call,
            to=CallState.BUSY if availability.state == Availability.FULL else CallState.OUT_OF_HOURS,
            at=at,
        )


def outside_key(outside: str) -> bytes:
    """The index by which a call of the switchboard is found again; the name itself is not kept."""
    return sealed.blind(ZONE, "call", outside)


def _ring(
    by: Actor,
    *,
    line: str,
    channel: str,
    language: str,
    rang_at: datetime,
    at: datetime,
    key: bytes | None = None,
) -> Call:
    vocab.term("language", language)
    call = Call.objects.create(
        line=line, channel=channel, language=language, rang_at=rang_at, outside_key=key
    )
    local = rang_at.astimezone(VILNIUS)
    Attempt.objects.create(channel=channel, language=language, day=local.date(), hour=local.hour, call=call)
    audit.record(by, Trail.CALL_RECORDED, call, zone=ZONE, at=at, facts={"outcome": "RINGING"})
    _tell(call)
    return call


def line_of(call: Call) -> str:
    """The live channel that the two pages of a browser call share."""
    return f"helpline.line.{call.ref}"


def _tell(call: Call) -> None:
    live.signal(CHANNEL)
    if call.line == "BROWSER":
        live.signal(line_of(call))


def say(*, by: Actor, call: Call, kind: str, sdp: str) -> None:
    """Pass a session description to the other page of a call, stripped of every address; it is stored
    nowhere.

    Raises NotADescription, NotYourCall, MoveNotAllowed.
    """
    with transaction.atomic():
        call = _mine(by, call)
        if call.line != "BROWSER" or call.state not in GOING_ON:
            raise MoveNotAllowed(call.state, call.state)
        to = "DESK" if isinstance(by, SystemActor) else "CHILD"
        live.pass_on(line_of(call), json.dumps({"to": to, "kind": kind, "sdp": stripped(sdp)}))


def child_here(*, by: Actor, call: Call, at: datetime) -> None:
    """The child's page of a browser call is open."""
    require(by, Permission.VISIT, call)
    Call.objects.filter(pk=call.pk, line="BROWSER", state__in=(*RINGING, *GOING_ON)).update(child_seen_at=at)


def undo_call(*, by: PersonActor, call: Call, at: datetime) -> None:
    """Take back a record opened by mistake: there was no call. Raises TooLateToUndo."""
    require(by, Permission.TAKE_CALL, call)
    with transaction.atomic():
        call = lock(call)
        if not may_undo(by, call, at):
            raise TooLateToUndo
        audit.record(by, Trail.CALL_RECORDED, call, zone=ZONE, at=at, facts={"outcome": "TAKEN_BACK"})
        Attempt.objects.filter(call=call).delete()
        call.delete()
        _tell(call)


def may_undo(by: PersonActor, call: Call, at: datetime) -> bool:
    """Opened by hand by this person, a moment ago."""
    if call.line != "DESK" or call.offered_to_id != by.person_id:
        return False
    if call.state == CallState.RINGING:
        return at - call.rang_at <= LONGEST_RING + UNDO
    return (
        call.state == CallState.CONNECTED and call.answered_at is not None and at - call.answered_at <= UNDO
    )


# Talking
# ------------------------------------------------------------------------------------------------------------
def connect(*, by: PersonActor, call: Call, at: datetime) -> Call:
    """A counsellor answers. A call that the switchboard connected already becomes theirs.

    Raises NotYourCall, MoveNotAllowed.
    """
    require(by, Permission.TAKE_CALL, call)
    with transaction.atomic():
        call = lock(call)
        if call.answered_by_id not in {None, by.person_id}:
            raise NotYourCall
        if call.state in GOING_ON or call.state == CallState.WRAP_UP:
            if call.answered_by_id is not None:
                raise MoveNotAllowed(call.state, CallState.CONNECTED)
            return _give(call, by.person_id)
        _connect(by, call, by.person_id, at)
        return call


def connected_outside(*, by: Actor, call: Call, at: datetime) -> Call:
    """The switchboard reports an answered call; the counsellor claims it at the desk.

    Raises MoveNotAllowed.
    """
    require(by, Permission.RING, call)
    with transaction.atomic():
        call = lock(call)
        if call.state not in GOING_ON:  # a counsellor at the desk may have been quicker
            _connect(by, call, None, at)
        return call


def _connect(by: Actor, call: Call, person_id: int | None, at: datetime) -> None:
    path = {
        CallState.GREETING: (CallState.WAITING, CallState.OFFERED),
        CallState.WAITING: (CallState.OFFERED,),
    }.get(CallState(call.state), ())
    for state in (*path, CallState.CONNECTED):
        move(call, to=state, by=by, at=at)
    call.answered_at = at
    call.save(update_fields=["answered_at"])
    Attempt.objects.filter(call=call).update(wait_seconds=_seconds(call.rang_at, at))
    _give(call, person_id)


def _give(call: Call, person_id: int | None) -> Call:
    """Assign the call to this person; one opened by hand keeps who opened it, for the undo."""
    call.answered_by_id = person_id
    call.offered_to_id = person_id if call.line == "DESK" else None
    call.save(update_fields=["answered_by", "offered_to"])
    _tell(call)
    return call


def hold(*, by: Actor, call: Call, at: datetime) -> Call:
    """Put the caller on hold. Raises NotYourCall, MoveNotAllowed."""
    return _step(by, call, CallState.HELD, at)


def resume(*, by: Actor, call: Call, at: datetime) -> Call:
    """Back to the caller, from hold or from a consultation. Raises NotYourCall, MoveNotAllowed."""
    return _step(by, call, CallState.CONNECTED, at)


def consult(*, by: PersonActor, call: Call, at: datetime) -> Call:
    """Ask a colleague or the shift lead beside the call; the board shows it. Raises NotYourCall,
    MoveNotAllowed.
    """
    return _step(by, call, CallState.CONSULT, at)


def hand_over(*, by: PersonActor, call: Call, to: int, at: datetime) -> Call:
    """After consulting: the colleague `to` goes on with the caller and writes it up. Raises NobodyThere,
    NotYourCall, MoveNotAllowed.
    """
    if to == by.person_id or not any(
        "PHONE" in duty.channels for duty in Duty.objects.present().filter(person_id=to, is_on_break=False)
    ):
        raise NobodyThere
    with transaction.atomic():
        return _give(_step(by, call, CallState.TRANSFERRED, at), to)


def flag_risk(*, by: PersonActor, call: Call, at: datetime) -> Call:
    """Mark that the caller may be at risk: the leads are alerted, the board puts the call on top.

    Again, both end. Raises NotYourCall.
    """
    with transaction.atomic():
        call = _mine(by, call)
        call.is_at_risk = not call.is_at_risk
        call.save(update_fields=["is_at_risk"])
        Attempt.objects.filter(call=call).update(band="HIGH" if call.is_at_risk else "")
        if call.is_at_risk:
            notifications.raise_alert(
                by=by,
                kind="helpline.call_at_risk",
                about=call.about,
                context={"ref": call.ref},
                link=BOARD,
                at=at,
            )
            owe_after_alert(person_id=by.person_id, at=at)
        else:
            notifications.end_alerts(by=by, about=call.about, at=at)
        _tell(call)
        return call


def end(*, by: Actor, call: Call, at: datetime) -> Call:
    """The caller or the counsellor hung up; the record waits to be written.

    Raises NotYourCall, MoveNotAllowed.
    """
    with transaction.atomic():
        call = _step(by, call, CallState.ENDED, at)
        move(call, to=CallState.WRAP_UP, by=by, at=at)
        call.ended_at = at
        call.save(update_fields=["ended_at"])
        Attempt.objects.filter(call=call).update(talk_seconds=_seconds(call.answered_at or at, at))
        return call


def _step(by: Actor, call: Call, to: CallState, at: datetime) -> Call:
    with transaction.atomic():
        call = _mine(by, call)
        move(call, to=to, by=by, at=at)
        _tell(call)
        return call


def _mine(by: Actor, call: Call) -> Call:
    """The locked row, if it is the actor's: one's own call, or any for the switchboard and for the browser's
    side of a call.
    """
    require(
        by, PORT.get(by.name, Permission.SWEEP) if isinstance(by, SystemActor) else Permission.TAKE_CALL, call
    )
    call = lock(call)
    if isinstance(by, PersonActor) and call.answered_by_id != by.person_id:
        raise NotYourCall
    return call


# Ending without talking
# ---------------------------------------------------------------------------------------------------------
def abandon(*, by: Actor, call: Call, at: datetime, reason: str = "LEFT_QUEUE") -> Call:
    """The caller hung up before anybody picked up: missed, and counted.

    Raises NotYourCall, MoveNotAllowed.
    """
    with transaction.atomic():
        call = _ringing(by, call)
        move(call, to=CallState.ABANDONED, by=by, at=at)
        waited = at - call.rang_at
        short = waited < SHORT and reason == "LEFT_QUEUE"
        _close(by, call, "ABANDONED", "LEFT_SHORT" if short else reason, at)
        return call


def deflect(*, by: Actor, call: Call, to: CallState, at: datetime) -> Call:
    """All lines were busy (BUSY), or it rang out of hours (OUT_OF_HOURS).

    Raises NotYourCall, MoveNotAllowed.
    """
    with transaction.atomic():
        call = _ringing(by, call)
        move(call, to=to, by=by, at=at)
        _close(by, call, "DEFLECTED", str(to), at)
        return call


def _ringing(by: Actor, call: Call) -> Call:
    """The locked row; anybody who takes calls may say that the ringing has stopped."""
    require(
        by, PORT.get(by.name, Permission.SWEEP) if isinstance(by, SystemActor) else Permission.TAKE_CALL, call
    )
    return lock(call)


def _close(by: Actor, call: Call, outcome: str, reason: str, at: datetime) -> None:
    Attempt.objects.filter(call=call).update(
        outcome=outcome, reason=reason, wait_seconds=_seconds(call.rang_at, at)
    )
    audit.record(by, Trail.CALL_RECORDED, call, zone=ZONE, at=at, facts={"outcome": outcome})
    forget_instants(call, at)


def forget_instants(call: Call, at: datetime) -> None:
    """A closed call knows its day; hour and lengths stand on the attempt, which loses its link when the
    call is purged.
    """
    call.closed_at = at
    for name in ("rang_at", "answered_at", "ended_at", "child_seen_at"):
        if (instant := getattr(call, name)) is not None:
            setattr(call, name, clock.to_day(instant))
    call.save(update_fields=["closed_at", "rang_at", "answered_at", "ended_at", "child_seen_at"])
    _tell(call)


def close_with_record(*, by: PersonActor, contact: Call, to: str, at: datetime) -> None:
    """Close a locked call that is over, with its record. Raises StillGoingOn."""
    close_talk(by=by, talk=contact, to=to, at=at)
    forget_instants(contact, at)


# Housekeeping
# ------------------------------------------------------------------------------------------------------------
def sweep_calls(*, at: datetime) -> int:
    """Ringing without an end for ten minutes is over: counted as lost. So is a call from a browser whose
    page was silent for too long: rang before, it is lost; talked to, it has ended. Names of the switchboard's
    calls are forgotten after an hour.
    """
    require(QUEUE, Permission.SWEEP)
    with transaction.atomic():  # rows that are locked at this moment are left for the next time
        rows = Call.objects.select_for_update(skip_locked=True).filter(
            state__in=RINGING, rang_at__lt=at - LONGEST_RING - UNDO
        )
        lost = [
            abandon(by=QUEUE, call=call, at=at, reason="LOST_IN_QUEUE") for call in rows.order_by("pk")[:200]
        ]
        silent = Call.objects.select_for_update(skip_locked=True).filter(
            line="BROWSER", child_seen_at__lte=at - SILENT
        )
        for call in silent.filter(state__in=RINGING).order_by("pk")[:200]:
            lost.append(abandon(by=QUEUE, call=call, at=at, reason="LOST_IN_QUEUE"))
        for call in silent.filter(state__in=GOING_ON).order_by("pk")[:200]:
            lost.append(end(by=QUEUE, call=call, at=at))
    Call.objects.filter(outside_key__isnull=False, closed_at__lt=at - timedelta(hours=1)).update(
        outside_key=None
    )
    return len(lost)


def _seconds(begin: datetime, finish: datetime) -> int:
    return max(int((finish - begin).total_seconds()), 0)
