"""What a learner does with pages, films and files; how an activity is credited that happens elsewhere."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.identity import require
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor
from sauga.training.courses.models import Activity
from sauga.training.learning.actions.progress import (
    NoSuchActivity,
    lock_learning,
    progress_of,
    settle,
    touch,
)
from sauga.training.learning.models import Allowance, Enrolment
from sauga.training.learning.queries import texts
from sauga.training.learning.queries.progress import is_kind
from sauga.training.learning.rules.progress import BY_LEARNER, Kind
from sauga.training.permissions import Permission
from sauga.training.states import LEARNING
from sauga.training.tools.rules.scores import Finish
from sauga.training.trail import ZONE, Trail

LONGEST_REASON = 1000
JOBS = SystemActor("training")
HOSTING = "hosting"
"""Code of an activity that a librarian also completes by showing a webinar in the library."""


class NotYours(ActionRefused):
    """Another member learns here."""

    message = _("This is not your course.")


class QuestionsOpen(ActionRefused):
    """The questions of the film belong to it."""

    message = _("Answer the questions of the film first. Wrong answers do no harm here.")


class NotOpened(ActionRefused):
    """A tool is opened before it is done."""

    message = _("Open the tool first.")


class NotByYourself(ActionRefused):
    """An activity that is finished by an answer, a grade or a confirmation."""

    message = _("This part is finished in another way: see what is still missing.")


class ReasonNeeded(ActionRefused):
    """What a tutor gives has a reason."""

    message = _("Write why, in a sentence.")
    field = "reason"


def own(by: Actor, enrolment: Enrolment) -> None:
    """Only the learner acts in an enrolment. Raises NotYours."""
    if not isinstance(by, MemberActor) or by.member_id != enrolment.member_id:
        raise NotYours


def open_activity(*, by: MemberActor, enrolment: Enrolment, activity: str, at: datetime) -> Enrolment:
    """The learner opened an activity: it is where one resumes. Raises NotYours, NotLearning."""
    own(by, enrolment)
    with transaction.atomic():
        row = lock_learning(enrolment)
        progress_of(row, activity, at)
        touch(by, row, at, here=activity)
        return row


def finish(*, by: MemberActor, enrolment: Enrolment, activity: str, at: datetime) -> Enrolment:
    """The learner says that a page, a film or a file is done.

    Raises NotYours, NotLearning, NotByYourself, NotOpened, QuestionsOpen.
    """
    own(by, enrolment)
    with transaction.atomic():
        row = lock_learning(enrolment)
        part = activity_of(row, activity)
        if part.kind not in BY_LEARNER and not finishes_itself(part):
            raise NotByYourself
        record = progress_of(row, activity, at)
        if part.kind == Kind.TOOL and not row.tool_subjects.filter(tool__ref=part.content["tool"]).exists():
            raise NotOpened
        if part.kind == Kind.VIDEO:
            wanted = {one["item"] for one in part.content.get("questions", ())}
            if wanted - set(record.data.get("answers", {})):
                raise QuestionsOpen
        if record.done_at is None:
            record.done_at = at
            record.save(update_fields=["done_at"])
        touch(by, row, at, here=activity)
        return settle(by, row, at)


def watch(*, by: MemberActor, enrolment: Enrolment, activity: str, second: int, at: datetime) -> None:
    """Remember where a film stopped. Raises NotYours, NotLearning, NoSuchActivity."""
    own(by, enrolment)
    with transaction.atomic():
        row = lock_learning(enrolment)
        if not is_kind(row, activity, Kind.VIDEO):
            raise NoSuchActivity
        record = progress_of(row, activity, at)
        record.data = {**record.data, "second": max(0, min(second, 6 * 3600))}
        record.save(update_fields=["data"])
        touch(by, row, at, here=activity)


def answer_film(
    *, by: MemberActor, enrolment: Enrolment, activity: str, item: str, answer: Sequence[int], at: datetime
) -> None:
    """Answer a question of a film; any answer counts, the page says what was right.

    Raises NotYours, NotLearning, NoSuchActivity.
    """
    own(by, enrolment)
    with transaction.atomic():
        row = lock_learning(enrolment)
        part = activity_of(row, activity)
        if item not in {one["item"] for one in part.content.get("questions", ())}:
            raise NoSuchActivity
        record = progress_of(row, activity, at)
        answers = {**record.data.get("answers", {}), item: list(answer)}
        record.data = {**record.data, "answers": answers}
        record.save(update_fields=["data"])
        touch(by, row, at, here=activity)


def confirm(*, by: Actor, enrolment: Enrolment, activity: str, reason: str, at: datetime) -> Enrolment:
    """A tutor confirms a supervised session or a webinar, or that a tool was used which told us nothing, with
    name and reason.

    Raises NotLearning, NotByYourself, ReasonNeeded.
    """
    require(by, Permission.TUTOR, enrolment)
    with transaction.atomic():
        row = lock_learning(enrolment)
        part = activity_of(row, activity)
        if part.kind not in (Kind.SESSION, Kind.WEBINAR, Kind.TOOL):
            raise NotByYourself
        _allow(by, row, (activity, "confirm"), reason, at)
        _done(row, activity, at)
        return settle(by, row, at)


def credit(*, by: Actor, member_id: int, kind: Kind, topic: str, at: datetime) -> int:
    """Credit a webinar that a member attended, or a session that was confirmed, to every course in which
    they learn and which has an activity of this kind with this topic (in any language, or its code). Returns
    to how many. For `webinars`, `viewing` and the ambassadors' programme."""
    require(by, Permission.ADVANCE_ENROLMENTS)
    n = 0
    with transaction.atomic():
        for enrolment in Enrolment.objects.filter(member=member_id, state__in=LEARNING):
            row = lock_learning(enrolment)
            for part in Activity.objects.filter(version=row.version_id, kind=kind):
                if topic in (part.code, *(part.content.get("topic") or {}).values()):
                    _done(row, part.code, at)
                    settle(by, row, at)
                    n += 1
                    break
    return n


