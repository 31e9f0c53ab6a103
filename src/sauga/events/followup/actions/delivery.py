"""Sends letters to people of an event in batches (`kernel.notifications.batches`): which are due, who gets
them, what came of each."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import F

from sauga.events.followup.actions.mailings import move_mailing
from sauga.events.followup.letters import letter
from sauga.events.followup.models import Mailing, MailingLetter
from sauga.events.followup.queries.mailings import WAITING, progress
from sauga.events.followup.rules.mailings import CHANNEL, CODE, states_of
from sauga.events.permissions import Permission
from sauga.events.registration.models import Registration
from sauga.events.registration.queries.details import Details, details_by
from sauga.events.states import MailingState
from sauga.kernel import live
from sauga.kernel.identity import require
from sauga.kernel.notifications import MailRefused, batches, delivering
from sauga.kernel.notifications.attempts import REFUSED, code_of, is_final
from sauga.kernel.notifications.batches import Connection, HandOver
from sauga.kernel.outbound import MailResult
from sauga.kernel.states import Actor, lock


def send_due(*, by: Actor, at: datetime, connect: Connection = delivering) -> int:
    """Send as many letters as a minute allows, of the mailing that began first. Returns how many were handed
    over."""
    require(by, Permission.DELIVER_MAILINGS)
    until, handed = batches.until(), 0
    for mailing in Mailing.objects.filter(state=MailingState.SENDING).order_by("started_at", "pk"):
        handed += _send_batch(by, mailing, at, until=until, connect=connect)
    return handed


def _send_batch(by: Actor, mailing: Mailing, at: datetime, *, until: float, connect: Connection) -> int:
    try:
        send_one = partial(_send_one, at=at)
        return batches.send(CODE, _next(mailing, at), send_one, at=at, until=until, connect=connect)
    finally:
        _settle(by, mailing, at)


def _next(mailing: Mailing, at: datetime) -> Iterator[tuple[int, Details]]:
    """The letters that are due, with who gets them."""

    def after(key: int) -> Sequence[MailingLetter]:
        due = MailingLetter.objects.filter(WAITING, mailing=mailing, next_at__lte=at, pk__gt=key)
        return list(due.select_related("registration").order_by("pk")[: batches.AT_ONCE])

    for rows in batches.by_steps(after):
        held = details_by([row.registration for row in rows])
        for row in rows:
            yield row.pk, held[row.registration_id]


def _send_one(key: int, details: Details, hand_over: HandOver, *, at: datetime) -> MailResult | None:
    """Hand over one letter, holding its row. None when it is not to be sent any more, or another worker has
    it."""
    with transaction.atomic():
        rows = MailingLetter.objects.select_for_update(skip_locked=True, of=("self",))
        row = rows.filter(WAITING, pk=key).select_related("mailing__event__venue").first()
        if row is None or row.mailing.state != MailingState.SENDING:
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
    if changed := batches.keep(row, result, at):
        row.is_unreachable = row.failed_at is not None and is_final(code_of(result))
        row.save(update_fields=[*changed, "is_unreachable"])


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
        if row.state not in {MailingState.SENDING, MailingState.PAUSED}:
            return
        now = progress(row)
        row.handed, row.failed, row.skipped = now.handed, now.failed, now.skipped
        row.save(update_fields=["handed", "failed", "skipped"])
        if row.state == MailingState.SENDING and not now.waiting:
            row.ended_at = at
            row.save(update_fields=["ended_at"])
            move_mailing(by, row, MailingState.SENT, at)
        live.signal(CHANNEL)
