"""Checking in and out of a shift, the question “how are you?”, and what time alone decides about shifts."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sauga.helpline.permissions import Permission
from sauga.helpline.rota.actions import duty as duties
from sauga.helpline.rota.actions import shifts
from sauga.helpline.rota.actions.debriefs import after_duty
from sauga.helpline.rota.models import Duty, Shift
from sauga.helpline.rota.queries.duty import has_waiver
from sauga.helpline.states import ShiftState
from sauga.helpline.volunteers.actions import DEBRIEFS
from sauga.helpline.volunteers.models import Debrief
from sauga.helpline.volunteers.queries.debriefs import ASKS, CHECK_OUT, TABLE, owed_by
from sauga.helpline.volunteers.queries.volunteers import trained_people
from sauga.kernel import notifications, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, MoveNotAllowed, lock, move

ZONE = sealed.Zone.HELPLINE
AT_WORK = (ShiftState.ON_DUTY, ShiftState.BREAK)
FORGOTTEN = timedelta(hours=1)
MOST_WORDS = 2000


class TooEarly(ActionRefused):
    """Check-in opens a quarter of an hour before the shift begins."""

    message = _("Check-in opens a quarter of an hour before the shift begins.")


class DebriefOwed(ActionRefused):
    """After a heavy contact a talk with a lead comes before the next shift."""

    message = _("A talk with a shift lead comes before the next shift, after a heavy contact.")


class FeelingMissing(ActionRefused):
    """How one feels is the one question of a check-out."""

    message = _("Choose how you are.")


def check_in(*, by: PersonActor, shift: Shift, at: datetime) -> Shift:
    """Come to one's shift and go on duty for its channels; on a lead's shift for whatever one is trained for.

    Raises NotYours, TooEarly, DebriefOwed, NotReady (from presence), MoveNotAllowed.
    """
    require(by, Permission.CLAIM_SHIFT, shift)
    if owed_by(by.person_id) and not has_waiver(by.person_id, at):
        raise DebriefOwed
    with transaction.atomic():
        shift = lock(shift)
        if shift.person_id != by.person_id:
            raise shifts.NotYours
        early = timedelta(minutes=int(vocab.policy("policy.rota", at=at)["check_in_early_minutes"]))
        if at < shift.begins_at - early:
            raise TooEarly
        if at >= shift.ends_at:
            raise MoveNotAllowed(shift.state, ShiftState.CHECKED_IN)
        _arrive(by, shift, at)
        duty = Duty.objects.select_for_update().present().filter(person=by.person_id).first()
        if duty is None:
            duties.go_on_duty(
                by=by, channels=_channels(by, shift, at), shift=shift, lead=shift.is_lead, at=at
            )
        else:
            _join(duty, shift, at)
        shifts.said(by, shift, at)
        return shift


def _arrive(by: Actor, shift: Shift, at: datetime) -> None:
    if shift.state == ShiftState.SWAP_OFFERED:
        move(shift, to=ShiftState.CONFIRMED, by=by, at=at, why="CAME")
    move(shift, to=ShiftState.CHECKED_IN, by=by, at=at)
    move(shift, to=ShiftState.ON_DUTY, by=by, at=at)


def _channels(by: PersonActor, shift: Shift, at: datetime) -> list[str]:
    if shift.channels:
        return list(shift.channels)
    trained = trained_people([by.person_id], at.astimezone(VILNIUS).date()).get(by.person_id, set())
    return sorted(trained & {"CHAT", "PHONE", "LETTER"}) or ["CHAT"]


def _join(duty: Duty, shift: Shift, at: datetime) -> None:
    """A counsellor who is on duty already goes on under this shift."""
    duty.shift, duty.seen_at = shift, at
    duty.channels = sorted({*duty.channels, *shift.channels})
    duty.is_lead = duty.is_lead or shift.is_lead
    duty.save(update_fields=["shift", "seen_at", "channels", "is_lead"])


def check_out(*, by: PersonActor, shift: Shift, feeling: str, words: str = "", at: datetime) -> Debrief:
    """End one's shift and say how one is; the words are sealed for the leads. Returns what was said.

    After a contact at high or immediate risk a debrief is owed before the next shift.
    Raises NotYours, FeelingMissing, StillTalking (from presence), MoveNotAllowed, UnknownTerm.
    """
    require(by, Permission.CLAIM_SHIFT, shift)
    if not feeling:
        raise FeelingMissing
    vocab.term("shift_feeling", feeling)
    with transaction.atomic():
        shift = lock(shift)
        if shift.person_id != by.person_id:
            raise shifts.NotYours
        if shift.state not in AT_WORK:
            raise MoveNotAllowed(shift.state, ShiftState.CHECKED_OUT)
        if Duty.objects.present().filter(person=by.person_id).exists():
            duties.go_off_duty(by=by, at=at)
        is_heavy = _leave(by, shift, at)
        said = _say(by, feeling, words[:MOST_WORDS], feeling in ASKS, at)
        if not is_heavy and feeling not in ASKS:
            move(shift, to=ShiftState.DEBRIEFED, by=by, at=at)
        shifts.said(by, shift, at)
        return said


def _leave(by: Actor, shift: Shift, at: datetime) -> bool:
    """Move to CHECKED_OUT; whether a debrief is owed now. Called on a locked row."""
    assert shift.person_id is not None
    if shift.state == ShiftState.BREAK:
        move(shift, to=ShiftState.ON_DUTY, by=by, at=at)
    move(shift, to=ShiftState.CHECKED_OUT, by=by, at=at)
    began = (
        shift.steps.filter(after=ShiftState.CHECKED_IN).order_by("-at").values_list("at", flat=True).first()
        or shift.begins_at
    )
    return after_duty(person_id=shift.person_id, since=began, at=at)


def _say(by: PersonActor, feeling: str, words: str, asks: bool, at: datetime) -> Debrief:
    said = Debrief(
        person_id=by.person_id, why=CHECK_OUT, owed_since=at, feeling=feeling, done_at=None if asks else at
    )
    if words.strip():
        key = sealed.new_data_key(zone=ZONE, holder=said.holder, recipients=[sealed.Recipient.TEAM])
        said.words = sealed.seal(key, table=TABLE, row=said.ref, field="words", text=words.strip())
    said.save(force_insert=True)
    if asks:
        notifications.notify(to="SHIFT_LEAD", template="helpline.debrief_asked", link=DEBRIEFS, at=at)
    return said


def sweep_shifts(*, by: Actor, at: datetime) -> int:
    """What time alone decides: unconfirmed claims open again, offers lapse, who did not come, who
    forgot to check out.
    """
    require(by, Permission.SWEEP)
    policy = vocab.policy("policy.rota", at=at)
    confirm, late = (
        timedelta(hours=int(policy["confirm_hours"])),
        timedelta(minutes=int(policy["no_show_minutes"])),
    )
    state = ShiftState
    rows = Shift.objects.filter
    present = Duty.objects.present().filter(seen_at__gt=at - FORGOTTEN).values("person_id")
    return (
        _each(
            rows(state=state.CLAIMED, begins_at__lte=at + confirm),
            state.CLAIMED,
            lambda row: _lapse(by, row, at),
        )
        + _each(
            rows(state=state.SWAP_OFFERED, begins_at__lte=at),
            state.SWAP_OFFERED,
            lambda row: _offer_over(by, row, at),
        )
        + _each(
            rows(state=state.CONFIRMED, begins_at__lte=at - late),
            state.CONFIRMED,
            lambda row: _not_come(by, row, at),
        )
        + sum(
            _each(
                rows(state=one, ends_at__lte=at - late).exclude(person__in=present),
                one,
                lambda row: _forgot(by, row, at),
            )
            for one in AT_WORK
        )
    )


def _each(rows: "QuerySet[Shift]", state: str, act: Callable[[Shift], bool]) -> int:
    """Each row in its own transaction, if it is still in the state when it is its turn."""
    count = 0
    for pk in rows.values_list("pk", flat=True):
        with transaction.atomic():
            row = Shift.objects.select_for_update(skip_locked=True).filter(pk=pk, state=state).first()
            count += row is not None and act(row)
    return count


def _lapse(by: Actor, shift: Shift, at: datetime) -> bool:
    """Not confirmed in time: open to others.

    A counsellor who was given it a moment ago keeps it until it begins.
    """
    claimed = shift.steps.filter(after=ShiftState.CLAIMED).order_by("-at").first()
    if claimed is not None and claimed.at > at - FORGOTTEN and shift.begins_at > at:
        return False
    if shift.person is not None:
        notifications.notify(
            to=shift.person,
            template="helpline.shift_released",
            context={"ref": shift.ref},
            link=shifts.MINE,
            at=at,
        )
    shifts.release(by=by, shift=shift, at=at, why="NOT_CONFIRMED")
    return True


def _offer_over(by: Actor, shift: Shift, at: datetime) -> bool:
    move(shift, to=ShiftState.CONFIRMED, by=by, at=at, why="OFFER_OVER")
    shifts.said(by, shift, at)
    return True


def _not_come(by: Actor, shift: Shift, at: datetime) -> bool:
    """No check-in was made. A counsellor on duty without having pressed the button is there all the same."""
    duty = Duty.objects.select_for_update().present().filter(person=shift.person_id).first()
    if duty is not None and shift.ends_at > at:
        _arrive(by, shift, at)
        _join(duty, shift, duty.seen_at)
    else:
        move(shift, to=ShiftState.NO_SHOW, by=by, at=at)
        shifts.reopen(by=by, shift=shift, at=at)
        shifts.tell_leads("helpline.shift_no_show", shift, at)
    shifts.said(by, shift, at)
    return True


def _forgot(by: Actor, shift: Shift, at: datetime) -> bool:
    """The shift is over and its person gone: checked out without an answer to “how are you?”."""
    if not _leave(by, shift, at):
        move(shift, to=ShiftState.DEBRIEFED, by=by, at=at, why="NOT_ASKED")
    shifts.said(by, shift, at)
    return True
