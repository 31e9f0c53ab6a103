"""Sends many mails in batches: issues of a newsletter, letters to the people of an event. Each mail is handed
over in a transaction of its own, committed when the server has taken it.

A worker that dies loses its lock on one mail, which the next batch hands over again with the same
Message-ID; every other mail has been handed over once, or not yet (decisions 0126 and 0143). All services
share one limit for each minute, and where several have mail waiting, each gets an equal part of it: a long
newsletter does not hold up the reminder of an event.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sauga.kernel.notifications.attempts import is_over, is_unanswered, wait_after
from sauga.kernel.notifications.mail import OutgoingMail, delivering
from sauga.kernel.outbound import MailResult

type HandOver = Callable[[OutgoingMail], MailResult]
type Connection = Callable[[], AbstractContextManager[HandOver]]
type SendOne[T] = Callable[[int, T, HandOver], MailResult | None]

PER_MINUTE = 240
"""Mails in a minute where no service states a limit: a mail server that carries other mail too takes that."""
LONGEST = 50.0
"""Seconds of one run; the next one begins within a minute."""
AT_ONCE = 100
"""Mails read for one step."""
RECOUNT = 20
"""After so many mails the limit is looked at again, because another service may have begun to send."""
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class MassMail:
    """The mails of one service: how many were taken from one instant up to another, whether some are to be
    sent now, and the limit for each minute, where the service lets its staff state one."""

    code: str
    sent: Callable[[datetime, datetime], int]
    is_waiting: Callable[[datetime], bool]
    per_minute: Callable[[], int] | None = None


class Row(Protocol):
    """A mail that is to be sent to a person, as its table keeps it."""

    pk: int
    attempts: int
    sent_at: datetime | None
    failed_at: datetime | None
    next_at: datetime


_known: dict[str, MassMail] = {}


def register_mass_mail(one: MassMail) -> None:
    """Declare the mails of a service; called when it starts. A second call with the same code replaces."""
    _known[one.code] = one


def per_minute() -> int:
    """How many mails all services together hand over in a minute, at most: the smallest stated limit."""
    return min(
        (one.per_minute() for one in _known.values() if one.per_minute is not None), default=PER_MINUTE
    )


def allowance(code: str, at: datetime) -> int:
    """How many more mails a service may hand over in this minute."""
    begun = at.replace(second=0, microsecond=0)
    sent = {one.code: one.sent(begun, begun + MINUTE) for one in _known.values()}
    waiting = {one.code for one in _known.values() if one.code == code or one.is_waiting(at)}
    limit = per_minute()
    share = -(-limit // len(waiting)) if waiting else limit
    return max(0, min(limit - sum(sent.values()), share - sent.get(code, 0)))


def until() -> float:
    """When a run that begins now ends, on the monotonic clock."""
    return time.monotonic() + LONGEST


def send[T](
    code: str,
    due: Iterable[tuple[int, T]],
    send_one: SendOne[T],
    *,
    at: datetime,
    until: float | None = None,
    connect: Connection = delivering,
) -> int:
    """Hand over what is due, by one connection, as many mails as the minute still allows; how many were
    taken.

    `due` gives the key of each mail with whatever is needed to write it. `send_one` hands over one mail while
    it holds its row, and returns None where it is not to be sent any more. It ends when no server answers:
    the next run tries again.
    """
    handed, left = 0, allowance(code, at)
    with connect() as hand_over:
        for key, held in due:
            if left <= 0 or (until is not None and time.monotonic() >= until):
                break
            result = send_one(key, held, hand_over)
            if result is None:
                continue
            if is_unanswered(result):
                break
            if result.accepted:
                handed, left = handed + 1, left - 1
                if handed % RECOUNT == 0:
                    left = allowance(code, at)
    return handed


def by_steps[R: Row](after: Callable[[int], Sequence[R]]) -> Iterator[Sequence[R]]:
    """The mails that are due, step by step, each once in a run; `after` gives those with a higher key, in
    their order, at most AT_ONCE."""
    last = 0
    while rows := after(last):
        yield rows
        last = rows[-1].pk


def keep(row: Row, result: MailResult, at: datetime) -> list[str]:
    """Note on a locked row what came of handing it over; the fields that the caller stores. None where no one
    answered: that was no attempt."""
    if is_unanswered(result):
        return []
    row.attempts += 1
    if result.accepted:
        row.sent_at = at
        return ["attempts", "sent_at"]
    row.failed_at = at if is_over(result, row.attempts) else None
    row.next_at = at + wait_after(row.attempts)
    return ["attempts", "failed_at", "next_at"]
