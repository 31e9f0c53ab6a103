"""Cohorts and places: planning, enrolling, withdrawing, who is next in the line. `Cohort.taken` and `waiting`
are written here only, under the cohort's row lock and by one conditional update.

The cohort is locked first, then the enrolment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live, notifications, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor, lock
from sauga.training.courses.models import CourseVersion
from sauga.training.learning.actions.progress import CHANNEL, enter
from sauga.training.learning.models import Cohort, Enrolment, StaffLink
from sauga.training.learning.queries import texts
from sauga.training.learning.rules.seats import Room, first_state, promoted
from sauga.training.permissions import Permission
from sauga.training.states import EnrolmentState, VersionState
from sauga.training.trail import ZONE, Trail

LATE = timedelta(days=14)


class CohortUnfit(ActionRefused):
    """Dates, places or the version do not fit."""

    messages = {
        "dates": _("The cohort ends after it starts, and enrolment closes by its end."),
        "places": _("There are more learners than places. Choose at least as many places as are taken."),
        "version": _("Choose a published course."),
        "tutor": _("Choose somebody who may accompany learners."),
    }
    fields = {"dates": "ends", "places": "places", "version": "version", "tutor": "tutor"}


class EnrolmentClosed(ActionRefused):
    """The cohort takes no more learners."""

    message = _("Enrolment in this group is closed. Choose another one.")


class AlreadyEnrolled(ActionRefused):
    """One learns in a course once at a time."""

    message = _("You are enrolled in this course already.")


class AnswerUnfit(ActionRefused):
    """A role that the form does not offer."""

    message = _("Choose one of the answers that are offered.")
    field = "role"


class AdultsOnly(ActionRefused):
    """Courses are for people who work with children."""

    message = _("Courses are for adults who work with children.")


@dataclass(frozen=True, kw_only=True)
class CohortGiven:
    """A cohort as the form has it."""

    name: Mapping[str, str]
    language: str
    starts: date
    ends: date
    closes: date
    places: int
    group_size: int = 8
    tutor_id: int | None = None


def save_cohort(
    *, by: Actor, version: CourseVersion, cohort: Cohort | None, given: CohortGiven, at: datetime
) -> Cohort:
    """Plan a cohort of a published version, or change one; more places are filled from the line.

    Raises CohortUnfit.
    """
    require(by, Permission.KEEP_COHORTS)
    if given.ends <= given.starts or given.closes > given.ends:
        raise CohortUnfit("dates")
    with transaction.atomic():
        row = lock(cohort) if cohort else Cohort(version=version)
        former = row.tutor_id
        if cohort is None and version.state != VersionState.PUBLISHED:
            raise CohortUnfit("version")
        if given.places < max(1, row.taken):
            raise CohortUnfit("places")
        row.name, row.language = dict(given.name), given.language
        row.starts, row.ends, row.closes = given.starts, given.ends, given.closes
        row.places, row.group_size, row.tutor_id = given.places, given.group_size, given.tutor_id
        if cohort is None:
            texts.prepared_key(texts.cohort_holder(row)).store()
        row.save()
        audit.record(
            by, Trail.COHORT_CHANGED, row, zone=ZONE, at=at, facts={"what": "saved" if cohort else "made"}
        )
        _promote(by, row, at)
        if row.tutor_id != former:
            _tell_tutor(by, row, at)
        live.signal(CHANNEL)
        return row


TUTOR_NEWS = "training.tutor_assigned"


def _tell_tutor(by: Actor, row: Cohort, at: datetime) -> None:
    """Notify the new tutor of a group, unless they did it themselves."""
    is_own = isinstance(by, PersonActor) and by.person_id == row.tutor_id
    if row.tutor is not None and not is_own:
        context: dict[str, str | int] = {"ref": row.ref}
        link = reverse("training-cohort", args=[row.ref])
        notifications.notify(to=row.tutor, template=TUTOR_NEWS, context=context, link=link, at=at)


@dataclass(frozen=True, kw_only=True)
class EnrolmentData:
    """What was filled in when enrolling. `link` is the organisation's, where one came by it."""

    role: str
    municipality: str = ""
    language: str = "lt"
    link: StaffLink | None = field(default=None, repr=False)
    shares_hours: bool = False


