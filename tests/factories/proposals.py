"""Calls for papers, proposals and reviews, by the product's own actions."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from factories.events import on_team
from factories.registrations import PRESENT, WORKER, coming
from sauga.events.planning.actions.team import add_member
from sauga.events.programme.models import Event
from sauga.events.programme.rules.local_times import local_time
from sauga.events.proposals.actions import calls, mail, own, reviews, setup, submissions
from sauga.events.proposals.actions.calls import CallGiven
from sauga.events.proposals.actions.own import Agreement
from sauga.events.proposals.actions.submissions import PROPOSER, Offer
from sauga.events.proposals.models import Call, Criterion, Proposal, ProposalStep, Review
from sauga.events.proposals.queries.content import Content, Details, Words
from sauga.kernel.i18n import fold
from sauga.kernel.identity import PersonActor, start_membership
from sauga.kernel.identity.models import Membership, Role
from sauga.kernel.states import SystemActor
from tests.centre import Centre

OPENED = PRESENT - timedelta(days=10)
AGREED = Agreement(is_published=True, recording="yes")


def given(event: Event, **more: Any) -> CallGiven:
    """What is entered about a call that is open for two weeks from ten days ago."""
    held = CallGiven(
        title={"lt": "Kviečiame siūlyti", "en": "Call for papers"},
        text={"lt": "Ieškome patirčių.", "en": "We look for experience."},
        opens=local_time(OPENED),
        closes=local_time((PRESENT + timedelta(days=4)).replace(second=0, microsecond=0)),
        kinds=["talk", "workshop"],
        durations=[20, 45],
        is_blind=True,
        reviews_wanted=2,
        answer_days=14,
    )
    return replace(held, **more)


def a_call(centre: Centre, *, event: Event | None = None, at: datetime = OPENED, **more: Any) -> Call:
    """A published call with two criteria, of which one weighs three times as much."""
    by, event = centre.actor("ORGANISER"), event or coming(centre)
    row = calls.create_call(by=by, event=event, given=given(event, **more), at=at)
    for name, weight in (("Turinys", 3), ("Forma", 1)):
        setup.put_criterion(by=by, call=row, name={"lt": name, "en": name}, weight=weight, at=at)
    if not event.team.exists():
        on_team(centre, event, "PROGRAMME_COMMITTEE")
    return calls.publish_call(by=by, call=row, at=at)


def closed(centre: Centre, call: Call, at: datetime = PRESENT) -> Call:
    """The call takes nothing more."""
    return calls.close_call(by=centre.actor("ORGANISER"), call=call, at=at)


def an_offer(name: str = "Ona Pušaitė", **more: Any) -> Offer:
    """What somebody offers."""
    title, abstract = more.pop("title", "Pokalbis klasėje"), more.pop("abstract", "Kaip pradėti pokalbį.")
    content = Content(title, abstract, more.pop("message", ""), answers=more.pop("answers", {}))
    address = more.pop("address", f"{fold(name).replace(' ', '.')}@mokykla.example")
    details = Details(name, address, more.pop("organisation", ""), "mokytoja", "Dirba su vaikais.")
    held: dict[str, Any] = {"kind": "talk", "minutes": 20, "talk_language": "lt", "language": "lt", **more}
    return Offer(content=content, details=details, sending=secrets.token_hex(16), **held)


def proposed(
    call: Call, name: str = "Ona Pušaitė", *, at: datetime = PRESENT - timedelta(days=5), **more: Any
) -> Proposal:
    """Somebody proposes and confirms the address."""
    row = submissions.propose(by=PROPOSER, call=call, offer=an_offer(name, **more), is_draft=False, at=at)
    return own.submit(by=PROPOSER, proposal=row, at=at)


def also_reviews(centre: Centre, role: str, at: datetime = OPENED) -> PersonActor:
    """Somebody of the centre becomes a member of the programme committee too."""
    person = centre.people[role]
    held = Membership.objects.filter(person=person).order_by("pk")[0]
    start_membership(
        by=SystemActor("setup"),
        person=person,
        organisation=held.organisation,
        role=Role.objects.get(code="PROGRAMME_COMMITTEE"),
        at=at,
    )
    for call in Call.objects.select_related("event"):
        by = centre.actor("ORGANISER")
        add_member(by=by, event=call.event, person=person, role="PROGRAMME_COMMITTEE", at=PRESENT)
    return centre.actor(role, PRESENT)


def assigned(centre: Centre, row: Proposal, *people: PersonActor) -> None:
    """An organiser asks these for reviews."""
    by = centre.actor("ORGANISER", PRESENT)
    for one in people:
        reviews.assign(by=by, proposal=row, person=one.person, at=PRESENT)


def scores(call: Call, score: int = 4) -> dict[str, int]:
    """The same score for every criterion."""
    return {one.ref: score for one in Criterion.objects.filter(call=call)}


def reviewed(by: Any, row: Proposal, score: int = 4, *, comment: str = "", note: str = "") -> Review:
    """A review is given."""
    return reviews.give_review(
        by=by, proposal=row, scores=scores(row.call, score), words=Words(comment, note), at=PRESENT
    )


def sent_letters(at: datetime = PRESENT) -> int:
    """Hand over what waits, as the worker does; how many letters the server took."""
    steps = ProposalStep.objects.filter(mailed_at__isnull=True).order_by("pk")
    return sum(mail.send_letter(by=WORKER, step_id=step.pk, at=at) for step in steps)
