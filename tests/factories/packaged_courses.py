"""Courses whose one activity is an imported package."""

from decimal import Decimal
from typing import Any

from factories.courses import both, published_before_the_gate
from sauga.kernel import media
from sauga.training.courses.actions import drafts
from sauga.training.courses.actions.drafts import ActivityGiven, VersionGiven
from sauga.training.courses.models import CourseVersion
from tests.centre import AT, Centre

LESSON = "lesson"


def packaged(centre: Centre, content: bytes, name: str = "it.zip", **more: Any) -> CourseVersion:
    """A draft with a package; `more` is further content of the activity."""
    by = centre.actor("COURSE_EDITOR")
    given = VersionGiven(
        title=both("Packaged course"),
        summary=both("About little"),
        hours=Decimal("0.5"),
        outcomes=[both("Explain it")],
        certificate={"title": both("Certificate")},
    )
    version = drafts.create_course(by=by, code="packaged", given=given, at=AT)
    module = drafts.save_module(by=by, version=version, module=None, title=both("First"), at=AT)
    found = media.inspect(content, name, kinds={media.Kind.ARCHIVE})
    one = ActivityGiven(code=LESSON, kind="package", title=both("Lesson"), minutes=30, content=more)
    drafts.save_activity(by=by, module=module, activity=None, given=one, upload=found, at=AT)
    version = drafts.set_completion(by=by, version=version, tree={"all": [{"done": LESSON}]}, at=AT)
    version.refresh_from_db()
    return version


def published_with(centre: Centre, content: bytes, name: str = "it.zip", **more: Any) -> CourseVersion:
    """The same, published while packages alone were enough."""
    return published_before_the_gate(packaged(centre, content, name, **more))