def enrol(*, by: MemberActor, cohort: Cohort, data: EnrolmentData, at: datetime) -> Enrolment:
    """Enrol the member: with a place, or at the end of the line. The version and the rule are those of now.

    Raises EnrolmentClosed, AlreadyEnrolled, AnswerUnfit, AdultsOnly.
    """
    if by.birth_month is not None:
        raise AdultsOnly
    if not vocab.has_term("training_roles", data.role):
        raise AnswerUnfit
    with transaction.atomic():
        group = lock(cohort)
        if group.is_cancelled or at.astimezone(VILNIUS).date() > group.closes:
            raise EnrolmentClosed
        own = Enrolment.objects.open().filter(member_id=by.member_id, version__course=group.version.course_id)
        if own.exists():
            raise AlreadyEnrolled
        last = group.enrolments.aggregate(last=Max("number"))["last"] or 0
        link = data.link if data.link and data.link.cohort_id == group.pk else None
        row = Enrolment(
            cohort=group,
            version=group.version,
            member_id=by.member_id,
            tree=group.version.completion,
            number=last + 1,
            group=1 + group.taken // max(2, group.group_size),
            role=data.role,
            municipality=data.municipality,
            organisation=link.organisation if link else None,
            shares_hours=bool(link) and data.shares_hours,
            language=data.language,
            enrolled_at=at,
            seen_at=at,
        )
        state = first_state(Room(group.places, group.taken, group.waiting))
        key = texts.prepared_key(row.holder)
        try:
            with transaction.atomic():
                key.store()
                row.save()
        except IntegrityError:
            raise AlreadyEnrolled from None
        audit.record(by, Trail.ENROLMENT_MADE, row, zone=ZONE, at=at, facts={"to": str(state)})
        if state == EnrolmentState.ACTIVE:
            _give_place(by, group, row, at, waited=False)
        else:
            _count(group, taken=0, waiting=1)
        live.signal(CHANNEL)
        return row


def withdraw(*, by: Actor, enrolment: Enrolment, at: datetime) -> Enrolment:
    """Leave a course; the place goes to the next. The member themselves, or a tutor who was asked to.

    Raises MoveNotAllowed.
    """
    _own_or_tutor(by, enrolment)
    with transaction.atomic():
        group = lock(enrolment.cohort)
        row = lock(enrolment)
        waited = row.state == EnrolmentState.WAITLISTED
        enter(by, row, EnrolmentState.WITHDRAWN, at, is_mailed=False)
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        _count(group, taken=0 if waited else -1, waiting=-1 if waited else 0)
        _promote(by, group, at)
        return row


def share_hours(*, by: MemberActor, enrolment: Enrolment, shares: bool, at: datetime) -> Enrolment:
    """The member decides whether the organisation whose link they used sees their hours."""
    _own_or_tutor(by, enrolment)
    with transaction.atomic():
        row = lock(enrolment)
        row.shares_hours = shares and row.organisation_id is not None
        row.save(update_fields=["shares_hours"])
        facts = {"what": "shares" if row.shares_hours else "keeps"}
        audit.record(by, Trail.ENROLMENT_CHANGED, row, zone=ZONE, at=at, facts=facts)
        return row


def cancel_cohort(*, by: Actor, cohort: Cohort, at: datetime) -> Cohort:
    """Take no more learners into a cohort: those on the waiting list are withdrawn and told so, those who
    learn go on."""
    require(by, Permission.KEEP_COHORTS)
    with transaction.atomic():
        group = lock(cohort)
        group.is_cancelled = True
        group.save(update_fields=["is_cancelled"])
        for waiting in group.enrolments.in_line():
            row = lock(waiting)
            enter(by, row, EnrolmentState.WITHDRAWN, at)
            row.ended_at = at
            row.save(update_fields=["ended_at"])
            _count(group, taken=0, waiting=-1)
        audit.record(by, Trail.COHORT_CHANGED, group, zone=ZONE, at=at, facts={"what": "closed"})
        live.signal(CHANNEL)
        return group


def _own_or_tutor(by: Actor, enrolment: Enrolment) -> None:
    if isinstance(by, MemberActor) and by.member_id == enrolment.member_id:
        return
    require(by, Permission.ADVANCE_ENROLMENTS if isinstance(by, SystemActor) else Permission.TUTOR)


def _promote(by: Actor, group: Cohort, at: datetime) -> None:
    """Give free places to those who wait, in their order; the cohort is locked."""
    if group.is_cancelled:
        return
    many = promoted(Room(group.places, group.taken, group.waiting))
    for waiting in list(group.enrolments.in_line()[:many]):
        _give_place(by, group, lock(waiting), at, waited=True)


def _give_place(by: Actor, group: Cohort, row: Enrolment, at: datetime, *, waited: bool) -> None:
    _count(group, taken=1, waiting=-1 if waited else 0)
    row.started_at = row.seen_at = at
    row.save(update_fields=["started_at", "seen_at"])
    enter(by, row, EnrolmentState.ACTIVE, at)


def _count(group: Cohort, *, taken: int, waiting: int) -> None:
    fits = Cohort.objects.filter(pk=group.pk, taken__lte=F("places") - taken)
    if not fits.update(taken=F("taken") + taken, waiting=F("waiting") + waiting):
        raise IntegrityError("a decision would give a place twice")
    group.taken += taken
    group.waiting += waiting
