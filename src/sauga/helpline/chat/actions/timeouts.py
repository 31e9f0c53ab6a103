"""Time limits of conversations: expired offers and transfers, lost connections, absent counsellors, silence.

Called every few seconds. Each row is looked at again under its lock, so that running twice, or beside a
person, does no harm.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from sauga.helpline.chat.actions import queue, supervision, transfers
from sauga.helpline.chat.actions.conversations import end_conversation, leave_queue
from sauga.helpline.chat.actions.listening import end_listening
from sauga.helpline.chat.actions.messages import changed, tell
from sauga.helpline.chat.models import Conversation, Offer, Transfer
from sauga.helpline.chat.queries.conversations import ZONE
from sauga.helpline.chat.rules import time_limits
from sauga.helpline.chat.rules.events import Event
from sauga.helpline.rota.models import Duty
from sauga.helpline.rota.queries.duty import leads_present
from sauga.helpline.rota.queries.opening_hours import opening
from sauga.helpline.states import TALKING, ChatState
from sauga.helpline.trail import Trail
from sauga.kernel import audit, notifications
from sauga.kernel.states import SystemActor, move

QUEUE = SystemActor("queue")
MOST = 500


def sweep(at: datetime) -> int:
    """Do everything that is due and return how many rows changed. A failure of one row is raised after the
    others are done.
    """
    steps: tuple[Callable[[datetime], int], ...] = (
        _offers_run_out,
        _transfers_run_out,
        _counsellors_gone,
        _children_pause,
        _children_lost,
        _waiting_lost,
        _nobody_writes,
        _close_outside_hours,
        _duties_lost,
        lambda at: supervision.sweep_listening(at=at),
    )
    done, failures = 0, []
    for step in steps:
        try:
            done += step(at)
        except Exception as failure:
            failures.append(failure)
    if failures:
        raise failures[0]
    return done


def _each(
    rows: QuerySet[Conversation], still: Callable[[Conversation], bool], act: Callable[[Conversation], object]
) -> int:
    """Each row in a transaction of its own, locked and asked again; locked rows are left
    for the next time.
    """
    count, failures = 0, []
    for pk in rows.order_by("pk").values_list("pk", flat=True)[:MOST]:
        try:
            with transaction.atomic():
                row = (
                    Conversation.objects.select_for_update(skip_locked=True, of=("self",))
                    .filter(pk=pk)
                    .first()
                )
                if row is not None and still(row):
                    act(row)
                    count += 1
        except Exception as failure:
            failures.append(failure)
    if failures:
        raise failures[0]
    return count


def _offers_run_out(at: datetime) -> int:
    due = (
        Offer.objects.filter(answer="OPEN", until__lte=at, conversation__isnull=False)
        .select_related("conversation")
        .order_by("pk")
    )
    return sum(queue.time_out(by=QUEUE, offer=offer, at=at) for offer in due[:MOST])


def _transfers_run_out(at: datetime) -> int:
    due = Transfer.objects.filter(outcome="OPEN", until__lte=at).select_related("conversation").order_by("pk")
    return sum(transfers.time_out(by=QUEUE, conversation=row.conversation, at=at) for row in due[:MOST])


def _counsellors_gone(at: datetime) -> int:
    """No page of the counsellor gave a sign of life: the child is first in the queue."""
    long_ago = at - time_limits.GONE
    elsewhere = Duty.objects.present().filter(person=OuterRef("owner"), seen_at__gt=long_ago)
    silent = Q(staff_seen_at__isnull=True) | Q(staff_seen_at__lte=long_ago)
    rows = Conversation.objects.talking().filter(silent, ~Exists(elsewhere))

    def still(row: Conversation) -> bool:
        there = row.staff_seen_at is not None and row.staff_seen_at > long_ago
        return row.state in TALKING and not there

    def requeue(row: Conversation) -> None:
        move(row, to=ChatState.REQUEUED_TOP, by=QUEUE, at=at, why="COUNSELLOR_GONE")
        end_listening(row, by=QUEUE, at=at)
        Transfer.objects.filter(conversation=row, outcome="OPEN").update(outcome="ENDED")
        tell(row, Event.COUNSELLOR_GONE, at)
        for lead in leads_present():
            notifications.notify(
                to=lead.person, template="helpline.orphan", context={"ref": row.ref}, link=queue.BOARD, at=at
            )
        changed(row)

    return _each(rows, still, requeue)


def _unseen(row: Conversation, since: datetime) -> bool:
    return row.child_seen_at is not None and row.child_seen_at <= since


def _children_pause(at: datetime) -> int:
    """ACTIVE without a sign of the child pauses."""
    lost = at - time_limits.LOST

    def pause(row: Conversation) -> None:
        move(row, to=ChatState.PAUSED, by=QUEUE, at=at, why="LINK_LOST")
        changed(row)

    rows = Conversation.objects.filter(state=ChatState.ACTIVE, child_seen_at__lte=lost)
    return _each(rows, lambda row: row.state == ChatState.ACTIVE and _unseen(row, lost), pause)


def _children_lost(at: datetime) -> int:
    """A pause that has lasted too long ends the conversation; so does a lost connection while a new
    counsellor is sought.
    """
    gone, dropped = (
        (ChatState.PAUSED, ChatState.REQUEUED_TOP, ChatState.TRANSFER_OFFERED),
        at - time_limits.LOST - time_limits.DROP,
    )

    def end(row: Conversation) -> None:
        end_conversation(by=QUEUE, conversation=row, how="END_LOST", at=at)

    rows = Conversation.objects.filter(state__in=gone, child_seen_at__lte=dropped)
    return _each(rows, lambda row: row.state in gone and _unseen(row, dropped), end)


def _waiting_lost(at: datetime) -> int:
    """A place in the queue is kept for two minutes without a connection, the first questions for half an
    hour.
    """
    lost, tired = at - time_limits.LOST - time_limits.DROP, at - time_limits.PRECHAT
    waiting = (ChatState.QUEUED, ChatState.OFFERED)

    def still(row: Conversation) -> bool:
        if row.state == ChatState.PRECHAT:
            return _unseen(row, tired)
        return row.state in waiting and row.taken_at is None and _unseen(row, lost)

    def leave(row: Conversation) -> None:
        reason = "LEFT_PRECHAT" if row.state == ChatState.PRECHAT else "LOST_IN_QUEUE"
        leave_queue(by=QUEUE, conversation=row, how=ChatState.ABANDONED, at=at, reason=reason)

    unseen = Q(state__in=waiting, taken_at__isnull=True, child_seen_at__lte=lost) | Q(
        state=ChatState.PRECHAT, child_seen_at__lte=tired
    )
    return _each(Conversation.objects.filter(unseen), still, leave)


def _nobody_writes(at: datetime) -> int:
    """Two prompts, then the end."""

    def act(row: Conversation) -> None:
        if row.prompts < len(time_limits.PROMPTS):
            tell(row, Event.STILL_THERE, at)
            row.prompts += 1
            row.save(update_fields=["prompts"])
        else:
            end_conversation(by=QUEUE, conversation=row, how="END_IDLE", at=at)

    here = Q(child_seen_at__isnull=True) | Q(
        child_seen_at__lte=at
    )  # not: writes on a page that cannot show the question
    rows = Conversation.objects.filter(
        here, state=ChatState.ACTIVE, last_word_at__lte=at - time_limits.PROMPTS[0]
    )
    return _each(rows, lambda row: row.state == ChatState.ACTIVE and _due(row, at), act)


def _due(row: Conversation, at: datetime) -> bool:
    quiet = at - (row.last_word_at or at)
    return quiet >= (
        time_limits.PROMPTS[row.prompts] if row.prompts < len(time_limits.PROMPTS) else time_limits.IDLE
    )


def _close_outside_hours(at: datetime) -> int:
    """The opening hours are over: children not yet answered are offered a letter."""
    waiting = (ChatState.QUEUED, ChatState.PRECHAT)
    rows = Conversation.objects.filter(state__in=waiting)
    if not rows.exists():
        return 0
    now = opening("CHAT", at)
    if str(now.state) != "CLOSED" or now.until is not None:
        return 0

    def close(row: Conversation) -> None:
        leave_queue(by=QUEUE, conversation=row, how=ChatState.QUEUE_CLOSED, at=at)

    return _each(rows, lambda row: row.state in waiting, close)


def _duties_lost(at: datetime) -> int:
    """Counsellors without a sign of life are set on a break."""
    silent = Duty.objects.present().filter(is_on_break=False, seen_at__lte=at - time_limits.DUTY_LOST)
    with transaction.atomic():
        duties = list(silent.select_for_update(skip_locked=True).order_by("pk")[:MOST])
        for duty in duties:
            duty.is_on_break = True
            duty.save(update_fields=["is_on_break"])
            audit.record(QUEUE, Trail.DUTY_CHANGED, duty, zone=ZONE, at=at, facts={"to": "BREAK"})
    return len(duties)
