"""Who is there: signs of life of both sides, duty, and what follows when somebody is gone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.helpline.chat.actions.messages import changed
from sauga.helpline.chat.actions.queue import NotOnDuty
from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.queries.conversations import ZONE
from sauga.helpline.chat.queries.queue import in_hand
from sauga.helpline.chat.rules import timing
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.models import Duty
from sauga.helpline.rota.queries.duty import Lack, has_pass, lacks
from sauga.helpline.states import LIVE, ChatState, ShiftState
from sauga.helpline.trail import Trail
from sauga.helpline.volunteers.actions.debriefs import after_duty
from sauga.helpline.volunteers.models import Volunteer
from sauga.kernel import audit, live, vocab
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor, lock, move

CHANNELS = {"CHAT", "PHONE", "BROWSER_CALL", "LETTER"}


class AlreadyOnDuty(ActionRefused):
    """This person is on duty already."""

    message = _("You are on duty already.")


class NotReady(ActionRefused):
    """Something is missing before this person may begin; `lacks` says what."""

    message = _("Something is missing before you begin; it stands under “Conversations”.")

    def __init__(self, lacks: Sequence[Lack]) -> None:
        super().__init__(", ".join(lack.what for lack in lacks))
        self.lacks = tuple(lacks)


class StillTalking(ActionRefused):
    """Conversations in hand must end or be handed over first."""

    message = _("End or hand over your conversations first.")


def child_seen(*, by: Actor, conversation: Conversation, at: datetime) -> Conversation:
    """The child's page is there. Writes at most every few seconds; a paused conversation goes on. Who was believed to be writing without
    scripts is here now, and no longer believed ahead of time.
    """
    require(by, Permission.VISIT)
    if conversation.state == ChatState.PAUSED:
        with transaction.atomic():
            conversation = lock(conversation)
            if conversation.state == ChatState.PAUSED:
                move(conversation, to=ChatState.ACTIVE, by=by, at=at, why="BACK")
                changed(conversation)
            conversation.child_seen_at = at
            conversation.save(update_fields=["child_seen_at"])
        return conversation
    stale = Q(child_seen_at__isnull=True) | Q(child_seen_at__lte=at - timing.SEEN_EVERY) | Q(child_seen_at__gt=at + timing.SEEN_EVERY)
    Conversation.objects.filter(stale, pk=conversation.pk, state__in=LIVE).update(child_seen_at=at)
    return conversation


def child_writes(*, by: Actor, conversation: Conversation, is_certain: bool = False, at: datetime) -> None:
    """The child was shown an empty field and may write for minutes without a sign, because its browser runs no scripts: it counts as seen
    until then. A page with scripts takes this back as soon as its stream opens (`child_seen`);
    only when it is certain that no script runs does the desk hear of it at once.
    """
    require(by, Permission.VISIT)
    with transaction.atomic():
        Conversation.objects.filter(pk=conversation.pk, state__in=LIVE).update(child_seen_at=at + timing.WRITES)
        if is_certain:
            live.signal(conversation.channel)


def writes_unseen(conversation: Conversation, at: datetime) -> bool:
    """Whether the child is believed to be writing on a page without scripts."""
    return conversation.child_seen_at is not None and conversation.child_seen_at > at + timing.SEEN_EVERY


def staff_seen(*, by: PersonActor, conversation: Conversation | None = None, at: datetime) -> None:
    """A page of somebody on duty is there, perhaps that of a conversation of theirs. Writes at most every few seconds."""
    require(by, Permission.BE_ON_DUTY)
    before = at - timing.SEEN_EVERY
    Duty.objects.present().filter(person_id=by.person_id, seen_at__lte=before).update(seen_at=at)
    if conversation is not None:
        stale = Q(staff_seen_at__isnull=True) | Q(staff_seen_at__lte=before)
        Conversation.objects.filter(stale, pk=conversation.pk, owner_id=by.person_id, state__in=LIVE).update(staff_seen_at=at)


def pages_open(*, by: Actor, children: Sequence[int], staff: Sequence[tuple[int, int]], at: datetime) -> None:
    """Signs of life of many open pages: conversations whose child is there, and (conversation, person) of staff. Rows that somebody is
    writing are left for the next time. A conversation that was thought lost goes on.
    """
    require(by, Permission.SWEEP)
    before = at - timing.SEEN_EVERY / 2
    rows = Conversation.objects.filter(pk__in=children, state__in=LIVE)
    paused = list(rows.filter(state=ChatState.PAUSED))
    with transaction.atomic():
        stale = rows.filter(Q(child_seen_at__isnull=True) | Q(child_seen_at__lte=before))
        found = list(stale.select_for_update(skip_locked=True, no_key=True).order_by("pk").values_list("pk", flat=True))
        Conversation.objects.filter(pk__in=found).update(child_seen_at=at)
    for conversation in paused:
        child_seen(by=SystemActor("child"), conversation=conversation, at=at)
    people = {person for _, person in staff}
    with transaction.atomic():
        stale = Conversation.objects.filter(pk__in=[pk for pk, _ in staff], owner_id__in=people, state__in=LIVE)
        stale = stale.filter(Q(staff_seen_at__isnull=True) | Q(staff_seen_at__lte=before))
        columns = stale.select_for_update(skip_locked=True, no_key=True).order_by("pk").values_list("pk", "owner_id")
        found = [pk for pk, owner in columns if (pk, owner) in set(staff)]
        Conversation.objects.filter(pk__in=found).update(staff_seen_at=at)
    with transaction.atomic():
        duties = Duty.objects.present().filter(person_id__in=people, seen_at__lte=before)
        held = list(duties.select_for_update(skip_locked=True, no_key=True).order_by("pk").values_list("pk", flat=True))
        Duty.objects.filter(pk__in=held).update(seen_at=at)


def go_on_duty(
    *, by: PersonActor, channels: Sequence[str], at: datetime, shift: Any = None, lead: bool | None = None, capacity: int | None = None
) -> Duty:
    """Begin a duty for these channels. Languages and capacity come from the volunteer's row; whoever may lead the shift does so unless
    `lead` says otherwise. Raises NotReady unless a shift lead gave a pass for today; AlreadyOnDuty; ValueError for a channel that is none.
    """
    require(by, Permission.BE_ON_DUTY)
    if not channels or not set(channels) <= CHANNELS:
        raise ValueError("a duty needs channels of the list")
    leads = by.can(Permission.LEAD_SHIFT) and lead is not False
    missing = lacks(by.person_id, channels, at, leads=leads)
    if missing and not has_pass(by.person_id, at):
        raise NotReady(missing)
    known = Volunteer.objects.filter(person_id=by.person_id).first()
    try:
        with transaction.atomic():
            duty = Duty.objects.create(
                person_id=by.person_id,
                channels=list(channels),
                is_lead=leads,
                capacity=capacity or min(known.capacity if known else 1, int(vocab.policy("policy.side_by_side", at=at)["most"])),
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
    """End one's duty, on a shift or without one; after a heavy contact a debrief is owed. Raises NotOnDuty, StillTalking."""
    require(by, Permission.BE_ON_DUTY)
    with transaction.atomic():
        duty = _present(by)
        if in_hand(by.person_id):
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
    """The shift of a duty says the same as the duty."""
    wanted = ShiftState.BREAK if duty.is_on_break else ShiftState.ON_DUTY
    if duty.shift is not None:
        shift = lock(duty.shift)
        if {shift.state, wanted} == {ShiftState.ON_DUTY, ShiftState.BREAK}:
            move(shift, to=wanted, by=by, at=at)


def _tell(by: Actor, duty: Duty, to: str, at: datetime) -> None:
    facts: dict[str, str | int | bool] = {"to": to, "channels": "+".join(duty.channels)}
    audit.record(by, Trail.DUTY_CHANGED, duty, zone=ZONE, at=at, facts=facts)
    live.signal("helpline.queue")
    live.signal("helpline.rota")


def sweep(at: datetime) -> int:
    """Everything that time alone decides: `sweeping.sweep`."""
    from sauga.helpline.chat.actions import timeouts

    return timeouts.sweep(at)
