"""Sends issues in batches (`kernel.notifications.batches`): which mails are due, to whom, what came of each.
See decision 0126."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction

from sauga.kernel import live, vocab
from sauga.kernel.identity import require
from sauga.kernel.notifications import MailRefused, batches, delivering
from sauga.kernel.notifications.attempts import REFUSED, code_of, is_final
from sauga.kernel.notifications.batches import Connection, HandOver
from sauga.kernel.outbound import MailResult
from sauga.kernel.states import Actor, lock
from sauga.newsletter.actions.counts import count
from sauga.newsletter.actions.issues import move_issue
from sauga.newsletter.actions.subscriptions import end
from sauga.newsletter.mail_text import Written, letter, write
from sauga.newsletter.models import Delivery, Happening, Issue, IssueItem, Subscription
from sauga.newsletter.permissions import Permission
from sauga.newsletter.queries import addresses
from sauga.newsletter.queries.issues import pieces, progress, recipients, waiting
from sauga.newsletter.rules import CHANNEL, CODE, POLICY
from sauga.newsletter.states import IssueState


def send_due(*, by: Actor, at: datetime, connect: Connection = delivering) -> int:
    """Begin the issues whose time has come, and send as many mails as a minute allows. Returns how many were
    handed over."""
    require(by, Permission.DELIVER)
    for issue in Issue.objects.filter(state=IssueState.SCHEDULED, send_at__lte=at).order_by("send_at", "pk"):
        begin(by=by, issue=issue, at=at)
    until, handed = batches.until(), 0
    for issue in Issue.objects.filter(state=IssueState.SENDING).order_by("started_at", "pk"):
        handed += send_batch(by=by, issue=issue, at=at, until=until, connect=connect)
    return handed


def begin(*, by: Actor, issue: Issue, at: datetime) -> bool:
    """Keep the pages as they are now, and make a row for each reader. False when it was taken back or begun
    meanwhile."""
    require(by, Permission.DELIVER)
    with transaction.atomic():
        row = lock(issue)
        if row.state != IssueState.SCHEDULED:
            return False
        for piece in pieces(row):
            if piece.is_fit:
                kept = {"title": piece.title, "summary": piece.summary, "path": piece.path}
                IssueItem.objects.filter(pk=piece.pk).update(**kept)
        keys = recipients(row.language, row.lists).order_by("pk").values_list("pk", flat=True)
        rows = (Delivery(issue=row, subscription_id=key, made_at=at, next_at=at) for key in keys)
        row.total = len(Delivery.objects.bulk_create(rows, batch_size=1000))
        row.started_at = at
        row.save(update_fields=["total", "started_at"])
        move_issue(by, row, IssueState.SENDING, at)
        return True


def send_batch(
    *, by: Actor, issue: Issue, at: datetime, until: float | None = None, connect: Connection = delivering
) -> int:
    """Hand over mails of one issue, as many as this minute still allows; the last one ends the sending.

    Returns how many were handed over. `until` is a moment of the monotonic clock.
    """
    require(by, Permission.DELIVER)
    send_one = partial(_send_one, by, written=write(issue, pieces(issue)), at=at)
    try:
        return batches.send(CODE, _next(issue, at), send_one, at=at, until=until, connect=connect)
    finally:
        _settle(by, issue, at)


def _next(issue: Issue, at: datetime) -> Iterator[tuple[int, str]]:
    """The mails that are due, with their addresses."""

    def after(key: int) -> Sequence[Delivery]:
        due = waiting(issue.pk).filter(next_at__lte=at, pk__gt=key).order_by("pk")
        return list(due.select_related("subscription")[: batches.AT_ONCE])

    for rows in batches.by_steps(after):
        held = addresses.addresses_of([row.subscription for row in rows if row.subscription is not None])
        for row in rows:
            yield row.pk, held.get(row.subscription_id or 0, "")


def _send_one(
    by: Actor, key: int, address: str, hand_over: HandOver, *, written: Written, at: datetime
) -> MailResult | None:
    """Hand over one mail, holding its row. None when it is not to be sent any more, or another worker has
    it."""
    with transaction.atomic():
        found = _locked(skip=True, pk=key, sent_at=None, failed_at=None, issue__state=IssueState.SENDING)
        if found is None:
            return None
        row, subscription = found
        if subscription is None or not address:  # unsubscribed since the sending began
            row.delete()
            return None
        try:
            result = hand_over(letter(written, row, subscription, address, at))
        except MailRefused:
            result = REFUSED
        _keep(by, row, subscription, result, at)
        return result


def _locked(*, skip: bool = False, **which: object) -> tuple[Delivery, Subscription | None] | None:
    """A mail and its subscription, both locked: the subscription first, as everywhere. None where there is no
    such mail, or, with `skip`, where another holds one of them."""
    found = Delivery.objects.filter(**which).first()
    if found is None:
        return None
    subscription = None
    if found.subscription_id is not None:
        held = Subscription.objects.select_for_update(skip_locked=skip)
        subscription = held.filter(pk=found.subscription_id).first()
        if subscription is None and skip:
            return None
    rows = Delivery.objects.select_for_update(skip_locked=skip, of=("self",))
    row = rows.filter(**{**which, "pk": found.pk}).first()
    return (row, subscription) if row is not None else None


def _keep(by: Actor, row: Delivery, subscription: Subscription, result: MailResult, at: datetime) -> None:
    """What came of handing over one mail."""
    if changed := batches.keep(row, result, at):
        row.save(update_fields=changed)
    if result.accepted:
        _went_through(subscription)
    elif row.failed_at is not None:
        returned(by=by, subscription=subscription, code=code_of(result), at=at)


def _went_through(row: Subscription) -> None:
    """An issue is on its way. Bounces are counted in a row: the count begins anew once an issue did not come
    back."""
    if row.is_bounced or row.soft_bounces:
        row.soft_bounces = row.soft_bounces if row.is_bounced else 0
        row.is_bounced = False
        row.save(update_fields=["soft_bounces", "is_bounced"])


def returned(*, by: Actor, subscription: Subscription, code: str, at: datetime) -> None:
    """A mail came back, or was refused: the subscription ends at once where the address does not exist, else
    after several issues in a row."""
    require(by, Permission.DELIVER)
    with transaction.atomic():
        row = Subscription.objects.select_for_update().filter(pk=subscription.pk).first()
        if row is None:
            return
        row.soft_bounces, row.is_bounced = row.soft_bounces + 1, True
        if is_final(code) or row.soft_bounces >= int(vocab.policy(POLICY)["soft_bounces"]):
            end(by=by, subscription=row, why="BOUNCED", at=at)
        else:
            row.save(update_fields=["soft_bounces", "is_bounced"])


def mail_returned(*, by: Actor, token: str, code: str, at: datetime) -> None:
    """A server reports that a mail could not be delivered. One that is unknown or known already is passed
    over."""
    require(by, Permission.DELIVER)
    with transaction.atomic():
        found = _locked(token=token.lower(), bounced_at=None)
        if found is None:
            return
        row, subscription = found
        row.bounced_at = at
        row.save(update_fields=["bounced_at"])
        issue = lock(row.issue)
        issue.bounced += 1
        issue.save(update_fields=["bounced"])
        count(Happening.RETURNED, issue.language, at)
        if subscription is not None:
            returned(by=by, subscription=subscription, code=code, at=at)


def _settle(by: Actor, issue: Issue, at: datetime) -> None:
    """Bring the issue's numbers up to date from its mails; with none left, the sending has ended."""
    with transaction.atomic():
        row = lock(issue)
        now = progress(row)
        count(Happening.HANDED, row.language, at, now.handed - row.handed)
        row.handed, row.failed = now.handed, now.failed
        if row.state != IssueState.CANCELLED:  # unsubscribing meanwhile makes it smaller, cancelling does not
            row.total = now.total
        row.save(update_fields=["total", "handed", "failed"])
        if row.state == IssueState.SENDING and not now.waiting:
            row.ended_at = at
            row.save(update_fields=["ended_at"])
            move_issue(by, row, IssueState.SENT, at)
        live.signal(CHANNEL)
