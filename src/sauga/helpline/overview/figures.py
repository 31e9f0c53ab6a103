"""The measures that the helpline publishes: totals only, never anything about one contact."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.helpline.overview.queries import figures as q
from sauga.helpline.overview.rules.exports import THRESHOLD
from sauga.helpline.records.rules import networks
from sauga.kernel.figures import Days, Labels, Measure, Period, counted, counted_by, rated

SERVICE = "helpline"


def _all(period: Period) -> q.Tally:
    return q.tallies(period.start, period.end)[-1]


def _strict(period: Period) -> tuple[float | None, int]:
    return _all(period).strict_rate, _all(period).attempted


def _picked_up(period: Period) -> tuple[float | None, int]:
    return _all(period).pick_up_rate, _all(period).attempted


def _wait(period: Period) -> tuple[float | None, int]:
    waited = q.waits(period.start, period.end)
    return None if waited.half is None else waited.half / 60, waited.n


def _letters_in_time(period: Period) -> tuple[float | None, int]:
    found = q.letters(period.start, period.end)
    return found.in_time, found.n


def _groups(period: Period) -> dict[str, int]:
    return dict(networks.counted(networks.CHI, q.counselled(period.start, period.end))[0].cells)


def _online(period: Period) -> dict[str, int]:
    tables = networks.counted(networks.INSAFE, networks.online(q.counselled(period.start, period.end)))
    return dict(next(table.cells for table in tables if table.column.name == "category"))


def _measure(
    code: str, title: Any, definition: Any, unit: str, compute: Any, *by: str, additive: bool = True
) -> Measure:
    rows, reads = ROWS[code]
    return Measure(
        f"{SERVICE}.{code}",
        title,
        definition,
        unit,
        SERVICE,
        compute,
        breakdown=by,
        additive=additive,
        counted=rows,
        reads=reads,
        threshold=THRESHOLD,
    )


NO_EQUIVALENT = {networks.NO_EQUIVALENT: _("Not in the CHI framework")}
BREAKDOWNS: dict[str, tuple[Labels, ...]] = {
    "channel": ("channel",),
    "outcome": ("outcome_class",),
    "group": (NO_EQUIVALENT, "topic_group"),
    "insafe": (NO_EQUIVALENT, "insafe_category"),
}
"""Where the codes of the breakdowns have their labels."""

DAY = "Attempts whose day lies in the period"
RECORDS = (
    f"Records of {DAY[0].lower()}{DAY[1:]}, outcome ANSWERED, with a topic and without a kind of non-data"
)
ATTEMPT, RECORD = "helpline.Attempt", "helpline.Record"
ROWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "attempted": (f"{DAY} with the outcome ANSWERED, ABANDONED, DEFLECTED or NON_DATA", (ATTEMPT,)),
    "answered": (
        f"{DAY} with the outcome ANSWERED, which is set with the record or with the delivery of the answer",
        (ATTEMPT,),
    ),
    "outcomes": (f"{DAY} that have an outcome, by channel and outcome", (ATTEMPT,)),
    "answer_rate": (f"{DAY}: ANSWERED divided by all that have an outcome", (ATTEMPT,)),
    "pick_up_rate": (f"{DAY}: ANSWERED and NON_DATA divided by all that have an outcome", (ATTEMPT,)),
    "wait_median": (
        f"{DAY}, ANSWERED or NON_DATA, channel other than LETTER, with `wait_seconds`; median of it",
        (ATTEMPT,),
    ),
    "letters_in_time": (
        (
            f"{DAY}, channel LETTER, outcome neither NON_DATA nor DEFLECTED; the part with "
            f"`answer_minutes` of at most 1,440"
        ),
        (ATTEMPT,),
    ),
    "topics": (f"{RECORDS}, by the group of the first topic", (RECORD, ATTEMPT)),
    "online_topics": (f"{RECORDS}, that count as online, by the first Insafe category", (RECORD, ATTEMPT)),
}


MEASURES = (
    _measure(
        "attempted",
        _("Attempts to reach the helpline"),
        _(
            "Every time somebody pressed start, sent a letter or let the line ring: answered, "
            "abandoned, redirected and without counselling."
        ),
        "CONTACT",
        counted(lambda period: _all(period).attempted),
    ),
    _measure(
        "answered",
        _("Conversations, calls and letters answered"),
        _("A counselling record was written, or the answer to a letter was delivered."),
        "CONTACT",
        counted(lambda period: _all(period).answered),
    ),
    _measure(
        "outcomes",
        _("Attempts by channel and outcome"),
        _(
            "Each attempt once. Abandoned: left before anybody was there. Redirected: out of hours, "
            "busy, queue closed, or a letter instead."
        ),
        "CONTACT",
        counted_by("channel", "outcome", counts=lambda period: q.outcomes(period.start, period.end)),
        "channel",
        "outcome",
    ),
    _measure(
        "answer_rate",
        _("Counselled, of all attempts"),
        _(
            "A counselling record was written, or a letter was answered. Contacts that were picked up but "
            "were silent, a prank or a test stay in the denominator."
        ),
        "SHARE",
        rated(_strict),
        additive=False,
    ),
    _measure(
        "pick_up_rate",
        _("Picked up, of all attempts"),
        _("A person was there: contacts with counselling and those that were silent, a prank or a test."),
        "SHARE",
        rated(_picked_up),
        additive=False,
    ),
    _measure(
        "wait_median",
        _("Median wait"),
        _("Median of the time from queue to counsellor, conversations and calls that were picked up."),
        "MINUTE",
        rated(_wait, digits=1),
        additive=False,
    ),
    _measure(
        "letters_in_time",
        _("Letters answered within a day"),
        _("Of all letters that wanted an answer; those not answered yet count as late."),
        "SHARE",
        rated(_letters_in_time),
        additive=False,
    ),
    _measure(
        "topics",
        _("What children and adults talked about"),
        _(
            "Counselling contacts by the group of their first topic, in the framework of Child "
            "Helpline International."
        ),
        "CONTACT",
        counted_by("group", counts=_groups),
        "group",
    ),
    _measure(
        "online_topics",
        _("Contacts about the internet"),
        _("Counselling contacts in which the internet played a part, by their first Insafe category."),
        "CONTACT",
        counted_by("insafe", counts=_online),
        "insafe",
    ),
)


def unfinished(period: Days) -> int:
    """Contacts of the period that are still open, or whose record is not written."""
    return q.in_hand(period.start, period.end).total
