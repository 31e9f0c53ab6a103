"""Whether one adult deals with one child unusually often. A pattern is no accusation: it is looked at by the
safeguarding lead.

Only acts about one member count. Everything is compared with what the same adult does with other members and
what other adults do with the same member, so that a busy month flags no one.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sauga.kernel import clock

WINDOW = timedelta(days=28)
OFTEN, TIMES_OTHERS, SHARE = 6, 3, 0.6
"""At least so many acts, three times what the adult usually does with a member, and over 60 % of what all
adults did with this one."""
LATE_ACTS, LATE_FROM, LATE_TO = 3, 21, 7
"""So many acts between nine in the evening and seven in the morning."""
IDENTITY, OPENINGS = "OPENED_IDENTITY", 2
"""Who the same member is was opened twice."""


@dataclass(frozen=True)
class Act:
    """An adult did something that concerns one member."""

    adult: str
    member: str
    what: str
    at: datetime


@dataclass(frozen=True)
class Pattern:
    """What is unusual, between whom, and how many acts it rests on."""

    kind: str
    adult: str
    member: str
    n: int


def patterns(acts: Iterable[Act], at: datetime) -> list[Pattern]:
    """What the last four weeks show, the most frequent first; the order of the acts does not matter."""
    recent = [act for act in acts if at - WINDOW <= act.at <= at]
    pairs = Counter((act.adult, act.member) for act in recent)
    of_member = Counter(act.member for act in recent)
    found = []
    for (adult, member), n in pairs.items():
        others = [count for (who, whom), count in pairs.items() if who == adult and whom != member]
        usual = median(others) if others else 1
        if n >= OFTEN and n >= TIMES_OTHERS * usual and n > SHARE * of_member[member]:
            found.append(Pattern("OFTEN", adult, member, n))
    late = Counter((act.adult, act.member) for act in recent if _is_late(act.at))
    found += [Pattern("LATE", *pair, n) for pair, n in late.items() if n >= LATE_ACTS]
    opened = Counter((act.adult, act.member) for act in recent if act.what == IDENTITY)
    found += [Pattern("IDENTITY", *pair, n) for pair, n in opened.items() if n >= OPENINGS]
    return sorted(found, key=lambda one: (-one.n, one.kind, one.adult, one.member))


def _is_late(at: datetime) -> bool:
    hour = at.astimezone(clock.VILNIUS).hour
    return hour >= LATE_FROM or hour < LATE_TO
