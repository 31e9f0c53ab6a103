"""Courses and versions: for the desk, for the catalogue, for the checks before publishing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.http import Http404

from sauga.kernel.i18n import languages
from sauga.kernel.identity import PersonActor, home
from sauga.kernel.media import MediaFile
from sauga.training.courses.models import (
    Activity,
    Course,
    CourseVersion,
    Film,
    Item,
    Module,
    RemovedPart,
    said,
)
from sauga.training.courses.rules import content
from sauga.training.courses.rules.content import ActivityFacts, ItemFacts, Problem, VersionFacts
from sauga.training.permissions import Permission
from sauga.training.states import ToolState, VersionState
from sauga.training.tools.models import Tool
from sauga.training.tools.queries.tools import registered

ALL, REVIEW, UNPROVEN = "all", "review", "unproven"
"""Views of the desk's list."""


@dataclass(frozen=True)
class Content:
    """A version with everything in it, read once: modules in order, activities in order, questions."""

    version: CourseVersion
    modules: Sequence[Module]
    items: dict[str, Item]

    @cached_property
    def activities(self) -> list[Activity]:
        """All activities in the order in which they are played."""
        return [one for module in self.modules for one in module.activities.all()]

    @cached_property
    def by_code(self) -> dict[str, Activity]:
        """Activities by code."""
        return {one.code: one for one in self.activities}

    @cached_property
    def tagged(self) -> dict[str, list[str]]:
        """Codes of the questions by tag."""
        found: dict[str, list[str]] = {}
        for code, item in self.items.items():
            for tag in item.tags:
                found.setdefault(tag, []).append(code)
        return found


def content_of(version: CourseVersion) -> Content:
    """A version with everything in it: three queries; of one that was published, once a process, as it never
    changes."""
    if version.state in (VersionState.PUBLISHED, VersionState.REPLACED):
        return Content(version, *_published(version.pk, version.ref))
    return Content(version, *_parts(version.pk))


@lru_cache(maxsize=32)
def _published(version_id: int, _ref: str) -> tuple[list[Module], dict[str, Item]]:
    return _parts(version_id)


def _parts(version_id: int) -> tuple[list[Module], dict[str, Item]]:
    activities = Activity.objects.select_related("file").order_by("place", "pk")
    modules = list(
        Module.objects.filter(version=version_id)
        .order_by("place", "pk")
        .prefetch_related(Prefetch("activities", activities))
    )
    items = {row.code: row for row in Item.objects.filter(version=version_id).order_by("place", "pk")}
    return modules, items


def problems_of(version: CourseVersion) -> list[Problem]:
    """What keeps a version from being published."""
    held = content_of(version)
    facts = VersionFacts(
        title=version.title,
        summary=version.summary,
        hours=float(version.hours),
        outcomes=version.outcomes,
        certificate=version.certificate,
        completion=version.completion,
        activities=[
            ActivityFacts(one.code, one.kind, one.title, one.minutes, one.content, one.file_id is not None)
            for one in held.activities
        ],
        bank={
            code: ItemFacts(code, one.kind, one.tags, one.text, one.options)
            for code, one in held.items.items()
        },
    )
    codes = [row.code for row in languages.for_editors()]
    films = frozenset(Film.objects.values_list("code", flat=True))
    tools = frozenset(ref for ref, row in registered().items() if row.state == ToolState.ON)
    return content.problems(facts, codes, films, tools)


def uses_of_tool(*, tool: Tool) -> int:
    """How many activities of any version open a tool, those taken out of a draft too."""
    kept = RemovedPart.objects.filter(content__icontains=tool.ref)
    return Activity.objects.filter(kind="lti", content__tool=tool.ref).count() + kept.count()


def courses(by: PersonActor, view: str = ALL) -> QuerySet[CourseVersion]:
    """For the desk's list: the newest version of every course; or those that this person can publish, or the
    published ones that certify without proof."""
    rows: QuerySet[CourseVersion]
    if view == UNPROVEN:
        rows = CourseVersion.objects.filter(pk__in=unproven())
    elif view == REVIEW:
        rows = to_review(by)
    else:
        newest = CourseVersion.objects.filter(course=OuterRef("course")).order_by("-number").values("pk")[:1]
        rows = CourseVersion.objects.filter(pk=Subquery(newest))
    return rows.select_related("course").annotate(parts=Count("activities")).order_by("course__code")


