"""Delivery of letters: written and encrypted, given to the mail server, retried, and what is reported about
them."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from sauga.hotline.assessment.models import Route
from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.jobs import Job, defer
from sauga.hotline.monitoring.actions.presence import gone_already
from sauga.hotline.notices.actions import letters
from sauga.hotline.notices.actions.drafts import OFFICER, SENDER, queue_mail
from sauga.hotline.notices.models import Notice, NoticeItem, NoticeMail
from sauga.hotline.notices.queries.disputes import last_dispute
from sauga.hotline.notices.queries.grouped_letters import waits_until
from sauga.hotline.notices.queries.notices import link_hash, open_items, opened
from sauga.hotline.notices.queries.providers import contact_of
from sauga.hotline.notices.rules.deadlines import Rung, ladder, rung_due
from sauga.hotline.notices.rules.disputes import STATEMENTS, Decision
from sauga.hotline.permissions import Permission
from sauga.hotline.states import Handling, NoticeState
from sauga.hotline.tracing.models import ProviderContact
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, notifications, sealed, vocab
from sauga.kernel.identity import require
from sauga.kernel.notifications import MailRefused, notify
from sauga.kernel.outbound import MailResult
from sauga.kernel.states import lock, move

ZONE = sealed.Zone.HOTLINE
SERVICE = sealed.ServiceOpener(ZONE)
RETURN_PREFIX = "notice"
WANTED = {Handling.NOTICE_DUE, Handling.FOLLOWED}


@dataclass(frozen=True)
class Written:
    """A letter ready to be handed over. `rows` are the notice's items it asks for."""

    mail_id: int
    letter: notifications.OutgoingMail
    rows: tuple[int, ...]


def send_or_wait(*, mail_id: int, at: datetime) -> bool:
    """Hand one letter over, or look again later where it still waits for another address; whether
    it was accepted."""
    later = waits_until(mail_id=mail_id, at=at)
    if later is None:
        return send_mail(mail_id=mail_id, at=at)
    defer(Job.SEND_NOTICE, schedule_at=later, mail_id=mail_id)
    return False


def send_mail(
    *,
    mail_id: int,
    at: datetime,
    deliver: Callable[[notifications.OutgoingMail], MailResult] = notifications.deliver,
) -> bool:
    """Hand one letter over; whether it was accepted. What the server puts off is tried again by a later job.

    Sent letters stay sent.

    `deliver` sends the letter; the demo's history is made without sending anything.
    """
    require(SENDER, Permission.SEND_NOTICE)
    written = _write(mail_id, at)
    if written is None:
        return False
    handed = deliver(written.letter)
    _handed(written, handed, at)
    return handed.accepted


def _locked(mail_id: int) -> tuple[NoticeMail, Notice, dict[int, ContentItem]]:
    """The letter with its notice and items, locked in the order everybody keeps: items, then the notice."""
    mail = NoticeMail.objects.get(pk=mail_id)
    items = (
        ContentItem.objects.select_for_update(of=("self",))
        .filter(notice_items__notice=mail.notice_id)
        .order_by("pk")
    )
    found = {item.pk: item for item in items}
    notice = lock(mail.notice)
    return lock(mail), notice, found


def _write(mail_id: int, at: datetime) -> Written | None:
    """Write the letter and seal what it says, in a transaction of its own: its link works before the letter
    can arrive."""
    with transaction.atomic():
        mail, notice, items = _locked(mail_id)
        if mail.sent_at is not None or mail.failed_at is not None:
            return None
        if notice.state == NoticeState.QUEUED and not _still_asked(notice, items, at):
            return None
        if notice.state == NoticeState.WITHDRAWN and mail.purpose != "WITHDRAWAL":
            mail.failed_at, mail.code = at, "WITHDRAWN"
            mail.save(update_fields=["failed_at", "code"])
            return None
        rows = _rows(mail, notice)
        token = secrets.token_urlsafe(32)
        content = letters.Content(
            notice=notice,
            contact=mail.contact,
            template=mail.template,
            items=rows,
            addresses=opened(rows, SERVICE),
            statement=mail.statement,
            decision=_decision(mail),
            link=letters.link_of(token),
            at=at,
        )
        text = letters.worded(content)
        mail.link = link_hash(token)
        mail.link_expires_at = at + timedelta(days=vocab.policy("policy.notice_sending")["link_days"])
        mail.return_token = mail.return_token or secrets.token_hex(12)
        mail.attempts += 1
        key = sealed.open_data_key(zone=ZONE, holder=notice.holder, opener=SERVICE)
        kept = text.text.replace(token, letters.HIDDEN)
        mail.body = sealed.seal(
            key, table="hotline.noticemail", row=mail.ref, field="body", text=f"{text.subject}\n\n{kept}"
        )
        mail.save(update_fields=["link", "link_expires_at", "return_token", "attempts", "body"])
        letter = _letter(mail, text.subject, text.text, letters.files(content), at)
        return Written(mail.pk, letter, tuple(row.pk for row in rows)) if letter else None


