"""The schedule editor: each day as a board of hours and places, with every session as a card that says what
stands against it, and the sessions that have no time yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from sauga.events.programme.actions.refusals import refusal_of
from sauga.events.programme.actions.sessions import minutes_of
from sauga.events.programme.forms.schedule import MoveForm, shown_spot
from sauga.events.programme.models import Event, Session, said
from sauga.events.programme.queries import conflicts as conflict_queries
from sauga.events.programme.queries import events as queries
from sauga.events.programme.queries import parts
from sauga.events.programme.rules.boards import board_days, hours
from sauga.events.programme.rules.conflicts import Surroundings, conflicts
from sauga.events.programme.rules.local_times import Which, local_time
from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS


@dataclass(frozen=True)
class Card:
    """A session in the editor. `problems` are refused where it is now, `warnings` are only said."""

    ref: str
    title: str
    kind: str
    colour: int
    starts: datetime | None
    ends: datetime | None
    minutes: int
    place: str
    place_name: str
    speakers: str
    seen: int
    problems: list[str]
    warnings: list[str]
    form: MoveForm
    move: str
    check: str
    edit: str


@dataclass(frozen=True)
class Board:
    """One day, from a whole hour to a whole hour, with its hours in words and its cards in order."""

    day: date
    first: datetime
    last: datetime
    hours: list[tuple[datetime, str]]
    cards: list[Card]


def schedule_context(event: Event, bound: Mapping[str, MoveForm], *, may_move: bool) -> dict[str, Any]:
    """What the page of the editor shows; `bound` are forms that come back, by the session's reference."""
    sessions = queries.sessions(event)
    around = conflict_queries.surroundings(event)
    cards = [_card(event, one, around, bound) for one in sessions]
    days = board_days(event.starts, event.ends, sessions)
    return {
        "event": event,
        "boards": [_board(day, first, last, cards) for day, first, last in days],
        "unscheduled": [_card(event, one, around, bound) for one in queries.unscheduled(event)],
        "places": [("", gettext("for everybody")), *parts.places(event)],
        "may_move": may_move,
        "problems": sum(bool(one.problems) for one in cards),
    }


def _board(day: date, first: datetime, last: datetime, cards: list[Card]) -> Board:
    there = [one for one in cards if one.starts and one.starts.astimezone(VILNIUS).date() == day]
    return Board(day, first, last, [(at, hour_words(at)) for at in hours(first, last)], there)


def hour_words(at: datetime) -> str:
    """An hour as the clock shows it, and which one where it comes twice."""
    shown = local_time(at)
    words = shown.naive.strftime("%H:%M")
    if not shown.which:
        return words
    return f"{words} ({gettext('summer time') if shown.which == Which.FIRST else gettext('winter time')})"


def _card(event: Event, row: Session, around: Surroundings, bound: Mapping[str, MoveForm]) -> Card:
    found, wanted = [], None
    if row.is_scheduled:
        wanted = conflict_queries.placed(row)
        found = conflicts(wanted, around)
    texts = [(one.is_refused, refusal_of(one, wanted, around).text) for one in found if wanted]
    minutes, place = minutes_of(row), row.room or row.stream
    initial = shown_spot(row, minutes)
    return Card(
        ref=row.ref,
        title=said(row.title),
        kind=vocab.label("session_kinds", row.kind),
        colour=row.track.colour if row.track else 0,
        starts=row.starts.astimezone(VILNIUS) if row.is_scheduled else None,
        ends=row.ends.astimezone(VILNIUS) if row.is_scheduled else None,
        minutes=minutes,
        place=conflict_queries.place_of(row),
        place_name=str(place) if place else gettext("for everybody"),
        speakers=", ".join(one.speaker.name for one in row.speaking.all()),
        seen=row.sequence,
        problems=[text for is_refused, text in texts if is_refused],
        warnings=[text for is_refused, text in texts if not is_refused],
        form=bound.get(row.ref) or MoveForm(event=event, initial=initial, auto_id=f"m-{row.ref}-%s"),
        move=reverse("events-schedule-move", args=[event.ref, row.ref]),
        check=reverse("events-schedule-check", args=[event.ref, row.ref]),
        edit=reverse("events-part", args=[event.ref, "sessions", row.ref]),
    )
