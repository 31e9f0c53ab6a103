"""Beginning or joining an assessment, saving a page of answers, submitting, beginning the next round."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sauga.kernel.clock import local_day
from sauga.kernel.i18n import and_list, typed_text
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor
from sauga.selfcheck.school.actions import labels
from sauga.selfcheck.school.actions.transitions import NotNow, held_by, join, record, require_school, step
from sauga.selfcheck.school.models import Answer, Assessment, PlanTask, Round
from sauga.selfcheck.school.queries import assessments, questionnaires
from sauga.selfcheck.school.queries.assessments import SCHOOL
from sauga.selfcheck.school.rules import decisions
from sauga.selfcheck.school.rules.decisions import Given, Saved, Stored
from sauga.selfcheck.school.rules.plans import plan
from sauga.selfcheck.school.rules.questionnaire import Questionnaire
from sauga.selfcheck.school.rules.scores import AnswersMissing, Score, score
from sauga.selfcheck.states import ANSWERING, RENEWABLE, SUBMITTING, AssessmentState
from sauga.selfcheck.trail import Trail


class NoQuestionnaire(ActionRefused):
    """No version is in force."""

    message = _("There is no questionnaire at present. Please come back later.")


class NotAnswered(ActionRefused):
    """Aspects have no answer yet."""

    message = _("Not answered yet: %(aspects)s.")

    def __init__(self, form: Questionnaire, codes: tuple[str, ...]) -> None:
        self.codes = codes
        super().__init__(aspects=lambda: and_list([form.aspects[code].name for code in codes]))


class AnswerRefused(ActionRefused):
    """An answer cannot be so."""

    messages = {
        "level": _("Choose one of the five statements."),
        "comment": _("This is too long. Two to four sentences are enough."),
        "aspect": _("This aspect is not on this page."),
    }


def start_assessment(*, by: Actor, school: Organisation, at: datetime) -> Assessment:
    """Begin the school's assessment, or join the one that is open.

    Two people who begin at the same moment are in the same one: the database keeps one open for a school.
    Raises PermissionRefused, NoQuestionnaire.
    """
    who = require_school(by, school.pk)
    if SCHOOL not in school.kinds:
        raise PermissionRefused("selfcheck.school")
    form = questionnaires.in_force(local_day(at))
    if form is None:
        raise NoQuestionnaire
    with transaction.atomic():
        row = assessments.open_of(school.pk)
        if row is None:
            number = (
                Round.objects.filter(assessment__school=school).aggregate(last=Max("number"))["last"] or 0
            )
            try:
                with transaction.atomic():
                    row = Assessment.objects.create(school=school, started_at=at, round=number + 1)
                    Round.objects.create(assessment=row, number=number + 1, questionnaire=form, started_at=at)
                record(by, Trail.STARTED, row, at, round=row.round, version=form.version)
            except IntegrityError:
                row = Assessment.objects.exclude(state=AssessmentState.EXPIRED).get(school=school)
        join(who, row, at)
        return row


def save_area(
    *, by: Actor, assessment: Assessment, area: str, given: Mapping[str, Given], at: datetime
) -> Saved:
    """Save what a person changed on the page of an area. What a colleague saved meanwhile is left as it is.

    Raises PermissionRefused, NotNow, AnswerRefused.
    """
    with transaction.atomic():
        row = held_by(by, assessment, *ANSWERING)
        who = require_school(by, row.school_id)
        held = assessments.present_round(row)
        form = assessments.form_of(held)
        known = {one.code for one in form.aspects.values() if one.area == area}
        fit = {code: replace(one, comment=typed_text(one.comment)) for code, one in given.items()}
        if why := decisions.why_not_saved(fit, known):
            raise AnswerRefused(why)
        rows = assessments.answers_of(held)
        stored = {code: Stored(one.level, one.comment, one.revision) for code, one in rows.items()}
        saved, fresh, updated = decisions.sorted_out(stored, fit), [], []
        for code in saved.changed:
            one, before = fit[code], rows.get(code)
            if before is None:
                fresh.append(
                    Answer(round=held, aspect=code, level=one.level, comment=one.comment, answered_at=at)
                )
                continue
            before.level, before.comment, before.answered_at = one.level, one.comment, at
            before.revision += 1
            updated.append(before)
        Answer.objects.bulk_create(fresh)
        Answer.objects.bulk_update(updated, ["level", "comment", "answered_at", "revision"])
        join(who, row, at, area)
        if saved.changed and row.state == AssessmentState.STARTED:
            step(by, row, AssessmentState.IN_PROGRESS, at)
        return saved


def submit(*, by: Actor, assessment: Assessment, wants_review: bool = False, at: datetime) -> Assessment:
    """Score the answers and propose a plan. A level that needs no review becomes a label at once, unless the
    school wants one.

    Raises PermissionRefused, NotNow, NotAnswered.
    """
    with transaction.atomic():
        row = held_by(by, assessment, *SUBMITTING)
        held = assessments.present_round(row)
        form, answers = assessments.form_of(held), assessments.levels_of(held)
        try:
            found = score(form, answers)
        except AnswersMissing as missing:
            raise NotAnswered(form, missing.codes) from None
        step(by, row, AssessmentState.SUBMITTED, at)
        _keep(held, found, at)
        PlanTask.objects.bulk_create(
            PlanTask(round=held, aspect=one.aspect, owner=one.owner, due=one.due)
            for one in plan(form, answers, found, local_day(at))
        )
        step(by, row, AssessmentState.SCORED, at)
        if decisions.is_labelled_at_once(found.level, wants_review=wants_review):
            labels.issue(row, held, found.level, at, is_reviewed=False)
        return row


def begin_next_round(*, by: Actor, assessment: Assessment, at: datetime) -> Assessment:
    """Answer again, under the version in force, from the twelfth month of the label on. What was chosen
    before is shown beside, and not taken over. The label lasts until its day.

    Raises PermissionRefused, NotNow, NoQuestionnaire.
    """
    with transaction.atomic():
        row = held_by(by, assessment, *RENEWABLE)
        form = questionnaires.in_force(local_day(at))
        if form is None:
            raise NoQuestionnaire
        row.round += 1
        row.save(update_fields=["round"])
        Round.objects.create(assessment=row, number=row.round, questionnaire=form, started_at=at)
        step(by, row, AssessmentState.IN_PROGRESS, at)
        record(by, Trail.STARTED, row, at, round=row.round, version=form.version)
        return row


def _keep(held: Round, found: Score, at: datetime) -> None:
    held.level, held.submitted_at, held.scored_at = found.level, at, at
    held.points = {code: one.points for code, one in found.areas.items()}
    held.weights = {code: one.weight for code, one in found.areas.items()}
    held.missing = list(found.missing)
    held.save(update_fields=["level", "submitted_at", "scored_at", "points", "weights", "missing"])


__all__ = [
    "AnswerRefused",
    "Given",
    "NoQuestionnaire",
    "NotAnswered",
    "NotNow",
    "Saved",
    "begin_next_round",
    "save_area",
    "start_assessment",
    "submit",
]
