"""Erlang's formulae: how many people a line needs so that most who reach it wait little (A. K. Erlang, 1917).

Assumptions, shown wherever a result is: arrivals are independent of one another within the hour, no caller
gives up waiting, talks last exponentially, one talk a person, everybody can take everything. Children who try
again and again break the first: see the forecast's page.
"""

from math import exp, floor

MOST_PEOPLE = 500


def load(arrivals_an_hour: float, seconds: float) -> float:
    """The offered load in erlangs: talks going on at once if no caller had to wait.

    Raises ValueError for a negative number.
    """
    if arrivals_an_hour < 0 or seconds < 0:
        raise ValueError("arrivals and durations are not negative")
    return arrivals_an_hour * seconds / 3600


def blocking(erlangs: float, people: int) -> float:
    """Erlang B: the share turned away where no caller can wait. 0 ≤ result ≤ 1."""
    if erlangs < 0 or people < 0:
        raise ValueError("load and people are not negative")
    share = 1.0
    for number in range(1, people + 1):
        share = erlangs * share / (number + erlangs * share)
    return share


def waiting(erlangs: float, people: int) -> float:
    """Erlang C: the share that has to wait at all; 1 where the load exceeds the people and the queue
    grows without end.
    """
    if erlangs >= people:
        return 1.0 if erlangs > 0 else 0.0
    share = blocking(erlangs, people)
    return share / (1 - (erlangs / people) * (1 - share))


def answered_within(erlangs: float, people: int, talk: float, seconds: float) -> float:
    """The share answered within `seconds` when a talk lasts `talk` seconds on average."""
    if erlangs <= 0:
        return 1.0 if people else 0.0
    if erlangs >= people:
        return 0.0
    return 1 - waiting(erlangs, people) * exp(-(people - erlangs) * seconds / talk)


def people_needed(erlangs: float, talk: float, *, share: float, seconds: float) -> int:
    """The fewest people with whom `share` of all are answered within `seconds`.

    Raises ValueError for a share outside 0–1.
    """
    if not 0 <= share < 1:
        raise ValueError("the share is at least 0 and below 1")
    if erlangs <= 0 or talk <= 0:
        return 0
    people = floor(erlangs) + 1
    while answered_within(erlangs, people, talk, seconds) < share and people < MOST_PEOPLE:
        people += 1
    return people
