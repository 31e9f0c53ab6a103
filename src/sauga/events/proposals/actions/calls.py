"""The call of an event: prepared, published, closed, opened once more, copied with the event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.events.permissions import Permission
from sauga.events.programme.actions.refusals import CodeRefused, TimeRefused, instants
from sauga.events.programme.models import Event
from sauga.events.programme.rules.local_times import LocalTime
from sauga.events.proposals.models import Call, CallQuestion, Criterion, Proposal
from sauga.events.proposals.rules.decisions import ENDED, OUTCOMES
from sauga.events.proposals.rules.letter_fields import unknown_fields
from sauga.events.registration.actions.setup import moved_with
from sauga.events.states import UNSEEN, CallState, EventState
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, live, vocab
from sauga.kernel.i18n import languages
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move

CALLS, CHANNEL, REVIEWS = "events.calls", "events.proposals", "events.reviews"
"""The channels of calls, of their proposals and of reviews; a signal says only that something changed."""
SEND_CANCELLED = "events.proposal_event_cancelled"
MOST_REVIEWS, MOST_DAYS = 9, 90
DURATIONS = (10, 15, 20, 30, 45, 60, 90, 120)


class CallRefused(ActionRefused):
    """A call that cannot be so, or not now."""

    messages = {
        "late": _("The call closes before the event begins."),
        "title": _("Write the title in the language of the site."),
        "kinds": _("Choose at least one kind of session."),
        "durations": _("Choose at least one duration."),
        "number": _("A proposal gets from 1 to 9 reviews; speakers answer within 1 to 90 days."),
        "blind": _("Proposals have come in under this rule. Whether the review is blind stays as it is."),
        "criteria": _("Add at least one criterion first: proposals are judged by what the call announces."),
        "text": _("Write the text of the call first, in the language of the site."),
        "event": _("Publish the event first: the call is linked from its page."),
        "past": _("The time until which proposals are taken is past. Choose another."),
        "twice": _("This event has a call already."),
    }
    fields = {
        "late": "ends",
        "past": "ends",
        "title": f"title_{languages.DEFAULT}",
        "kinds": "kinds",
        "durations": "durations",
        "number": "reviews_wanted",
        "blind": "is_blind",
    }


class LetterRefused(ActionRefused):
    """A letter with a field that cannot be filled."""

    message = _("This field is not known: {%(name)s}. Known are {name}, {title}, {event} and {until}.")

    def __init__(self, field: str, name: str) -> None:
        super().__init__(name=name)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class CallGiven:
    """What is entered about a call."""

    title: Mapping[str, str]
    text: Mapping[str, str]
    opens: LocalTime
    closes: LocalTime
    kinds: Sequence[str]
    durations: Sequence[int]
    is_blind: bool
    reviews_wanted: int
    answer_days: int


def create_call(*, by: Actor, event: Event, given: CallGiven, at: datetime) -> Call:
    """Prepare the call of an event; visitors see nothing of it yet. Raises PermissionRefused, CallRefused,
    TimeRefused, CodeRefused."""
    require(by, Permission.EDIT_CALLS, event)
    values = _values(event, given)
    with transaction.atomic():
        held = lock(event)
        if Call.objects.filter(event=held).exists():
            raise CallRefused("twice")
        row = Call.objects.create(event=held, **values)
        _changed(by, row, "created", at)
        return row


def edit_call(*, by: Actor, call: Call, given: CallGiven, at: datetime) -> Call:
    """Change a call. Raises PermissionRefused, CallRefused, TimeRefused, CodeRefused."""
    require(by, Permission.EDIT_CALLS, call)
    values = _values(call.event, given)
    with transaction.atomic():
        row = lock(call)
        if row.is_blind != given.is_blind and row.proposals.exclude(state__in=UNSEEN).exists():
            raise CallRefused("blind")
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        _changed(by, row, "edited", at)
        return row


def _values(event: Event, given: CallGiven) -> dict[str, Any]:
    opens_at, closes_at = instants(given.opens, given.closes)
    if closes_at > event.starts:
        raise CallRefused("late")
    title = {code: text.strip() for code, text in given.title.items() if text.strip()}
    if not title.get(languages.DEFAULT):
        raise CallRefused("title")
    if not given.kinds:
        raise CallRefused("kinds")
    if not all(vocab.has_term("session_kinds", code) for code in given.kinds):
        raise CodeRefused
    if not given.durations or not set(given.durations) <= set(DURATIONS):
        raise CallRefused("durations")
    if not (0 < given.reviews_wanted <= MOST_REVIEWS and 0 < given.answer_days <= MOST_DAYS):
        raise CallRefused("number")
    return {
        "title": title,
        "text": {code: text.strip() for code, text in given.text.items() if text.strip()},
        "opens_at": opens_at,
        "closes_at": closes_at,
        "kinds": list(given.kinds),
        "durations": sorted(given.durations),
        "is_blind": given.is_blind,
        "reviews_wanted": given.reviews_wanted,
        "answer_days": given.answer_days,
    }


def publish_call(*, by: Actor, call: Call, at: datetime) -> Call:
    """Publish a call; it takes proposals between its two times. Raises PermissionRefused, MoveNotAllowed,
    CallRefused."""
    require(by, Permission.EDIT_CALLS, call)
    with transaction.atomic():
        row = lock(call)
        if row.event.state != EventState.PUBLISHED:
            raise CallRefused("event")
        if not row.text.get(languages.DEFAULT):
            raise CallRefused("text")
        if not row.criteria.exists():
            raise CallRefused("criteria")
        if at >= row.closes_at:
            raise CallRefused("past")
        return _move(by, row, CallState.PUBLISHED, at)


def close_call(*, by: Actor, call: Call, at: datetime) -> Call:
    """Take no more proposals, from now on. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.EDIT_CALLS, call)
    with transaction.atomic():
        row = lock(call)
        if row.opens_at < at < row.closes_at:
            row.closes_at = at
            row.save(update_fields=["closes_at"])
        return _move(by, row, CallState.CLOSED, at)


