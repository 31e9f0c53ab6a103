"""Questions about notices: what waits, what is open, what a letter is about, who holds a link."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from sauga.hotline.assessment.models import Assessment
from sauga.hotline.content.models import ContentItem
from sauga.hotline.content.queries import Address, open_addresses
from sauga.hotline.notices.models import (
    Notice,
    NoticeAnswer,
    NoticeItem,
    NoticeMail,
    NoticeStep,
    NoticeTemplate,
)
from sauga.hotline.permissions import Permission
from sauga.hotline.states import Handling, NoticeState, Presence
from sauga.hotline.tracing.models import Provider, Trace, TraceAnswer
from sauga.hotline.tracing.rules import network_number
from sauga.kernel import sealed
from sauga.kernel.identity import PersonActor
from sauga.kernel.ids import normalise_reference

ZONE = sealed.Zone.HOTLINE
MOST_COUNTED = 999
UNSENT = (NoticeState.DRAFTED, NoticeState.APPROVED, NoticeState.QUEUED)
WITH_PROVIDER = (
    NoticeState.SENT,
    NoticeState.DELIVERED,
    NoticeState.NO_RECEIPT,
    NoticeState.ACKNOWLEDGED,
    NoticeState.CLAIMED_REMOVED,
    NoticeState.REFUSED,
    NoticeState.DISPUTED,
)
ENDED = (NoticeState.SATISFIED, NoticeState.WITHDRAWN, NoticeState.CLOSED)
ACTIVE = (*UNSENT, *WITH_PROVIDER, NoticeState.PARTLY_SATISFIED, NoticeState.EXPIRED)
VIEWS = {
    "contact": (),
    "approve": (NoticeState.DRAFTED,),
    "open": (
        NoticeState.APPROVED,
        NoticeState.QUEUED,
        *WITH_PROVIDER,
        NoticeState.BOUNCED,
        NoticeState.PARTLY_SATISFIED,
        NoticeState.EXPIRED,
        NoticeState.ESCALATED,
    ),
    "overdue": (*WITH_PROVIDER, NoticeState.PARTLY_SATISFIED, NoticeState.EXPIRED, NoticeState.ESCALATED),
    "disputed": (NoticeState.DISPUTED,),
    "ended": ENDED,
}


def link_hash(token: str) -> bytes:
    """What is kept of a link. The token has 256 random bits, so a plain hash cannot be tried out."""
    return hashlib.sha256(token.encode()).digest()


def mail_of_link(token: str) -> NoticeMail | None:
    """The letter that carried this link, expired or not."""
    return (
        NoticeMail.objects.select_related("notice__provider", "contact").filter(link=link_hash(token)).first()
    )


def open_items(notice: Notice) -> QuerySet[NoticeItem]:
    """The notice's items whose content is still asked to go: neither gone nor withdrawn."""
    return (
        notice.items.filter(outcome__in=["", "STILL_THERE"])
        .exclude(item__presence=str(Presence.REMOVED))
        .select_related("item")
        .order_by("pk")
    )


def active_notice(item: ContentItem) -> Notice | None:
    """The notice that asks for this item now, escalated ones aside."""
    return (
        Notice.objects.filter(
            items__item=item,
            items__occurrence=item.occurrence,
            items__outcome__in=["", "STILL_THERE"],
            state__in=ACTIVE,
        )
        .order_by("-pk")
        .first()
    )


def latest_assessments(items: list[ContentItem]) -> dict[int, Assessment]:
    """The valid verdict, by item."""
    rows = Assessment.objects.filter(item__in=items).order_by("item", "-pk").distinct("item")
    return {row.item_id: row for row in rows}


def network_numbers(items: list[ContentItem]) -> dict[int, int]:
    """The network number of each item by its latest trace, where the sources agree on one."""
    latest = Trace.objects.filter(item__in=items, failed="").order_by("item", "-at", "-pk").distinct("item")
    countries = {item.pk: item.country for item in items}
    said: dict[int, list[tuple[int | None, str]]] = {}
    for item, number, country in TraceAnswer.objects.filter(trace__in=list(latest)).values_list(
        "trace__item", "asn", "country"
    ):
        said.setdefault(item, []).append((number, country))
    found = {item: network_number(answers, countries[item]) for item, answers in said.items()}
    return {item: number for item, number in found.items() if number is not None}


def opened(items: list[NoticeItem], opener: sealed.Opener) -> list[tuple[NoticeItem, Address]]:
    """Items with their addresses; those whose key is gone are left out."""
    addresses = open_addresses([row.item for row in items], opener)
    return [(row, addresses[row.item.ref]) for row in items if row.item.ref in addresses]


def without_notice() -> QuerySet[ContentItem]:
    """Items whose notice is due and that no active notice asks for: they need a contact, a template or an
    officer."""
    asked = NoticeItem.objects.filter(
        item=OuterRef("pk"),
        occurrence=OuterRef("occurrence"),
        notice__state__in=ACTIVE,
        outcome__in=["", "STILL_THERE"],
    )
    return ContentItem.objects.filter(~Exists(asked), handling=str(Handling.NOTICE_DUE)).select_related(
        "provider"
    )


