"""Reviews: who may review which school, what waits, what was decided. A stranger's is 404."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from sauga.kernel.identity import home
from sauga.kernel.members.actors import MemberActor
from sauga.kernel.members.models import Representation
from sauga.kernel.members.states import RepresentationState
from sauga.kernel.organisations.queries.links import earlier_organisations, later_organisations, same_body
from sauga.selfcheck.school.models import Assessment, Assessor, Evidence, Review, Round, TeamMember, Verdict
from sauga.selfcheck.school.queries.assessments import form_of
from sauga.selfcheck.school.rules import reviews
from sauga.selfcheck.states import AssessmentState, AssessorState


def assessor_of(by: MemberActor) -> Assessor | None:
    """The member's role that is asked for or granted, else the last one."""
    rows = Assessor.objects.filter(member=by.member_id)
    open_one = rows.filter(state__in=(AssessorState.ASKED, AssessorState.GRANTED)).first()
    return open_one or rows.order_by("-asked_at", "-pk").first()


def granted(by: MemberActor) -> Assessor | None:
    """The member's role while it is granted."""
    return Assessor.objects.filter(member=by.member_id, state=AssessorState.GRANTED).first()


def bodies(keys: Iterable[int]) -> set[int]:
    """Organisations with all that mean the same, or followed each other."""
    found: set[int] = set()
    for key in set(keys):
        line = {key, *earlier_organisations(key), *later_organisations(key)}
        found |= {other for one in line for other in same_body(one)}
    return found


def organisations_of_assessor(assessor: Assessor) -> set[int]:
    """Where the assessor works or worked: as declared, and whatever they ever acted for."""
    stated = set(assessor.workplaces.values_list("pk", flat=True))
    acted = Representation.objects.filter(
        member=assessor.member_id,
        organisation__isnull=False,
        state__in=(RepresentationState.CONFIRMED, RepresentationState.ENDED),
    ).values_list("organisation", flat=True)
    return bodies({*stated, *(key for key in acted if key is not None)})


def has_conflict(assessor: Assessor, row: Assessment) -> bool:
    """Whether the assessor belongs to the school or was in its team."""
    if TeamMember.objects.filter(assessment__school=row.school_id, member=assessor.member_id).exists():
        return True
    return reviews.is_conflict(organisations_of_assessor(assessor), bodies([row.school_id]))


def waiting() -> "QuerySet[Assessment]":
    """Schools whose evidence is not reviewed yet, those who wait longest first."""
    taken = Review.objects.filter(ended_at__isnull=True).values("round__assessment")
    rows = Assessment.objects.filter(state=AssessmentState.EVIDENCE_REVIEW).exclude(pk__in=taken)
    return rows.select_related("school").prefetch_related("school__names").order_by("started_at", "pk")


def waiting_for(assessor: Assessor) -> list[Assessment]:
    """Those that this assessor may take."""
    return [row for row in waiting() if not has_conflict(assessor, row)]


def own_reviews(assessor: Assessor) -> list[Review]:
    """The assessor's reviews, open ones first."""
    rows = Review.objects.filter(assessor=assessor).select_related("round__assessment__school")
    return sorted(rows, key=lambda one: (one.ended_at is not None, -one.pk))


def own_review(by: MemberActor, ref: str) -> Review:
    """One of the member's own open reviews. Raises Http404."""
    assessor = granted(by)
    rows = Review.objects.select_related("round__assessment__school", "round__questionnaire", "assessor")
    row = rows.filter(ref=ref, assessor=assessor, ended_at__isnull=True).first() if assessor else None
    if row is None:
        raise Http404
    return row


def verdicts_of(held: Round) -> dict[str, Verdict]:
    """The latest verdict on each aspect of a round, over all its reviews."""
    rows = Verdict.objects.filter(review__round=held).order_by("given_at", "pk")
    return {one.aspect: one for one in rows}


def decided(held: Round) -> dict[str, bool]:
    """Whether each aspect was accepted, by the latest verdict on it."""
    return {code: one.is_accepted for code, one in verdicts_of(held).items()}


def to_show(held: Round) -> list[str]:
    """Aspects whose evidence counts and that no reviewer has accepted yet."""
    return reviews.to_show(form_of(held), decided(held))


def files_of(held: Round) -> list[Evidence]:
    """The files of a round in the order in which they came, returned and deleted ones too."""
    return list(Evidence.objects.filter(round=held).select_related("file").order_by("added_at", "pk"))


def file_of(held: Round, ref: str) -> Evidence:
    """A file of a round. Raises Http404."""
    row = Evidence.objects.filter(round=held, ref=ref).select_related("file").first()
    if row is None:
        raise Http404
    return row


def count_waiting(_by: object, _at: datetime) -> int:
    """How many schools wait for an assessor."""
    return home.count_of(waiting())


def count_asking(_by: object, _at: datetime) -> int:
    """How many ask to become assessors."""
    return home.count_of(Assessor.objects.filter(state=AssessorState.ASKED))
