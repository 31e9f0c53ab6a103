"""What tutors see: cohorts, who is stuck and where, what waits, how questions perform."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from sauga.kernel.identity import PersonActor, home
from sauga.kernel.members.protection import names_of
from sauga.training.courses.models import Activity, Item
from sauga.training.learning.models import (
    Appeal,
    Attempt,
    Cohort,
    Enrolment,
    Post,
    Progress,
    Submission,
)
from sauga.training.learning.queries import texts
from sauga.training.learning.queries.progress import pieces_of
from sauga.training.learning.rules.analysis import ItemFigures, analysed
from sauga.training.learning.rules.progress import STALLS_AFTER
from sauga.training.permissions import Permission
from sauga.training.states import COMPLETE, LEARNING, EnrolmentState


def cohorts_with_work(by: PersonActor) -> QuerySet[Cohort]:
    """Groups in which something waits for this tutor: one's own, and those that have no tutor."""
    asked = Q(
        pk__in=_of_mine(Submission.objects.filter(graded_at__isnull=True), by).values("enrolment__cohort")
    )
    asked |= Q(
        pk__in=_of_mine(Appeal.objects.filter(decided_at__isnull=True), by).values("enrolment__cohort")
    )
    reported = Post.objects.filter(_mine(by, "cohort"), reported_at__isnull=False)
    return cohorts(by).filter(asked | Q(pk__in=reported.values("cohort")))


def _mine(by: PersonActor, cohort: str) -> Q:
    return Q(**{f"{cohort}__tutor": by.person_id}) | Q(**{f"{cohort}__tutor__isnull": True})


def _of_mine(rows: QuerySet[Any], by: PersonActor) -> QuerySet[Any]:
    return rows.filter(_mine(by, "enrolment__cohort")).exclude(enrolment__state=EnrolmentState.WITHDRAWN)


def cohorts(_by: PersonActor, *, q: str = "") -> QuerySet[Cohort]:
    """For the desk's list: the latest first, with what waits for a tutor."""
    waiting = Submission.objects.filter(enrolment__cohort=OuterRef("pk"), graded_at__isnull=True)
    rows = Cohort.objects.select_related("version__course", "tutor").annotate(
        done=Count("enrolments", filter=Q(enrolments__state__in=COMPLETE)),
        has_work=Exists(waiting),
    )
    return rows.order_by("-starts", "-pk")


def cohort_for(by: PersonActor, ref: str) -> Cohort:
    """A cohort for staff. Raises Http404."""
    row = Cohort.objects.select_related("version__course", "tutor").filter(ref=ref).first()
    if row is None or not (by.can(Permission.KEEP_COHORTS) or by.can(Permission.TUTOR)):
        raise Http404
    return row


def enrolment_for(by: PersonActor, ref: str) -> Enrolment:
    """An enrolment for a tutor. Raises Http404."""
    rows = Enrolment.objects.select_related("cohort__version__course", "version__course", "member")
    row = rows.filter(ref=ref).first()
    if row is None or not by.can(Permission.TUTOR):
        raise Http404
    return row


def addressed(cohort: Cohort, audience: str, at: datetime) -> QuerySet[Enrolment]:
    """To whom a message goes."""
    rows = cohort.enrolments.filter(member__isnull=False)
    if audience == "stuck":
        return rows.filter(state__in=LEARNING, seen_at__lt=at - STALLS_AFTER)
    if audience == "open":
        return rows.filter(state__in=LEARNING)
    return rows.filter(state__in=(*LEARNING, EnrolmentState.FAILED, *COMPLETE))


@dataclass(frozen=True)
class LearnerLine:
    """One learner as the tutor's list shows them: how much is done, where they are, since when."""

    row: Enrolment
    name: str
    done: int
    of: int
    here: str
    is_stuck: bool


def learners(cohort: Cohort, at: datetime) -> list[LearnerLine]:
    """Everybody in a cohort: those stuck longest first, then those who learn, then who is done."""
    rows = list(cohort.enrolments.exclude(state=EnrolmentState.WITHDRAWN).select_related("member", "version"))
    names = names_of({row.member for row in rows if row.member})
    counted = Progress.objects.filter(enrolment__in=rows, done_at__isnull=False)
    done = dict(counted.values_list("enrolment").annotate(n=Count("pk")))
    titles = {row.code: str(row) for row in Activity.objects.filter(version=cohort.version_id)}
    lines = [
        LearnerLine(
            row,
            names.get(row.member_id or 0, ""),
            done.get(row.pk, 0),
            len(titles),
            titles.get(row.here, ""),
            row.state in LEARNING and row.seen_at < at - STALLS_AFTER,
        )
        for row in rows
    ]
    order = {
        EnrolmentState.FAILED: 0,
        EnrolmentState.STALLED: 1,
        EnrolmentState.ACTIVE: 2,
        EnrolmentState.WAITLISTED: 3,
    }
    return sorted(
        lines,
        key=lambda line: (not line.is_stuck, order.get(EnrolmentState(line.row.state), 4), line.row.seen_at),
    )


@dataclass(frozen=True)
class Step:
    """One activity of the course: how many have done it, and how many stopped here."""

    activity: Activity
    done: int
    stopped: int
    share: int
    average: int | None