def count_hosting(*, by: Actor, site: Any, at: datetime) -> int:
    """The reaction to the count of a viewing site: hosting is credited to the librarian who said that the
    evening counts, in every course with an activity of that code. To how many."""
    if site.member_id is None:
        return 0
    return credit(by=JOBS, member_id=site.member_id, kind=Kind.WEBINAR, topic=HOSTING, at=at)


def give_tries(
    *, by: Actor, enrolment: Enrolment, activity: str, tries: int, reason: str, at: datetime
) -> Enrolment:
    """More tries of a quiz, given by a tutor with name and reason; who had failed learns on.

    Raises NoSuchActivity, ReasonNeeded.
    """
    require(by, Permission.TUTOR, enrolment)
    with transaction.atomic():
        row = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
        if not is_kind(row, activity, Kind.QUIZ) or not 1 <= tries <= 10:
            raise NoSuchActivity
        _allow(by, row, (activity, "tries"), reason, at)
        record = progress_of(row, activity, at)
        record.extra += tries
        record.save(update_fields=["extra"])
        return settle(by, row, at)


def _allow(by: Actor, row: Enrolment, of: tuple[str, str], reason: str, at: datetime) -> None:
    """Keep who allowed what and why. Raises ReasonNeeded."""
    if not reason.strip():
        raise ReasonNeeded
    activity, kind = of
    given = Allowance(
        enrolment=row,
        activity=activity,
        kind=kind,
        given_at=at,
        given_by_id=getattr(by, "person_id", None),
    )
    given.reason = texts.seal(texts.key_of(row.holder), given, "reason", reason.strip()[:LONGEST_REASON])
    given.save()
    facts = {"activity": activity, "kind": kind}
    audit.record(by, Trail.ENROLMENT_ALLOWED, row, zone=ZONE, at=at, facts=facts)


def finishes_itself(part: Activity) -> bool:
    """Whether an activity with a tool is done when its learner says so."""
    return part.kind == Kind.TOOL and part.content.get("finish") == Finish.SELF


def _done(row: Enrolment, activity: str, at: datetime) -> None:
    record = progress_of(row, activity, at)
    if record.done_at is None:
        record.done_at, record.is_waiting = at, False
        record.save(update_fields=["done_at", "is_waiting"])


def activity_of(row: Enrolment, code: str) -> Activity:
    """An activity of the version with which one learns. Raises NoSuchActivity."""
    found = Activity.objects.filter(version=row.version_id, code=code).first()
    if found is None:
        raise NoSuchActivity
    return found
