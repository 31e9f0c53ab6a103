"""Tables of credentials: what was issued, how it moved, the keys it was signed with, and the status lists.

What is printed and the signed file are sealed under the credential's own key, and its code is a blind index:
a copy of the database names no person and opens no check page.
"""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel.credentials.states import CREDENTIAL, OPEN, CredentialState
from sauga.kernel.data import About, Forever, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.members.models import Member
from sauga.kernel.states import Step

LIST_BITS = 131_072
"""Entries of a status list; the least that the standard allows, so that a list tells nothing by its
length."""


class IssuerKey(models.Model):
    """A key with which this installation signs credentials: its public half, and since when it is in use. The
    private half is a file.

    A former key stays, so that what it signed can be checked. `name` is the fragment of its address in the
    DID document and begins with the day on which it was made; `did` is what this installation was called
    then, by its address of that time.
    """

    data = About(
        plain={"name", "did", "public"},
        keep=Forever(
            _("Public halves of signing keys: what they signed must stay verifiable."),
            what=_("Keys that certificates were signed with"),
        ),
    )

    name = models.CharField(max_length=40, unique=True)
    did = models.CharField(max_length=300)
    public = models.BinaryField(max_length=32)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                models.expressions.Value(1), condition=Q(ended_at__isnull=True), name="credentials_one_key"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StatusIndex(models.Model):
    """A space of places in a pair of status lists: one of revocation, one of suspension, with the same
    places.

    `decoys` has a bit for each place that no credential will ever have: these change by chance, so that
    neither how many bits are set nor how many change tells anything.
    """

    data = About(
        plain={"decoys"},
        keep=Forever(_("Random numbers; they name nobody."), what=_("Places in the status lists")),
    )

    number = models.PositiveIntegerField(unique=True)
    decoys = models.BinaryField()

    def __str__(self) -> str:
        return str(self.number)


class StatusList(models.Model):
    """One published list: its bits and the signed document, written anew in the transaction that moves a
    credential."""

    data = About(
        plain={"purpose", "bits", "document"},
        keep=Forever(_("Published bits; they name nobody."), what=_("Status lists of certificates")),
    )

    index = models.ForeignKey(StatusIndex, models.PROTECT, related_name="lists")
    purpose = models.CharField(max_length=12)
    bits = models.BinaryField()
    document = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["index", "purpose"], name="credentials_list_once"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}-{self.index_id}"


class Credential(models.Model):
    """A credential that was issued to a person, for one `subject` of its owner:
    "training.enrolment:K7Q4-M2XX".

    `identifier` is the `urn:uuid` of the file, `lookup` the blind index of its code. `printed` (with the
    code) and `document` (the signed file) are sealed under its own key. `place` is its place in the status
    lists. `ended_at` is when it was replaced, expired or revoked.
    """

    data = About(
        plain={"ref", "kind", "subject", "number", "language", "state"},
        sealed={"printed", "document"},
        blind={"lookup"},
        keep=(
            Term(
                10 * 366,
                after="ended_at",
                code="credentials.ended",
                holder=("holder",),
                what=_("Certificates that have ended"),
                since=_("the end of their validity"),
            ),
            Term(
                25 * 366,
                after="issued_at",
                code="credentials.endless",
                name="endless",
                where=models.Q(valid_until__isnull=True),
                holder=("holder",),
                what=_("Certificates without an end date"),
                since=_("the day they were issued"),
            ),
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    identifier = models.UUIDField(unique=True, default=uuid4)
    kind = models.CharField(max_length=48)
    subject = models.CharField(max_length=96)
    number = models.CharField(max_length=40)
    lookup = models.BinaryField(max_length=32, unique=True)
    printed = models.BinaryField()
    document = models.BinaryField()
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=12, default=CredentialState.VALID)
    issued_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaced_by"
    )
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="credentials")
    key = models.ForeignKey(IssuerKey, models.PROTECT, related_name="+")
    index = models.ForeignKey(StatusIndex, models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()

    state_tables: ClassVar[dict[str, Any]] = {"state": CREDENTIAL}
    steps: Any
    words: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(state__in=[str(one) for one in OPEN]),
                name="credentials_one_of_subject",
            ),
            models.UniqueConstraint(fields=["index", "place"], name="credentials_place_once"),
            models.UniqueConstraint(fields=["kind", "number"], name="credentials_number_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=models.F("issued_at")),
                name="credentials_term",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "-issued_at"], name="credentials_issued"),
            models.Index(
                fields=["valid_until"],
                condition=Q(state__in=[str(one) for one in OPEN]),
                name="credentials_term_ends",
            ),
            models.Index(fields=["subject"], name="credentials_subject"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def service(self) -> str:
        """The service that issued it."""
        return self.kind.partition(".")[0]

    @property
    def holder(self) -> str:
        """Whose data key opens the sealed fields."""
        return f"credential:{self.ref}"


class CredentialStep(Step):
    """One move of a credential."""

    subject = models.ForeignKey(Credential, models.CASCADE, related_name="steps")


class CredentialWord(models.Model):
    """A word of the holder's name as a blind index, for searching at the desk."""

    data = About(blind={"word"}, keep=With("credential"))

    credential = models.ForeignKey(Credential, models.CASCADE, related_name="words")
    word = models.BinaryField(max_length=32)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["word"], name="credentials_word")]

    def __str__(self) -> str:
        return str(self.pk)