def unproven() -> list[int]:
    """Keys of the published versions that a learner could complete, and so be certified, by what their own
    browser says. They were published before the gate asked (decision 0186)."""
    rows = CourseVersion.objects.published().values_list("pk", "completion")
    held: dict[int, dict[str, tuple[str, int]]] = {}
    parts = Activity.objects.filter(version__state=VersionState.PUBLISHED)
    for version, code, kind, minutes in parts.values_list("version", "code", "kind", "minutes"):
        held.setdefault(version, {})[code] = (kind, minutes)
    return [key for key, tree in rows if not content.proves_something(tree, held.get(key, {}))]


def unproven_count(_by: PersonActor, _at: datetime) -> int:
    """How many courses need another version for that reason."""
    return len(unproven())


def version_for(by: PersonActor, ref: str) -> CourseVersion:
    """A version for a person at the desk. Raises Http404."""
    row = CourseVersion.objects.select_related("course").filter(ref=ref).first()
    if row is None or not by.can(Permission.SEE_COURSES):
        raise Http404
    return row


def part_for(by: PersonActor, ref: str, kind: str, part_ref: str) -> Any:
    """A module, an activity or a question of a version. Raises Http404."""
    version = version_for(by, ref)
    models: dict[str, Any] = {"module": Module, "activity": Activity, "item": Item}
    model = models.get(kind)
    row = model.objects.filter(version=version, ref=part_ref).first() if model else None
    if row is None:
        raise Http404
    row.version = version
    return row


def place_of(part: Module | Activity) -> tuple[int, int]:
    """Which place a part has, and of how many: a module of its version, an activity of its module."""
    if isinstance(part, Module):
        rows: QuerySet[Any] = Module.objects.filter(version=part.version)
    else:
        rows = Activity.objects.filter(module__activities=part)
    order = list(rows.order_by("place", "pk").values_list("pk", flat=True))
    return order.index(part.pk) + 1, len(order)


def removed_for(by: PersonActor, ref: str, removed_ref: str) -> RemovedPart:
    """What was taken out of a version, to put it back. Raises Http404."""
    version = version_for(by, ref)
    row = RemovedPart.objects.filter(version=version, ref=removed_ref).first()
    if row is None:
        raise Http404
    row.version = version
    return row


def removed_from(version: CourseVersion) -> list[RemovedPart]:
    """What was taken out of a draft and can be put back, the latest first."""
    return list(version.removed.order_by("-removed_at", "-pk"))


def versions_of(course: Course) -> list[CourseVersion]:
    """All versions of a course, the newest first."""
    return list(course.versions.order_by("-number"))


def catalogue() -> list[CourseVersion]:
    """What the public catalogue shows, by title."""
    rows = CourseVersion.objects.published().filter(course__is_listed=True).select_related("course")
    return sorted(rows, key=lambda row: said(row.title).casefold())


def public_course(code: str) -> CourseVersion:
    """The published version behind a public address. Raises Http404."""
    rows = CourseVersion.objects.published().select_related("course")
    row = rows.filter(course__code=code, course__is_listed=True).first()
    if row is None:
        raise Http404
    return row


def films() -> list[tuple[str, str]]:
    """The films that a video can show, as choices."""
    return [(row.code, str(row)) for row in Film.objects.order_by("code")]


def film(code: str) -> Film | None:
    """A film by its code."""
    return Film.objects.select_related("file").filter(code=code).first()


def to_review(by: PersonActor) -> QuerySet[CourseVersion]:
    """Versions that wait for a publisher who did not submit them."""
    return CourseVersion.objects.filter(state=VersionState.IN_REVIEW).exclude(submitted_by=by.person_id)


def waiting_for_review(by: PersonActor, _at: datetime) -> int:
    """How many these are."""
    return home.count_of(to_review(by))


def published_file(ref: str) -> MediaFile:
    """The file of an activity, once its version was published; not an imported package, which only those
    who learn are sent. Raises Http404."""
    rows = Activity.objects.select_related("file").filter(ref=ref, version__published_at__isnull=False)
    row = rows.exclude(kind="package").first()
    if row is None or row.file is None:
        raise Http404
    return row.file


def published() -> list[CourseVersion]:
    """The versions for which cohorts can be planned, by title."""
    rows = CourseVersion.objects.published().select_related("course")
    return sorted(rows, key=lambda row: said(row.title).casefold())
