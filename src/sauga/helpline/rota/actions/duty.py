"""Duty: beginning and ending it, and breaks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.permissions import Permission
from sauga.helpline.records.rules import channels
from sauga.helpline.rota.actions.debriefs import after_duty
from sauga.helpline.rota.models import Duty
from sauga.helpline.rota.queries.duty import Gap, has_waiver, lacks
from sauga.helpline.states import ShiftState
from sauga.helpline.trail import Trail
from sauga.helpline.volunteers.models import Volunteer
from sauga.kernel import audit, live, sealed, vocab
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move


class NotOnDuty(ActionRefused):
    """Only a counsellor on duty for chats, and not on a break, is offered the next contact."""

    message = _("Begin your duty first, or come back from the break.")


CHANNELS = {"CHAT", "PHONE", "BROWSER_CALL", "LETTER"}


class AlreadyOnDuty(ActionRefused):
    """This person is on duty already."""

    message = _("You are on duty already.")


class NotReady(ActionRefused):
    """Something is missing before this person may begin; `lacks` says what."""

    message = _("Something is missing before you begin; see “Conversations”.")

    def __init__(self, lacks: Sequence[Gap]) -> None:
        super().__init__(", ".join(lack.what for lack in lacks))
        self.lacks = tuple(lacks)


class StillTalking(ActionRefused):
    """Conversations in hand must end or be handed over first."""

    message = _("End or hand over your conversations first.")


def go_on_duty(
    *,
    by: PersonActor,
    channels: Sequence[str],
    at: datetime,
    shift: Any = None,
    lead: bool | None = None,
    capacity: int | None = None,
) -> Duty:
    """Begin a duty for these channels. Languages and capacity come from the volunteer's row; a person who may
    lead the shift does so unless `lead` says otherwise. Raises NotReady unless a shift lead gave a pass for
    today; AlreadyOnDuty; ValueError for a channel that is none.
    """
    require(by, Permission.BE_ON_DUTY)
    if not channels or not set(channels) <= CHANNELS:
        raise ValueError("a duty needs channels of the list")
    leads = by.can(Permission.LEAD_SHIFT) and lead is not False
    missing = lacks(by.person_id, channels, at, leads=leads)
    if missing and not has_waiver(by.person_id, at):
        raise NotReady(missing)
    known = Volunteer.objects.filter(person_id=by.person_id).first()
    try:
        with transaction.atomic():
            duty = Duty.objects.create(
                person_id=by.person_id,
                channels=list(channels),
                is_lead=leads,
                capacity=capacity
                or min(
                    known.capacity if known else 1, int(vocab.policy("policy.side_by_side", at=at)["most"])
                ),
                languages=(known.languages if known else None) or ["lt"],
                began_at=at,
                seen_at=at,
                shift=shift,
            )
            _tell(by, duty, "ON", at)
    except IntegrityError:
        raise AlreadyOnDuty from None
    return duty


def take_break(*, by: PersonActor, at: datetime) -> Duty:
    """No new contacts for a while; conversations in hand go on. Raises NotOnDuty."""
    return _pause(by, True, at)


def come_back(*, by: PersonActor, at: datetime) -> Duty:
    """The break is over. Raises NotOnDuty."""
    return _pause(by, False, at)


def _pause(by: PersonActor, is_on_break: bool, at: datetime) -> Duty:
    require(by, Permission.BE_ON_DUTY)
    with transaction.atomic():
        duty = _present(by)
        duty.is_on_break, duty.seen_at = is_on_break, at
        duty.save(update_fields=["is_on_break", "seen_at"])
        _follow(by, duty, at)
        _tell(by, duty, "BREAK" if is_on_break else "BACK", at)
    return duty


def go_off_duty(*, by: PersonActor, at: datetime) -> Duty:
    """End one's duty, on a shift or without one; after a heavy contact a debrief is owed.

    Raises NotOnDuty, StillTalking.
    """
    require(by, Permission.BE_ON_DUTY)
    with transaction.atomic():
        duty = _present(by)
        if any(channel.in_hand(by.person_id) for channel in channels.registered()):
            raise StillTalking
        duty.ended_at = duty.seen_at = at
        duty.save(update_fields=["ended_at", "seen_at"])
        after_duty(person_id=by.person_id, since=duty.began_at, at=at)
        _tell(by, duty, "OFF", at)
    return duty


def _present(by: PersonActor) -> Duty:
    duty = Duty.objects.select_for_update().filter(person_id=by.person_id, ended_at__isnull=True).first()
    if duty is None:
        raise NotOnDuty
    return duty


def _follow(by: Actor, duty: Duty, at: datetime) -> None:
    """Keep the state of the shift in step with its duty."""
    wanted = ShiftState.BREAK if duty.is_on_break else ShiftState.ON_DUTY
    if duty.shift is not None:
        shift = lock(duty.shift)
        if {shift.state, wanted} == {ShiftState.ON_DUTY, ShiftState.BREAK}:
            move(shift, to=wanted, by=by, at=at)


def _tell(by: Actor, duty: Duty, to: str, at: datetime) -> None:
    facts: dict[str, str | int | bool] = {"to": to, "channels": "+".join(duty.channels)}
    audit.record(by, Trail.DUTY_CHANGED, duty, zone=sealed.Zone.HELPLINE, at=at, facts=facts)
    live.signal("helpline.queue")
    live.signal("helpline.rota")
