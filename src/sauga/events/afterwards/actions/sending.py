"""Sends letters to people of an event in batches, each in a transaction of its own, committed when the server
has taken it.

A worker that dies loses its lock on one letter, which the next batch hands over again with the same
Message-ID; every other letter has been handed over once, or not yet. As the newsletter does (decision 0126).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from sauga.events.afterwards.actions.mailings import move_mailing
from sauga.events.afterwards.models import Mailing, MailingLetter
from sauga.events.afterwards.queries.mailings import WAITING, progress
from sauga.events.afterwards.rendering import letter
from sauga.events.afterwards.rules.mailings import CHANNEL, PER_MINUTE, states_of
from sauga.events.permissions import Permission
from sauga.events.registration.models import Registration
from sauga.events.registration.queries.details import Details, details_by
from sauga.events.states import MailingState
from sauga.kernel import live
from sauga.kernel.identity import require
from sauga.kernel.notifications import MailRefused, OutgoingMail, delivering
from sauga.kernel.notifications.attempts import (
    REFUSED,
    code_of,
    is_final,
    is_over,
    is_unanswered,
    wait_after,
)
from sauga.kernel.outbound import MailResult
from sauga.kernel.states import Actor, lock

type HandOver = Callable[[OutgoingMail], MailResult]
type Connection = Callable[[], AbstractContextManager[HandOver]]

S = MailingState
CHUNK = 100
MINUTE = timedelta(minutes=1)
LONGEST = 50.0  # seconds of one run; the next one begins within a minute


def send_due(*, by: Actor, at: datetime, connect: Connection = delivering) -> int:
    """Send as many letters as a minute allows, of the mailing that began first. Returns how many were handed
    over."""
    require(by, Permission.DELIVER_MAILINGS)
    until, handed = time.monotonic() + LONGEST, 0
    for mailing in Mailing.objects.filter(state=S.SENDING).order_by("started_at", "pk"):
        handed += _send_batch(by, mailing, at, until=until, connect=connect)
    return handed


def _send_batch(by: Actor, mailing: Mailing, at: datetime, *, until: float, connect: Connection) -> int:
    left, handed = _left_of_minute(at), 0
    try:
        with connect() as hand_over:
            for key, details in _next(mailing, at):
                if handed >= left or time.monotonic() >= until:
                    break
                result = _send_one(key, details, hand_over=hand_over, at=at)
                if result is None:
                    continue
                handed += result.accepted
                if is_unanswered(result):
                    break  # no server answers: the next run tries again
    finally:
        _settle(by, mailing, at)
    return handed


def _left_of_minute(at: datetime) -> int:
    begun = at.replace(second=0, microsecond=0)
    sent = MailingLetter.objects.filter(sent_at__gte=begun, sent_at__lt=begun + MINUTE).count()
    return max(0, PER_MINUTE - sent)


def _next(mailing: Mailing, at: datetime) -> Iterator[tuple[int, Details]]:
    """The letters that are due, with who gets them; asked for in chunks, and each once in a run."""
    last = 0
    while True:
        due = MailingLetter.objects.filter(WAITING, mailing=mailing, next_at__lte=at, pk__gt=last)
        rows = list(due.select_related("registration").order_by("pk")[:CHUNK])
        if not rows:
            return
        held = details_by([row.registration for row in rows])
        for row in rows:
            yield row.pk, held[row.registration_id]
        last = rows[-1].pk


def _send_one(key: int, details: Details, *, hand_over: HandOver, at: datetime) -> MailResult | None:
    """Hand over one letter, holding its row. None when it is not to be sent any more, or another worker has
    it."""
    with transaction.atomic():
        rows = MailingLetter.objects.select_for_update(skip_locked=True, of=("self",))
        row = rows.filter(WAITING, pk=key).select_related("mailing__event__venue").first()
        if row is None or row.mailing.state != S.SENDING:
            return None
        states = states_of(row.mailing.groups)
        found = Registration.objects.select_related("event__venue", "ticket").filter(
            pk=row.registration_id, state__in=states
        )
        registration = found.select_for_update(of=("self",)).first()
        if registration is None or not details.address:  # it has moved on since the sending began
            row.skipped_at = at
            row.save(update_fields=["skipped_at"])
            return None
        row.registration = registration
        try:
            result = hand_over(letter(row.mailing, row, details, at))
        except MailRefused:
            result = REFUSED
        _keep(row, result, at)
        return result


def _keep(row: MailingLetter, result: MailResult, at: datetime) -> None:
    """What came of handing over one letter."""
    if is_unanswered(result):
        return
    row.attempts += 1
    if result.accepted:
        row.sent_at = at
    else:
        ended = is_over(result, row.attempts)
        row.failed_at = at if ended else None
        row.is_unreachable = ended and is_final(code_of(result))
        row.next_at = at + wait_after(row.attempts)
    row.save(update_fields=["attempts", "sent_at", "failed_at", "is_unreachable", "next_at"])


def mail_returned(*, by: Actor, token: str, code: str, at: datetime) -> None:
    """A server reports that a letter could not be delivered. One that is unknown or known already is passed
    over."""
    require(by, Permission.DELIVER_MAILINGS)
    with transaction.atomic():
        rows = MailingLetter.objects.select_for_update().filter(token=token.lower(), bounced_at=None)
        row = rows.first()
        if row is None:
            return
        row.bounced_at, row.is_unreachable = at, is_final(code)
        row.save(update_fields=["bounced_at", "is_unreachable"])
        Mailing.objects.filter(pk=row.mailing_id).update(bounced=F("bounced") + 1)
        live.signal(CHANNEL)


def _settle(by: Actor, mailing: Mailing, at: datetime) -> None:
    """Bring the mailing's numbers up to date from its letters; with none left, the sending has ended."""
    with transaction.atomic():
        row = lock(mailing)
        if row.state not in {S.SENDING, S.PAUSED}:
            return
        now = progress(row)
        row.handed, row.failed, row.skipped = now.handed, now.failed, now.skipped
        row.save(update_fields=["handed", "failed", "skipped"])
        if row.state == S.SENDING and not now.waiting:
            row.ended_at = at
            row.save(update_fields=["ended_at"])
            move_mailing(by, row, S.SENT, at)
        live.signal(CHANNEL)
