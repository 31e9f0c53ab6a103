"""Where applicants and members of the board work on a day, for the check of conflicts of interest."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from sauga.certification.applications.models import Ambassador, Case, Interest, Vote, Workplace
from sauga.certification.applications.rules.codes import CaseKind
from sauga.certification.applications.rules.conflicts import Asked
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.identity import PersonActor
from sauga.kernel.identity.models import Membership
from sauga.kernel.members import protection
from sauga.kernel.members.models import Representation, RepresentationStep
from sauga.kernel.members.states import RepresentationState
from sauga.kernel.organisations.queries.links import same_body


def _on(day: date) -> Q:
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def _bodies(keys: Iterable[int]) -> set[int]:
    return {one for key in set(keys) for one in same_body(key)}


def of_applicant(ambassador: Ambassador, at: datetime) -> set[int]:
    """The organisations for which an applicant works or acts on the day, and all that mean the same body."""
    day = at.astimezone(VILNIUS).date()
    keys = set(
        Workplace.objects.filter(_on(day), ambassador=ambassador).values_list("organisation", flat=True)
    )
    held = Representation.objects.filter(
        member=ambassador.member_id,
        state__in=(RepresentationState.CONFIRMED, RepresentationState.ENDED),
        decided_at__lte=at,
        organisation__isnull=False,
    )
    ended = dict(
        RepresentationStep.objects.filter(
            subject__in=held, after=RepresentationState.ENDED, at__lte=at
        ).values_list("subject", "at")
    )
    keys |= {one.organisation_id for one in held if one.pk not in ended and one.organisation_id}
    return _bodies(keys)


def of_voter(by: PersonActor, at: datetime) -> set[int]:
    """The organisations for which a member of the board works on the day: as a member of staff, and as
    declared."""
    day = at.astimezone(VILNIUS).date()
    staff = Membership.objects.current(at).filter(person=by.person).values_list("organisation", flat=True)
    declared = Interest.objects.filter(_on(day), person=by.person).values_list("organisation", flat=True)
    return _bodies({*staff, *declared})


def asked(by: PersonActor, case: Case, at: datetime) -> Asked:
    """Everything that the check needs, as it is on the day."""
    voters = {one.person_id for one in Vote.objects.filter(case=case)}
    first: set[int] = set()
    if case.kind == CaseKind.APPEAL and case.about_id:
        first = set(Vote.objects.filter(case=case.about_id).values_list("person", flat=True))
    return Asked(
        applicant_organisations=of_applicant(case.ambassador, at),
        voter_organisations=of_voter(by, at),
        is_applicant=_is_self(by, case.ambassador),
        decided_before=by.person.pk in first,
        has_voted=by.person.pk in voters,
    )


def _is_self(by: PersonActor, ambassador: Ambassador) -> bool:
    member = ambassador.member
    if member is None:
        return False
    return bytes(member.lookup) == bytes(protection.lookup_of(normal_address(by.person.email)))


def interests_of(by: PersonActor) -> list[Interest]:
    """What the person has declared, the latest first."""
    rows = Interest.objects.filter(person=by.person).select_related("organisation")
    return list(rows.prefetch_related("organisation__names").order_by("-since", "pk"))
