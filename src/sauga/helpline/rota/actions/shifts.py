"""Taking, confirming, swapping and giving up a shift. Every check is repeated under the lock, so that a slot
has one taker.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.permissions import Permission
from sauga.helpline.rota.actions.templates import place
from sauga.helpline.rota.models import Shift
from sauga.helpline.states import ShiftState
from sauga.helpline.trail import Trail
from sauga.helpline.volunteers.models import Volunteer
from sauga.helpline.volunteers.queries.volunteers import able_of
from sauga.helpline.volunteers.rules.shift_eligibility import ClaimRefused, Limits, Place, faults
from sauga.kernel import audit, live, notifications, sealed, vocab
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.permissions import allowed
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, MoveNotAllowed, lock, move

ZONE = sealed.Zone.HELPLINE
MINE = "/desk/helpline/rota/mine/"
PAGE = "/desk/helpline/rota/"
COUNTS = [
    ShiftState.CLAIMED,
    ShiftState.CONFIRMED,
    ShiftState.SWAP_OFFERED,
    ShiftState.CHECKED_IN,
    ShiftState.ON_DUTY,
    ShiftState.BREAK,
    ShiftState.CHECKED_OUT,
    ShiftState.DEBRIEFED,
]
"""States in which a shift takes a person's time, for rest and overlap."""


class NotYours(ActionRefused):
    """The shift is another person's."""

    message = _("This is a colleague's shift.")


class YoursAlready(ActionRefused):
    """A counsellor does not take over their own shift."""

    message = _("This shift is yours already.")


def place_of(shift: Shift) -> Place:
    """A shift as the rules see it."""
    return Place(shift.begins_at, shift.ends_at, frozenset(shift.channels), shift.is_lead)


def claim_shift(*, by: PersonActor, shift: Shift, at: datetime, why: str = "") -> Shift:
    """Take an open shift; one that begins soon counts as confirmed at once.

    Raises ClaimRefused, MoveNotAllowed (a colleague was faster).
    """
    require(by, Permission.CLAIM_SHIFT, shift)
    return _claim(by, shift, by.person_id, at, why)


def assign_shift(*, by: PersonActor, shift: Shift, person_id: int, at: datetime) -> Shift:
    """The coordinator gives an open shift to a volunteer, who confirms it. Raises ClaimRefused,
    MoveNotAllowed.
    """
    require(by, Permission.EDIT_ROTA, shift)
    return _claim(by, shift, person_id, at, "ASSIGNED")


def _claim(by: Actor, shift: Shift, person_id: int, at: datetime, why: str) -> Shift:
    with transaction.atomic():
        Volunteer.objects.select_for_update().filter(
            person=person_id
        ).first()  # one claim of a person after the other
        shift = lock(shift)
        if shift.state != ShiftState.OPEN:
            raise MoveNotAllowed(shift.state, ShiftState.CLAIMED)
        check_fit(shift, person_id, at)
        shift.person_id = person_id
        shift.save(update_fields=["person"])
        move(shift, to=ShiftState.CLAIMED, by=by, at=at, why=why)
        if why != "ASSIGNED" and shift.begins_at - at <= _hours("confirm_hours", at):
            move(shift, to=ShiftState.CONFIRMED, by=by, at=at, why="SOON")
        said(by, shift, at)
        return shift


def check_fit(shift: Shift, person_id: int, at: datetime, besides: Shift | None = None) -> None:
    """Raise ClaimRefused unless the person may take the shift.

    `besides`: a shift of theirs that does not count.
    """
    others = Shift.objects.filter(person=person_id, state__in=COUNTS).exclude(
        pk__in=[shift.pk, besides.pk if besides else shift.pk]
    )
    near = others.between(shift.begins_at - timedelta(days=3), shift.ends_at + timedelta(days=3))
    limits = Limits.of(vocab.policy("policy.rota", at=at))
    if found := faults(place_of(shift), able_of(person_id), [place_of(one) for one in near], limits, at):
        raise ClaimRefused(found)


def give_back(*, by: PersonActor, shift: Shift, at: datetime) -> Shift:
    """Undo a claim that is not confirmed yet. Raises NotYours, MoveNotAllowed."""
    require(by, Permission.CLAIM_SHIFT, shift)
    with transaction.atomic():
        shift = _own(by, shift)
        return release(by=by, shift=shift, at=at, why="GIVEN_BACK")


def release(*, by: Actor, shift: Shift, at: datetime, why: str) -> Shift:
    """A claimed shift is open again. Called on a locked row."""
    move(shift, to=ShiftState.OPEN, by=by, at=at, why=why)
    shift.person = None
    shift.save(update_fields=["person"])
    said(by, shift, at)
    return shift


def confirm_shift(*, by: PersonActor, shift: Shift, at: datetime) -> Shift:
    """Say that one will be there; the coordinator may say it for a volunteer who told them.

    Raises NotYours, MoveNotAllowed, ClaimRefused.
    """
    for_another = allowed(by, Permission.EDIT_ROTA, shift)
    require(by, Permission.EDIT_ROTA if for_another else Permission.CLAIM_SHIFT, shift)
    with transaction.atomic():
        shift = lock(shift) if for_another else _own(by, shift)
        if shift.state != ShiftState.CLAIMED or shift.person_id is None:
            raise MoveNotAllowed(shift.state, ShiftState.CONFIRMED)
        check_fit(shift, shift.person_id, at)
        move(shift, to=ShiftState.CONFIRMED, by=by, at=at)
        said(by, shift, at)
        return shift