def notices(
    *, view: str, at: datetime, find: str = "", basis: str = "", provider: Provider | None = None
) -> QuerySet[Notice]:
    """The notices of a view, newest first (overdue ones: longest overdue first), each with
    its `item_count`.
    """
    rows = Notice.objects.filter(state__in=VIEWS[view])
    if view == "overdue":
        rows = rows.filter(remove_by__lt=at)
    if basis:
        rows = rows.filter(basis=basis)
    if provider:
        rows = rows.filter(provider=provider)
    if find:
        ref = normalise_reference(find)
        rows = rows.filter(Q(ref=ref) | Q(pk__in=NoticeItem.objects.filter(item__ref=ref).values("notice")))
    items = (
        NoticeItem.objects.filter(notice=OuterRef("pk"))
        .order_by()
        .values("notice")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = rows.select_related("provider", "contact").annotate(item_count=Coalesce(Subquery(items), 0))
    return rows.order_by("remove_by" if view == "overdue" else "-drafted_at", "-pk")


def counts(at: datetime) -> dict[str, int]:
    """How many each view has; ended ones are not counted."""
    found = {
        view: Notice.objects.filter(state__in=states).count()
        for view, states in VIEWS.items()
        if view not in {"contact", "overdue", "ended"}
    }
    found["overdue"] = Notice.objects.filter(state__in=VIEWS["overdue"], remove_by__lt=at).count()
    found["contact"] = without_notice().count()
    return found


def waiting_in(*, view: str) -> int:
    """How many notices one view has, or for "contact" how many items, up to 1,000."""
    rows: QuerySet[Any] = (
        without_notice() if view == "contact" else Notice.objects.filter(state__in=VIEWS[view])
    )
    return rows.order_by()[: MOST_COUNTED + 1].count()


def notice_for(by: PersonActor, ref: str) -> Notice:
    """The notice behind a reference, for someone who may see notices. Raises Http404."""
    rows = Notice.objects.select_related(
        "provider", "contact", "template", "previous", "approved_by", "second_approved_by"
    )
    found = rows.filter(ref=normalise_reference(ref)).first() if by.can(Permission.SEE_NOTICES) else None
    if found is None:
        raise Http404
    return found


def notice_of_number(number: str) -> Notice | None:
    """The notice named by its number."""
    return Notice.objects.filter(ref=normalise_reference(number)).first()


@dataclass(frozen=True)
class Answered:
    """A provider's answer and the reason of its decision; None where the text is sealed to others."""

    answer: NoticeAnswer
    words: str | None
    reason: str | None = ""


@dataclass(frozen=True)
class MailSent:
    """A letter about a notice;

    `text` as it was sent, None where it is sealed to others, empty before it is written.
    """

    mail: NoticeMail
    text: str | None


@dataclass(frozen=True)
class NoticePage:
    """What the notice's page shows."""

    notice: Notice
    items: list[NoticeItem]
    answers: list[Answered]
    mails: list[MailSent]
    steps: list[NoticeStep]
    following: list[Notice]


def notice_page(notice: Notice, vault: sealed.Vault | None) -> NoticePage:
    """Gather the page; answers are opened with the analyst's vault where it can."""
    key = (
        sealed.open_data_keys(ZONE, [notice.holder], vault).get(notice.holder) if vault is not None else None
    )
    return NoticePage(
        notice=notice,
        items=list(notice.items.select_related("item", "item__provider").order_by("pk")),
        answers=[
            Answered(row, _words(row, "words", key), _words(row, "decision_words", key))
            for row in notice.answers.select_related("decided_by").order_by("-at", "-pk")
        ],
        mails=[
            MailSent(row, _text(row, key))
            for row in notice.mails.select_related("contact", "template").order_by("-pk")
        ],
        steps=list(notice.steps.order_by("-at", "-pk")),
        following=list(notice.following.order_by("pk")),
    )


def _words(answer: NoticeAnswer, field: str, key: sealed.DataKey | None) -> str | None:
    envelope = bytes(getattr(answer, field))
    if not envelope or key is None:
        return None if envelope else ""
    return sealed.unseal(key, table="hotline.noticeanswer", row=answer.ref, field=field, envelope=envelope)


def _text(mail: NoticeMail, key: sealed.DataKey | None) -> str | None:
    if not mail.body:
        return ""
    if key is None:
        return None
    return sealed.unseal(
        key, table="hotline.noticemail", row=mail.ref, field="body", envelope=bytes(mail.body)
    )


def template_list() -> list[NoticeTemplate]:
    """The newest version of every template."""
    keys = ("basis", "audience", "purpose", "language")
    return list(NoticeTemplate.objects.order_by(*keys, "-version").distinct(*keys))


def template_by_id(pk: int) -> NoticeTemplate:
    """One template. Raises Http404."""
    found = NoticeTemplate.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def template_versions(held: NoticeTemplate) -> list[NoticeTemplate]:
    """Every version of a template, newest first."""
    same = NoticeTemplate.objects.filter(
        basis=held.basis, audience=held.audience, purpose=held.purpose, language=held.language
    )
    return list(same.order_by("-version"))


def asked_items(notice: Notice) -> list[NoticeItem]:
    """Everything the notice asks for or asked for, except what was withdrawn."""
    return list(notice.items.exclude(outcome="WITHDRAWN").select_related("item").order_by("pk"))
