"""Tables of authoring: courses, their versions with modules, activities and questions, films.

Texts are JSON by language. A version that is not a draft is never changed (`actions.drafts.lock_draft`).
"""

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, With
from sauga.kernel.i18n import languages
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.training.states import VERSION, VersionState


def said(words: Any, language: str = "") -> str:
    """A text in the language of the page, or in one that it has."""
    held = words if isinstance(words, dict) else {}
    for code in (language or languages.active().code, languages.DEFAULT, "en"):
        if held.get(code):
            return str(held[code])
    return next((str(text) for text in held.values() if text), "")


class Course(models.Model):
    """A course over all its versions. `code` says which starter course it is, and is the end of its
    address."""

    data = About(plain={"ref", "code"}, keep=Forever(_("Published words, about nobody."), what=_("Courses")))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    code = models.SlugField(max_length=60, unique=True)
    created_at = models.DateTimeField()
    is_listed = models.BooleanField(default=True)

    def __str__(self) -> str:
        newest = self.versions.order_by("-number").first()
        return said(newest.title) if newest else self.code


class VersionSet(models.QuerySet["CourseVersion"]):
    """Chainable questions about versions."""

    def published(self) -> Self:
        """The version that new cohorts use: one for each course."""
        return self.filter(state=VersionState.PUBLISHED)


class CourseVersion(models.Model):
    """One version of a course: a draft, in review, published, or replaced by a newer one.

    `completion` is the rule tree; every enrolment copies it. `starter` is the checksum of the starter files
    it was loaded from.
    """

    data = About(
        plain={
            "ref",
            "state",
            "title",
            "summary",
            "audience",
            "competences",
            "outcomes",
            "sources",
            "owner",
            "completion",
            "certificate",
            "starter",
        },
        keep=With("course"),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    course = models.ForeignKey(Course, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default=VersionState.DRAFT)
    title = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    hours = models.DecimalField(max_digits=5, decimal_places=1, default=Decimal(1))
    audience = models.JSONField(default=list)
    competences = models.JSONField(default=dict, blank=True)
    outcomes = models.JSONField(default=list, blank=True)
    sources = models.JSONField(default=list, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    review_by = models.DateField(null=True, blank=True)
    completion = models.JSONField(default=dict, blank=True)
    certificate = models.JSONField(default=dict, blank=True)
    starter = models.CharField(max_length=64, blank=True)
    submitted_by = models.ForeignKey(
        "identity.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = VersionSet.as_manager()
    state_tables: ClassVar[dict[str, Any]] = {"state": VERSION}
    steps: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["course", "number"], name="training_version_number"),
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(state=VersionState.PUBLISHED),
                name="training_version_published_once",
            ),
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(state__in=[VersionState.DRAFT, VersionState.IN_REVIEW]),
                name="training_version_one_draft",
            ),
        ]

    def __str__(self) -> str:
        return said(self.title)


class CourseVersionStep(Step):
    """One move of a version."""

    subject = models.ForeignKey(CourseVersion, models.CASCADE, related_name="steps")


class Module(models.Model):
    """A part of a version: activities that belong together."""

    data = About(plain={"ref", "code", "title"}, keep=With("version"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="modules")
    code = models.SlugField(max_length=60)
    title = models.JSONField(default=dict)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "code"], name="training_module_code"),
        ]

    def __str__(self) -> str:
        return said(self.title)


class Activity(models.Model):
    """One activity of a version. `content` depends on the kind (`rules.content`)."""

    data = About(plain={"ref", "code", "kind", "title", "content"}, keep=With("version"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="activities")
    module = models.ForeignKey(Module, models.CASCADE, related_name="activities")
    code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=12)
    title = models.JSONField(default=dict)
    minutes = models.PositiveSmallIntegerField(default=5)
    content = models.JSONField(default=dict, blank=True)
    file = models.ForeignKey("media.MediaFile", models.PROTECT, null=True, blank=True, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["module__place", "place", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "code"], name="training_activity_code"),
        ]

    def __str__(self) -> str:
        return said(self.title)


class Item(models.Model):
    """A question of a version's bank. `options` are dicts with text, right, feedback, and of MATCH pair."""

    data = About(
        plain={"ref", "code", "kind", "tags", "text", "options", "explanation"}, keep=With("version")
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="items")
    code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10)
    tags = models.JSONField(default=list, blank=True)
    text = models.JSONField(default=dict)
    options = models.JSONField(default=list)
    explanation = models.JSONField(default=dict, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "code"], name="training_item_code"),
        ]

    def __str__(self) -> str:
        return said(self.text)


class RemovedPart(models.Model):
    """What was taken out of a draft, so that it can be put back as it was: a module with its activities, an
    activity or a question. `content` holds their columns. Forgotten when the version is published."""

    data = About(plain={"ref", "kind", "title", "content"}, on_public_pages=False, keep=With("version"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="removed")
    kind = models.CharField(max_length=10)
    title = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    removed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["version", "removed_at"], name="training_removed_last"),
        ]

    def __str__(self) -> str:
        return said(self.title)


class Film(models.Model):
    """A film that videos of courses show, with captions and a transcript by language."""

    data = About(
        plain={"code", "title", "captions", "transcript"},
        keep=Forever(_("Published films, about nobody."), what=_("Films")),
    )

    code = models.SlugField(max_length=60, unique=True)
    title = models.JSONField(default=dict)
    file = models.ForeignKey("media.MediaFile", models.PROTECT, related_name="+")
    captions = models.JSONField(default=dict, blank=True)
    transcript = models.JSONField(default=dict, blank=True)
    seconds = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return said(self.title)
