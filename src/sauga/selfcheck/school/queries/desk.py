"""What the desk sees of assessments: where each stands, never comments or files."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from sauga.kernel.i18n import fold
from sauga.kernel.identity import PersonActor
from sauga.kernel.organisations import search
from sauga.selfcheck.permissions import Permission
from sauga.selfcheck.school.models import Assessment, Assessor, Label, Review, Round
from sauga.selfcheck.states import ANSWERING, AssessmentState, AssessorState

OPEN, REVIEW, LABELLED, RENEWAL, EXPIRED = "open", "review", "labelled", "renewal", "expired"
WAITING = "waiting"
VIEWS: Mapping[str, Q] = {
    WAITING: Q(state=AssessmentState.EVIDENCE_REVIEW)
    & ~Q(pk__in=Review.objects.filter(ended_at__isnull=True).values("round__assessment")),
    OPEN: Q(state__in=(*ANSWERING, AssessmentState.SUBMITTED, AssessmentState.SCORED)),
    REVIEW: Q(state__in=(AssessmentState.EVIDENCE_REVIEW, AssessmentState.EVIDENCE_RETURNED)),
    LABELLED: Q(state=AssessmentState.LABELLED),
    RENEWAL: Q(state=AssessmentState.REDO_OPEN),
    EXPIRED: Q(state=AssessmentState.EXPIRED),
}
MOST_SCHOOLS = 200


def rows(
    view: str, q: str = "", municipality: str = "", at: datetime | None = None
) -> "QuerySet[Assessment]":
    """Assessments of a view by school, narrowed."""
    latest = Label.objects.filter(school=OuterRef("school"), revoked_at__isnull=True).order_by(
        "-since", "-pk"
    )
    answered = Round.objects.filter(assessment=OuterRef("pk"), number=OuterRef("round")).annotate(
        n=Count("answers", filter=Q(answers__level__isnull=False))
    )
    found = Assessment.objects.filter(VIEWS[view]).select_related("school").prefetch_related("school__names")
    if municipality:
        found = found.filter(school__municipality=municipality)
    if fold(q).strip() and at is not None:
        hits = search(q, at=at, kinds=["SCHOOL"], limit=MOST_SCHOOLS)
        found = found.filter(school__in=[one.organisation.pk for one in hits])
    return found.annotate(
        level=Subquery(latest.values("level")[:1]),
        until=Subquery(latest.values("until")[:1]),
        answered=Subquery(answered.values("n")[:1]),
        place=F("school__municipality"),
    ).order_by("started_at", "pk")


def counts() -> dict[str, int]:
    """How many assessments each view has."""
    asked: dict[str, Any] = {code: Count("pk", filter=one) for code, one in VIEWS.items()}
    return Assessment.objects.aggregate(**asked)


def assessment_for(by: PersonActor, ref: str) -> Assessment:
    """One for the desk. Raises Http404."""
    row = Assessment.objects.select_related("school").filter(ref=ref).first()
    if row is None or not by.can(Permission.SEE_LABELS):
        raise Http404
    return row


def labels_of(row: Assessment) -> list[Label]:
    """The labels of an assessment, the latest first."""
    return list(Label.objects.filter(round__assessment=row).order_by("-since", "-pk"))


def assessor_for(by: PersonActor, ref: str) -> Assessor:
    """One assessor for the desk. Raises Http404."""
    row = Assessor.objects.select_related("member").filter(ref=ref).first()
    if row is None or not by.can(Permission.GRANT_ASSESSORS):
        raise Http404
    return row


def assessors(view: str) -> "QuerySet[Assessor]":
    """Assessors in a state, those who asked first at the top."""
    found = Assessor.objects.filter(state=view).select_related("member")
    return found.annotate(n=Count("reviews")).order_by("asked_at", "pk")


def assessor_counts() -> dict[str, int]:
    """How many assessors each state has."""
    counted = dict(Assessor.objects.values_list("state").annotate(n=Count("pk")))
    return {**dict.fromkeys((str(one) for one in AssessorState), 0), **counted}


def reviews_concluded(row: Assessor) -> int:
    """How many reviews an assessor has ended."""
    return Review.objects.filter(assessor=row, ended_at__isnull=False).count()
