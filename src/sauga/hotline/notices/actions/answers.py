"""What providers do on their page: see the addresses, answer, ask for a new link."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.hotline.content.models import ContentItem
from sauga.hotline.content.queries import Address
from sauga.hotline.jobs import Job, defer
from sauga.hotline.monitoring.actions.monitoring import check_soon
from sauga.hotline.notices.actions.drafts import OFFICER, queue_mail
from sauga.hotline.notices.actions.notice_delivery import received
from sauga.hotline.notices.models import Notice, NoticeAnswer, NoticeItem, NoticeMail
from sauga.hotline.notices.queries.disputes import disputed_items
from sauga.hotline.notices.queries.notices import ENDED, asked_items, opened
from sauga.hotline.permissions import Permission
from sauga.hotline.states import NoticeState
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, sealed, vocab
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.notifications import notify
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor, lock, move

ZONE = sealed.Zone.HOTLINE
SERVICE = sealed.ServiceOpener(ZONE)
PROVIDER = SystemActor("provider")
LONGEST = 4000
GONE = frozenset({"REMOVED", "DISABLED"})
MOVES = {
    "ACKNOWLEDGED": NoticeState.ACKNOWLEDGED,
    "CUSTOMER_INFORMED": NoticeState.ACKNOWLEDGED,
    "REMOVED": NoticeState.CLAIMED_REMOVED,
    "DISABLED": NoticeState.CLAIMED_REMOVED,
    "DISPUTED": NoticeState.DISPUTED,
    "REFUSED": NoticeState.REFUSED,
    "NOT_OURS": NoticeState.REFUSED,
}
UNANSWERED = frozenset({NoticeState.SENT, NoticeState.DELIVERED, NoticeState.NO_RECEIPT})
NEEDS_WORDS = frozenset({"DISPUTED"})
NEEDS_REASON = frozenset({"REFUSED"})


class AnswerIncomplete(ActionRefused):
    """The answer needs text or a reason; `field` names which."""

    message = _("Something is missing: choose a reason, or write a few words.")

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class LinkOver(ActionRefused):
    """The link's time is over, or its notice was withdrawn: it opens nothing any more."""

    message = _("This link no longer works: it has expired, or the notice was withdrawn.")


def check_link(mail: NoticeMail, at: datetime) -> None:
    """Raise LinkOver unless the letter's link still opens its notice."""
    if (
        mail.link_expires_at is None
        or mail.link_expires_at <= at
        or mail.notice.state == NoticeState.WITHDRAWN
    ):
        raise LinkOver


def show_addresses(*, by: Actor, mail: NoticeMail, at: datetime) -> list[tuple[NoticeItem, Address]]:
    """The exact addresses of a letter's notice, for its holder; written into the trail. Raises LinkOver."""
    require(by, Permission.ANSWER_NOTICE)
    check_link(mail, at)
    with transaction.atomic():
        audit.record(by, Trail.NOTICE_ADDRESSES_SHOWN, mail.notice, zone=ZONE, at=at)
    return opened(asked_items(mail.notice), SERVICE)


def provider_responds(
    *,
    by: Actor,
    mail: NoticeMail,
    answer: str,
    at: datetime,
    items: Collection[int] | None = None,
    words: str = "",
    reason: str = "",
    ticket: bytes | None = None,
) -> Notice:
    """Keep a provider's answer about all items or some (numbers of NoticeItem) and do what follows from it.

    The same ticket counts once.

    An answer is always kept, even where the notice's state no longer moves by it. Raises LinkOver,
    AnswerIncomplete, vocab.UnknownTerm.
    """
    require(by, Permission.ANSWER_NOTICE)
    check_link(mail, at)
    vocab.term("notice.provider_response", answer)
    _check(answer, words, reason)
    with transaction.atomic():
        things = {
            i.pk: i
            for i in ContentItem.objects.select_for_update(of=("self",))
            .filter(notice_items__notice=mail.notice_id)
            .order_by("pk")
        }
        notice = lock(mail.notice)
        if ticket is not None and NoticeAnswer.objects.filter(ticket=ticket).exists():
            return notice
        rows = notice.items.exclude(outcome="WITHDRAWN").order_by("pk")
        rows = rows if items is None else rows.filter(pk__in=items)
        told = list(rows)
        row = NoticeAnswer(
            notice=notice, at=at, answer=answer, reason=reason, item_count=len(told), ticket=ticket
        )
        _keep(row, words)
        if answer != "ACKNOWLEDGED":
            rows.update(answer=answer, answered_at=at)
        received(notice, at)
        if _moves(notice, answer):
            move(notice, to=MOVES[answer], by=by, at=at, why=reason or answer)
        audit.record(by, Trail.NOTICE_ANSWERED, notice, zone=ZONE, at=at, facts={"answer": answer})
        _follow_up(notice, answer, [things[row.item_id] for row in told], at)
        return notice


