"""Withdrawing a notice, with a correction by letter; reopening an item, by which the notices that ask for it
are withdrawn."""

from datetime import datetime

from django.db import transaction

from sauga.hotline.content.models import ContentItem
from sauga.hotline.notices.actions.drafts import ZONE, queue_mail
from sauga.hotline.notices.models import Notice
from sauga.hotline.notices.queries.notices import ENDED, open_items
from sauga.hotline.permissions import Permission
from sauga.hotline.states import Handling, NoticeState
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, vocab
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.states import Actor, lock, move


def withdraw_notice(*, by: PersonActor, notice: Notice, reason: str, at: datetime) -> Notice:
    """Take a notice back with a reason (notice.withdrawal_reason); what was sent is corrected by letter.

    Raises MoveNotAllowed.
    """
    require(by, Permission.SEND_NOTICE, notice)
    vocab.term("notice.withdrawal_reason", reason)
    with transaction.atomic():
        items = list(
            ContentItem.objects.select_for_update(of=("self",))
            .filter(notice_items__notice=notice)
            .order_by("pk")
        )
        notice = lock(notice)
        take_back(by=by, notice=notice, reason=reason, at=at)
        for item in items:
            live.signal(f"hotline.item.{item.ref}")
        return notice


def take_back(*, by: Actor, notice: Notice, reason: str, at: datetime, statement: str = "") -> None:
    """Move a locked notice to WITHDRAWN; a correction goes to everyone who received it, with the `statement`
    that says more."""
    move(notice, to=NoticeState.WITHDRAWN, by=by, at=at, why=reason)
    notice.next_rung_at = None
    notice.save(update_fields=["next_rung_at"])
    if notice.sent_at is not None:
        queue_mail(notice, purpose="WITHDRAWAL", statement=statement, at=at)
    notice.items.filter(outcome__in=["", "STILL_THERE"]).update(outcome="WITHDRAWN")
    audit.record(by, Trail.NOTICE_WITHDRAWN, notice, zone=ZONE, at=at, facts={"reason": reason})
    live.signal("hotline.worklist")


def withdraw_for_item(*, by: Actor, item: ContentItem, reason: str, at: datetime) -> int:
    """An item was reopened: every notice that asks for it is withdrawn; one that asks for other items too is
    corrected.

    Called inside the transaction that locked the item; returns how many notices that concerned.
    """
    notices = (
        Notice.objects.select_for_update(of=("self",))
        .filter(items__item=item, items__outcome__in=["", "STILL_THERE"])
        .exclude(state__in=ENDED)
        .order_by("pk")
    )
    for notice in list(notices):
        others = open_items(notice).exclude(item=item).exists()
        if not others and notice.state_tables["state"].allows(notice.state, NoticeState.WITHDRAWN):
            take_back(by=by, notice=notice, reason=reason, at=at)
            continue
        notice.items.filter(item=item).update(outcome="WITHDRAWN")
        if notice.sent_at is not None:
            queue_mail(notice, purpose="WITHDRAWAL", item=item, at=at)
        audit.record(by, Trail.NOTICE_WITHDRAWN, notice, zone=ZONE, at=at, facts={"reason": reason})
    return len(notices)


def reopen_item(*, by: PersonActor, item: ContentItem, reason: str, at: datetime) -> ContentItem:
    """Take a decided item back to reassess it: its routes no longer count, notices that have gone out are
    withdrawn with a correction."""
    require(by, Permission.REVIEW, item)
    with transaction.atomic():
        item = lock(item)
        if not (
            item.handling == Handling.ASSESSED and item.verdict
        ):  # an item that no rule matched is there already
            move(item, to=Handling.ASSESSED, by=by, at=at, track="handling", why=reason)
        item.verdict, item.legal_act, item.no_action_reason = "", "", ""
        item.save(update_fields=["verdict", "legal_act", "no_action_reason"])
        item.routes.filter(occurrence=item.occurrence).delete()
        withdraw_for_item(by=by, item=item, reason=reason, at=at)
        audit.record(by, Trail.ITEM_REOPENED, item, zone=ZONE, at=at, facts={"reason": reason})
        live.signal("hotline.worklist")
        return item
