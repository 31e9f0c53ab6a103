"""The demo's calls for papers, played by the product's own actions: last year's is decided, this year's is in
review with some decisions prepared, a small one is open.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from sauga.events.permissions import Permission
from sauga.events.planning.actions.team import add_member
from sauga.events.planning.demo import put_team
from sauga.events.programme.actions.events import LISTS, WORDS, EventGiven, EventWords, create_event
from sauga.events.programme.actions.parts import save_track
from sauga.events.programme.actions.publication import publish_event
from sauga.events.programme.models import Event
from sauga.events.programme.rules.local_times import local_time
from sauga.events.proposals.actions import calls, decisions, own, reviews, setup, submissions
from sauga.events.proposals.actions.calls import CallGiven
from sauga.events.proposals.actions.own import Agreement
from sauga.events.proposals.actions.submissions import PROPOSER, Offer
from sauga.events.proposals.models import Call, Proposal
from sauga.events.proposals.queries.content import Content, Details, Words
from sauga.events.states import EventState, ProposalState
from sauga.kernel.identity import PersonActor, start_membership
from sauga.kernel.identity.models import Membership, Role
from sauga.kernel.kit.demo import Cast
from sauga.kernel.states import SystemActor

DAY = timedelta(days=1)
COMMITTEE = ("PROGRAMME_COMMITTEE", "EDITOR", "SAFEGUARDING_EDITOR")
"""Who reviews in the demo, by the role under which they sign in."""
COMMENTS = {
    "lt": (
        "Aišku ir pritaikoma kitą dieną.",
        "Norėtųsi daugiau pavyzdžių.",
        "Tema gera, planas dar miglotas.",
    ),
    "en": (
        "Clear, and of use the next day.",
        "More examples would help.",
        "A good topic, the plan is still vague.",
    ),
}


def play(cast: Cast, at: datetime) -> None:
    """Last year's call, this year's, and a small one that is open."""
    held = json.loads(files(__package__).joinpath("proposals.json").read_text(encoding="utf-8"))
    begin = at - 60 * DAY
    if not cast.actor("ORGANISER", begin).can(Permission.KEEP_PROPOSALS):
        return
    last = Event.objects.filter(kind="conference", ends__lt=at, state=EventState.PUBLISHED).first()
    if last is None:
        return
    _committee(cast, last.created_at)
    _team(cast, last, last.created_at)
    _last_year(cast, held, last)
    _this_year(cast, held, _next_conference(cast, last, at), at)
    coming = Event.objects.filter(state=EventState.PUBLISHED, starts__gt=at + 8 * DAY, call__isnull=True)
    small = coming.order_by("starts", "pk").first()
    if small is not None:
        _team(cast, small, at)
        _open(cast, held, small, at)


def _committee(cast: Cast, at: datetime) -> None:
    """Two editors sit in the programme committee."""
    for name in COMMITTEE[1:]:
        if name not in cast.staff:
            continue
        person = cast.actor(name, at).person
        held = Membership.objects.filter(person=person).order_by("pk").first()
        role = Role.objects.get(code=COMMITTEE[0])
        if held is not None and not Membership.objects.filter(person=person, role=role).exists():
            start_membership(
                by=SystemActor("setup"), person=person, organisation=held.organisation, role=role, at=at
            )


def _team(cast: Cast, event: Event, at: datetime) -> None:
    """The committee is on the team of an event, as everybody else who works on it."""
    by = cast.actor("ORGANISER", at)
    put_team(by, event, cast.staff, at)
    for one in _reviewers(cast, at):
        if not event.team.filter(person=one.person, role=COMMITTEE[0]).exists():
            add_member(by=by, event=event, person=one.person, role=COMMITTEE[0], at=at)


def _reviewers(cast: Cast, at: datetime) -> list[PersonActor]:
    people = [cast.actor(name, at) for name in COMMITTEE if name in cast.staff]
    return [one for one in people if one.can(Permission.REVIEW_PROPOSALS)]


def _next_conference(cast: Cast, last: Event, at: datetime) -> Event:
    """The conference of the coming spring: the words of the last one, its tracks, no sessions yet."""
    when = at - 75 * DAY
    about = at + 138 * DAY
    first = local_time(last.starts).naive
    day = (about + timedelta(days=(2 - about.weekday()) % 7)).date()
    shift = timedelta(days=(day - first.date()).days)
    words = EventWords(**{name: getattr(last, name) for name in WORDS})
    codes: dict[str, Any] = {name: getattr(last, name) for name in LISTS}
    given = EventGiven(
        words=words,
        format=last.format,
        venue=last.venue,
        series=last.series,
        organiser=last.organiser,
        starts=local_time(last.starts).moved(shift),
        ends=local_time(last.ends).moved(shift),
        **codes,
    )
    by = cast.actor("ORGANISER", when)
    event = create_event(by=by, given=given, at=when)
    _team(cast, event, when)
    for one in last.tracks.all():
        save_track(by=by, event=event, track=None, title=one.title, colour=one.colour, at=when)
    return publish_event(by=by, event=event, at=when)


def _call(
    by: PersonActor, event: Event, held: Mapping[str, Any], times: tuple[datetime, datetime], words: str
) -> Call:
    opens, closes = times
    given = CallGiven(
        title=held[words]["title"],
        text=held[words]["text"],
        opens=local_time(opens.replace(second=0, microsecond=0)),
        closes=local_time(closes.replace(second=0, microsecond=0)),
        kinds=["talk", "workshop"],
        durations=[20, 45],
        is_blind=True,
        reviews_wanted=2,
        answer_days=14,
    )
    row = calls.create_call(by=by, event=event, given=given, at=opens)
    for name, weight in held["criteria"]:
        setup.put_criterion(by=by, call=row, name=name, weight=weight, at=opens)
    for phase, kind, text, required, shown in held["questions"]:
        asked = {"phase": phase, "kind": kind, "text": text, "choices": {}}
        asked |= {"is_required": required, "is_for_reviewers": shown}
        setup.put_question(by=by, call=row, given=asked, at=opens)
    return calls.publish_call(by=by, call=row, at=opens + timedelta(minutes=1))


def _propose(call: Call, number: int, given: Sequence[Any], at: datetime, *, draft: bool = False) -> Proposal:
    language, kind, minutes, title, abstract, name, organisation, audience = given[:8]
    asked = call.questions.get(phase="SUBMISSION")
    tracks = list(call.event.tracks.all())
    offer = Offer(
        content=Content(title, abstract, answers={asked.ref: audience}),
        details=Details(name, f"pranesejas{number}@pastas.example", organisation, "", ""),
        kind=kind,
        minutes=minutes,
        talk_language=language,
        language=language,
        sending=f"{call.pk:08x}{number:024x}",
        track=tracks[number % len(tracks)].ref if tracks else "",
    )
    return submissions.propose(by=PROPOSER, call=call, offer=offer, is_draft=draft, at=at)


def _sent(call: Call, rows: Sequence[Sequence[Any]], opens: datetime, closes: datetime) -> list[Proposal]:
    """Everybody proposes between the two times, most of them late, and confirms the address."""
    made = []
    for number, given in enumerate(rows):
        share = ((number + 1) / (len(rows) + 1)) ** 0.5
        when = opens + (closes - opens) * share
        row = _propose(call, number, given, when)
        made.append(own.submit(by=PROPOSER, proposal=row, at=when + timedelta(minutes=7)))
    return made


def _review(people: Sequence[PersonActor], row: Proposal, about: int, number: int, at: datetime) -> None:
    """Each of these who was asked gives a review around a score."""
    for place, one in enumerate(people):
        review = row.reviews.filter(person=one.person_id).first()
        if review is None:
            continue
        scores = {
            criterion.ref: max(1, min(5, about + (number + place + step) % 3 - 1))
            for step, criterion in enumerate(row.call.criteria.all())
        }
        comment = COMMENTS[one.language if one.language in COMMENTS else "lt"][(number + place) % 3]
        reviews.give_review(by=one, proposal=row, scores=scores, words=Words(comment), at=at)


def _this_year(cast: Cast, held: Mapping[str, Any], event: Event, at: datetime) -> None:
    opens, closes = at - 58 * DAY, at - 9 * DAY
    call = _call(cast.actor("ORGANISER", opens), event, held, (opens, closes), "call")
    rows = _sent(call, held["proposals"], opens + DAY, closes - timedelta(hours=3))
    people = _reviewers(cast, at - 8 * DAY)
    if len(people) > 1:
        _with_colleague(rows[11], people[1], opens + 40 * DAY)
    organiser = cast.actor("ORGANISER", at - 8 * DAY)
    reviews.assign_evenly(by=organiser, call=call, at=at - 8 * DAY)
    for number, row in enumerate(rows):
        row.refresh_from_db()
        if number < 19:
            _review(people, row, held["proposals"][number][8], number, at - (6 - number % 4) * DAY)
    asked = people[0]
    doubtful = Proposal.objects.filter(call=call, reviews__person=asked.person_id, reviewed=0).first()
    if doubtful is not None:
        reviews.declare_conflict(by=asked, proposal=doubtful, at=at - 3 * DAY)
    own.withdraw(by=PROPOSER, proposal=rows[20], at=at - 2 * DAY)
    organiser = cast.actor("ORGANISER", at - DAY)
    ranked = list(Proposal.objects.filter(call=call, reviewed__gte=2).order_by("-score", "pk"))
    outcomes = [
        (ProposalState.ACCEPTED, ranked[:6]),
        (ProposalState.ON_HOLD, ranked[7:9]),
        (ProposalState.REJECTED, ranked[-3:]),
    ]
    for outcome, chosen in outcomes:
        for row in chosen:
            decisions.prepare(by=organiser, proposal=row, outcome=outcome, at=at - DAY)


def _with_colleague(row: Proposal, reviewer: PersonActor, at: datetime) -> None:
    """A member of the committee speaks too: a conflict that the product finds by the address."""
    when = min(at, row.call.closes_at - timedelta(minutes=5))
    speaker = own.invite(by=PROPOSER, proposal=row, address=reviewer.person.email, at=when)
    own.join(
        by=PROPOSER,
        speaker=speaker,
        details=Details(reviewer.name, ""),
        agreement=Agreement(is_published=True, recording="yes"),
        at=when,
    )


def _last_year(cast: Cast, held: Mapping[str, Any], event: Event) -> None:
    opens = event.created_at + timedelta(hours=1)
    closes = opens + 16 * DAY
    call = _call(cast.actor("ORGANISER", opens), event, held, (opens, closes), "call")
    rows = _sent(call, held["last_year"], opens + DAY, closes - DAY)
    organiser, decided = cast.actor("ORGANISER", closes + 5 * DAY), closes + 6 * DAY
    people = _reviewers(cast, closes + DAY)
    reviews.assign_evenly(by=organiser, call=call, at=closes + DAY)
    ends = [given[8] for given in held["last_year"]]
    for number, (row, end) in enumerate(zip(rows, ends, strict=True)):
        row.refresh_from_db()
        about = {ProposalState.CONFIRMED: 5, ProposalState.DECLINED: 4, ProposalState.ON_HOLD: 3}.get(end, 2)
        _review(people, row, about, number, closes + 3 * DAY)
        outcome = end if end in (ProposalState.REJECTED, ProposalState.ON_HOLD) else ProposalState.ACCEPTED
        decisions.prepare(by=organiser, proposal=row, outcome=outcome, at=closes + 5 * DAY)
    decisions.announce(by=organiser, call=call, number=len(rows), at=decided)
    for row, end in zip(rows, ends, strict=True):
        row.refresh_from_db()
        if end == ProposalState.CONFIRMED:
            _confirm(row, decided + 3 * DAY)
        elif end == ProposalState.DECLINED:
            own.decline(by=PROPOSER, proposal=row, at=decided + 4 * DAY)
        elif end == ProposalState.ON_HOLD:
            decisions.prepare(
                by=organiser, proposal=row, outcome=ProposalState.REJECTED, at=decided + 5 * DAY
            )
    decisions.announce(by=organiser, call=call, number=1, at=decided + 6 * DAY)


def _confirm(row: Proposal, at: datetime) -> None:
    agreement = Agreement(is_published=True, recording="yes" if row.pk % 3 else "no")
    details = own.offer_of(row).details
    own.confirm(by=PROPOSER, proposal=row, answers={}, agreement=agreement, details=details, at=at)


def _open(cast: Cast, held: Mapping[str, Any], event: Event, at: datetime) -> None:
    """A small call that takes proposals now: one sent, one that waits for the click, one draft."""
    opens = max(at - 6 * DAY, event.published_at or at - 6 * DAY) + timedelta(minutes=5)
    times = (opens, min(at + 21 * DAY, event.starts - DAY))
    call = _call(cast.actor("ORGANISER", opens), event, held, times, "open_call")
    first = _propose(call, 100, held["proposals"][8], opens + (at - opens) / 3)
    own.submit(by=PROPOSER, proposal=first, at=opens + (at - opens) / 2)
    _propose(call, 101, held["proposals"][13], opens + (at - opens) / 2)
    _propose(call, 102, held["proposals"][19], opens + (at - opens) * 2 / 3, draft=True)