def steps(cohort: Cohort, at: datetime) -> list[Step]:
    """Where a cohort is: for each activity, how many have done it and how many stopped there."""
    rows = cohort.enrolments.exclude(state__in=(EnrolmentState.WITHDRAWN, EnrolmentState.WAITLISTED))
    n = rows.count()
    records = Progress.objects.filter(enrolment__cohort=cohort).exclude(
        enrolment__state=EnrolmentState.WITHDRAWN
    )
    done = dict(
        records.filter(done_at__isnull=False).values_list("activity").annotate(n=Count("pk")).order_by()
    )
    averages = dict(records.values_list("activity").annotate(n=Avg("score")).order_by())
    late = rows.filter(state__in=(*LEARNING, EnrolmentState.FAILED), seen_at__lt=at - STALLS_AFTER)
    stopped = Counter(late.values_list("here", flat=True))
    held = Activity.objects.filter(version=cohort.version_id)
    parts = {row.code: row for row in held.select_related("module")}
    return [
        Step(
            parts[piece.code],
            done.get(piece.code, 0),
            stopped.get(piece.code, 0),
            round(done.get(piece.code, 0) * 100 / n) if n else 0,
            round(averages[piece.code]) if averages.get(piece.code) is not None else None,
        )
        for piece in pieces_of(cohort.version)
    ]


def item_analysis(cohort: Cohort, activity: str) -> list[tuple[Item | None, ItemFigures]]:
    """How the questions of a quiz perform over the first tries of everybody who learns with this version."""
    rows = Attempt.objects.filter(
        enrolment__version=cohort.version_id, activity=activity, number=1, sent_at__isnull=False
    )
    held = {row.code: row for row in Item.objects.filter(version=cohort.version_id)}
    return [(held.get(one.code), one) for one in analysed(list(rows.values_list("shares", flat=True)))]


@dataclass(frozen=True)
class Work:
    """What waits for a tutor in a cohort."""

    submissions: Sequence[tuple[Submission, str]]
    appeals: Sequence[tuple[Appeal, str, str]]
    reported: Sequence[tuple[Post, str]]


def work_of(cohort: Cohort) -> Work:
    """Hand-ins to grade, appeals to decide, contributions to look at, the oldest first."""
    handed = list(
        Submission.objects.filter(enrolment__cohort=cohort, graded_at__isnull=True)
        .exclude(enrolment__state=EnrolmentState.WITHDRAWN)
        .select_related("enrolment__member")
        .order_by("sent_at")
    )
    asked = list(
        Appeal.objects.filter(enrolment__cohort=cohort, decided_at__isnull=True)
        .exclude(enrolment__state=EnrolmentState.WITHDRAWN)
        .select_related("enrolment__member")
        .order_by("asked_at")
    )
    told = list(
        Post.objects.filter(cohort=cohort, reported_at__isnull=False).select_related("enrolment", "cohort")
    )
    writers = [row.enrolment for row in handed] + [row.enrolment for row in asked]
    people = {one.member for one in writers if one.member}
    names = names_of(people)
    keys = texts.keys_of(row.enrolment.holder for row in asked)
    return Work(
        [(row, names.get(row.enrolment.member_id or 0, "")) for row in handed],
        [
            (
                row,
                names.get(row.enrolment.member_id or 0, ""),
                texts.unseal(keys.get(row.enrolment.holder), row, "text"),
            )
            for row in asked
        ],
        texts.posts_with_text(told),
    )


def submission_for(by: PersonActor, ref: str) -> Submission:
    """A hand-in for a tutor. Raises Http404."""
    rows = Submission.objects.select_related("enrolment__cohort__version", "enrolment__member")
    row = rows.filter(ref=ref).first()
    if row is None or not by.can(Permission.TUTOR):
        raise Http404
    return row


def appeal_for(by: PersonActor, ref: str) -> Appeal:
    """An appeal for a tutor. Raises Http404."""
    row = Appeal.objects.select_related("enrolment__cohort").filter(ref=ref).first()
    if row is None or not by.can(Permission.TUTOR):
        raise Http404
    return row


def post_for(by: PersonActor, ref: str) -> Post:
    """A contribution for a tutor. Raises Http404."""
    row = Post.objects.select_related("cohort", "enrolment").filter(ref=ref).first()
    if row is None or not by.can(Permission.TUTOR):
        raise Http404
    return row


def groups_of(cohort: Cohort) -> list[int]:
    """The small groups of a cohort."""
    rows = cohort.enrolments.exclude(state__in=(EnrolmentState.WITHDRAWN, EnrolmentState.WAITLISTED))
    return sorted(set(rows.values_list("group", flat=True)))


def waiting_for_tutor(by: PersonActor, _at: datetime) -> int:
    """In how many groups something waits for this tutor: hand-ins, appeals, contributions to look at."""
    return home.count_of(cohorts_with_work(by).values("pk"))


def name_of(row: Enrolment) -> str:
    """The learner's name; nothing once the account is deleted."""
    return names_of([row.member]).get(row.member.pk, "") if row.member else ""


def sheet(cohort: Cohort, at: datetime) -> tuple[list[str], list[list[Any]]]:
    """The table of a cohort to download: a line for each learner, a column for each activity in percent or
    as done."""
    lines = learners(cohort, at)
    pieces = pieces_of(cohort.version)
    found: dict[int, dict[str, Any]] = {}
    for row in Progress.objects.filter(enrolment__cohort=cohort):
        value = row.score if row.score is not None else (100 if row.done_at else None)
        found.setdefault(row.enrolment_id, {})[row.activity] = value
    body = [
        [
            line.name,
            line.row.role,
            line.row.state,
            line.row.enrolled_at.date().isoformat(),
            line.row.completed_at.date().isoformat() if line.row.completed_at else "",
            round(line.row.minutes / 60, 1),
            *(found.get(line.row.pk, {}).get(piece.code) for piece in pieces),
        ]
        for line in lines
    ]
    return [piece.code for piece in pieces], body