def _check(answer: str, words: str, reason: str) -> None:
    if answer not in MOVES:
        raise AnswerIncomplete("answer")
    if answer in NEEDS_WORDS and not words.strip():
        raise AnswerIncomplete("words")
    if answer in NEEDS_REASON and not vocab.has_term("notice.refusal_reason", reason):
        raise AnswerIncomplete("reason")


def _moves(notice: Notice, answer: str) -> bool:
    """Whether the notice's state follows the answer.

    An acknowledgement takes back neither a claim nor a waiting dispute; a claim about some of the addresses
    leaves the dispute about the others waiting.
    """
    if notice.state in ENDED or (
        MOVES[answer] is NoticeState.ACKNOWLEDGED and notice.state not in UNANSWERED
    ):
        return False
    if notice.state == NoticeState.DISPUTED and disputed_items(notice):
        return False
    return bool(notice.state_tables["state"].allows(notice.state, MOVES[answer]))


def _keep(row: NoticeAnswer, words: str) -> None:
    if words.strip():
        key = sealed.open_data_key(zone=ZONE, holder=row.notice.holder, opener=SERVICE)
        row.words = sealed.seal(
            key, table="hotline.noticeanswer", row=row.ref, field="words", text=words.strip()[:LONGEST]
        )
    row.save(force_insert=True)


def _follow_up(notice: Notice, answer: str, items: list[ContentItem], at: datetime) -> None:
    """Check at once what is said to be gone, trace again what is said to be hosted elsewhere, notify the
    people who must decide."""
    for item in items:
        if answer in GONE:
            check_soon(item=item, at=at)
        elif answer == "NOT_OURS":
            defer(Job.TRACE_ITEM, item_id=item.pk)
        live.signal(f"hotline.item.{item.ref}")
    link = f"/desk/hotline/notices/{notice.ref}/"
    if answer == "DISPUTED":
        notify(
            to="SECOND_REVIEWER",
            template="hotline.disputed",
            context={"ref": notice.ref},
            link=link,
            at=at,
            urgent=True,
        )
    elif answer in {"REFUSED", "NOT_OURS"}:
        notify(
            to=OFFICER, template="hotline.refused", context={"ref": notice.ref}, link=link, at=at, urgent=True
        )
    live.signal("hotline.worklist")


def renew_link(*, by: Actor, notice: Notice, at: datetime) -> bool:
    """Send a new link to the contact on record, at most once in policy.notice_sending's minutes; whether one
    goes out. Nothing is shown."""
    require(by, Permission.SEND_NOTICE if isinstance(by, PersonActor) else Permission.ANSWER_NOTICE)
    since = at - timedelta(minutes=vocab.policy("policy.notice_sending")["renew_minutes"])
    with transaction.atomic():
        notice = lock(notice)
        if notice.sent_at is None or notice.state in {NoticeState.WITHDRAWN, NoticeState.CLOSED}:
            return False
        if notice.mails.filter(purpose="CLARIFICATION", statement="NEW_LINK", created_at__gt=since).exists():
            return False
        queue_mail(notice, purpose="CLARIFICATION", statement="NEW_LINK", at=at)
        audit.record(by, Trail.NOTICE_LINK_RENEWED, notice, zone=ZONE, at=at)
        return True
