"""Questions about providers: whom to write to, and what came of earlier notices."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, F, Max, Q, QuerySet
from django.http import Http404

from sauga.hotline.content.models import Occurrence
from sauga.hotline.notices.models import Notice, NoticeItem
from sauga.hotline.permissions import Permission
from sauga.hotline.states import NoticeState
from sauga.hotline.tracing.models import Provider, ProviderContact, ProviderNetwork
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor

YEAR = timedelta(days=365)


def usable_contacts(at: datetime) -> QuerySet[ProviderContact]:
    """Contacts that a person approved, that are not retired and that mail reaches, in the order of use."""
    day = at.astimezone(VILNIUS).date()
    return (
        ProviderContact.objects.filter(approved_at__isnull=False, bounced_at=None)
        .exclude(valid_to__lt=day)
        .select_related("provider")
        .order_by("position", "pk")
    )


def contact_of(
    provider_id: int | None, at: datetime, *, tried: Collection[int] = ()
) -> ProviderContact | None:
    """The contact to write to; `tried` are skipped. None: an officer must find one."""
    return (
        usable_contacts(at).filter(provider_id=provider_id).exclude(pk__in=tried).first()
        if provider_id
        else None
    )


def provider_for(by: PersonActor, pk: int) -> Provider:
    """The provider, for someone who may see notices. Raises Http404."""
    found = (
        Provider.objects.filter(pk=pk).select_related("upstream").first()
        if by.can(Permission.SEE_NOTICES)
        else None
    )
    if found is None:
        raise Http404
    return found


def contact_for(by: PersonActor, provider_pk: int, pk: int) -> ProviderContact:
    """A contact of the provider. Raises Http404."""
    found = (
        ProviderContact.objects.select_related("provider")
        .filter(provider=provider_for(by, provider_pk), pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class ContactLine:
    """A contact and its state: usable, waiting for approval, retired or bounced."""

    contact: ProviderContact
    state: str


@dataclass(frozen=True)
class ProviderPage:
    """What the provider's page shows."""

    contacts: list[ContactLine]
    networks: list[ProviderNetwork]
    notices: list[Notice]


def provider_page(provider: Provider, at: datetime) -> ProviderPage:
    """Gather the page."""
    day = at.astimezone(VILNIUS).date()

    def state(contact: ProviderContact) -> str:
        if contact.valid_to is not None and contact.valid_to < day:
            return "retired"
        if contact.bounced_at is not None:
            return "bounced"
        return "usable" if contact.approved_at is not None else "waiting"

    contacts = provider.contacts.select_related("approved_by").order_by("position", "pk")
    return ProviderPage(
        contacts=[ContactLine(contact, state(contact)) for contact in contacts],
        networks=list(provider.networks.order_by("kind", "value")),
        notices=list(provider.notices.order_by("-drafted_at")[:20]),
    )


@dataclass(frozen=True)
class History:
    """A provider in numbers, the last twelve months."""

    notices: int
    items: int
    removed: int
    disputed: int
    mean_hours: float | None
    last_at: datetime | None


def history(provider: Provider, at: datetime) -> History:
    """What came of the notices of the last twelve months."""
    sent = Notice.objects.filter(provider=provider, sent_at__gt=at - YEAR)
    told = sent.aggregate(
        n=Count("pk"),
        disputed=Count("pk", filter=Q(steps__after=str(NoticeState.DISPUTED)), distinct=True),
        last=Max("sent_at"),
    )
    items = NoticeItem.objects.filter(notice__in=sent)
    removed = Occurrence.objects.filter(
        item__in=items.values("item"),
        removed_at__isnull=False,
        notice_delivered_at__isnull=False,
        removed_at__gt=F("notice_delivered_at"),
    )
    mean = removed.aggregate(mean=Avg(F("removed_at") - F("notice_delivered_at")))["mean"]
    return History(
        notices=sent.count(),
        items=items.count(),
        removed=removed.count(),
        disputed=told["disputed"],
        mean_hours=mean.total_seconds() / 3600 if mean else None,
        last_at=told["last"],
    )


@dataclass(frozen=True)
class ProviderLine:
    """A line of the list."""

    provider: Provider
    usable: int
    waiting: int
    open: int


def providers(*, find: str = "", unapproved: bool | str = False) -> QuerySet[Provider]:
    """Providers by name; `unapproved`: only those without an approved contact."""
    rows = Provider.objects.all()
    if find:
        rows = rows.filter(
            Q(name__icontains=find) | Q(networks__value__iexact=find) | Q(contacts__email__icontains=find)
        ).distinct()
    if unapproved:
        rows = (
            rows.filter(contacts__approved_at=None, contacts__valid_to=None)
            .exclude(contacts__approved_at__isnull=False)
            .distinct()
        )
    return rows.order_by("name", "pk")


def provider_lines(shown: list[Provider], at: datetime) -> list[ProviderLine]:
    """How many contacts of each can be used, how many wait for approval, how many notices are open."""
    usable = dict(
        usable_contacts(at)
        .filter(provider__in=shown)
        .order_by()
        .values_list("provider")
        .annotate(n=Count("pk"))
    )
    waiting = dict(
        ProviderContact.objects.filter(provider__in=shown, approved_at=None, valid_to=None)
        .values_list("provider")
        .annotate(n=Count("pk"))
    )
    ended = (NoticeState.SATISFIED, NoticeState.WITHDRAWN, NoticeState.CLOSED)
    open_now = dict(
        Notice.objects.filter(provider__in=shown)
        .exclude(state__in=ended)
        .values_list("provider")
        .annotate(n=Count("pk"))
    )
    return [
        ProviderLine(row, usable.get(row.pk, 0), waiting.get(row.pk, 0), open_now.get(row.pk, 0))
        for row in shown
    ]
