"""Tables of members of the public: who they are (encrypted), how they sign in, what they consented to, and
which organisations they act for."""

from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel import sealed
from sauga.kernel.data import About, By, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.members.states import REPRESENTATION, RepresentationState
from sauga.kernel.states import Step

ADULT_AT_14, ADULT_AT_18 = 14, 18


def new_pseudonym() -> str:
    """A fresh opaque name for the audit log; it says nothing about the member."""
    return f"m-{new_reference(12)}"


def new_ref() -> str:
    """A reference that nobody can guess: 80 bits."""
    return new_reference(16)


class Member(models.Model):
    """A member of the public who comes back under their own name. No account of staff, and never a holder of
    a staff permission.

    `address` and `name` are encrypted under the member's own data key (`holder`); `lookup` is the blind index
    of the address, or of `ref` for a young member who has none. `born` is the month of birth, encrypted in
    the same way and known of children only, who come by invitation. `last_seen_date` and `warned_at` tell
    when an unused account is deleted.
    """

    data = About(
        plain={"ref", "pseudonym", "language"},
        sealed={"address", "name", "born"},
        blind={"lookup"},
        keep=Term(
            2 * 365,
            after="last_seen_date",
            code="members.unused",
            how=By("sauga.kernel.members.actions.account.retain_unused"),
            what=_("Unused accounts of members"),
            since=_("the last visit"),
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_ref)
    pseudonym = models.CharField(max_length=40, unique=True, default=new_pseudonym)
    lookup = models.BinaryField(max_length=32, unique=True)
    address = models.BinaryField()
    name = models.BinaryField(default=bytes)
    language = models.CharField(max_length=5, default="lt")
    born = models.BinaryField(default=bytes)
    is_reminded = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    last_seen_date = models.DateField()
    warned_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Whose data key opens the sealed fields of this row and of what belongs to it."""
        return f"member:{self.ref}"

    @cached_property
    def birth_month(self) -> date | None:
        """The first day of the month of birth, opened with the member's key when first asked for; None of
        adults, whose month is unknown."""
        if not bytes(self.born):
            return None
        zone = sealed.Zone.MEMBERS
        key = sealed.open_data_key(zone=zone, holder=self.holder, opener=sealed.ServiceOpener(zone))
        return self.month_by(key)

    def month_by(self, key: sealed.DataKey) -> date | None:
        """The same with the member's open key."""
        if not bytes(self.born):
            return None
        held = bytes(self.born)
        month = sealed.unseal(key, table="member", row=self.ref, field="born", envelope=held)
        return date.fromisoformat(f"{month}-01")

    def is_under(self, years: int, on: date) -> bool:
        """Whether a member whose month of birth is known is surely under this age: until the end of the month
        of the birthday."""
        if self.birth_month is None:
            return False
        month = self.birth_month.year + years, self.birth_month.month
        return (on.year, on.month) <= month

    def first_day_at(self, years: int) -> date | None:
        """The first day on which a member whose month of birth is known surely has this age."""
        if self.birth_month is None:
            return None
        year, month = self.birth_month.year + years, self.birth_month.month
        return date(year + month // 12, month % 12 + 1, 1)

    @property
    def is_young(self) -> bool:
        """Whether the account came by an invitation for young people."""
        return self.birth_month is not None


class SigninLink(models.Model):
    """A link that was asked for on the sign-in page and is mailed to the address, whether or not an account
    has it.

    Signed over `ref` (`links.py`), so a copy of the database holds no link. `browser` is the digest of the
    cookie of the browser that asked. `wanted` is the page of the member site to go to. The row goes a day
    after it expired.
    """

    data = About(
        plain={"ref", "language", "wanted"},
        sealed={"address"},
        blind={"lookup", "browser"},
        keep=Term(
            1,
            after="expires_at",
            holder=("holder",),
            what=_("Links to sign in"),
            since=_("the moment the link expired"),
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_ref)
    lookup = models.BinaryField(max_length=32)
    address = models.BinaryField()
    browser = models.BinaryField(max_length=32)
    language = models.CharField(max_length=5)
    wanted = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["lookup", "sent_at"], name="members_link_sent")
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Whose data key opens the address."""
        return f"member-link:{self.ref}"

    def is_open(self, at: datetime) -> bool:
        """Whether it still signs in at `at`."""
        return self.used_at is None and at < self.expires_at


class MemberSession(models.Model):
    """A browser in which a member is signed in. `key` is the digest of the cookie, so that a copy of the
    database lets no one sign in.

    `device` (encrypted) is what the member recognises it by, such as “Firefox, Linux”. `seen_at` is kept to
    the hour.
    """

    data = About(
        plain={"ref", "method"},
        sealed={"device"},
        blind={"key"},
        keep=Term(1, after="expires_at", what=_("Sign-ins of members"), since=_("the end of the session")),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_ref)
    member = models.ForeignKey(Member, models.CASCADE, related_name="sessions")
    key = models.BinaryField(max_length=32, unique=True)
    device = models.BinaryField()
    method = models.CharField(max_length=12)
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.ref


class MemberPasskey(models.Model):
    """A passkey of a member: the public half and what it is called (encrypted).

    `last_used_at` moves on by one conditional statement, so that an answer signs in once. `signatures` is how
    often the passkey said that it has signed; a lower number comes from a copy of the device, and
    `copied_at` is when one last tried to sign in.
    """

    data = About(plain={"ref", "credential", "public"}, sealed={"name"}, keep=With("member"))

    ref = models.CharField(max_length=40, unique=True, default=new_ref)
    member = models.ForeignKey(Member, models.CASCADE, related_name="passkeys")
    credential = models.BinaryField(max_length=1024, unique=True)
    public = models.BinaryField()
    signatures = models.PositiveBigIntegerField(default=0)
    name = models.BinaryField()
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    copied_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.ref


class SigninCard(models.Model):
    """A card with a code that signs a young member in, again and again until it ends: no email address is
    needed. `digest` is that of the code, which cannot be read again; one card of a member counts at a time.
    """

    data = About(plain={"ref"}, blind={"digest"}, keep=With("member"))

    ref = models.CharField(max_length=40, unique=True, default=new_ref)
    member = models.OneToOneField(Member, models.CASCADE, related_name="card")
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.ref


class Guardian(models.Model):
    """Who consents for a young member: an address (encrypted under the member's key) and a signed link to one
    page. No account.

    `child` (encrypted like the address) tells the guardian whom it is about: the first letter of the name and
    who invited the child. `refused` holds when the guardian said no, by the code of the purpose.
    """

    data = About(plain={"ref", "language", "refused"}, sealed={"address", "child"}, keep=With("member"))

    ref = models.CharField(max_length=40, unique=True, default=new_ref)
    member = models.OneToOneField(Member, models.CASCADE, related_name="guardian")
    address = models.BinaryField()
    child = models.BinaryField(default=bytes)
    refused = models.JSONField(default=dict)
    language = models.CharField(max_length=5)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.ref


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Questions about consents that may be chained."""

    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Consent(models.Model):
    """A person agreed to one purpose, in the words of one version of its text, for one member.

    `given_by` says whether the member or the guardian agreed; `evidence` how (the button on the signed-in
    page, the signed link), `digest` is that of the text that was shown. Never changed but for its withdrawal.
    """

    data = About(
        plain={"purpose", "given_by", "evidence", "withdrawn_by"}, blind={"digest"}, keep=With("member")
    )

    class Party(models.TextChoices):
        """Who agrees."""

        SELF = "SELF"
        GUARDIAN = "GUARDIAN"

    class Evidence(models.TextChoices):
        """How it was given."""

        SIGNED_IN = "SIGNED_IN"
        SIGNED_LINK = "SIGNED_LINK"

    member = models.ForeignKey(Member, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    given_by = models.CharField(max_length=8, choices=Party.choices)
    evidence = models.CharField(max_length=12, choices=Evidence.choices)
    digest = models.BinaryField(max_length=32)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=8, blank=True, choices=Party.choices)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "purpose", "given_by"],
                condition=Q(withdrawn_at__isnull=True),
                name="members_consent_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}:{self.version}"


class Representation(models.Model):
    """A member acts for an organisation, or asks to.

    Asked by the member; confirmed by a member who acts for it already, or by staff; ended by either.
    `asked_name` (encrypted) is what the member typed where the organisation was not in the register,
    `purpose` (encrypted) what for. `reason` is a code.
    """

    data = About(
        plain={"ref", "state", "decided_by", "reason"}, sealed={"asked_name", "purpose"}, keep=With("member")
    )

    ref = models.CharField(max_length=40, unique=True, default=new_ref)
    member = models.ForeignKey(Member, models.CASCADE, related_name="representations")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_name = models.BinaryField(default=bytes)
    purpose = models.BinaryField(default=bytes)
    wants_partner = models.BooleanField(default=False)
    state = models.CharField(
        max_length=12, choices=RepresentationState.choices, default=RepresentationState.ASKED
    )
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=40, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": REPRESENTATION}
    steps: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "organisation"],
                condition=Q(state__in=["ASKED", "CONFIRMED"]),
                name="members_represents_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="CONFIRMED") | Q(organisation__isnull=False),
                name="members_confirmed_names_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class RepresentationStep(Step):
    """A move of a representation's state."""

    subject = models.ForeignKey(Representation, models.CASCADE, related_name="steps")
