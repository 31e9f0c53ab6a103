"""The plan: changing, adding and removing tasks."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel.clock import local_day
from sauga.kernel.i18n import typed_text
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock
from sauga.selfcheck.school.actions.transitions import held_by
from sauga.selfcheck.school.models import Assessment, PlanTask, Round
from sauga.selfcheck.school.queries import assessments
from sauga.selfcheck.school.rules.codes import LONGEST_TASK, MOST_TASKS, Owner, TaskState
from sauga.selfcheck.states import HAS_SCORE


class TaskRefused(ActionRefused):
    """A task cannot be so."""

    messages = {
        "title": _("Write in a few words what is to be done, without names."),
        "due": _("Choose a day within the next three years."),
        "owner": _("Choose who does it."),
        "many": _("There are sixty tasks. Remove one first."),
        "gone": _("This task is not there any more."),
    }
    fields = {"title": "title", "due": "due", "owner": "owner"}


FURTHEST_YEARS = 3


@dataclass(frozen=True)
class TaskGiven:
    """What a person says about a task; `title` only of one of their own."""

    owner: str
    due: date
    progress: str = TaskState.TODO
    title: str = ""


def add_task(*, by: Actor, assessment: Assessment, given: TaskGiven, at: datetime) -> PlanTask:
    """A task of the school's own. Raises PermissionRefused, NotNow, TaskRefused."""
    with transaction.atomic():
        held = _held(by, assessment)
        if PlanTask.objects.filter(round=held).count() >= MOST_TASKS:
            raise TaskRefused("many")
        title = _checked(given, at, is_own=True)
        return PlanTask.objects.create(
            round=held, title=title, owner=given.owner, due=given.due, progress=given.progress
        )


def change_task(
    *, by: Actor, assessment: Assessment, task: PlanTask, given: TaskGiven, at: datetime
) -> PlanTask:
    """Who, until when, how far. Raises PermissionRefused, NotNow, TaskRefused."""
    with transaction.atomic():
        row = _task(by, assessment, task)
        title = _checked(given, at, is_own=not row.aspect, was=row.due)
        row.title = "" if row.aspect else title
        row.owner, row.due, row.progress = given.owner, given.due, given.progress
        row.revision += 1
        row.save(update_fields=["title", "owner", "due", "progress", "revision"])
        return row


def remove_task(*, by: Actor, assessment: Assessment, task: PlanTask, at: datetime) -> None:
    """Take a task off the plan. Raises PermissionRefused, NotNow, TaskRefused."""
    with transaction.atomic():
        _task(by, assessment, task).delete()


def _held(by: Actor, assessment: Assessment) -> Round:
    row = held_by(by, assessment)
    held = assessments.present_round(row)
    if held.scored_at is None:
        before = assessments.earlier_round(held)
        if before is None or before.assessment_id != row.pk:
            held_by(by, assessment, *HAS_SCORE)
        held = before or held
    return held


def _task(by: Actor, assessment: Assessment, task: PlanTask) -> PlanTask:
    held = _held(by, assessment)
    if task.round_id != held.pk or not PlanTask.objects.filter(pk=task.pk).exists():
        raise TaskRefused("gone")
    return lock(task)


def _checked(given: TaskGiven, at: datetime, *, is_own: bool, was: date | None = None) -> str:
    title, today = " ".join(typed_text(given.title).split()), local_day(at)
    if is_own and not 0 < len(title) <= LONGEST_TASK:
        raise TaskRefused("title")
    if given.owner not in Owner.values or given.progress not in TaskState.values:
        raise TaskRefused("owner")
    is_far = given.due > today.replace(year=today.year + FURTHEST_YEARS, day=min(today.day, 28))
    if is_far or (given.due < today and given.due != was):
        raise TaskRefused("due")
    return title
