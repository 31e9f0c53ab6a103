"""Letters to people of an event: whom they go to, how far they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404

from sauga.events.followup.models import Mailing, MailingLetter
from sauga.events.followup.rules.mailings import states_of
from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.registration.models import Registration, Ticket
from sauga.events.states import MailingState
from sauga.kernel.identity import PersonActor

WAITING = Q(sent_at__isnull=True, failed_at__isnull=True, skipped_at__isnull=True)
MOST_SHOWN = 100
"""Recipients of whom the preview offers to show the letter."""


@dataclass(frozen=True)
class Recipients:
    """Whom a mailing would go to now: how many by language; how many have the same letter already, and how
    many have an address to which nothing can be delivered."""

    by_language: dict[str, int]
    have_it: int
    unreachable: int

    @property
    def total(self) -> int:
        """How many letters."""
        return sum(self.by_language.values())


@dataclass(frozen=True)
class Progress:
    """How far a mailing is."""

    total: int
    handed: int
    failed: int
    skipped: int
    waiting: int
    next_at: datetime | None

    @property
    def done(self) -> int:
        """Letters that need nothing more."""
        return self.handed + self.failed + self.skipped


def event_for(by: PersonActor, ref: str) -> Event:
    """An event whose people this person may write to. Raises Http404."""
    found = Event.objects.visible_to(by, Permission.WRITE_MAILINGS).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def mailing_for(by: PersonActor, ref: str) -> Mailing:
    """One mailing. Raises Http404."""
    rows = Mailing.objects.select_related("event__venue")
    events = Event.objects.visible_to(by, Permission.WRITE_MAILINGS)
    found = rows.filter(ref=ref, event__in=events).first()
    if found is None:
        raise Http404
    return found


def mailings(event: Event) -> QuerySet[Mailing]:
    """The mailings of an event, the latest first."""
    return Mailing.objects.filter(event=event).order_by("-written_at", "-pk")


def addressed(mailing: Mailing) -> QuerySet[Registration]:
    """Everybody whom it is meant for, as things stand now."""
    rows = Registration.objects.filter(event=mailing.event_id, state__in=states_of(mailing.groups))
    if mailing.tickets:
        rows = rows.filter(ticket__ref__in=mailing.tickets)
    return rows.exclude(groups={}) if mailing.is_for_classes else rows


def _with_same_letter(mailing: Mailing) -> QuerySet[MailingLetter]:
    same = {"subject": mailing.subject, "body": mailing.body, "event": mailing.event_id}
    begun = Mailing.objects.filter(**same).exclude(state=MailingState.DRAFT).exclude(pk=mailing.pk)
    return MailingLetter.objects.filter(mailing__in=begun, skipped_at__isnull=True)


def _unreachable(mailing: Mailing) -> QuerySet[MailingLetter]:
    return MailingLetter.objects.filter(mailing__event=mailing.event_id, is_unreachable=True)


def to_write_to(mailing: Mailing) -> QuerySet[Registration]:
    """Whom it goes to: once, and not to addresses that do not exist. A person counts once, whatever the
    number of their registrations."""
    rows = addressed(mailing)
    rows = rows.exclude(pk__in=_with_same_letter(mailing).values("registration"))
    rows = rows.exclude(pk__in=_unreachable(mailing).values("registration"))
    return rows.filter(pk__in=rows.order_by().values("person").annotate(first=Min("pk")).values("first"))


def recipients(mailing: Mailing) -> Recipients:
    """How many it goes to."""
    rows = to_write_to(mailing).order_by().values_list("language").annotate(n=Count("pk"))
    meant = addressed(mailing)
    return Recipients(
        dict(Counter(dict(rows))),
        meant.filter(pk__in=_with_same_letter(mailing).values("registration")).count(),
        meant.filter(pk__in=_unreachable(mailing).values("registration")).count(),
    )


def examples(mailing: Mailing) -> list[Registration]:
    """Recipients whose letter can be looked at."""
    return list(to_write_to(mailing).select_related("event__venue", "ticket").order_by("pk")[:MOST_SHOWN])


def progress(mailing: Mailing) -> Progress:
    """How far it is. Once registrations are deleted, the numbers of the mailing stay."""
    if mailing.state in {MailingState.SENT, MailingState.CANCELLED}:
        kept = (mailing.total, mailing.handed, mailing.failed, mailing.skipped)
        return Progress(*kept, waiting=0, next_at=None)
    rows = MailingLetter.objects.filter(mailing=mailing).aggregate(
        all=Count("pk"),
        handed=Count("pk", filter=Q(sent_at__isnull=False)),
        failed=Count("pk", filter=Q(failed_at__isnull=False)),
        skipped=Count("pk", filter=Q(skipped_at__isnull=False)),
        next=Min("next_at", filter=WAITING & Q(attempts__gt=0)),
    )
    left = rows["all"] - rows["handed"] - rows["failed"] - rows["skipped"]
    return Progress(rows["all"], rows["handed"], rows["failed"], rows["skipped"], left, rows["next"])


def sent(begun: datetime, ended: datetime) -> int:
    """How many letters were taken from one instant up to another."""
    return MailingLetter.objects.filter(sent_at__gte=begun, sent_at__lt=ended).count()


def is_waiting(at: datetime) -> bool:
    """Whether a letter is to be sent now."""
    return MailingLetter.objects.filter(
        WAITING, mailing__state=MailingState.SENDING, next_at__lte=at
    ).exists()


def tickets_of(event: Event) -> Sequence[Ticket]:
    """The tickets of an event."""
    return list(Ticket.objects.filter(event=event))


def counts(event: Event) -> dict[str, int]:
    """How many mailings there are, and how many are still drafts or under way."""
    rows = dict(Mailing.objects.filter(event=event).order_by().values_list("state").annotate(n=Count("pk")))
    return {
        "all": sum(rows.values()),
        "open": sum(
            rows.get(one, 0) for one in (MailingState.DRAFT, MailingState.SENDING, MailingState.PAUSED)
        ),
    }
