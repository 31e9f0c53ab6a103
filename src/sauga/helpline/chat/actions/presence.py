"""Signs of life of both sides of a conversation: written rarely, and for many open pages at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from sauga.helpline.chat.actions.messages import changed
from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.rules import time_limits
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.models import Duty
from sauga.helpline.states import LIVE, ChatState
from sauga.kernel import live
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.states import Actor, SystemActor, lock, move


def child_seen(*, by: Actor, conversation: Conversation, at: datetime) -> Conversation:
    """The child's page is there. Writes at most every few seconds; a paused conversation goes on. Who was
    believed to be writing without scripts is here now, and no longer believed ahead of time.
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
    stale = (
        Q(child_seen_at__isnull=True)
        | Q(child_seen_at__lte=at - time_limits.SEEN_EVERY)
        | Q(child_seen_at__gt=at + time_limits.SEEN_EVERY)
    )
    Conversation.objects.filter(stale, pk=conversation.pk, state__in=LIVE).update(child_seen_at=at)
    return conversation


def child_writes(*, by: Actor, conversation: Conversation, is_certain: bool = False, at: datetime) -> None:
    """The child was shown an empty field and may write for minutes without a sign, because its browser runs
    no scripts: it counts as seen until then. A page with scripts takes this back as soon as its stream opens
    (`child_seen`); only when it is certain that no script runs does the desk hear of it at once.
    """
    require(by, Permission.VISIT)
    with transaction.atomic():
        Conversation.objects.filter(pk=conversation.pk, state__in=LIVE).update(
            child_seen_at=at + time_limits.WRITES
        )
        if is_certain:
            live.signal(conversation.channel)


def writes_unseen(conversation: Conversation, at: datetime) -> bool:
    """Whether the child is believed to be writing on a page without scripts."""
    return conversation.child_seen_at is not None and conversation.child_seen_at > at + time_limits.SEEN_EVERY


def staff_seen(*, by: PersonActor, conversation: Conversation | None = None, at: datetime) -> None:
    """A page of a person on duty is open, perhaps that of a conversation of theirs.

    Writes at most every few seconds.
    """
    require(by, Permission.BE_ON_DUTY)
    before = at - time_limits.SEEN_EVERY
    Duty.objects.present().filter(person_id=by.person_id, seen_at__lte=before).update(seen_at=at)
    if conversation is not None:
        stale = Q(staff_seen_at__isnull=True) | Q(staff_seen_at__lte=before)
        Conversation.objects.filter(stale, pk=conversation.pk, owner_id=by.person_id, state__in=LIVE).update(
            staff_seen_at=at
        )


def pages_open(*, by: Actor, children: Sequence[int], staff: Sequence[tuple[int, int]], at: datetime) -> None:
    """Signs of life of many open pages: conversations whose child is there, and (conversation,
    person) of staff. Rows that are locked are left for the next time. A conversation that
    was thought lost goes on.
    """
    require(by, Permission.SWEEP)
    before = at - time_limits.SEEN_EVERY / 2
    rows = Conversation.objects.filter(pk__in=children, state__in=LIVE)
    paused = list(rows.filter(state=ChatState.PAUSED))
    with transaction.atomic():
        stale = rows.filter(Q(child_seen_at__isnull=True) | Q(child_seen_at__lte=before))
        found = list(
            stale.select_for_update(skip_locked=True, no_key=True).order_by("pk").values_list("pk", flat=True)
        )
        Conversation.objects.filter(pk__in=found).update(child_seen_at=at)
    for conversation in paused:
        child_seen(by=SystemActor("child"), conversation=conversation, at=at)
    people = {person for _, person in staff}
    with transaction.atomic():
        stale = Conversation.objects.filter(
            pk__in=[pk for pk, _ in staff], owner_id__in=people, state__in=LIVE
        )
        stale = stale.filter(Q(staff_seen_at__isnull=True) | Q(staff_seen_at__lte=before))
        columns = (
            stale.select_for_update(skip_locked=True, no_key=True)
            .order_by("pk")
            .values_list("pk", "owner_id")
        )
        found = [pk for pk, owner in columns if (pk, owner) in set(staff)]
        Conversation.objects.filter(pk__in=found).update(staff_seen_at=at)
    with transaction.atomic():
        duties = Duty.objects.present().filter(person_id__in=people, seen_at__lte=before)
        held = list(
            duties.select_for_update(skip_locked=True, no_key=True)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        Duty.objects.filter(pk__in=held).update(seen_at=at)
