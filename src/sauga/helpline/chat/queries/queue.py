"""The queue: who is next, who waits, and what a child is told about the wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import quantiles
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from sauga.helpline.chat.models import Conversation, Offer
from sauga.helpline.chat.queries.queue_order import BAND_STEP, BANDS, QUEUE_ORDER
from sauga.helpline.records.models import Attempt
from sauga.helpline.records.rules.channels import Load
from sauga.helpline.states import TALKING, WAITING, ChatState
from sauga.kernel.clock import VILNIUS

RECENT = timedelta(hours=1)
ENOUGH = 5
"""Fewer waits than this say nothing; then all bands are taken together."""
WAITS = [str(state) for state in WAITING]

# Those who speak the language, or, where none on duty speaks it, all: it must not wait for ever.
NEXT = f"""
    SELECT c.id FROM helpline_conversation c
    WHERE c.state IN ('QUEUED', 'REQUEUED_TOP')
      AND (c.language = ANY(%(languages)s) OR NOT EXISTS (
        SELECT 1 FROM helpline_duty d WHERE d.ended_at IS NULL AND d.channels ? 'CHAT'
          AND d.languages ? c.language))
      AND NOT EXISTS (
        SELECT 1 FROM helpline_offer o WHERE o.conversation_id = c.id AND o.person_id = %(person)s
          AND o.reason IN ('RF_KNOWS', 'RF_LANGUAGE'))
    ORDER BY {QUEUE_ORDER} LIMIT 1 FOR UPDATE OF c SKIP LOCKED
"""  # noqa: S608  a constant
LINE = f"""
    SELECT c.id, ({BAND_STEP})::int FROM helpline_conversation c WHERE c.state = ANY(%(states)s)
      ORDER BY {QUEUE_ORDER}
"""  # noqa: S608  as above
COUNTED = f"SELECT ({BAND_STEP})::int FROM helpline_conversation c WHERE c.id = %(id)s"  # noqa: S608  as above


@dataclass(frozen=True)
class Place:
    """A child's position: how many are ahead, and the likely wait in minutes (None when too
    little is known).
    """

    ahead: int
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Waiting:
    """One conversation in the queue, for the shift lead."""

    conversation: Conversation
    place: int
    seconds: int
    band: str
    is_offered: bool


def next_in_queue(*, person_id: int, languages: Sequence[str], at: datetime) -> int | None:
    """The conversation this person gets next, locked; None when none waits that is not
    offered to a colleague already. Within a transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEXT, {"at": at, "person": person_id, "languages": list(languages)})
        row = cursor.fetchone()
    return row[0] if row else None


def line(at: datetime) -> list[int]:
    """Everybody who waits, first to last."""
    return list(_line(at))


def _line(at: datetime) -> dict[int, int]:
    """Everybody who waits, first to last, with the number of the band as it counts now."""
    with connection.cursor() as cursor:
        cursor.execute(LINE, line_values(at))
        return dict(cursor.fetchall())


def line_values(at: datetime) -> dict[str, Any]:
    """The values of LINE."""
    return {"at": at, "states": WAITS}


def place_of(conversation: Conversation, at: datetime) -> Place:
    """Where a conversation stands now, and how long it may take: p50 to p90 of the last hour's
    waits in its band.
    """
    order = line(at)
    ahead = order.index(conversation.pk) if conversation.pk in order else 0
    low, high = usual_wait(conversation.band, at)
    return Place(ahead, low, high)


def usual_wait(band: str, at: datetime) -> tuple[int | None, int | None]:
    """Minutes (p50, p90) waited by those whom a counsellor took in this hour and the one before; all bands
    when the band has too few.
    """
    hours = Q()
    for moment in (at.astimezone(VILNIUS), (at - RECENT).astimezone(VILNIUS)):
        hours |= Q(day=moment.date(), hour=moment.hour)
    taken = Attempt.objects.filter(hours, channel="CHAT", wait_seconds__isnull=False)
    rows = [(found, float(seconds or 0)) for found, seconds in taken.values_list("band", "wait_seconds")]
    same = [seconds for found, seconds in rows if found == band]
    waits = same if len(same) >= ENOUGH else [seconds for _, seconds in rows]
    if len(waits) < ENOUGH:
        return None, None
    cuts = quantiles(waits, n=10, method="inclusive")
    low, high = (max(1, round(seconds / 60)) for seconds in (cuts[4], cuts[8]))
    return low, max(low, high)


def waiting(at: datetime) -> list[Waiting]:
    """The whole queue in its order, for the shift lead."""
    rows = Conversation.objects.filter(state__in=WAITING).select_related("owner", "offered_to").in_bulk()
    order = [(pk, step) for pk, step in _line(at).items() if pk in rows]
    return [
        Waiting(
            conversation=rows[pk],
            place=place,
            seconds=max(0, int((at - (rows[pk].since or at)).total_seconds())),
            band=_counted(rows[pk], step),
            is_offered=rows[pk].state == ChatState.OFFERED,
        )
        for place, (pk, step) in enumerate(order, 1)
    ]


def effective_band(conversation: Conversation, at: datetime) -> str:
    """The band as the queue counts it now: one step up for every quarter of an hour waited, at most HIGH."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"at": at, "id": conversation.pk})
        row = cursor.fetchone()
    return _counted(conversation, row[0]) if row else conversation.band


def _counted(conversation: Conversation, step: int | None) -> str:
    return BANDS[step] if step is not None and conversation.band in BANDS else conversation.band


def in_hand(person_id: int) -> int:
    """How many conversations a person has or is being given."""
    own = Q(owner_id=person_id, state__in=TALKING) | Q(offered_to_id=person_id, state=ChatState.OFFERED)
    return Conversation.objects.filter(own).count()


def open_offer(person_id: int, at: datetime) -> Offer | None:
    """The offer this person has not answered yet and still may."""
    return (
        Offer.objects.filter(person_id=person_id, answer="OPEN", until__gt=at, conversation__isnull=False)
        .order_by("-pk")
        .first()
    )


def load() -> Load:
    """How many conversations go on, and how many wait."""
    counts = Conversation.objects.live().aggregate(
        talking=Count("pk", filter=Q(state__in=TALKING)), waiting=Count("pk", filter=Q(state__in=WAITING))
    )
    return Load(**counts)


def was_heavy(person_id: int, since: datetime, until: datetime, bands: Sequence[str]) -> bool:
    """Whether a conversation of this person in this time was at risk, as far as it is not written up yet."""
    own = Conversation.objects.filter(owner=person_id, taken_at__gte=since, taken_at__lte=until)
    return own.filter(band__in=bands).exists() or own.filter(is_at_risk=True).exists()


def attempts_of(person_id: int) -> Q:
    """Filters attempts: those that this person writes up."""
    return Q(conversation__owner_id=person_id)
