"""Invitations of staff: what is known of addresses without having them, and the link of an email."""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db.models import Count

from sauga.kernel.clock import VILNIUS
from sauga.kernel.members.protection import lookup_of
from sauga.kernel.organisations.models import Organisation
from sauga.training.learning.models import Cohort, Enrolment, StaffInvitation, StaffLink
from sauga.training.learning.rules.invitation_lists import Line
from sauga.training.states import EnrolmentState

SALT = "training.invitation"


@dataclass(frozen=True)
class Judged:
    """A line of a list and what would come of it: `new`, `known` (invited before), or its problem."""

    line: Line
    outcome: str


def known_lookups(cohort: Cohort, organisation: Organisation) -> set[bytes]:
    """Blind indices of the addresses that an organisation invited to a cohort."""
    rows = StaffInvitation.objects.filter(cohort=cohort, organisation=organisation)
    return {bytes(one) for one in rows.values_list("lookup", flat=True)}


def judge(cohort: Cohort, organisation: Organisation, lines: list[Line]) -> list[Judged]:
    """What sending a list would do, line by line."""
    known = known_lookups(cohort, organisation)
    found = []
    for line in lines:
        if line.problem:
            found.append(Judged(line, line.problem))
        else:
            found.append(Judged(line, "known" if lookup_of(line.address) in known else "new"))
    return found


def asked_since(organisation: Organisation, moment: datetime) -> int:
    """How many invitations an organisation has had sent since a moment."""
    return StaffInvitation.objects.filter(organisation=organisation, asked_at__gt=moment).count()


def invited(organisation: Organisation) -> dict[int, int]:
    """How many were invited, by cohort."""
    rows = StaffInvitation.objects.filter(organisation=organisation)
    return dict(rows.values_list("cohort").annotate(n=Count("pk")).order_by())


def is_wanted(row: StaffInvitation, at: datetime) -> bool:
    """Whether the email should still go out: the cohort takes people, the receiver has not refused the
    organisation's invitations and does not learn in the course already."""
    if row.cohort.is_cancelled or at.astimezone(VILNIUS).date() > row.cohort.closes:
        return False
    refused = StaffInvitation.objects.filter(
        organisation=row.organisation_id, lookup=row.lookup, refused_at__isnull=False
    )
    learning = Enrolment.objects.filter(
        member__lookup=row.lookup, version__course=row.cohort.version.course_id
    ).exclude(state=EnrolmentState.WITHDRAWN)
    return not refused.exists() and not learning.exists()


def token_of(row: StaffInvitation) -> str:
    """What leads from the email to the page on which invitations are refused; stored nowhere."""
    return signing.Signer(salt=SALT).sign(row.ref)


def invitation_by(token: str) -> StaffInvitation | None:
    """The invitation of a link; None for one that was not made here, or is gone."""
    try:
        ref = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    rows = StaffInvitation.objects.select_related("cohort__version__course", "organisation")
    return rows.filter(ref=ref).first()


def link_of(row: StaffInvitation) -> str:
    """The token of the organisation's link, by which people enrol."""
    found = StaffLink.objects.filter(cohort=row.cohort_id, organisation=row.organisation_id).first()
    return found.token if found else ""
