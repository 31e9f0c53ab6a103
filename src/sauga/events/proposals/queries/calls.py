"""Calls as visitors and the desk see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.proposals.models import Call, CallQuestion, Criterion, Proposal
from sauga.events.states import PUBLIC, UNSEEN, CallState, ProposalState
from sauga.kernel.identity import PersonActor, allowed

DESK = (Permission.EDIT_CALLS, Permission.KEEP_PROPOSALS)


def public_call(slug: str) -> Call:
    """The call of a published event. Raises Http404."""
    rows = Call.objects.select_related("event__venue", "event__organiser")
    found = rows.filter(event__slug=slug, event__state__in=PUBLIC).exclude(state=CallState.DRAFT).first()
    if found is None:
        raise Http404
    return found


def call_of(event: Event) -> Call | None:
    """The call of an event, if it has one."""
    return Call.objects.filter(event=event).first()


def desk_event(by: PersonActor, ref: str) -> Event:
    """An event whose call this person prepares or keeps. Raises Http404."""
    found = Event.objects.filter(ref=ref).first()
    if found is None or not any(allowed(by, one, found) for one in DESK):
        raise Http404
    return found


def desk_call(by: PersonActor, ref: str, permission: Permission) -> Call:
    """The call of an event, if the actor holds the permission. Raises Http404."""
    rows = Call.objects.select_related("event")
    found = rows.filter(event__ref=ref, event__in=Event.objects.visible_to(by, permission)).first()
    if found is None:
        raise Http404
    return found


def questions_of(call: Call, phase: str) -> list[CallQuestion]:
    """What is asked at one time, in order."""
    return list(CallQuestion.objects.filter(call=call, phase=phase))


def part_of[M: (Criterion, CallQuestion)](kind: type[M], call: Call, ref: str) -> M:
    """A criterion or question of a call. Raises Http404."""
    found = kind.objects.filter(call=call, ref=ref).first()
    if found is None:
        raise Http404
    return found


def calls(by: PersonActor, words: str = "") -> QuerySet[Call]:
    """Every call that the person prepares, with the number of proposals that were sent, the one that closes
    last first."""
    events = Event.objects.visible_to(by, Permission.EDIT_CALLS)
    rows = (
        Call.objects.filter(event__in=events)
        .select_related("event")
        .annotate(sent=Count("proposals", filter=~Q(proposals__state__in=UNSEEN)))
    )
    if words:
        rows = rows.filter(Q(event__title__lt__icontains=words) | Q(event__title__en__icontains=words))
    return rows.order_by("-closes_at", "-pk")


@dataclass(frozen=True)
class Numbers:
    """How many proposals stand where. `sent` are all that were ever sent; `decided` those accepted or
    rejected, whatever came later; `accepted` those accepted, confirmed or not."""

    by_state: Mapping[str, int]
    pending: Mapping[str, int]
    sent: int
    accepted: int
    decided: int

    @property
    def rate(self) -> int | None:
        """Of a hundred decided proposals, so many were accepted; nothing before the first decision."""
        return round(100 * self.accepted / self.decided) if self.decided else None


def numbers_of(call: Call) -> Numbers:
    """The numbers of one call."""
    rows = Proposal.objects.filter(call=call)
    by_state = dict(rows.values_list("state").annotate(n=Count("pk")))
    pending = dict(rows.exclude(pending="").values_list("pending").annotate(n=Count("pk")))
    accepted = rows.filter(ACCEPTED).count()
    sent = sum(n for state, n in by_state.items() if state not in UNSEEN)
    return Numbers(by_state, pending, sent, accepted, accepted + by_state.get(ProposalState.REJECTED, 0))


ACCEPTED = Q(state__in=(ProposalState.ACCEPTED, ProposalState.CONFIRMED, ProposalState.DECLINED))
"""Whoever declines was accepted before."""


def sent_between(first: datetime, last: datetime) -> dict[str, int]:
    """Proposals that were sent in a time, by the state they are in."""
    rows = Proposal.objects.filter(submitted_at__gte=first, submitted_at__lt=last)
    return dict(rows.values_list("state").annotate(n=Count("pk")))


def accepted_between(first: datetime, last: datetime) -> tuple[float | None, int]:
    """The share of accepted among proposals accepted or rejected for good in a time, and how many these
    are."""
    rows = Proposal.objects.filter(decided_at__gte=first, decided_at__lt=last)
    decided = rows.filter(ACCEPTED | Q(state=ProposalState.REJECTED)).count()
    return (rows.filter(ACCEPTED).count() / decided if decided else None), decided