def reopen_call(*, by: Actor, call: Call, closes: LocalTime, at: datetime) -> Call:
    """Take proposals once more, until another time; what is being reviewed stays as it is. Raises
    PermissionRefused, TimeRefused, CallRefused."""
    require(by, Permission.EDIT_CALLS, call)
    found = closes.instants
    if len(found) != 1:
        raise TimeRefused(f"ends_{'doubled' if found else 'skipped'}")
    with transaction.atomic():
        row = lock(call)
        if found[0] <= max(at, row.opens_at):
            raise CallRefused("past")
        if found[0] > row.event.starts:
            raise CallRefused("late")
        row.closes_at = found[0]
        row.save(update_fields=["closes_at"])
        if row.state == CallState.CLOSED:
            return _move(by, row, CallState.PUBLISHED, at)
        _changed(by, row, "extended", at)
        return row


def write_letters(*, by: Actor, call: Call, letters: Mapping[str, Mapping[str, str]], at: datetime) -> Call:
    """The organisers' own words for the letters of decisions, by outcome and language; an empty one has the
    words of the product. Raises PermissionRefused, LetterRefused."""
    require(by, Permission.KEEP_PROPOSALS, call)
    kept: dict[str, dict[str, str]] = {}
    for outcome in OUTCOMES:
        held = {code: text.strip() for code, text in letters.get(outcome, {}).items() if text.strip()}
        for code, text in held.items():
            if unknown := unknown_fields(text):
                raise LetterRefused(f"{outcome.lower()}_{code}", unknown[0])
        if held:
            kept[str(outcome)] = held
    with transaction.atomic():
        row = lock(call)
        row.letters = kept
        row.save(update_fields=["letters"])
        _changed(by, row, "letters", at)
        return row


def copy_call(*, by: Actor, event: Event, copy: Event, at: datetime) -> int:
    """Give the copy of an event the same call, as a draft, open as many days before its own beginning; nobody
    has proposed anything. The number of rows made."""
    call = Call.objects.filter(event=event).first()
    if call is None:
        return 0
    kept = ("title", "text", "kinds", "durations", "is_blind", "reviews_wanted", "answer_days", "letters")
    opens_at, closes_at = moved_with(call.opens_at, event, copy), moved_with(call.closes_at, event, copy)
    made = Call.objects.create(
        event=copy,
        opens_at=min(opens_at, closes_at - (call.closes_at - call.opens_at)),
        closes_at=closes_at,
        **{name: getattr(call, name) for name in kept},
    )
    rows: list[Criterion | CallQuestion] = [
        Criterion(call=made, name=one.name, weight=one.weight, place=one.place) for one in call.criteria.all()
    ]
    asked = ("phase", "kind", "text", "choices", "is_required", "is_for_reviewers", "place")
    rows += [
        CallQuestion(call=made, **{name: getattr(one, name) for name in asked})
        for one in call.questions.all()
    ]
    for row in rows:
        row.save()
    _changed(by, made, "copied", at)
    return 1 + len(rows)


def close_with(*, by: Actor, event: Event, at: datetime) -> int:
    """The reaction to a cancelled event: its call takes nothing more, and those who proposed are written to.
    How many there are."""
    row = Call.objects.select_for_update().filter(event=event).first()
    if row is None:
        return 0
    if row.state == CallState.PUBLISHED:
        _move(by, row, CallState.CLOSED, at)
    live_ones = Proposal.objects.filter(call=row).exclude(state__in=(*UNSEEN, *ENDED)).order_by("pk")
    keys = list(live_ones.values_list("pk", flat=True))
    for key in keys:
        app.configure_task(SEND_CANCELLED, queue="mail").defer(proposal_id=key)
    return len(keys)


def _move(by: Actor, row: Call, to: CallState, at: datetime) -> Call:
    move(row, to=to, by=by, at=at)
    audit.record(by, Trail.CALL_MOVED, row, zone=ZONE, at=at, facts={"to": str(to)})
    live.signal(CALLS)
    live.signal(REVIEWS)
    return row


def _changed(by: Actor, row: Call, what: str, at: datetime) -> None:
    audit.record(by, Trail.CALL_CHANGED, row, zone=ZONE, at=at, facts={"what": what})
    live.signal(CALLS)
