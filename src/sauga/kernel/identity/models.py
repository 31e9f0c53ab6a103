"""Tables of people: who they are, for whom they work in which role and until when, and how
they were invited.
"""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, Term, With
from sauga.kernel.identity.states import PROPOSAL, ProposalState
from sauga.kernel.ids import new_reference
from sauga.kernel.organisations.models import Organisation, OrganisationKind, ServiceOperator, valid_at
from sauga.kernel.states import Step

ORGANISED = Forever(_("How work is organised; names no private person."), what=_("Roles and grants"))


def new_pseudonym() -> str:
    """A fresh opaque name for the audit log; it says nothing about the person."""
    return f"p-{new_reference(12)}"


class Person(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # the stubs look for a manager that names the mixin
    """A person who signs in at the desk.

    `session_epoch` rises whenever the password, a second factor or a membership changes, which ends every
    session of the person. `totp_step` is the last 30-second step whose code was accepted; an older or equal
    one is a replay.

    Django's groups and permissions are there for the editors' tool alone, which asks for nothing else; they
    follow from the person's grants (decision 0042). There are no superusers, and the database says so.
    """

    data = About(
        plain={"password", "email", "name", "language", "pseudonym"},
        keep=Forever(
            _("The audit log's pseudonyms resolve here; removed by hand when the log no longer names them."),
            what=_("Accounts of staff"),
        ),
    )

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="lt")
    is_active = models.BooleanField(default=True)
    pseudonym = models.CharField(max_length=40, unique=True, default=new_pseudonym)
    session_epoch = models.PositiveIntegerField(default=0)
    totp_step = models.BigIntegerField(default=0)

    objects = BaseUserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(is_superuser=False), name="person_is_no_superuser"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """What Django's own tools show instead of an address."""
        return self.name or self.email

    @property
    def ref(self) -> str:
        """What the audit log calls this person."""
        return self.pseudonym

    @property
    def initials(self) -> str:
        """Two letters for the mark beside the name."""
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    def get_session_auth_hash(self) -> str:
        return self._session_mark()

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Django asks here for each earlier signing key as well."""
        return self._session_mark(secret)

    def _session_mark(self, secret: Any = None) -> str:
        text = f"{self.session_epoch}:{self.password}"
        return salted_hmac("identity.session", text, secret=secret, algorithm="sha256").hexdigest()


class Role(models.Model):
    """A role is data: a code and its names. What it may do are `Grant` rows."""

    data = About(plain={"code", "labels"}, keep=ORGANISED)

    code = models.CharField(max_length=40, unique=True)
    labels = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.labels.get(get_language() or "") or gettext(self.labels.get("en") or self.code)


class Grant(models.Model):
    """One role × one permission. A row with `allowed` false remembers that staff took a default away."""

    data = About(plain={"permission"}, keep=ORGANISED)

    role = models.ForeignKey(Role, models.CASCADE, related_name="grants")
    permission = models.CharField(max_length=80)
    allowed = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["role", "permission"], name="grant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.role_id}:{self.permission}"


class KindRole(models.Model):
    """Organisations of one kind may grant one role.

    A row with `allowed` false remembers that staff took a default away.
    """

    data = About(keep=ORGANISED)

    kind = models.ForeignKey(OrganisationKind, models.CASCADE, related_name="roles")
    role = models.ForeignKey(Role, models.CASCADE, related_name="kinds")
    allowed = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "role"], name="kind_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind_id}:{self.role_id}"


class KindZone(models.Model):
    """Organisations of one kind may grant one vault. `allowed` as in `KindRole`."""

    data = About(plain={"zone"}, keep=ORGANISED)

    kind = models.ForeignKey(OrganisationKind, models.CASCADE, related_name="zones")
    zone = models.CharField(max_length=20)
    allowed = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "zone"], name="kind_zone_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind_id}:{self.zone}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about memberships that may be chained."""

    def current(self, at: datetime) -> Self:
        """In force at `at`, and the organisation too."""
        organisation = Q(organisation__valid_from__lte=at) & (
            Q(organisation__valid_to__isnull=True) | Q(organisation__valid_to__gt=at)
        )
        return self.filter(valid_at(at)).filter(organisation)

    def with_services(self, at: datetime) -> Self:
        """Each row with `services`: what its organisation operates at `at`."""
        operated = ServiceOperator.objects.filter(
            valid_at(at), organisation=OuterRef("organisation")
        ).order_by("service")
        return self.annotate(services=ArraySubquery(operated.values("service")))

    def serving(self, service: str, at: datetime) -> Self:
        """In force at `at`, at the organisation that operates the service then."""
        operated = ServiceOperator.objects.filter(valid_at(at), service=service)
        return self.current(at).filter(organisation__in=operated.values("organisation"))


