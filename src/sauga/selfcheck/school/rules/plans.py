"""The plan that follows a score at once: what to raise first, by whom, until when, with which help. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sauga.selfcheck.school.rules.codes import Owner
from sauga.selfcheck.school.rules.questionnaire import Questionnaire
from sauga.selfcheck.school.rules.scores import HIGHEST, Score

MOST, LEAST = 10, 3
URGENT, SOON, LATER = timedelta(days=30), timedelta(days=90), timedelta(days=180)
OWNERS = {
    "professional": Owner.DEPUTY,
    "lessons": Owner.DEPUTY,
    "cyberbullying": Owner.CONTACT,
    "help": Owner.SUPPORT,
    "grooming": Owner.SUPPORT,
    "sexting": Owner.SUPPORT,
    "inclusion": Owner.SUPPORT,
    "privacy": Owner.CONTACT,
    "security": Owner.IT,
    "digital-balance": Owner.CLASS_TEACHERS,
    "parents": Owner.CLASS_TEACHERS,
    "participation": Owner.PUPILS,
    "events": Owner.LIBRARY,
    "disinformation": Owner.LIBRARY,
    "ai": Owner.DEPUTY,
}
"""Whom a task is first proposed for; the school changes it."""


@dataclass(frozen=True)
class Proposed:
    """A task of the plan."""

    aspect: str
    owner: Owner
    due: date


def plan(form: Questionnaire, answers: Mapping[str, int], found: Score, today: date) -> list[Proposed]:
    """Between three and ten tasks: first what stands before the next level, then the lowest aspects."""
    lowest = sorted(
        (one for one in form.aspects.values() if answers[one.code] < HIGHEST),
        key=lambda one: (answers[one.code], -one.weight, one.area, one.number),
    )
    wanted = list(dict.fromkeys([*found.missing, *(one.code for one in lowest[:LEAST])]))[:MOST]
    return [_proposed(form, code, answers[code], today) for code in wanted]


def _proposed(form: Questionnaire, code: str, level: int, today: date) -> Proposed:
    aspect = form.aspects[code]
    wait = URGENT if aspect.is_essential and level <= 2 else SOON if level <= 2 else LATER
    return Proposed(code, OWNERS[aspect.helps], weekday(today + wait))


def weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() > 4 else day
