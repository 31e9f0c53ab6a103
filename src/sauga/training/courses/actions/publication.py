"""The life of a version: handed in for review, returned, published by another person, replaced by the next;
a new version, a copy of a course."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move
from sauga.training.courses.actions.drafts import CHANNEL, CodeUsed
from sauga.training.courses.models import Activity, Course, CourseVersion, Item, Module
from sauga.training.courses.queries.versions import problems_of
from sauga.training.permissions import Permission
from sauga.training.states import VersionState
from sauga.training.trail import ZONE, Trail


class NotReady(ActionRefused):
    """Something is missing that learners need."""

    message = _("Something is missing that learners need. The page lists what.")


class OwnReview(ActionRefused):
    """A person does not publish what they handed in themselves."""

    message = _("Somebody else publishes: you handed this version in yourself.")


class DraftExists(ActionRefused):
    """A course has one draft at a time."""

    message = _("This course has a draft already.")


def submit(*, by: Actor, version: CourseVersion, at: datetime) -> CourseVersion:
    """Hand a complete draft in for review. Raises NotReady, MoveNotAllowed."""
    require(by, Permission.EDIT_COURSES)
    with transaction.atomic():
        row = lock(version)
        if problems_of(row):
            raise NotReady
        row.submitted_by_id = by.person_id if isinstance(by, PersonActor) else None
        row.save(update_fields=["submitted_by"])
        return _moved(by, row, VersionState.IN_REVIEW, at)


def give_back(*, by: Actor, version: CourseVersion, at: datetime) -> CourseVersion:
    """Return a version to its editors. Raises MoveNotAllowed."""
    require(by, Permission.PUBLISH_COURSES)
    with transaction.atomic():
        return _moved(by, lock(version), VersionState.DRAFT, at)


def publish(*, by: Actor, version: CourseVersion, at: datetime) -> CourseVersion:
    """Publish a reviewed version; the one before is replaced for new cohorts. Enrolled learners stay with
    theirs. Raises NotReady, OwnReview, MoveNotAllowed."""
    require(by, Permission.PUBLISH_COURSES)
    with transaction.atomic():
        Course.objects.select_for_update().get(pk=version.course_id)
        row = lock(version)
        if isinstance(by, PersonActor) and row.submitted_by_id == by.person_id:
            raise OwnReview
        if problems_of(row):
            raise NotReady
        for before in CourseVersion.objects.filter(course=row.course_id, state=VersionState.PUBLISHED):
            _moved(by, lock(before), VersionState.REPLACED, at)
        row.removed.all().delete()
        row.published_at = at
        row.save(update_fields=["published_at"])
        return _moved(by, row, VersionState.PUBLISHED, at)


def begin_version(*, by: Actor, version: CourseVersion, at: datetime) -> CourseVersion:
    """A new draft with everything that a version holds. Raises DraftExists."""
    require(by, Permission.EDIT_COURSES)
    try:
        with transaction.atomic():
            Course.objects.select_for_update().get(pk=version.course_id)
            last = CourseVersion.objects.filter(course=version.course_id).order_by("-number").first()
            made = _copied(version, version.course, (last.number if last else 0) + 1, at)
            audit.record(by, Trail.COURSE_CHANGED, made, zone=ZONE, at=at, facts={"what": "version"})
            live.signal(CHANNEL)
            return made
    except IntegrityError:
        raise DraftExists from None


def copy_course(*, by: Actor, version: CourseVersion, code: str, at: datetime) -> CourseVersion:
    """Another course that begins as a copy. Raises CodeUsed."""
    require(by, Permission.EDIT_COURSES)
    try:
        with transaction.atomic():
            course = Course.objects.create(code=code, created_at=at)
            made = _copied(version, course, 1, at)
            audit.record(by, Trail.COURSE_CHANGED, made, zone=ZONE, at=at, facts={"what": "copied"})
            live.signal(CHANNEL)
            return made
    except IntegrityError:
        raise CodeUsed from None


def set_listed(*, by: Actor, course: Course, is_listed: bool, at: datetime) -> Course:
    """Show a course in the public catalogue or take it out. Who learns goes on learning."""
    require(by, Permission.PUBLISH_COURSES)
    with transaction.atomic():
        row = lock(course)
        row.is_listed = is_listed
        row.save(update_fields=["is_listed"])
        facts = {"what": "listed" if is_listed else "unlisted"}
        audit.record(by, Trail.COURSE_CHANGED, row, zone=ZONE, at=at, facts=facts)
    return row


def _moved(by: Actor, row: CourseVersion, to: VersionState, at: datetime) -> CourseVersion:
    move(row, to=to, by=by, at=at)
    audit.record(by, Trail.COURSE_MOVED, row, zone=ZONE, at=at, facts={"to": str(to)})
    live.signal(CHANNEL)
    return row


COPIED = [
    "title",
    "summary",
    "hours",
    "audience",
    "competences",
    "outcomes",
    "sources",
    "owner",
    "review_by",
    "completion",
    "certificate",
]


def _copied(version: CourseVersion, course: Course, number: int, at: datetime) -> CourseVersion:
    made = CourseVersion.objects.create(
        course=course, number=number, created_at=at, **{name: getattr(version, name) for name in COPIED}
    )
    modules = {}
    for row in version.modules.all():
        modules[row.pk] = Module.objects.create(version=made, code=row.code, title=row.title, place=row.place)
    Activity.objects.bulk_create(
        [
            Activity(
                version=made,
                module=modules[row.module_id],
                code=row.code,
                kind=row.kind,
                title=row.title,
                minutes=row.minutes,
                content=row.content,
                file=row.file,
                place=row.place,
            )
            for row in version.activities.all()
        ]
    )
    Item.objects.bulk_create(
        [
            Item(
                version=made,
                code=row.code,
                kind=row.kind,
                tags=row.tags,
                text=row.text,
                options=row.options,
                explanation=row.explanation,
                place=row.place,
            )
            for row in version.items.all()
        ]
    )
    return made
