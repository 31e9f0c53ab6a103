"""What a learner's browser reports of an imported package: taken by the pure rules, into their own record,
and evaluated at once like everything else."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.training.courses.models import Activity
from sauga.training.courses.queries.packages import package_parts
from sauga.training.learning.actions.activities import activity_of, own
from sauga.training.learning.actions.progress import (
    NoSuchActivity,
    lock_learning,
    progress_of,
    settle,
    touch,
)
from sauga.training.learning.models import Enrolment, PackageRun, Progress
from sauga.training.learning.queries import runs, texts
from sauga.training.learning.rules import runs as rules
from sauga.training.learning.rules.progress import Kind


class ReportRefused(ActionRefused):
    """What the package reported does not fit the standards; what was saved before stays."""

    message = _("The package reported something that cannot be saved. What was saved before stays.")


def save(
    *, by: MemberActor, enrolment: Enrolment, activity: str, part: str, report: str, at: datetime
) -> Progress:
    """Save what a part of a package reports, and let follow what follows from it.

    Raises NotYours, NotLearning, NoSuchActivity, ReportRefused.
    """
    own(by, enrolment)
    with transaction.atomic():
        row = lock_learning(enrolment)
        held = activity_of(row, activity)
        known = {one.code: one for one in package_parts(held)}
        if held.kind != Kind.PACKAGE or part not in known:
            raise NoSuchActivity
        try:
            given = rules.read(held.content["package"]["format"], report)
        except rules.ReportUnfit as unfit:
            raise ReportRefused(str(unfit)) from None
        if given.is_opened and not known[part].is_asset:
            raise ReportRefused("value")
        found, key = runs.run_of(row, activity, part), texts.key_of(row.holder)
        run = found or PackageRun(enrolment=row, activity=activity, part=part, started_at=at)
        least = int(held.content.get("least") or 0)
        after = rules.decide(runs.held(found, key), given, own_least=known[part].least, least=least)
        run.run, run.seconds, run.seconds_before = given.run, after.report.seconds, after.seconds_before
        run.is_done, run.score, run.saved_at = after.is_done, after.score, at
        run.kept = texts.seal(key, run, "kept", runs.kept_text(after.report))
        run.save()
        progress = _settled(row, held, at)
        touch(by, row, at, here=activity)
        settle(by, row, at)
        return progress


def _settled(row: Enrolment, part: Activity, at: datetime) -> Progress:
    """The record of the activity, by those of its parts."""
    progress = progress_of(row, part.code, at)
    rows = {code: runs.outline(one) for code, one in runs.rows_of(row, part.code).items()}
    is_done, score = rules.together(rows, tuple(one.code for one in package_parts(part)))
    if score is not None:
        progress.score = max(score, progress.score or 0)
    if is_done and progress.done_at is None:
        progress.done_at = at
    progress.save(update_fields=["score", "done_at"])
    return progress
