"""The queue: who is next, who waits, and what a child may be told about the wait (domain: helpline, §5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import quantiles

from django.db import connection
from django.db.models import Q

from sauga.helpline.models import Attempt, Conversation, Duty, Offer
from sauga.helpline.rules import timing
from sauga.helpline.states import TALKING, WAITING, ChatState
from sauga.kernel.clock import VILNIUS

RECENT = timedelta(hours=1)
ENOUGH = 5
"""Fewer waits than this say nothing; then all bands are taken together."""
WAITS = [str(state) for state in WAITING]

# First whoever lost their counsellor; then immediate danger, from either door; then children before adults; then the band, raised one step
# for every quarter of an hour, at most to HIGH; then who came first. One expression, so that the place a child is told is the true one.
STANDING = """
    (CASE WHEN c.taken_at IS NOT NULL THEN 0 ELSE 1 END),
    (CASE WHEN c.band = 'IMMEDIATE' THEN 0 ELSE 1 END),
    (CASE WHEN c.band = 'IMMEDIATE' OR c.door = 'CHILD' THEN 0 ELSE 1 END),
    (CASE WHEN c.band = 'IMMEDIATE' THEN 0 ELSE -LEAST(2, (CASE c.band WHEN 'HIGH' THEN 2 WHEN 'SOME' THEN 1 ELSE 0 END)
        + GREATEST(0, floor(EXTRACT(EPOCH FROM (%(at)s - c.since)) / %(step)s))) END),
    c.since, c.id
"""
# Whoever speaks the language, or, where nobody who is there speaks it, everybody: it must not wait for ever.
NEXT = f"""
    SELECT c.id FROM helpline_conversation c
    WHERE c.state IN ('QUEUED', 'REQUEUED_TOP')
      AND (c.language = ANY(%(languages)s) OR NOT EXISTS (
        SELECT 1 FROM helpline_duty d WHERE d.ended_at IS NULL AND d.channels ? 'CHAT' AND d.languages ? c.language))
      AND NOT EXISTS (
        SELECT 1 FROM helpline_offer o WHERE o.conversation_id = c.id AND o.person_id = %(person)s
          AND o.reason IN ('RF_KNOWS', 'RF_LANGUAGE'))
    ORDER BY {STANDING} LIMIT 1 FOR UPDATE OF c SKIP LOCKED
"""  # noqa: S608  two constants of this file
LINE = f"SELECT c.id FROM helpline_conversation c WHERE c.state = ANY(%(states)s) ORDER BY {STANDING}"  # noqa: S608  as above


@dataclass(frozen=True)
class Place:
    """A child's place: how many stand before it, and an honest wait in minutes (None when nobody can say)."""

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


def next_in_line(*, person_id: int, languages: Sequence[str], at: datetime) -> int | None:
    """The conversation this person gets next, locked; None when there is none that nobody else is being given. Within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, {"at": at, "step": _step(), "person": person_id, "languages": list(languages)})
        row = cursor.fetchone()
    return row[0] if row else None


def line(at: datetime) -> list[int]:
    """Everybody who waits, first to last."""
    with connection.cursor() as cursor:
        cursor.execute(LINE, {"at": at, "step": _step(), "states": WAITS})
        return [row[0] for row in cursor.fetchall()]


def place_of(conversation: Conversation, at: datetime) -> Place:
    """Where a conversation stands now, and how long it may take: p50 to p90 of the last hour's waits in its band."""
    order = line(at)
    ahead = order.index(conversation.pk) if conversation.pk in order else 0
    low, high = usual_wait(conversation.band, at)
    return Place(ahead, low, high)


def usual_wait(band: str, at: datetime) -> tuple[int | None, int | None]:
    """Minutes (p50, p90) waited by those whom a counsellor took in this hour and the one before; all bands when the band has too few."""
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
    order = [pk for pk in line(at) if pk in rows]
    return [
        Waiting(
            conversation=rows[pk],
            place=place,
            seconds=max(0, int((at - (rows[pk].since or at)).total_seconds())),
            band=raised_band(rows[pk].band, rows[pk].since, at),
            is_offered=rows[pk].state == ChatState.OFFERED,
        )
        for place, pk in enumerate(order, 1)
    ]


BANDS = ("NONE", "SOME", "HIGH")


def raised_band(band: str, since: datetime | None, at: datetime) -> str:
    """The band as the queue counts it now: one step up for every quarter of an hour, at most HIGH."""
    if band not in BANDS or since is None:
        return band
    steps = max(0, int((at - since) / timing.STEP_UP))
    return BANDS[min(2, BANDS.index(band) + steps)]


def in_hand(person_id: int) -> int:
    """How many conversations a person has or is being given."""
    own = Q(owner_id=person_id, state__in=TALKING) | Q(offered_to_id=person_id, state=ChatState.OFFERED)
    return Conversation.objects.filter(own).count()


def open_offer(person_id: int, at: datetime) -> Offer | None:
    """The offer this person has not answered yet and still may."""
    return Offer.objects.filter(person_id=person_id, answer="OPEN", until__gt=at, conversation__isnull=False).order_by("-pk").first()


def leads_present() -> list[Duty]:
    """Shift leads on duty now."""
    return list(Duty.objects.present().filter(is_lead=True).select_related("person").order_by("pk"))


def _step() -> int:
    return int(timing.STEP_UP.total_seconds())