def _decision(mail: NoticeMail) -> Decision | None:
    """The decided dispute that a letter tells of."""
    if mail.statement not in STATEMENTS:
        return None
    dispute = last_dispute(mail.notice, SERVICE, before=mail.created_at)
    return dispute.decision if dispute else None


def _letter(
    mail: NoticeMail, subject: str, text: str, files: Sequence[notifications.Attachment], at: datetime
) -> notifications.OutgoingMail | None:
    """The mail itself; an address that is none counts as a contact that refuses."""
    try:
        return notifications.compose(
            subject=subject,
            body_text=text,
            to=mail.contact.email,
            language=mail.template.language,
            at=at,
            attachments=files,
            return_token=(RETURN_PREFIX, mail.return_token or ""),
        )
    except MailRefused:
        _failed(mail, lock(mail.notice), "MailRefused", at)
        return None


def _rows(mail: NoticeMail, notice: Notice) -> list[NoticeItem]:
    """The items a letter speaks of: one, all that were asked for, or those still there."""
    rows = notice.items.select_related("item").order_by("pk")
    if mail.item_id is not None:
        return list(rows.filter(item=mail.item_id))
    if mail.purpose == "REMINDER":
        return list(open_items(notice))
    if mail.purpose == "WITHDRAWAL":
        rows = rows.filter(outcome="WITHDRAWN")
        return list(rows.filter(answer="DISPUTED") if mail.statement else rows)
    if mail.purpose == "THANKS":
        return list(rows.exclude(outcome="WITHDRAWN"))
    return list(rows.exclude(outcome__in=["WITHDRAWN", "REMOVED"]))


def _still_asked(notice: Notice, items: dict[int, ContentItem], at: datetime) -> bool:
    """Leave out what is gone or reassessed; a notice about nothing is withdrawn unsent."""
    for item in items.values():
        if gone_already(by=SENDER, item=item, at=at):
            notice.items.filter(item=item).update(outcome="REMOVED")
        elif item.handling not in WANTED:
            notice.items.filter(item=item).update(outcome="WITHDRAWN")
    if notice.items.filter(outcome__in=["", "STILL_THERE"]).exists():
        return True
    move(notice, to=NoticeState.WITHDRAWN, by=SENDER, at=at, why="NOTHING_LEFT")
    live.signal("hotline.worklist")
    return False


def _handed(written: Written, handed: MailResult, at: datetime) -> None:
    """Write down the server's answer."""
    with transaction.atomic():
        mail, notice, items = _locked(written.mail_id)
        if mail.sent_at is not None:
            return
        mail.code = str(handed.code or "")
        if handed.accepted:
            mail.sent_at = at
            mail.save(update_fields=["sent_at", "code"])
            _sent(mail, notice, items, written.rows, at)
        elif handed.temporary and (wait := _wait(mail.attempts)) is not None:
            mail.save(update_fields=["code"])
            defer(Job.SEND_NOTICE, schedule_at=at + wait, mail_id=mail.pk)
        else:
            mail.save(update_fields=["code"])
            _failed(mail, notice, mail.code, at)


def _wait(attempts: int) -> timedelta | None:
    """The delay before the next attempt after so many; None: give up."""
    waits = vocab.policy("policy.notice_sending")["retry_minutes"]
    return timedelta(minutes=waits[attempts - 1]) if attempts <= len(waits) else None


def _sent(
    mail: NoticeMail, notice: Notice, items: dict[int, ContentItem], rows: Sequence[int], at: datetime
) -> None:
    count = len(rows)
    audit.record(
        SENDER,
        Trail.NOTICE_SENT,
        notice,
        zone=ZONE,
        at=at,
        facts={"basis": notice.basis, "items": count, "attempt": mail.attempts},
    )
    if notice.state != NoticeState.QUEUED:
        return
    move(notice, to=NoticeState.SENT, by=SENDER, at=at)
    notice.sent_at = notice.sent_at or at
    set_terms(notice, at)
    for row in notice.items.filter(pk__in=rows):
        item = items[row.item_id]
        Occurrence.objects.filter(item=item, number=row.occurrence, notice_sent_at=None).update(
            notice_sent_at=at
        )
        Route.objects.filter(
            item=item, occurrence=row.occurrence, route="PROVIDER_NOTICE", done_at=None
        ).update(done_at=at)
        if item.handling == Handling.NOTICE_DUE:
            move(item, to=Handling.FOLLOWED, by=SENDER, at=at, track="handling", why="NOTICE_SENT")
        if item.kind == "WEB":
            item.next_check_at = at
            item.save(update_fields=["next_check_at"])
        live.signal(f"hotline.item.{item.ref}")
    live.signal("hotline.worklist")


def set_terms(notice: Notice, since: datetime) -> None:
    """Terms and the next rung run from here: from sending until a delivery is known, then from that.

    Saves the notice.
    """
    terms = letters.terms(notice, since)
    notice.acknowledge_by, notice.remove_by = since + terms.acknowledge, since + terms.remove
    if notice.purpose == "FIRST":
        notice.next_rung_at = next_rung_at(notice, since)
    notice.save(update_fields=["sent_at", "delivered_at", "acknowledge_by", "remove_by", "next_rung_at"])


