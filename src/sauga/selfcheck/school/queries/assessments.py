"""Assessments of a school as its team sees them. A stranger's is 404."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404

from sauga.kernel import members
from sauga.kernel.members import protection
from sauga.kernel.members.actors import MemberActor
from sauga.kernel.organisations.models import Organisation
from sauga.selfcheck.school.models import Answer, Assessment, Label, PlanTask, Round, TeamMember
from sauga.selfcheck.school.queries import questionnaires
from sauga.selfcheck.school.rules.questionnaire import Questionnaire
from sauga.selfcheck.school.rules.score_changes import Moved, differences
from sauga.selfcheck.states import AssessmentState

SCHOOL = "SCHOOL"


def schools_of(by: MemberActor) -> list[Organisation]:
    """The schools for which the member acts."""
    held = members.organisations_of(by.member_id).values()
    return [one for one in held if SCHOOL in one.kinds]


def open_of(school_id: int) -> Assessment | None:
    """The school's assessment that is not over."""
    return Assessment.objects.filter(school=school_id).exclude(state=AssessmentState.EXPIRED).first()


def latest_of(school_id: int) -> Assessment | None:
    """The open one, else the last."""
    return (
        open_of(school_id)
        or Assessment.objects.filter(school=school_id).order_by("-started_at", "-pk").first()
    )


def assessment_for(by: MemberActor, ref: str) -> Assessment:
    """One of a school that the member acts for. Raises Http404."""
    row = Assessment.objects.select_related("school").filter(ref=ref).first()
    if row is None or by.birth_month is not None or not members.acts_for(by, row.school_id):
        raise Http404
    return row


def present_round(row: Assessment) -> Round:
    """The round that is being answered, or was last."""
    return Round.objects.select_related("questionnaire").get(assessment=row, number=row.round)


def form_of(held: Round) -> Questionnaire:
    """The questionnaire of a round."""
    return questionnaires.by_key(held.questionnaire_id)


def earlier_round(held: Round) -> Round | None:
    """The school's round before, also of an assessment that expired."""
    school = held.assessment.school_id
    rows = Round.objects.filter(assessment__school=school, number__lt=held.number, scored_at__isnull=False)
    return rows.select_related("questionnaire", "assessment").order_by("-number").first()


def answers_of(held: Round) -> dict[str, Answer]:
    """The answers of a round by aspect, those without a level too."""
    return {one.aspect: one for one in Answer.objects.filter(round=held)}


def levels_of(held: Round) -> dict[str, int]:
    """The chosen levels by aspect."""
    rows = Answer.objects.filter(round=held, level__isnull=False)
    return {aspect: level for aspect, level in rows.values_list("aspect", "level") if level is not None}


def moved_since(held: Round, now: Mapping[str, int]) -> list[Moved]:
    """What differs from the round before."""
    before = earlier_round(held)
    if before is None:
        return []
    since, to = before.questionnaire.version, held.questionnaire.version
    return differences(levels_of(before), since, now, questionnaires.every(), to)


def label_of(school_id: int) -> Label | None:
    """The school's latest label that was not revoked."""
    rows = Label.objects.filter(school=school_id, revoked_at__isnull=True)
    return rows.select_related("round__questionnaire").order_by("-since", "-pk").first()


@dataclass(frozen=True)
class Colleague:
    """A member of the team: the row, and the name for colleagues of the same school."""

    row: TeamMember
    name: str


def team_of(row: Assessment) -> list[Colleague]:
    """The team, those who joined first at the top."""
    rows = list(
        TeamMember.objects.filter(assessment=row).select_related("member").order_by("joined_at", "pk")
    )
    names = protection.names_of([one.member for one in rows])
    return [Colleague(one, names.get(one.member_id, "")) for one in rows]


def task_of(held: Round, ref: str) -> PlanTask | None:
    """A task of the plan of a round; none where it has no such."""
    return PlanTask.objects.filter(round=held, ref=ref).first() if ref else None


def label_by_ref(ref: str) -> Label:
    """A label whose page is opened. Raises Http404."""
    row = Label.objects.select_related("school", "round__questionnaire").filter(ref=ref).first()
    if row is None:
        raise Http404
    return row
