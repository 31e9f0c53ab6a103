"""Time limits of letters: one claimed for too long is released, an answered one closes, a closed one keeps
days only.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from sauga.helpline.letters import rules
from sauga.helpline.letters.actions.letters import CHANNEL, terms
from sauga.helpline.letters.models import Letter
from sauga.helpline.letters.queries.letters import read_by
from sauga.helpline.letters.queries.thread import asked_at
from sauga.helpline.permissions import Permission
from sauga.helpline.states import LetterState
from sauga.kernel import live, notifications
from sauga.kernel.clock import to_day
from sauga.kernel.identity import require
from sauga.kernel.states import Actor, lock, move

AT_ONCE = 200


def release_idle(*, by: Actor, at: datetime) -> int:
    """Release letters that were claimed for too long without a change; their drafts stay.

    Returns how many.
    """
    require(by, Permission.SWEEP)
    with transaction.atomic():
        letters = _some(Letter.objects.filter(state__in=rules.IN_HAND, claimed_until__lt=at))
        for letter in letters:
            move(letter, to=LetterState.SCREENED, by=by, at=at, why="IDLE")
            letter.claimed_by = letter.claimed_until = None
            letter.save(update_fields=["claimed_by", "claimed_until"])
        return _tell(len(letters))


def close_answered(*, by: Actor, at: datetime) -> int:
    """Close letters to whose answer nothing was written for the time that staff have set.

    Returns how many.
    """
    require(by, Permission.SWEEP)
    with transaction.atomic():
        letters = _some(Letter.objects.filter(state__in=rules.ANSWERED, delivered_at__lte=at - terms().close))
        for letter in letters:
            move(letter, to=LetterState.CLOSED, by=by, at=at)
            keep_the_day_only(letter, at)
        return _tell(len(letters))


def _some(letters: QuerySet[Letter]) -> list[Letter]:
    """A locked batch; rows that are locked already wait for the next run."""
    return list(letters.select_for_update(skip_locked=True).order_by("pk")[:AT_ONCE])


def _tell(count: int) -> int:
    if count:
        live.signal(CHANNEL)
    return count


def remind(*, by: Actor, at: datetime) -> int:
    """Tell the shift leads once of each letter that was not read for risk in time, and of each answer that is
    overdue. Returns how many.
    """
    require(by, Permission.SWEEP)
    waiting = list(Letter.objects.unanswered().order_by("pk"))
    by_when = read_by(
        {letter.pk: asked_at(letter) for letter in waiting if letter.state == LetterState.RECEIVED}, at
    )
    late = [
        ("helpline.letter_unread", letter)
        for letter in waiting
        if letter.pk in by_when and by_when[letter.pk] < at
    ]
    late += [("helpline.letter_overdue", letter) for letter in waiting if letter.due_at < at]
    return sum(_remind_once(template, letter, at) for template, letter in late)


def _remind_once(template: str, letter: Letter, at: datetime) -> bool:
    """Once for each deadline: the notification itself remembers."""
    link = f"/desk/helpline/letters/{letter.ref}/"
    began = asked_at(letter)
    if notifications.was_notified(template=template, link=link, since=began):
        return False
    notifications.notify(
        to="SHIFT_LEAD", template=template, context={"ref": letter.ref}, link=link, at=at, urgent=True
    )
    return True


def keep_the_day_only(letter: Letter, at: datetime) -> Letter:
    """After closing, the visitor's rows keep the day only."""
    letter = lock(letter)
    letter.received_at, letter.due_at, letter.closed_at = (
        to_day(letter.received_at),
        to_day(letter.due_at),
        to_day(at),
    )
    letter.delivered_at = to_day(letter.delivered_at) if letter.delivered_at else None
    letter.save(update_fields=["received_at", "due_at", "closed_at", "delivered_at"])
    for part in letter.parts.all():
        part.at, part.read_at = to_day(part.at), to_day(part.read_at) if part.read_at else None
        part.save(update_fields=["at", "read_at"])
    return letter
