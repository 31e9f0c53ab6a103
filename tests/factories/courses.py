"""Courses for tests: a small one with an activity of every kind, its cohort, learners."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from factories.members import joined
from sauga.kernel import clock
from sauga.kernel.members import MemberActor
from sauga.training.courses.actions import drafts, publication, starter
from sauga.training.courses.actions.drafts import ActivityGiven, ItemGiven, VersionGiven
from sauga.training.courses.models import CourseVersion
from sauga.training.learning.actions import enrolments
from sauga.training.learning.actions.enrolments import CohortGiven, EnrolmentData
from sauga.training.learning.models import Cohort, Enrolment
from sauga.training.states import VersionState
from tests.centre import AT, Centre

FILM = "bystander-video-1"


def both(text: str) -> dict[str, str]:
    """A text in both languages."""
    return {"lt": f"{text} lt", "en": text}


def option(text: str, right: bool = False, **more: Any) -> dict[str, Any]:
    """An answer."""
    return {"text": both(text), "right": right, "feedback": both(f"About {text}"), **more}


ITEMS = [
    ("one", "single", [option("yes", True), option("no")], ["first"]),
    ("two", "multiple", [option("a", True), option("b", True), option("c")], ["first"]),
    ("three", "order", [option("begin", True), option("middle", True), option("end", True)], []),
    (
        "four",
        "match",
        [option("cat", True, pair=both("miaow")), option("dog", True, pair=both("woof"))],
        [],
    ),
    ("five", "truefalse", [option("true", True), option("false")], ["second"]),
]
RIGHT = {"one": [0], "two": [0, 1], "three": [0, 1, 2], "four": [0, 1], "five": [0]}
RUBRIC = [
    {
        "code": "clear",
        "title": both("Clear"),
        "levels": [{"points": n, "text": both(f"Level {n}")} for n in (0, 1, 2)],
    }
]
ACTIVITIES: list[tuple[str, str, dict[str, Any]]] = [
    ("read", "page", {"text": both("Some **text**\n\n::: example\nAn example\n:::")}),
    ("film", "video", {"film": FILM, "questions": [{"at": 5, "item": "five"}]}),
    ("quiz", "quiz", {"bank": ["one", "two", "three", "four"], "pass": 70, "attempts": 2}),
    ("talk", "discussion", {"prompt": both("What do you think?"), "group": 4}),
    ("task", "assignment", {"prompt": both("Write a plan"), "rubric": RUBRIC, "peers": 1}),
    ("webinar", "webinar", {"topic": both("Evening for parents")}),
    ("session", "session", {"prompt": both("Hold a lesson"), "number": 1}),
]
RULE = {
    "all": [
        {"done": "read"},
        {"done": "film"},
        {"score": "quiz", "at_least": 70},
        {"at_least": 1, "of": [{"done": "talk"}, {"done": "webinar"}]},
    ]
}


def drafted(centre: Centre, code: str = "small", rule: Any = RULE) -> CourseVersion:
    """A complete draft."""
    by, film = centre.actor("COURSE_EDITOR"), starter.load_film(by=starter.LOADER, code=FILM, at=AT)
    assert film is not None
    version = drafts.create_course(
        by=by,
        code=code,
        given=VersionGiven(
            title=both("Small course"),
            summary=both("About little"),
            hours=Decimal("1.2"),
            audience=["teacher"],
            outcomes=[both("Explain it")],
            certificate={"title": both("Certificate of the small course")},
        ),
        at=AT,
    )
    for item, kind, options, tags in ITEMS:
        given = ItemGiven(
            code=item,
            kind=kind,
            text=both(f"Question {item}?"),
            options=options,
            tags=tags,
            explanation=both("Because"),
        )
        drafts.save_item(by=by, version=version, item=None, given=given, at=AT)
    module = drafts.save_module(by=by, version=version, module=None, title=both("First"), at=AT)
    for name, kind, content in ACTIVITIES:
        one = ActivityGiven(code=name, kind=kind, title=both(name.title()), minutes=10, content=content)
        drafts.save_activity(by=by, module=module, activity=None, given=one, at=AT)
    version = drafts.set_completion(by=by, version=version, tree=rule, at=AT)
    version.refresh_from_db()
    return version


def published_before_the_gate(version: CourseVersion) -> CourseVersion:
    """A draft as it was published until December 2026, when nobody asked what a certificate rests on."""
    others = CourseVersion.objects.filter(course=version.course_id, state=VersionState.PUBLISHED)
    others.update(state=VersionState.REPLACED)
    row = CourseVersion.objects.filter(pk=version.pk)
    row.update(state=VersionState.PUBLISHED, published_at=AT)
    return row.get()


def published(centre: Centre, code: str = "small", rule: Any = RULE) -> CourseVersion:
    """A published course."""
    version = drafted(centre, code, rule)
    publication.submit(by=centre.actor("COURSE_EDITOR"), version=version, at=AT)
    return publication.publish(by=centre.actor("PUBLISHER"), version=version, at=AT)


def cohort(centre: Centre, version: CourseVersion | None = None, places: int = 5) -> Cohort:
    """A cohort that takes people now."""
    day = clock.now().date()
    return enrolments.save_cohort(
        by=centre.actor("COURSE_EDITOR"),
        version=version or published(centre),
        cohort=None,
        given=CohortGiven(
            name=both("Spring"),
            language="lt",
            starts=day,
            ends=day + timedelta(days=60),
            closes=day + timedelta(days=30),
            places=places,
            group_size=4,
        ),
        at=AT,
    )


def member(number: int = 0) -> tuple[MemberActor, str]:
    """A learner and the secret of their browser."""
    return joined(f"mokytoja{number}@mokykla.example", f"Mokytoja Pavyzdė{number}", AT)


def enrolled(group: Cohort, number: int = 0) -> tuple[MemberActor, Enrolment, str]:
    """A member in a cohort."""
    by, secret = member(number)
    row = enrolments.enrol(
        by=by, cohort=group, data=EnrolmentData(role="teacher", municipality="LT-57"), at=AT
    )
    return by, row, secret
