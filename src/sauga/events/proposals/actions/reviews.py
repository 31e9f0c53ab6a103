"""Reviews: assigned, declined for a conflict of interest, given."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.events.proposals.actions.scores import recount
from sauga.events.proposals.actions.transitions import signal, situation
from sauga.events.proposals.models import Call, Conflict, Proposal, Review
from sauga.events.proposals.queries import content as protection
from sauga.events.proposals.queries.content import Words
from sauga.events.proposals.queries.reviewers import conflicts, reviewers, sight_of
from sauga.events.proposals.rules.assignments import Setting, spread
from sauga.events.proposals.rules.decisions import LONGEST_COMMENT, Command, decide
from sauga.events.proposals.rules.scores import is_complete
from sauga.events.proposals.rules.visibility import ConflictKind
from sauga.events.states import UNDECIDED
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, notifications
from sauga.kernel.identity import PermissionRefused, PersonActor, require
from sauga.kernel.identity.models import Person
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import lock


class ReviewRefused(ActionRefused):
    """A review that cannot be assigned or given."""

    messages = {
        "conflict": _("There is a conflict of interest: choose somebody else."),
        "nobody": _("Only members of the programme committee review."),
        "state": _("The proposal is decided or withdrawn."),
        "scores": _("Give a score from 1 to 5 for each criterion."),
        "long": _("A comment has at most 3,000 characters."),
        "given": _("The review is given already; it stays."),
        "declared": _("The conflict of interest is declared already."),
    }


ASSIGNED = "events.review_assigned"


def assign(*, by: PersonActor, proposal: Proposal, person: Person, at: datetime) -> Review:
    """Ask a member of the committee for a review, and tell them; once is enough. Raises PermissionRefused,
    ReviewRefused."""
    require(by, Permission.KEEP_PROPOSALS, proposal)
    with transaction.atomic():
        row = lock(proposal)
        _require_seen(by, row, at)
        if row.state not in UNDECIDED:
            raise ReviewRefused("state")
        if person not in reviewers(row.call.event, at):
            raise ReviewRefused("nobody")
        if conflicts([row], [person.pk], at):
            raise ReviewRefused("conflict")
        made = _assign(by, row, person.pk, at)
        tell_reviewer(by=by, person=person, at=at)
        return made


def tell_reviewer(*, by: PersonActor, person: Person, at: datetime) -> None:
    """Notify a person of reviews asked for, once until the notification is read; not of those they took
    themselves."""
    if person.pk != by.person_id:
        notifications.notify(to=person, template=ASSIGNED, link=reverse("events-reviews"), once=True, at=at)


def _assign(by: PersonActor, row: Proposal, person: int, at: datetime) -> Review:
    made, is_new = Review.objects.get_or_create(proposal=row, person_id=person, defaults={"assigned_at": at})
    if is_new:
        audit.record(by, Trail.PROPOSAL_ASSIGNED, row, zone=ZONE, at=at, facts={"what": "assigned"})
        signal()
    return made


def unassign(*, by: PersonActor, proposal: Proposal, person: Person, at: datetime) -> None:
    """Withdraw the request for a review that was not given. Raises PermissionRefused, ReviewRefused."""
    require(by, Permission.KEEP_PROPOSALS, proposal)
    with transaction.atomic():
        row = lock(proposal)
        _require_seen(by, row, at)
        held = Review.objects.filter(proposal=row, person=person)
        if held.filter(given_at__isnull=False).exists():
            raise ReviewRefused("given")
        held.delete()
        audit.record(by, Trail.PROPOSAL_ASSIGNED, row, zone=ZONE, at=at, facts={"what": "removed"})
        signal()


def assign_evenly(*, by: PersonActor, call: Call, at: datetime) -> int:
    """Give every proposal as many reviewers as the call wants, evenly and without conflicts; what is assigned
    stays. How many were added. Raises PermissionRefused."""
    require(by, Permission.KEEP_PROPOSALS, call)
    with transaction.atomic():
        held = lock(call)
        rows = list(
            Proposal.objects.select_for_update().filter(call=held, state__in=UNDECIDED).order_by("pk")
        )
        people = [one.pk for one in reviewers(held.event, at)]
        found = conflicts(rows, people, at)
        assigned: dict[int, set[int]] = {row.pk: set() for row in rows}
        for proposal, person in Review.objects.filter(proposal__in=rows).values_list("proposal", "person"):
            assigned[proposal].add(person)
        added = spread(
            Setting(assigned=assigned, reviewers=people, conflicts=set(found), wanted=held.reviews_wanted)
        )
        by_key = {row.pk: row for row in rows}
        for proposal, person in added:
            _assign(by, by_key[proposal], person, at)
        for asked in Person.objects.filter(pk__in={person for _proposal, person in added}).order_by("pk"):
            tell_reviewer(by=by, person=asked, at=at)
        return len(added)


def declare_conflict(*, by: PersonActor, proposal: Proposal, at: datetime) -> Conflict:
    """Say that one cannot judge a proposal. It disappears from one's lists and pages at once, and a review
    that was given no longer counts. Raises PermissionRefused, ReviewRefused."""
    with transaction.atomic():
        row = lock(proposal)
        _require_seen(by, row, at)
        made, is_new = Conflict.objects.get_or_create(
            proposal=row,
            person_id=by.person_id,
            defaults={"kind": ConflictKind.DECLARED, "declared_at": at},
        )
        if not is_new:
            raise ReviewRefused("declared")
        Review.objects.filter(proposal=row, person=by.person_id).delete()
        recount([row], at)
        facts = {"kind": str(ConflictKind.DECLARED)}
        audit.record(by, Trail.PROPOSAL_CONFLICT, row, zone=ZONE, at=at, facts=facts)
        signal()
        return made


def give_review(
    *, by: PersonActor, proposal: Proposal, scores: Mapping[str, int], words: Words, at: datetime
) -> Review:
    """Give a review, or change it until the decision is announced. Raises PermissionRefused, CommandRefused,
    ReviewRefused."""
    require(by, Permission.REVIEW_PROPOSALS, proposal)
    with transaction.atomic():
        row = lock(proposal)
        if not sight_of(by, row, at).may_review:
            raise PermissionRefused(Permission.REVIEW_PROPOSALS)
        decide(row.state, Command.REVIEW, situation(row, at))
        if not is_complete(scores, row.call.criteria.values_list("ref", flat=True)):
            raise ReviewRefused("scores")
        if max(len(words.comment), len(words.note)) > LONGEST_COMMENT:
            raise ReviewRefused("long")
        held = Review.objects.select_for_update().get(proposal=row, person=by.person_id)
        what = "given" if held.given_at is None else "changed"
        held.scores, held.given_at = dict(scores), at
        protection.put_words(held, words, protection.key_of(row))
        held.save()
        recount([row], at)
        audit.record(by, Trail.PROPOSAL_REVIEWED, row, zone=ZONE, at=at, facts={"what": what})
        signal()
        return held


def _require_seen(by: PersonActor, row: Proposal, at: datetime) -> None:
    """What a person does not see they do not change either."""
    if not sight_of(by, row, at).proposal:
        raise PermissionRefused(Permission.KEEP_PROPOSALS)


def assign_many(*, by: PersonActor, rows: Collection[Proposal], person: Person, at: datetime) -> int:
    """Assign several proposals to one reviewer; for how many it was possible. Raises PermissionRefused."""
    require(by, Permission.KEEP_PROPOSALS)
    done = 0
    for row in sorted(rows, key=lambda one: one.pk):
        try:
            assign(by=by, proposal=row, person=person, at=at)
            done += 1
        except ActionRefused:
            continue
    return done
