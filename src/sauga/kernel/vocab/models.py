"""The tables: vocabularies with their terms, policies with their versions, and the edition that tells caches
to forget."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever

REFERENCE = Forever(_("Reference data: old codes must stay readable."), what=_("Code lists and policies"))


class Vocabulary(models.Model):
    """A vocabulary is one code list, for example `item.verdict`.

    A state machine's labels are one too (`state.report`).
    """

    data = About(plain={"code", "title_lt", "title_en", "source", "status", "extra"}, keep=REFERENCE)

    code = models.CharField(max_length=80, unique=True)
    title_lt = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=24, blank=True)
    open = models.BooleanField(
        default=True
    )  # False: the program's rules use the codes, so only a release adds one
    extra = models.JSONField(default=dict)
    edited_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code


class Term(models.Model):
    """A term is one code with its labels.

    Retired terms stay readable and are not offered; both validity days are inclusive.
    """

    data = About(
        plain={
            "code",
            "label_lt",
            "label_en",
            "source",
            "status",
            "lt_status",
            "parent",
            "extra",
            "edited_by",
        },
        keep=REFERENCE,
    )

    vocabulary = models.ForeignKey(Vocabulary, models.PROTECT, related_name="terms")
    code = models.CharField(max_length=120)
    label_lt = models.CharField(max_length=300, blank=True)
    label_en = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=24, blank=True)
    lt_status = models.CharField(max_length=24, blank=True)
    parent = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField(default=0)
    extra = models.JSONField(default=dict)
    edited_at = models.DateTimeField(null=True)
    edited_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["vocabulary", "code"], name="vocab_term_once"),
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="vocab_term_validity",
            ),
        )

    def __str__(self) -> str:
        return f"{self.vocabulary_id}:{self.code}"


class Policy(models.Model):
    """A policy is one set of rules the program follows, as data.

    A change is a new row, so that old cases explain themselves.
    """

    data = About(plain={"name", "value", "status", "made_by"}, keep=REFERENCE)

    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    value = models.JSONField(default=dict)
    valid_from = models.DateField(null=True)
    status = models.CharField(max_length=24, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)
    edited_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["name", "version"], name="vocab_policy_once"),)

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Edition(models.Model):
    """The edition is one row with a random mark that every change replaces; caches in other processes compare
    it."""

    data = About(plain={"mark"}, keep=REFERENCE)

    mark = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.mark
