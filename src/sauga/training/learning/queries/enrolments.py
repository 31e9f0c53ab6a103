"""Enrolments and cohorts as learners, organisations and visitors see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.http import Http404

from sauga.kernel import members
from sauga.kernel.clock import VILNIUS
from sauga.kernel.members import MemberActor
from sauga.kernel.members.models import Member
from sauga.kernel.members.protection import names_of
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.sealed import DataKey
from sauga.training.courses.models import CourseVersion
from sauga.training.learning.models import (
    Appeal,
    Attempt,
    Cohort,
    Enrolment,
    GroupMessage,
    PeerReview,
    Post,
    StaffLink,
    Submission,
)
from sauga.training.learning.queries import texts
from sauga.training.learning.queries.answers import answered
from sauga.training.states import COMPLETE, OPEN, READS_ON, EnrolmentState

WITH = ("cohort__version__course", "version__course", "organisation")
IN_COURSE = ("cohort", "version")
"""What the pages of a course ask of an enrolment: they are opened far more often than any other."""


def today(at: datetime) -> date:
    """The day in Lithuania."""
    return at.astimezone(VILNIUS).date()


def open_cohorts(version: CourseVersion, at: datetime) -> list[Cohort]:
    """The cohorts of a course that still take people, the next first, of any version."""
    rows = Cohort.objects.filter(version__course=version.course_id, closes__gte=today(at), is_cancelled=False)
    return list(rows.select_related("version__course").order_by("starts", "pk"))


def next_cohorts(versions: Sequence[CourseVersion], at: datetime) -> dict[int, Cohort]:
    """The next cohort of each course, by the course's key; one query."""
    rows = Cohort.objects.filter(
        version__course__in=[row.course_id for row in versions], closes__gte=today(at), is_cancelled=False
    )
    found: dict[int, Cohort] = {}
    for row in rows.select_related("version").order_by("-starts", "-pk"):
        found[row.version.course_id] = row
    return found


def cohort_by_ref(ref: str) -> Cohort:
    """A cohort of the public pages. Raises Http404."""
    row = Cohort.objects.select_related("version__course").filter(ref=ref, is_cancelled=False).first()
    if row is None:
        raise Http404
    return row


def of_member(member_id: int) -> list[Enrolment]:
    """A member's enrolments: open ones first, then the latest."""
    rows = Enrolment.objects.filter(member=member_id).select_related(*WITH).order_by("-enrolled_at")
    return sorted(rows, key=lambda row: row.state not in OPEN)


def own(by: MemberActor, ref: str) -> Enrolment:
    """One of the member's own. Raises Http404."""
    return _own(by, ref, WITH)


def _own(by: MemberActor, ref: str, related: Sequence[str]) -> Enrolment:
    row = Enrolment.objects.filter(member=by.member_id, ref=ref).select_related(*related).first()
    if row is None:
        raise Http404
    return row


def readable(by: MemberActor, ref: str) -> Enrolment:
    """One of the member's own whose course they may read. Raises Http404."""
    row = _own(by, ref, IN_COURSE)
    if row.state not in READS_ON:
        raise Http404
    return row


def unreadable(by: MemberActor, ref: str) -> Enrolment | None:
    """One of the member's own whose course they may not read (any more)."""
    row = Enrolment.objects.filter(member=by.member_id, ref=ref).exclude(state__in=READS_ON)
    return row.select_related(*IN_COURSE).first()


def enrolled_in(member_id: int, version: CourseVersion) -> Enrolment | None:
    """Where a member learns, waits or is done in a course."""
    rows = Enrolment.objects.filter(member=member_id, version__course=version.course_id)
    return rows.exclude(state=EnrolmentState.WITHDRAWN).order_by("-enrolled_at").first()


def place_in_line(row: Enrolment) -> int:
    """How many wait before, and oneself."""
    return row.cohort.enrolments.in_line().filter(number__lte=row.number).count()


def link_by_token(token: str) -> StaffLink | None:
    """The link of an organisation; None where it was not made."""
    rows = StaffLink.objects.select_related("organisation", "cohort__version__course")
    return rows.filter(token=token).first() if token else None


def attempts(row: Enrolment, activity: str) -> list[Attempt]:
    """The tries of a quiz, the latest first."""
    return list(row.attempts.filter(activity=activity).order_by("-number"))


def own_attempt(enrolment: Enrolment, ref: str) -> Attempt:
    """A try of the member's own. Raises Http404."""
    row = enrolment.attempts.filter(ref=ref).first()
    if row is None:
        raise Http404
    return row


