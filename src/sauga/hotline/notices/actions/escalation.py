"""Escalation when a provider does nothing, and the outcome of a notice, which follows from its items."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from sauga.hotline.assessment.models import Route
from sauga.hotline.content.models import ContentItem
from sauga.hotline.jobs import Job, defer
from sauga.hotline.notices.actions.drafts import OFFICER, SENDER, next_provider_notice, queue_mail
from sauga.hotline.notices.actions.notice_delivery import ladder_of, next_rung_at
from sauga.hotline.notices.models import Notice
from sauga.hotline.notices.queries.notices import ENDED, open_items
from sauga.hotline.notices.queries.providers import contact_of
from sauga.hotline.notices.rules.deadlines import Rung, rung_due
from sauga.hotline.permissions import Permission
from sauga.hotline.states import Handling, NoticeState, Presence
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, sealed, vocab
from sauga.kernel.identity import require
from sauga.kernel.notifications import notify
from sauga.kernel.states import lock, move

ZONE = sealed.Zone.HOTLINE
CLIMBING = (
    NoticeState.SENT,
    NoticeState.DELIVERED,
    NoticeState.NO_RECEIPT,
    NoticeState.ACKNOWLEDGED,
    NoticeState.CLAIMED_REMOVED,
    NoticeState.REFUSED,
    NoticeState.PARTLY_SATISFIED,
    NoticeState.EXPIRED,
    NoticeState.ESCALATED,
)
SOFT = frozenset({"REMIND", "NEXT_CONTACT"})


def climb(*, at: datetime, limit: int = 200) -> int:
    """Take every rung that is due, each notice in a transaction of its own; returns how many.

    A disputed notice waits for its decision.
    """
    require(SENDER, Permission.SEND_NOTICE)
    due = (
        Notice.objects.filter(next_rung_at__lte=at, state__in=CLIMBING)
        .order_by("next_rung_at")
        .values_list("pk", flat=True)[:limit]
    )
    return sum(_climb_one(pk, at) for pk in list(due))


def _climb_one(pk: int, at: datetime) -> bool:
    with transaction.atomic():
        items = list(
            ContentItem.objects.select_for_update(of=("self",)).filter(notice_items__notice=pk).order_by("pk")
        )
        notice = (
            Notice.objects.select_for_update(of=("self",))
            .select_related("provider", "contact", "template")
            .get(pk=pk)
        )
        if notice.next_rung_at is None or notice.next_rung_at > at or notice.state not in CLIMBING:
            return False
        since = notice.delivered_at or notice.sent_at or at
        following = rung_due(ladder_of(notice), notice.rung, since)
        if following is None or not open_items(notice).exists():
            notice.next_rung_at = None
            notice.save(update_fields=["next_rung_at"])
            return False
        rung = following[0]
        if rung.do not in SOFT:
            _expire(notice, at)
        RUNGS[rung.do](notice, items, rung, at)
        notice.rung += 1
        notice.next_rung_at = next_rung_at(notice, since)
        notice.save(update_fields=["rung", "next_rung_at", "contact"])
        audit.record(SENDER, Trail.NOTICE_ESCALATED, notice, zone=ZONE, at=at, facts={"rung": rung.do})
        live.signal("hotline.worklist")
        return True


def _expire(notice: Notice, at: datetime) -> None:
    """The deadline is over, wholly or in part, and the notice is escalated."""
    table = notice.state_tables["state"]
    if notice.state != NoticeState.ESCALATED:
        over = (
            NoticeState.PARTLY_SATISFIED
            if notice.items.filter(outcome="REMOVED").exists()
            else NoticeState.EXPIRED
        )
        if table.allows(notice.state, over):
            move(notice, to=over, by=SENDER, at=at)
        if table.allows(notice.state, NoticeState.ESCALATED):
            move(notice, to=NoticeState.ESCALATED, by=SENDER, at=at)


def _remind(notice: Notice, items: list[ContentItem], rung: Rung, at: datetime) -> None:
    queue_mail(notice, purpose="REMINDER", at=at)


def _next_contact(notice: Notice, items: list[ContentItem], rung: Rung, at: datetime) -> None:
    """The same provider's next contact; without one the same contact is reminded, and officers are asked for
    another."""
    contact = contact_of(notice.provider_id, at, tried=list(notice.mails.values_list("contact", flat=True)))
    if contact is not None:
        notice.contact = contact
    else:
        _tell("hotline.no_next_contact", OFFICER, notice, at)
    queue_mail(notice, purpose="REMINDER", at=at, contact=contact)


def _upstream(notice: Notice, items: list[ContentItem], rung: Rung, at: datetime) -> None:
    if (
        next_provider_notice(notice=notice, provider=notice.provider.upstream, basis=notice.basis, at=at)
        is None
    ):
        _tell("hotline.no_upstream", OFFICER, notice, at)


def _instruction(notice: Notice, items: list[ContentItem], rung: Rung, at: datetime) -> None:
    """A linked notice that two people must approve."""
    if next_provider_notice(notice=notice, provider=notice.provider, basis=rung.do, at=at) is not None:
        _tell("hotline.to_approve", "DSC_OFFICER" if rung.do == "DSA_ART9" else OFFICER, notice, at)
    else:
        _tell("hotline.no_next_contact", OFFICER, notice, at)


def _police(notice: Notice, items: list[ContentItem], rung: Rung, at: datetime) -> None:
    version = vocab.policy("policy.escalation").version
    for row in open_items(notice):
        Route.objects.get_or_create(
            item=row.item,
            occurrence=row.occurrence,
            route="POLICE",
            defaults={"rule": "escalation", "rule_version": version, "at": at},
        )
    _tell("hotline.to_police", "POLICE_LIAISON", notice, at)


def _coordinator(notice: Notice, items: list[ContentItem], rung: Rung, at: datetime) -> None:
    _tell("hotline.to_coordinator", "DSC_OFFICER", notice, at)


def _registrar(notice: Notice, items: list[ContentItem], rung: Rung, at: datetime) -> None:
    """Which registrar it is, a person finds in the trace."""
    _tell("hotline.to_registrar", OFFICER, notice, at)


RUNGS: dict[str, Callable[[Notice, list[ContentItem], Rung, datetime], None]] = {
    "REMIND": _remind,
    "NEXT_CONTACT": _next_contact,
    "UPSTREAM": _upstream,
    "REGISTRAR": _registrar,
    "POLICE": _police,
    "MANDATORY_INSTRUCTION": _instruction,
    "DSA_ART9": _instruction,
    "DSC": _coordinator,
}


def _tell(template: str, role: str, notice: Notice, at: datetime) -> None:
    notify(
        to=role,
        template=template,
        context={"ref": notice.ref},
        link=f"/desk/hotline/notices/{notice.ref}/",
        at=at,
    )


def settle_item(*, item_id: int, at: datetime) -> None:
    """An item is gone, or its removal was recorded wrongly: bring every notice that asks for it up to date.

    Repeatable.
    """
    require(SENDER, Permission.SEND_NOTICE)
    with transaction.atomic():
        item = lock(ContentItem.objects.get(pk=item_id))
        notices = (
            Notice.objects.select_for_update(of=("self",))
            .filter(items__item=item, items__occurrence=item.occurrence)
            .order_by("pk")
        )
        for notice in list(notices):
            outcome = "REMOVED" if item.presence == Presence.REMOVED else ""
            notice.items.filter(item=item).exclude(outcome="WITHDRAWN").update(outcome=outcome)
            _settle(notice, at)
        if item.presence != Presence.REMOVED and item.handling == Handling.FOLLOWED and _asked_in_vain(item):
            move(item, to=Handling.NOTICE_DUE, by=SENDER, at=at, track="handling", why="REMOVAL_WAS_WRONG")
            defer(Job.PREPARE_NOTICE, item_id=item.pk)


def _asked_in_vain(item: ContentItem) -> bool:
    """Whether notices asked for this item and none does any more, because they ended believing it gone."""
    asked = Notice.objects.filter(items__item=item, items__occurrence=item.occurrence)
    return asked.exists() and not asked.exclude(state__in=ENDED).exists()


def _settle(notice: Notice, at: datetime) -> None:
    """All gone: satisfied. Some gone when the term is over: partly."""
    rows = list(notice.items.exclude(outcome="WITHDRAWN").values_list("outcome", flat=True))
    table = notice.state_tables["state"]
    if rows and all(outcome == "REMOVED" for outcome in rows):
        if notice.sent_at is not None and table.allows(notice.state, NoticeState.SATISFIED):
            move(notice, to=NoticeState.SATISFIED, by=SENDER, at=at)
            notice.next_rung_at = None
            notice.save(update_fields=["next_rung_at"])
            if vocab.policy("policy.notice_sending")["thanks"]:
                queue_mail(notice, purpose="THANKS", at=at)
            live.signal("hotline.worklist")
        elif notice.sent_at is None and table.allows(notice.state, NoticeState.WITHDRAWN):
            move(notice, to=NoticeState.WITHDRAWN, by=SENDER, at=at, why="NOTHING_LEFT")
            live.signal("hotline.worklist")
    elif (
        "REMOVED" in rows
        and notice.remove_by is not None
        and notice.remove_by <= at
        and table.allows(notice.state, NoticeState.PARTLY_SATISFIED)
    ):
        move(notice, to=NoticeState.PARTLY_SATISFIED, by=SENDER, at=at)


def doubt_claims(*, at: datetime) -> int:
    """Open notices again whose claim a check refuted: content seen online after the provider said it was
    gone; returns how many."""
    require(SENDER, Permission.SEND_NOTICE)
    claimed = (
        Notice.objects.filter(
            state=str(NoticeState.CLAIMED_REMOVED),
            items__answer__in=["REMOVED", "DISABLED"],
            items__outcome="",
            items__item__occurrences__number=F("items__occurrence"),
            items__item__occurrences__last_online_at__gt=F("items__answered_at"),
        )
        .values_list("pk", flat=True)
        .distinct()[:500]
    )
    for pk in list(claimed):
        with transaction.atomic():
            notice = lock(Notice.objects.get(pk=pk))
            if notice.state == NoticeState.CLAIMED_REMOVED:
                move(notice, to=NoticeState.ACKNOWLEDGED, by=SENDER, at=at, why="STILL_THERE")
                notice.items.filter(answer__in=["REMOVED", "DISABLED"], outcome="").update(
                    outcome="STILL_THERE"
                )
                live.signal("hotline.worklist")
    return len(claimed)


def close_ended(*, at: datetime) -> int:
    """Satisfied and withdrawn notices are closed after policy.notice_sending's days; returns how many."""
    require(SENDER, Permission.SEND_NOTICE)
    before = at - timedelta(days=vocab.policy("policy.notice_sending")["close_after_days"])
    with transaction.atomic():
        ended = (
            Notice.objects.select_for_update(skip_locked=True)
            .filter(state__in=[str(NoticeState.SATISFIED), str(NoticeState.WITHDRAWN)])
            .exclude(steps__at__gt=before)
        )
        done = list(ended.order_by("pk")[:500])
        for notice in done:
            move(notice, to=NoticeState.CLOSED, by=SENDER, at=at)
        return len(done)
