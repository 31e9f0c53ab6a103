"""Tables of resources: works, files, slots, versions, remarks, opened files and page audits."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, Term, With
from sauga.kernel.i18n import languages
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.repository.states import GONE, LIVE, RESOURCE, ResourceState

PERSON = settings.AUTH_USER_MODEL
LANGUAGES = tuple(row.code for row in languages.for_editors())
"""Languages in which resources have an address and words of their own."""
"""The languages of the interface. A resource may have more; texts by language are JSON."""


def codes(length: int = 40) -> "ArrayField[list[str], list[str]]":
    """A list of codes of one vocabulary."""
    return ArrayField(models.CharField(max_length=length), default=list, blank=True)


class ResourceSet(models.QuerySet["Resource"]):
    """Filters that read like questions."""

    def live(self) -> "ResourceSet":
        """Published, including resources whose review date has passed."""
        return self.filter(state__in=LIVE)

    def public(self) -> "ResourceSet":
        """What a visitor may find: live, and not restricted to professionals."""
        return self.live().exclude(sensitivity="restricted")

    def with_page(self) -> "ResourceSet":
        """What has a public page: what a visitor may find, and what was withdrawn and says so."""
        return self.filter(state__in=(*LIVE, *GONE)).exclude(sensitivity="restricted")

    def overdue(self, on: date) -> "ResourceSet":
        """Published, and the review date has passed."""
        return self.filter(state=ResourceState.PUBLISHED, review_by__lt=on)


class Resource(models.Model):
    """A resource is one thing to learn or teach with, in one or more languages. A toolkit is a resource with
    parts.

    Texts by language are mappings `{"lt": …, "en": …}`; keywords `{"lt": [ … ]}`; `body` `{"lt": [block, …]}`
    (see `blocks`).

    `slug_lt` and `slug_en` are its public addresses; `ref` never changes and is what other systems may store.
    `uses` is the number of its use reports, which only `catalogue.actions.use.report_use` changes.
    """

    data = About(
        plain={
            "ref",
            "slug_lt",
            "slug_en",
            "type",
            "title",
            "abstract",
            "keywords",
            "body",
            "topics",
            "audiences",
            "vulnerable_groups",
            "stages",
            "languages",
            "reading_level",
            "licence",
            "licence_note",
            "attribution",
            "creators",
            "publisher",
            "funder",
            "grant",
            "version",
            "state",
            "sensitivity",
            "help_services",
            "teaches_digcomp",
            "teaches_curriculum",
            "accessibility",
            "channels",
            "withdrawn_reason",
            "gate_overrides",
            "source",
        },
        keep=Forever(
            _("Published works and drafts, about nobody; a draft is discarded by its editors."),
            what=_("Resources"),
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    uuid = models.UUIDField(unique=True)
    slug_lt = models.SlugField(max_length=120, unique=True)
    slug_en = models.SlugField(max_length=120, unique=True)
    type = models.CharField(max_length=40)
    title = models.JSONField(default=dict)
    abstract = models.JSONField(default=dict, blank=True)
    keywords = models.JSONField(default=dict, blank=True)
    body = models.JSONField(default=dict, blank=True)
    topics = codes()
    audiences = codes()
    vulnerable_groups = codes()
    age_min = models.PositiveSmallIntegerField(null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(null=True, blank=True)
    about_age_min = models.PositiveSmallIntegerField(null=True, blank=True)
    about_age_max = models.PositiveSmallIntegerField(null=True, blank=True)
    stages = codes()
    languages = codes(16)
    reading_level = models.CharField(max_length=16, default="adult")
    licence = models.CharField(max_length=32)
    licence_note = models.JSONField(default=dict, blank=True)
    attribution = models.CharField(max_length=240, blank=True)
    creators = models.JSONField(default=list, blank=True)
    publisher = models.JSONField(default=dict, blank=True)
    funder = models.JSONField(default=dict, blank=True)
    grant = models.CharField(max_length=80, blank=True)
    created_date = models.DateField()
    published_at = models.DateTimeField(null=True, blank=True)
    modified_at = models.DateTimeField()
    publish_at = models.DateTimeField(null=True, blank=True)
    review_by = models.DateField(null=True, blank=True)
    version = models.CharField(max_length=16, default="1.0")
    version_number = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=24, default=ResourceState.DRAFT)
    state_since = models.DateTimeField()
    sensitivity = models.CharField(max_length=16, default="normal")
    help_services = codes()
    teaches_digcomp = codes()
    teaches_curriculum = codes()
    learning_minutes = models.PositiveIntegerField(null=True, blank=True)
    accessibility = models.JSONField(default=dict, blank=True)
    channels = codes()
    is_based_on = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="derived")
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaces")
    revision_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="revisions")
    withdrawn_reason = models.JSONField(default=dict, blank=True)
    gate_overrides = models.JSONField(default=list, blank=True)
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=200, blank=True)
    is_synthetic = models.BooleanField(default=False)
    uses = models.PositiveIntegerField(default=0, editable=False)

    objects = ResourceSet.as_manager()
    state_tables = {"state": RESOURCE}
    steps: Any
    versions: Any
    renditions: Any
    slots: Any
    parts: Any
    in_toolkits: Any
    remarks: Any
    revisions: Any

    class Meta:
        indexes = [
            models.Index(fields=["state", "-published_at"]),
            models.Index(Greatest("modified_at", "state_since"), "id", name="resource_changed"),
            GinIndex(fields=["topics"], name="resource_topics"),
            GinIndex(fields=["audiences"], name="resource_audiences"),
            models.Index(
                F("uses").desc(),
                F("published_at").desc(),
                "id",
                name="resource_most_used",
                condition=models.Q(state__in=LIVE),
            ),
            models.Index(
                F("published_at").desc(), "id", name="resource_newest", condition=models.Q(state__in=LIVE)
            ),
            models.Index(
                fields=["learning_minutes", "id"],
                name="resource_shortest",
                condition=models.Q(state__in=LIVE),
            ),
            *(
                models.Index(
                    KeyTextTransform(language, "title"),
                    "id",
                    name=f"resource_title_{language}",
                    condition=models.Q(state__in=LIVE),
                )
                for language in ("lt", "en")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(age_min__isnull=True)
                | models.Q(age_max__isnull=True)
                | models.Q(age_min__lte=models.F("age_max")),
                name="resource_ages_in_order",
            ),
            models.UniqueConstraint(
                fields=["revision_of"],
                condition=~models.Q(state__in=["archived"]) & models.Q(revision_of__isnull=False),
                name="resource_one_open_revision",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    def slug(self, language: str) -> str:
        """The last part of its public address in one language of the interface."""
        return self.slug_en if language == "en" else self.slug_lt

    def words(self, name: str, language: str) -> Any:
        """`title`, `abstract`, `keywords`, `body` and the like in a language, else in the other, else in any;
        empty when there are none.
        """
        held: dict[str, Any] = getattr(self, name) or {}
        for one in (language, *LANGUAGES, *held):
            if held.get(one):
                return held[one]
        return ""

    def is_live(self) -> bool:
        """Whether it is offered to everyone."""
        return self.state in LIVE


class ResourceStep(Step):
    """A transition of a resource."""

    data = replace(Step.data, on_public_pages=True)

    subject = models.ForeignKey(Resource, models.CASCADE, related_name="steps")


class Remark(models.Model):
    """A remark is what one member of staff says to another about a resource: what to change, or why a
    decision was made.
    """

    data = About(plain={"ref", "kind", "text"}, on_public_pages=False, keep=With("resource"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=24)
    text = models.TextField()
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()


class Part(models.Model):
    """A part is one resource within a toolkit; it keeps its own licence and life cycle."""

    data = About(keep=With("repository.Resource"))

    toolkit = models.ForeignKey(Resource, models.CASCADE, related_name="parts")
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="in_toolkits")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["toolkit", "resource"], name="part_once_in_a_toolkit"),
            models.UniqueConstraint(
                fields=["toolkit", "position"], name="part_place_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=~models.Q(toolkit=models.F("resource")), name="part_is_another"),
        ]


class ResourceVersion(models.Model):
    """A version is the complete content of a resource at publication; it never changes, and adaptations are
    based on it.
    """

    data = About(
        plain={"label", "snapshot", "note"},
        keep=Forever(
            _("What was published stays provable: adapted copies rest on it."),
            what=_("Versions of resources"),
        ),
    )

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=16)
    snapshot = models.JSONField()
    published_at = models.DateTimeField()
    note = models.CharField(max_length=240, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.resource_id}/{self.number}"


class Rendition(models.Model):
    """A rendition is one file of a resource: its kind, language, real type, size and checksum. `media` has
    the bytes and says whether they may be sent; revisions share it.

    `version` is empty while the file belongs to the draft; a published version lists the checksums it was
    published with.
    """

    data = About(plain={"ref", "kind", "mime", "language", "name", "sha256"}, keep=With("resource"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="renditions")
    version = models.ForeignKey(
        ResourceVersion, models.SET_NULL, null=True, blank=True, related_name="renditions"
    )
    kind = models.CharField(max_length=24)
    mime = models.CharField(max_length=100)
    language = models.CharField(max_length=16)
    name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media = models.ForeignKey(
        "media.MediaFile", models.PROTECT, null=True, blank=True, related_name="renditions"
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["sha256"])]

    @property
    def is_sent_out(self) -> bool:
        """Whether its bytes are there and have been scanned."""
        return self.media is not None and self.media.is_ready


class Slot(models.Model):
    """A slot is a place that a partner may fill without changing the rest: a logo, contacts, an example, the
    order of parts.
    """

    data = About(plain={"code", "kind", "default"}, keep=With("resource"))

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="slots")
    code = models.SlugField(max_length=32)
    kind = models.CharField(max_length=24)
    required = models.BooleanField(default=False)
    default = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "code"], name="slot_code_once")]


class FileOpening(models.Model):
    """A file opening records that one person opened one file of a resource at the desk, and when first.

    A file never changes (a new one has another row), so one opening is enough as long as the file exists.
    """

    data = About(keep=With("repository.Resource"))

    rendition = models.ForeignKey(Rendition, models.CASCADE, related_name="openings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rendition", "person"], name="file_opening_once")]


class Audit(models.Model):
    """An audit is one tool's result for one page. `digest` is that of the markup it saw; for other markup it
    is void.

    `subject` names the page (resource:…, page:…), `kind` its type; `findings` are codes with the element
    concerned.
    """

    data = About(
        plain={"subject", "kind", "language", "check_code", "tool", "outcome", "findings", "digest"},
        keep=Term(
            730, after="at", what=_("Accessibility checks of resources"), since=_("the day of the check")
        ),
    )

    subject = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=16)
    check_code = models.CharField(max_length=32)
    tool = models.CharField(max_length=60)
    outcome = models.CharField(max_length=16)
    findings = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "check_code", "-at"], name="audit_of_subject"),
            models.Index(fields=["kind", "check_code", "-at"], name="audit_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.check_code}"