def next_rung_at(notice: Notice, since: datetime) -> datetime | None:
    """When the next rung of the notice's ladder is due."""
    following = rung_due(ladder_of(notice), notice.rung, since)
    return following[1] if following else None


def ladder_of(notice: Notice) -> list[Rung]:
    """The rungs of a notice (policy.escalation), by its urgency and by where its items are hosted."""
    country = notice.items.order_by("pk").values_list("item__country", flat=True).first() or ""
    return ladder(vocab.policy("policy.escalation")["ladders"], notice.priority, country)


def _failed(mail: NoticeMail, notice: Notice, code: str, at: datetime) -> None:
    """A letter that never arrives: the next contact is written to; without one the notice is escalated and
    officers are notified."""
    mail.failed_at, mail.code = at, code[:12]
    mail.save(update_fields=["failed_at", "code"])
    ProviderContact.objects.filter(pk=mail.contact_id, bounced_at=None).update(bounced_at=at)
    audit.record(SENDER, Trail.NOTICE_DELIVERY_KNOWN, notice, zone=ZONE, at=at, facts={"delivery": "failed"})
    live.signal("hotline.worklist")
    if mail.contact_id != notice.contact_id:
        return
    if notice.state == NoticeState.QUEUED:
        move(notice, to=NoticeState.SENT, by=SENDER, at=at, why="REFUSED_AT_ONCE")
    if not notice.state_tables["state"].allows(notice.state, NoticeState.BOUNCED):
        return
    move(notice, to=NoticeState.BOUNCED, by=SENDER, at=at, why=code[:64])
    following = contact_of(notice.provider_id, at, tried=list(notice.mails.values_list("contact", flat=True)))
    if following is not None:
        notice.contact = following
        notice.save(update_fields=["contact"])
        move(notice, to=NoticeState.QUEUED, by=SENDER, at=at, why="NEXT_CONTACT")
        queue_mail(notice, purpose=notice.purpose, at=at)
        return
    move(notice, to=NoticeState.ESCALATED, by=SENDER, at=at, why="NO_CONTACT")
    notice.next_rung_at = None
    notice.save(update_fields=["next_rung_at"])
    for row in open_items(notice):
        if row.item.handling == Handling.FOLLOWED:
            move(row.item, to=Handling.NOTICE_DUE, by=SENDER, at=at, track="handling", why="BOUNCED")
    notify(
        to=OFFICER,
        template="hotline.bounced",
        context={"ref": notice.ref},
        link=f"/desk/hotline/notices/{notice.ref}/",
        at=at,
        urgent=True,
    )


def delivery_known(*, return_token: str, kind: str, code: str, at: datetime) -> None:
    """What a mail server reported about a letter: delivered, failed, delayed or relayed.

    Unknown tokens are skipped; repeatable.
    """
    require(SENDER, Permission.SEND_NOTICE)
    with transaction.atomic():
        mail_id = NoticeMail.objects.filter(return_token=return_token).values_list("pk", flat=True).first()
        if mail_id is None:
            return
        mail, notice, _items = _locked(mail_id)
        if kind == "failed" and mail.failed_at is None:
            _failed(mail, notice, code or "DSN", at)
        elif kind == "delivered" and mail.delivered_at is None:
            mail.delivered_at = at
            mail.save(update_fields=["delivered_at"])
            received(notice, at)
            if notice.state_tables["state"].allows(notice.state, NoticeState.DELIVERED):
                move(notice, to=NoticeState.DELIVERED, by=SENDER, at=at)
            audit.record(
                SENDER, Trail.NOTICE_DELIVERY_KNOWN, notice, zone=ZONE, at=at, facts={"delivery": "delivered"}
            )
            live.signal("hotline.worklist")


def received(notice: Notice, at: datetime) -> None:
    """The provider has it: delivered_at and T_notice begin now, once; terms run from here.

    For a locked notice.
    """
    if notice.delivered_at is not None or notice.sent_at is None:
        return
    notice.delivered_at = at
    set_terms(notice, at)
    for row in notice.items.exclude(outcome="WITHDRAWN"):
        Occurrence.objects.filter(item=row.item_id, number=row.occurrence, notice_delivered_at=None).update(
            notice_delivered_at=at
        )


def give_up_waiting(*, at: datetime) -> int:
    """Notices without proof of delivery after policy.notice_sending's minutes are NO_RECEIPT; returns how
    many."""
    require(SENDER, Permission.SEND_NOTICE)
    before = at - timedelta(minutes=vocab.policy("policy.notice_sending")["no_receipt_minutes"])
    with transaction.atomic():
        late = (
            Notice.objects.select_for_update(skip_locked=True)
            .filter(state=str(NoticeState.SENT), sent_at__lte=before)
            .order_by("sent_at")[:500]
        )
        for notice in late:
            move(notice, to=NoticeState.NO_RECEIPT, by=SENDER, at=at)
        if late:
            live.signal("hotline.worklist")
        return len(late)