@dataclass(frozen=True)
class HandedIn:
    """What was handed in, with the tutor's answer and what others said."""

    row: Submission
    text: str
    feedback: str
    comments: Sequence[str]


def handed_in(row: Enrolment, activity: str) -> HandedIn | None:
    """What the learner handed in for an assignment."""
    held = row.submissions.filter(activity=activity).first()
    return handed(held, row) if held else None


def handed(held: Submission, row: Enrolment) -> HandedIn:
    """A hand-in with its texts."""
    key = texts.keys_of([row.holder]).get(row.holder)
    reviews = held.reviews.filter(sent_at__isnull=False).order_by("sent_at")
    return HandedIn(
        held,
        texts.unseal(key, held, "text"),
        texts.unseal(key, held, "feedback"),
        [texts.unseal(key, one, "comment") for one in reviews],
    )


def reviews_to_write(row: Enrolment, activity: str) -> list[tuple[PeerReview, str]]:
    """The work of others that the learner is asked to read, without names."""
    rows = PeerReview.objects.filter(
        reviewer=row, submission__activity=activity, sent_at__isnull=True
    ).select_related("submission__enrolment")
    found = [(one, texts.text_of(one.submission, "text", one.submission.enrolment)) for one in rows]
    return [(one, text) for one, text in found if text]


def own_review(row: Enrolment, ref: str) -> PeerReview:
    """A review that was asked of the learner. Raises Http404."""
    found = row.reviews.filter(ref=ref).select_related("submission__enrolment", "reviewer").first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Contribution:
    """A contribution as the group sees it."""

    row: Post
    text: str
    name: str
    is_tutor: bool
    is_own: bool


def thread(
    cohort: Cohort, activity: str, group: int, *, own_id: int | None = None, all_of_it: bool = False
) -> list[Contribution]:
    """The discussion of a group, the oldest first; hidden ones for their author and the tutor only."""
    rows = Post.objects.filter(cohort=cohort, activity=activity, group=group)
    if not all_of_it:
        rows = rows.filter(Q(hidden_at__isnull=True) | Q(enrolment=own_id))
    held = list(rows.select_related("enrolment__member", "tutor", "cohort").order_by("posted_at", "pk"))
    names = names_of({one.enrolment.member for one in held if one.enrolment and one.enrolment.member})
    found = []
    for one, text in texts.posts_with_text(held):
        member = one.enrolment.member if one.enrolment else None
        if one.enrolment is None:
            name = one.tutor.name if one.tutor else ""
        else:
            name = names.get(member.pk, "") if member else ""
        found.append(
            Contribution(
                one, text, name, one.enrolment is None, own_id is not None and one.enrolment_id == own_id
            )
        )
    return found


def post_in_group(row: Enrolment, ref: str) -> Post:
    """A contribution in the learner's group. Raises Http404."""
    found = Post.objects.filter(cohort=row.cohort_id, group=row.group, ref=ref, hidden_at__isnull=True)
    one = found.first()
    if one is None:
        raise Http404
    return one


def messages_to(row: Enrolment) -> list[tuple[GroupMessage, str]]:
    """What tutors wrote to the learner, the latest first."""
    rows = list(row.messages.select_related("cohort", "author").order_by("-sent_at")[:20])
    keys = texts.keys_of({texts.cohort_holder(one.cohort) for one in rows})
    return [(one, texts.unseal(keys.get(texts.cohort_holder(one.cohort)), one, "text")) for one in rows]


def appeals_of(row: Enrolment) -> list[tuple[Appeal, str, str]]:
    """Appeals with question and answer, the latest first."""
    rows = list(row.appeals.select_related("decided_by").order_by("-asked_at"))
    key = texts.keys_of([row.holder]).get(row.holder) if rows else None
    return [(one, texts.unseal(key, one, "text"), texts.unseal(key, one, "reason")) for one in rows]


def hours_by_year(member_id: int) -> dict[int, list[Enrolment]]:
    """Completed courses by year, the latest first."""
    found: dict[int, list[Enrolment]] = {}
    rows = Enrolment.objects.filter(member=member_id, state__in=COMPLETE).select_related(*WITH)
    for row in rows.order_by("-completed_at"):
        if row.completed_at:
            found.setdefault(today(row.completed_at).year, []).append(row)
    return found


# Organisations
def links_of(organisation: Organisation) -> dict[int, StaffLink]:
    """The links that an organisation made, by cohort."""
    return {row.cohort_id: row for row in StaffLink.objects.filter(organisation=organisation)}