class Membership(models.Model):
    """A person works for an organisation in one role from one instant to another (`valid_to` exclusive, empty
    while it lasts).

    `zones` says which sealed zones the role may open; the keys themselves are given in `kernel.sealed` by
    someone who holds them.
    """

    data = About(plain={"zones"}, keep=With("person"))

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.ForeignKey(Role, models.PROTECT, related_name="memberships")
    zones = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(valid_to__isnull=True),
                name="membership_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.role_id}"


class Invitation(models.Model):
    """A single-use link sent by mail, to join or to set a new password.

    It is signed over `ref`; the row says whether it still counts.

    `confirmed_by` is the second person where the role needs one, else the same as `invited_by`.
    """

    data = About(
        plain={"ref", "purpose", "email", "name", "language", "zones", "invited_by", "confirmed_by"},
        keep=Term(
            30, after="expires_at", what=_("Invitations of staff"), since=_("the day the link expired")
        ),
    )

    class Purpose(models.TextChoices):
        """What the link opens."""

        JOIN = "JOIN"
        RESET = "RESET"

    ref = models.CharField(max_length=40, unique=True)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, default="lt")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    zones = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    invited_by = models.CharField(max_length=40)
    confirmed_by = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.ref

    def is_open(self, at: datetime) -> bool:
        """Whether the link still works at `at`."""
        return self.used_at is None and self.withdrawn_at is None and at < self.expires_at


class RoleProposal(models.Model):
    """A role that needs two people: one proposes it here, another confirms or refuses.

    Nothing is granted before.

    Either `person` is set (a role for a person here, in place of `replaces` when that is set) or `email`
    (an invitation).
    """

    data = About(
        plain={"ref", "state", "zones", "email", "name", "language", "proposed_by", "decided_by", "reason"},
        keep=Term(
            2 * 366,
            after="proposed_at",
            what=_("Roles that waited for a second person"),
            since=_("the day the role was proposed"),
        ),
    )

    ref = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=12, choices=ProposalState.choices, default=ProposalState.OPEN)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, models.PROTECT, related_name="+")
    zones = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="proposals")
    replaces = models.ForeignKey(Membership, models.CASCADE, null=True, blank=True, related_name="+")
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, default="lt")
    proposed_by = models.CharField(max_length=40)
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": PROPOSAL}
    steps: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(state="CONFIRMED") | ~Q(decided_by=F("proposed_by")), name="proposal_two_people"
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    def is_open(self, at: datetime) -> bool:
        """Whether it still waits for the second person at `at`."""
        return self.state == ProposalState.OPEN and at < self.expires_at


class RoleProposalStep(Step):
    """One move of a proposal."""

    subject = models.ForeignKey(RoleProposal, models.CASCADE, related_name="steps")

    def __str__(self) -> str:
        return f"{self.subject_id}: {self.after}"


class Installation(models.Model):
    """What this database is for: the demo, whose accounts are public, or production.

    One row, which the database refuses to change.
    """

    data = About(plain={"purpose"}, keep=ORGANISED)

    class Purpose(models.TextChoices):
        """The two kinds of installation, which never mix."""

        DEMO = "DEMO"
        PRODUCTION = "PRODUCTION"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    marked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(id=1), name="installation_one_row")
        ]

    def __str__(self) -> str:
        return self.purpose


class SigninPace(models.Model):
    """How often a sign-in failed lately, per account and kind of browser.

    `key` is a keyed hash, so the table names no person.
    """

    data = About(
        blind={"key"},
        keep=Term(1, after="last_at", what=_("Counters of failed sign-ins"), since=_("the last attempt")),
    )

    key = models.BinaryField(max_length=32, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.failures} failures"
