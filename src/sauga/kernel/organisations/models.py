"""Tables of the register of organisations: which exist, by which codes and names they are known, which roles
they hold and when, who followed whom, and which service each operates.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar, Protocol

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sauga.kernel.clock import VILNIUS, Span
from sauga.kernel.data import About, Forever, Term, With
from sauga.kernel.organisations.schemes import Scheme
from sauga.kernel.organisations.terms import Purpose, RoleCode

REGISTER = Forever(_("History of the centre; names no private person."), what=_("Register of organisations"))

WRITTEN = 10  # 2012-07-01


def valid_at(at: datetime) -> Q:
    """Rows whose validity covers `at`; `valid_to` is exclusive and open when empty."""
    return Q(valid_from__lte=at) & (Q(valid_to__isnull=True) | Q(valid_to__gt=at))


class OrganisationKind(models.Model):
    """A kind of organisation: a code and its names.

    `identity` says which roles and vaults such an organisation may grant (`KindRole`, `KindZone`). A
    privileged kind may grant what decides about others, so it is assigned by the operator who sets the
    installation up, not by editors of the register.
    """

    data = About(
        plain={"code", "labels"},
        keep=REGISTER,
    )

    code = models.CharField(max_length=40, unique=True)
    labels = models.JSONField(default=dict)
    is_privileged = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return str(self.labels.get(get_language() or "") or self.labels.get("en") or self.code)


class Organisation(models.Model):
    """An organisation that the centre knows: a partner, a school, a library, a company, a ministry.

    It has no name of its own: names come and go per language (`OrganisationName`). `code` is ours and never
    changes; codes of other registers are `Identifier` rows. `kinds` are codes of `OrganisationKind`;
    together they say which roles and vaults it may grant. From `valid_to` on it exists no longer: no one
    works for it, and what was recorded stays. `order_key` sorts lists by the name, as it was when it was last
    changed.
    """

    data = About(
        plain={"code", "kinds", "country", "municipality", "website", "order_key"},
        keep=REGISTER,
    )

    code = models.SlugField(max_length=40, unique=True)
    kinds = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    country = models.CharField(max_length=2, default="LT")
    municipality = models.CharField(max_length=8, blank=True)
    website = models.URLField(blank=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    order_key = models.CharField(max_length=400, blank=True)

    names: Any
    identifiers: Any
    roles: Any
    logos: Any
    contacts: Any
    successions: Any
    origins: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="organisation_ends_after_start",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["kinds"], name="organisation_kinds"),
            models.Index(fields=["municipality"], name="organisation_municipality"),
            models.Index(fields=["order_key", "id"], name="organisation_in_order"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def ref(self) -> str:
        """What addresses and the audit log call it."""
        return self.code

    def is_open(self, at: datetime) -> bool:
        """Whether it exists at `at`."""
        return self.valid_from <= at and (self.valid_to is None or self.valid_to > at)

    def name_row_at(self, at: datetime, language: str = "") -> "OrganisationName | None":
        """The name used on the day of `at`, in the language asked for or else in any; of several the one that
        came last. None where it had no name.

        Reads `names`, so lists prefetch them.
        """
        return name_on(self.names.all(), at.astimezone(VILNIUS).date(), language)

    def present_name(self, language: str = "") -> str:
        """The name that lasts, in the language asked for or else in any; the code when it has none. Reads
        `names`."""
        wanted = language or get_language() or "lt"
        rows = sorted(self.names.all(), key=lambda row: (row.since, row.pk), reverse=True)
        rows.sort(key=lambda row: (row.until != "", row.language != wanted, row.language))
        return rows[0].name if rows else self.code

    def name_at(self, at: datetime, language: str = "") -> str:
        """The text of `name_row_at`; the code when it had no name."""
        row = self.name_row_at(at, language)
        return row.name if row else self.code


class OrganisationName(models.Model):
    """What an organisation is called in one language during one time.

    `since` and `until` are partial dates as written (empty: always, still); `during` are the days on which
    the name may have been used. `folded` is what search reads: words of name and short name without marks,
    each after a space.
    """

    data = About(
        plain={"language", "name", "short", "since", "until", "during", "folded"},
        keep=REGISTER,
    )

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    language = models.CharField(max_length=5)
    name = models.CharField(max_length=200)
    short = models.CharField(max_length=60, blank=True)
    since = models.CharField(max_length=WRITTEN, blank=True)
    until = models.CharField(max_length=WRITTEN, blank=True)
    during = DateRangeField()
    folded = models.CharField(max_length=300)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["folded"], name="organisation_name_like", opclasses=["gin_trgm_ops"]),
            models.Index(
                fields=["folded"], name="organisation_name_start", opclasses=["varchar_pattern_ops"]
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def span(self) -> Span:
        """From when until when, as far as it is known."""
        return Span(self.since, self.until)


class NameWord(models.Model):
    """A word that stands in some name: search looks here for what a mistyped word may mean."""

    data = About(
        plain={"word"},
        on_public_pages=False,
        keep=REGISTER,
    )

    word = models.CharField(max_length=80, unique=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["word"], name="organisation_word_like", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.word


class Identifier(models.Model):
    """The code of an organisation in another register. A code names one organisation only.

    `verified_at` is when it was last found in that register, `source` where.
    """

    data = About(
        plain={"scheme", "value", "source"},
        on_public_pages=False,
        keep=REGISTER,
    )

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=16, choices=Scheme.choices)
    value = models.CharField(max_length=40)
    source = models.CharField(max_length=300, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scheme", "value"], name="identifier_once"),
            models.UniqueConstraint(fields=["organisation", "scheme"], name="identifier_one_of_a_scheme"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["value"], name="identifier_start", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class OrganisationRole(models.Model):
    """An organisation holds a role in the centre from one partial date to another, both included.

    `during` are the days on which it may have held it, `certain` those on which it certainly did: the
    database refuses two rows of one organisation and role that certainly overlap. Where years meet, none
    can know, and the page warns. A row entered by mistake is withdrawn and counts no longer; no row is ever
    deleted.
    """

    data = About(
        plain={"role", "since", "until", "during", "certain", "source"},
        keep=REGISTER,
    )

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=24, choices=RoleCode.choices)
    since = models.CharField(max_length=WRITTEN)
    until = models.CharField(max_length=WRITTEN, blank=True)
    during = DateRangeField()
    certain = DateRangeField()
    is_confirmed = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ExclusionConstraint(
                name="organisation_role_no_overlap",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("certain", RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            GistIndex(fields=["during"], name="organisation_role_during")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}:{self.role}"

    @property
    def span(self) -> Span:
        """From when until when, as far as it is known."""
        return Span(self.since, self.until)


class OrganisationLogo(models.Model):
    """The logo of an organisation during one time, with the permission to show it.

    `permission` says who allowed it and where that is written. Dates are kept as those of a role; the
    database refuses two logos that certainly last on the same day. Once withdrawn it is shown nowhere, on
    pages of the past neither: the name stands there as text. The file describes itself in each language.
    """

    data = About(
        plain={"permission", "since", "until", "during", "certain"},
        keep=Term(
            90,
            after="withdrawn_at",
            what=_("Withdrawn logos of organisations"),
            since=_("the day the logo was withdrawn"),
        ),
    )

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="logos")
    file = models.ForeignKey("media.MediaFile", models.PROTECT, related_name="+")
    permission = models.CharField(max_length=300)
    since = models.CharField(max_length=WRITTEN, blank=True)
    until = models.CharField(max_length=WRITTEN, blank=True)
    during = DateRangeField()
    certain = DateRangeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ExclusionConstraint(
                name="organisation_logo_no_overlap",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("certain", RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}:{self.since}"

    @property
    def span(self) -> Span:
        """From when until when, as far as it is known."""
        return Span(self.since, self.until)

    @property
    def alt(self) -> str:
        """What it looks like, in the language of the page; empty without a description in that one."""
        return str(self.file.alt.get(get_language() or "", ""))


class ContactAddress(models.Model):
    """A mailbox of an organisation for one purpose: of an office, not of a person."""

    data = About(plain={"purpose", "email"}, on_public_pages=False, keep=With("organisation"))

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contacts")
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    email = models.EmailField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organisation", "purpose"], name="contact_one_for_a_purpose"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}:{self.purpose}"


class Succession(models.Model):
    """What one organisation did is continued by another, from a partial date on. Both stay what they were;
    the register never merges rows."""

    data = About(
        plain={"since", "source"},
        on_public_pages=False,
        keep=REGISTER,
    )

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="origins")
    since = models.CharField(max_length=WRITTEN, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id}→{self.successor_id}"


class SameAs(models.Model):
    """Two rows of the register mean the same body. They are shown together, and each keeps its own codes,
    names and history; the mark can be taken away again."""

    data = About(
        on_public_pages=False,
        keep=REGISTER,
    )

    first = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["first", "second"], name="same_as_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="same_as_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}={self.second_id}"


class ServiceOperator(models.Model):
    """An organisation operates a service from one instant to another (`valid_to` exclusive, empty while it
    lasts), one at a time.

    What a role permits in a service counts only for members of the organisation that operates
    it (`identity.effect`).
    """

    data = About(
        plain={"service"},
        on_public_pages=False,
        keep=REGISTER,
    )

    service = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="operated")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="operator_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["service"], condition=Q(valid_to__isnull=True), name="operator_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}:{self.organisation_id}"


def name_on(names: Iterable[OrganisationName], day: date, language: str = "") -> OrganisationName | None:
    """Of the names of one organisation the one of a day, as `Organisation.name_row_at` chooses."""
    return spoken_name([row for row in names if row.span.covers(day)], language)


class InLanguage(Protocol):
    """A name in a language, and since when it is used."""

    @property
    def language(self) -> str: ...

    @property
    def since(self) -> str: ...


def spoken_name[Name: InLanguage](names: Iterable[Name], language: str = "") -> Name | None:
    """Of the names that one organisation has on the same day the one for a language, or else for any; of
    several the one that came last."""
    wanted = language or get_language() or "lt"
    rows = sorted(names, key=lambda row: row.since, reverse=True)
    return min(rows, key=lambda row: (row.language != wanted, row.language), default=None)