def cohorts_for_staff(at: datetime) -> list[Cohort]:
    """The cohorts for which an organisation can make a link."""
    rows = Cohort.objects.filter(closes__gte=today(at), is_cancelled=False, version__course__is_listed=True)
    return list(rows.select_related("version__course").order_by("starts", "pk"))


def staff_of(organisation: Organisation) -> list[tuple[str, Enrolment]]:
    """Who agreed that the organisation sees their hours, by name; no others are named or counted."""
    rows = Enrolment.objects.filter(organisation=organisation, shares_hours=True, member__isnull=False)
    held = list(rows.exclude(state=EnrolmentState.WITHDRAWN).select_related("member", *WITH))
    names = names_of({row.member for row in held if row.member})
    found = [(names.get(row.member_id or 0, ""), row) for row in held]
    return sorted(found, key=lambda one: (one[0].casefold(), one[1].pk))


def organisation_of(by: MemberActor, code: str) -> Organisation:
    """An organisation for which the member acts. Raises Http404."""
    for row in members.organisations_of(by.member_id).values():
        if row.code == code:
            return row
    raise Http404


# My data
def export(member: Member, _at: datetime) -> dict[str, Any]:
    """Its part of “my data”."""
    rows = of_member(member.pk)
    keys = texts.keys_of(row.holder for row in rows)
    return {"courses": [_exported(row, keys.get(row.holder)) for row in rows]} if rows else {}


def _exported(row: Enrolment, key: DataKey | None) -> dict[str, Any]:
    """One enrolment with everything that was done and written."""
    titles = dict(row.version.activities.values_list("code", "title"))
    bank = {one.code: one for one in row.version.items.all()}
    return {
        "course": row.version.title,
        "version": row.version.number,
        "state": row.state,
        "role": row.role,
        "municipality": row.municipality,
        "organisation_sees_hours": row.shares_hours,
        "enrolled_at": row.enrolled_at.isoformat(),
        "completed_at": row.completed_at.isoformat() if row.completed_at else None,
        "minutes": row.minutes,
        "activities": [
            {
                "activity": one.activity,
                "title": titles.get(one.activity),
                "done_at": one.done_at.isoformat() if one.done_at else None,
                "percent": one.score,
                "tries": one.used,
            }
            for one in row.progress.order_by("started_at")
        ],
        "answers": [
            {
                "activity": one.activity,
                "title": titles.get(one.activity),
                "try": one.number,
                "answers": answered(one, bank),
                "percent": one.score,
            }
            for one in row.attempts.order_by("started_at")
        ],
        "packages": _packages(row, key, titles),
        "external_tools": [
            {"tool": one.tool.name, "provider": one.tool.maker, "your_code_there": one.code}
            for one in row.tool_subjects.select_related("tool").order_by("pk")
        ],
        **_written(row, key, titles),
    }


def _packages(row: Enrolment, key: DataKey | None, titles: dict[str, Any]) -> list[dict[str, Any]]:
    """What imported packages reported of the learner, part by part."""
    return [
        {
            "activity": one.activity,
            "title": titles.get(one.activity),
            "part": one.part,
            "done": one.is_done,
            "percent": one.score,
            "seconds": one.seconds_before + one.seconds,
            "kept_by_the_package": texts.unseal(key, one, "kept"),
        }
        for one in row.package_runs.order_by("started_at")
    ]


def _written(row: Enrolment, key: DataKey | None, titles: dict[str, dict[str, str]]) -> dict[str, Any]:
    """What a learner wrote in a course, and what tutors answered."""
    return {
        "assignments": [
            {
                "activity": one.activity,
                "title": titles.get(one.activity),
                "text": texts.unseal(key, one, "text"),
                "feedback": texts.unseal(key, one, "feedback"),
                "percent": one.percent,
            }
            for one in row.submissions.all()
        ],
        "drafts": [
            {
                "activity": one.activity,
                "title": titles.get(one.activity),
                "text": texts.unseal(key, one, "text"),
                "saved_at": one.saved_at.isoformat(),
            }
            for one in row.drafts.order_by("saved_at")
        ],
        "contributions": [
            {
                "activity": one.activity,
                "title": titles.get(one.activity),
                "text": texts.unseal(key, one, "text"),
                "posted_at": one.posted_at.isoformat(),
            }
            for one in row.posts.order_by("posted_at")
        ],
        "appeals": [
            {"asked": asked, "answered": answered, "asked_at": one.asked_at.isoformat()}
            for one, asked, answered in appeals_of(row)
        ],
    }
