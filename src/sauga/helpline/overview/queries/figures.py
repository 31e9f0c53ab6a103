"""What happened in a period: attempts by outcome, waits, letters in time, and the contacts both networks
count. Exact; hiding small numbers is the publisher's part. Days are counted in Vilnius; a contact belongs to
the day on which it was tried.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import quantiles

from django.db.models import Count, QuerySet

from sauga.helpline.records.models import Attempt, Feedback, Record
from sauga.helpline.records.rules.networks import Coded
from sauga.kernel import statements

OUTCOMES = ("ANSWERED", "ABANDONED", "DEFLECTED", "NON_DATA")
OPEN = ""
SHORT = "LEFT_SHORT"
PROMISE_MINUTES = 24 * 60
WAIT_EDGES = (30, 60, 120, 300, 600, 1200, 2400)
"""Upper edges of the columns of the waiting distribution, in seconds; one more column holds
what is longer.
"""


@dataclass(frozen=True)
class Tally:
    """The attempts of one channel (or all): `attempted` is answered, abandoned, deflected and non-data
    together; `open` are beside it.
    """

    channel: str
    answered: int = 0
    abandoned: int = 0
    short: int = 0
    deflected: int = 0
    non_data: int = 0
    open: int = 0

    @property
    def attempted(self) -> int:
        """All attempts that have an outcome."""
        return self.answered + self.abandoned + self.deflected + self.non_data

    @property
    def strict_rate(self) -> float | None:
        """Answered of attempted."""
        return self.answered / self.attempted if self.attempted else None

    @property
    def pick_up_rate(self) -> float | None:
        """Answered and non-data of attempted: the line was reached."""
        return (self.answered + self.non_data) / self.attempted if self.attempted else None


@dataclass(frozen=True)
class Spread:
    """A distribution: how many, half, 90 of 100, and the columns."""

    n: int
    half: float | None
    most: float | None
    columns: tuple[int, ...] = field(default=())


def tallies(first: date, end: date) -> list[Tally]:
    """One line a channel, in the order of their size, and all together last."""
    rows = Attempt.objects.filter(day__gte=first, day__lt=end).order_by()
    by_channel: dict[str, dict[str, int]] = {}
    for channel, outcome, reason, n in rows.values_list("channel", "outcome", "reason").annotate(
        n=Count("pk")
    ):
        held = by_channel.setdefault(channel, {})
        held[outcome] = held.get(outcome, 0) + n
        if reason == SHORT:
            held[SHORT] = held.get(SHORT, 0) + n
    lines = [_tally(channel, held) for channel, held in by_channel.items()]
    together: dict[str, int] = {}
    for held in by_channel.values():
        for name, n in held.items():
            together[name] = together.get(name, 0) + n
    return [*sorted(lines, key=lambda line: (-line.attempted, line.channel)), _tally("", together)]


def _tally(channel: str, held: dict[str, int]) -> Tally:
    return Tally(
        channel,
        answered=held.get("ANSWERED", 0),
        abandoned=held.get("ABANDONED", 0),
        short=held.get(SHORT, 0),
        deflected=held.get("DEFLECTED", 0),
        non_data=held.get("NON_DATA", 0),
        open=held.get(OPEN, 0),
    )


def outcomes(first: date, end: date) -> dict[tuple[str, str], int]:
    """How many attempts by channel and outcome; those still open are left out."""
    rows = Attempt.objects.filter(day__gte=first, day__lt=end, outcome__in=OUTCOMES).order_by()
    return {
        (channel, outcome): n
        for channel, outcome, n in rows.values_list("channel", "outcome").annotate(n=Count("pk"))
    }


def waits(first: date, end: date, *, channel: str = "") -> Spread:
    """How long people waited for a person, in seconds: everybody who was picked up."""
    rows = Attempt.objects.filter(
        day__gte=first, day__lt=end, outcome__in=("ANSWERED", "NON_DATA"), wait_seconds__isnull=False
    )
    rows = rows.exclude(channel="LETTER") if not channel else rows.filter(channel=channel)
    return spread(
        [value for value in rows.values_list("wait_seconds", flat=True) if value is not None], WAIT_EDGES
    )


def talks(first: date, end: date) -> Spread:
    """How long counselling conversations and calls lasted, in seconds."""
    rows = Attempt.objects.filter(day__gte=first, day__lt=end, outcome="ANSWERED", talk_seconds__isnull=False)
    return spread([value for value in rows.values_list("talk_seconds", flat=True) if value is not None], ())


@dataclass(frozen=True)
class Letters:
    """Letters that wanted an answer: how many, the minutes to the answer of those answered, and the share
    answered within a day.
    """

    n: int
    minutes: Spread
    in_time: float | None


def letters(first: date, end: date) -> Letters:
    """The letters of the period that wanted an answer. Those without an answer yet are not in time."""
    rows = Attempt.objects.filter(day__gte=first, day__lt=end, channel="LETTER").exclude(
        outcome__in=("NON_DATA", "DEFLECTED")
    )
    minutes = [value for value in rows.values_list("answer_minutes", flat=True) if value is not None]
    in_time, all_ = sum(value <= PROMISE_MINUTES for value in minutes), rows.count()
    return Letters(all_, spread(minutes, ()), in_time / all_ if all_ else None)


def spread(values: Sequence[int], edges: Sequence[int]) -> Spread:
    """The distribution of some values. A column holds what is at most its edge, the last one what is more."""
    if not values:
        return Spread(0, None, None, (0,) * (len(edges) + 1))
    cuts = quantiles(values, n=10, method="inclusive") if len(values) > 1 else [values[0]] * 9
    columns = [0] * (len(edges) + 1)
    for value in values:
        columns[next((place for place, edge in enumerate(edges) if value <= edge), len(edges))] += 1
    return Spread(len(values), cuts[4], cuts[8], tuple(columns))


def counselled(first: date, end: date) -> list[Coded]:
    """The codes of every counselling contact of the period, in a fixed order."""
    rows = Record.objects.filter(
        attempt__day__gte=first, attempt__day__lt=end, attempt__outcome="ANSWERED", non_data=""
    ).exclude(topic="")
    names = (
        "caller_role",
        "age_band",
        "gender",
        "topic",
        "more_topics",
        "internet",
        "insafe",
        "more_insafe",
        "place",
        "platform",
        "actions",
    )
    return [
        Coded(channel=channel, **dict(zip(names, codes, strict=True)))
        for channel, *codes in rows.order_by("attempt__day", "ref").values_list("attempt__channel", *names)
    ]


@dataclass(frozen=True)
class InHand:
    """Attempts of a period that are not finished: those that have no outcome yet, and answered ones
    whose record has not been written. While there are any, the period is not frozen, and the
    networks' tables lack them.
    """

    open: int
    unwritten: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.open + self.unwritten


def in_hand(first: date, end: date) -> InHand:
    """What of a period is not finished, in one question."""
    return InHand(**_in_hand(first=first, end=end))


@statements.counted()
def _in_hand(*, first: date, end: date) -> Mapping[str, QuerySet[Attempt]]:
    rows = Attempt.objects.filter(day__gte=first, day__lt=end)
    return {"open": rows.filter(outcome=OPEN), "unwritten": rows.filter(outcome="ANSWERED", record=None)}


def moods(first: date, end: date) -> tuple[int, int]:
    """Of those who ticked how they feel before and after: how many, and how many of them felt better."""
    rows = Feedback.objects.filter(day__gte=first, day__lt=end).exclude(mood_before="").exclude(mood_after="")
    pairs = list(rows.values_list("mood_before", "mood_after"))
    return len(pairs), sum(_grade(after) > _grade(before) for before, after in pairs)


def _grade(mood: str) -> int:
    return int(mood.rsplit("_", 1)[-1]) if mood[-1:].isdigit() else 0
