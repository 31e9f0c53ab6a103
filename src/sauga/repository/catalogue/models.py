"""Tables of the catalogue: collections, use reports, print orders, daily counts.

A collection is an editor's selection for an occasion; it has neither a licence nor states.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Clear, Forever, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.repository.resources.models import Resource
from sauga.repository.states import ORDER, OrderState

BLOCK = 8192
"""So many resources share one row of CodeBitmap: one kilobyte, which PostgreSQL keeps in the row itself."""


class Collection(models.Model):
    """A collection is an ordered selection of resources under a title, for example for one week of the
    year.
    """

    data = About(
        plain={"ref", "slug_lt", "slug_en", "title", "abstract"},
        keep=Forever(_("Choices of published works, about nobody."), what=_("Collections")),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    slug_lt = models.SlugField(max_length=120, unique=True)
    slug_en = models.SlugField(max_length=120, unique=True)
    title = models.JSONField(default=dict)
    abstract = models.JSONField(default=dict, blank=True)
    is_public = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    entries: Any

    def __str__(self) -> str:
        return self.ref

    def slug(self, language: str) -> str:
        """The last part of its public address."""
        return self.slug_en if language == "en" else self.slug_lt


class CollectionEntry(models.Model):
    """One resource at its position in a collection."""

    data = About(keep=With("collection"))

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="entries")
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="in_collections")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collection", "resource"], name="entry_once_in_a_collection")
        ]


class UseReport(models.Model):
    """A use report says that a resource was used with this many people of these groups on a day; never who
    they were.
    """

    data = About(
        plain={"kind", "municipality", "heads"},
        blind={"nonce"},
        keep=Forever(
            _("Heads by group and day, without names: years stay comparable."), what=_("Reports of use")
        ),
    )

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="use_reports")
    organisation = models.ForeignKey(
        "repository.Partner", models.SET_NULL, null=True, blank=True, related_name="use_reports"
    )
    kind = models.CharField(max_length=40, blank=True)
    municipality = models.CharField(max_length=8, blank=True)
    date = models.DateField()
    heads = models.JSONField(default=dict)
    total = models.PositiveIntegerField()
    reported_date = models.DateField()
    nonce = models.BinaryField(max_length=32, null=True, blank=True, unique=True)

    class Meta:
        indexes = [models.Index(fields=["resource", "date"])]


class PrintOrder(models.Model):
    """A print order asks for printed copies. Its contact is encrypted and deleted after the parcel has been
    sent.
    """

    data = About(
        plain={"ref", "language", "kind", "municipality", "state"},
        sealed={"contact"},
        blind={"nonce"},
        on_public_pages=False,
        keep=Term(
            30,
            after="settled_at",
            code="repository.print_contact",
            name="contact",
            where=models.Q(contact_gone=False),
            how=Clear({"contact": b"", "contact_gone": True}),
            holder=("holder",),
            what=_("Contact details of print orders"),
            since=_("the day the order was settled"),
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="print_orders")
    language = models.CharField(max_length=16)
    copies = models.PositiveIntegerField()
    kind = models.CharField(max_length=40, blank=True)
    municipality = models.CharField(max_length=8)
    contact = models.BinaryField(default=bytes)
    contact_gone = models.BooleanField(default=False)
    state = models.CharField(max_length=16, default=OrderState.PLACED)
    placed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    nonce = models.BinaryField(max_length=32, null=True, blank=True, unique=True)

    state_tables = {"state": ORDER}
    steps: Any

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Name of the data key of the contact."""
        return f"print:{self.ref}"


class PrintOrderStep(Step):
    """A transition of a print order."""

    subject = models.ForeignKey(PrintOrder, models.CASCADE, related_name="steps")


class BlockOfBits(models.Field):  # type: ignore[type-arg]  # the generic is known to the checker alone
    """A bit for each resource of a block, in the order of their keys."""

    def db_type(self, connection: Any) -> str:
        """So many bits, none more."""
        return f"bit({BLOCK})"


class CodeBitmap(models.Model):
    """Which public resources of a block have a code of a filter, such as `topic:gaming`: how many fit a
    choice of filters is counted from a few of these rows, however many resources there are.

    Resource n has bit n % BLOCK of block n // BLOCK. A trigger keeps them (`repository_note_codes`): no
    action writes here. `all:` is the code of every public resource; ages stand as `from:007` and `to:012`,
    without an upper end as `to:999`.
    """

    data = About(
        plain={"code", "bits"},
        on_public_pages=False,
        keep=Forever(
            _("Which published works have which codes; it follows the works."),
            what=_("Codes of the search index"),
        ),
    )

    code = models.CharField(max_length=60, db_collation="C")
    block = models.PositiveIntegerField()
    bits = BlockOfBits()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "block"], name="code_bitmap_once")]


class DailyCount(models.Model):
    """How often a page of a resource was opened, or a file of it downloaded, on one day. One number per
    day.
    """

    data = About(plain={"kind"}, on_public_pages=False, keep=With("resource"))

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="daily_counts")
    day = models.DateField()
    kind = models.CharField(max_length=16)
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "day", "kind"], name="daily_count_once")]