def cancel_shift(*, by: PersonActor, shift: Shift, at: datetime) -> Shift:
    """Give up a confirmed shift.

    Its place opens again; within 24 hours the leads hear at once. Raises NotYours, MoveNotAllowed.
    """
    for_another = allowed(by, Permission.EDIT_ROTA, shift)
    require(by, Permission.EDIT_ROTA if for_another else Permission.CLAIM_SHIFT, shift)
    with transaction.atomic():
        shift = lock(shift) if for_another else _own(by, shift)
        if shift.state == ShiftState.SWAP_OFFERED:
            move(shift, to=ShiftState.CONFIRMED, by=by, at=at, why="CANCELLED")
        is_late = shift.begins_at - at < _hours("late_cancel_hours", at)
        move(shift, to=ShiftState.LATE_CANCELLED if is_late else ShiftState.CANCELLED, by=by, at=at)
        reopen(by=by, shift=shift, at=at)
        if is_late:
            tell_leads("helpline.shift_late_cancelled", shift, at)
        said(by, shift, at)
        return shift


def reopen(*, by: Actor, shift: Shift, at: datetime) -> Shift | None:
    """A lost shift's place, open to others, while enough of it is left. Called inside a transaction."""
    begins = max(shift.begins_at, at.replace(second=0, microsecond=0))
    least = timedelta(minutes=int(vocab.policy("policy.rota", at=at)["reopen_least_minutes"]))
    if shift.ends_at - begins < least:
        return None
    return place(
        by=by,
        begins=shift.begins_at,
        ends=shift.ends_at,
        channels=shift.channels,
        is_lead=shift.is_lead,
        template=shift.template,
        replaces=shift,
        at=at,
    )


def offer_swap(*, by: PersonActor, shift: Shift, at: datetime) -> Shift:
    """Offer a confirmed shift to colleagues; one stays responsible until a colleague takes it. Raises
    NotYours, MoveNotAllowed.
    """
    require(by, Permission.CLAIM_SHIFT, shift)
    return _move_own(by, shift, ShiftState.SWAP_OFFERED, at)


def withdraw_swap(*, by: PersonActor, shift: Shift, at: datetime) -> Shift:
    """Keep the shift after all. Raises NotYours, MoveNotAllowed."""
    require(by, Permission.CLAIM_SHIFT, shift)
    with transaction.atomic():
        shift = _own(by, shift)
        if shift.state != ShiftState.SWAP_OFFERED:
            raise MoveNotAllowed(shift.state, ShiftState.CONFIRMED)
        move(shift, to=ShiftState.CONFIRMED, by=by, at=at, why="KEPT")
        said(by, shift, at)
        return shift


def take_swap(*, by: PersonActor, shift: Shift, at: datetime) -> Shift:
    """Take over a shift that a colleague offers; it is confirmed at once. Returns the new shift.

    Raises YoursAlready, ClaimRefused, MoveNotAllowed (withdrawn or taken a moment ago).
    """
    require(by, Permission.CLAIM_SHIFT, shift)
    with transaction.atomic():
        Volunteer.objects.select_for_update().filter(person=by.person_id).first()
        shift = lock(shift)
        if shift.person_id == by.person_id:
            raise YoursAlready
        if shift.state != ShiftState.SWAP_OFFERED:
            raise MoveNotAllowed(shift.state, ShiftState.SWAPPED)
        check_fit(shift, by.person_id, at)
        move(shift, to=ShiftState.SWAPPED, by=by, at=at)
        new = place(
            by=by,
            begins=shift.begins_at,
            ends=shift.ends_at,
            channels=shift.channels,
            is_lead=shift.is_lead,
            template=shift.template,
            replaces=shift,
            at=at,
        )
        new.person_id = by.person_id
        new.save(update_fields=["person"])
        move(new, to=ShiftState.CLAIMED, by=by, at=at, why="SWAP")
        move(new, to=ShiftState.CONFIRMED, by=by, at=at, why="SWAP")
        if shift.person is not None:
            notifications.notify(
                to=shift.person,
                template="helpline.shift_given_by_swap",
                context={"ref": shift.ref},
                link=MINE,
                at=at,
            )
        said(by, shift, at)
        return new


def withdraw_place(*, by: PersonActor, shift: Shift, at: datetime) -> Shift:
    """The coordinator takes back a place that was not taken. Raises MoveNotAllowed."""
    require(by, Permission.EDIT_ROTA, shift)
    with transaction.atomic():
        shift = lock(shift)
        if shift.state != ShiftState.OPEN:
            raise MoveNotAllowed(shift.state, ShiftState.CANCELLED)
        move(shift, to=ShiftState.CANCELLED, by=by, at=at, why="NOT_NEEDED")
        said(by, shift, at)
        return shift


def _move_own(by: PersonActor, shift: Shift, to: ShiftState, at: datetime) -> Shift:
    with transaction.atomic():
        shift = _own(by, shift)
        move(shift, to=to, by=by, at=at)
        said(by, shift, at)
        return shift


def _own(by: PersonActor, shift: Shift) -> Shift:
    shift = lock(shift)
    if shift.person_id != by.person_id:
        raise NotYours
    return shift


def _hours(name: str, at: datetime) -> timedelta:
    return timedelta(hours=int(vocab.policy("policy.rota", at=at)[name]))


def tell_leads(template: str, shift: Shift, at: datetime) -> None:
    """The leads and the coordinator see the gap at once."""
    for role in ("SHIFT_LEAD", "VOLUNTEER_COORDINATOR"):
        notifications.notify(
            to=role, template=template, context={"ref": shift.ref}, link=PAGE, urgent=True, at=at
        )


def said(by: Actor, shift: Shift, at: datetime) -> None:
    """The trail's line of a move, and news for open pages."""
    audit.record(by, Trail.SHIFT_MOVED, shift, zone=ZONE, at=at, facts={"to": shift.state})
    live.signal("helpline.rota")
