"""The key store's tables. They hold public halves and sealed private ones; no row opens anything by itself.

Nothing here carries a time: the audit log says who did what and when, and a visitor's rows must not be
datable.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, With
from sauga.kernel.sealed.zones import Recipient, Zone


class ZoneKey(models.Model):
    """A zone key is one version of the pair of a zone's TEAM, CUSTODIAN, SERVICE or ESCROW.

    The newest is sealed to, older ones only opened.

    `escrowed` is the private half sealed to the escrow key (TEAM and CUSTODIAN). `verify` checks the
    signatures on membership rows. `mark` is a keyed digest of the row, so that a key written by a person with
    nothing but the database is refused.
    """

    data = About(
        plain={"zone", "kind", "public", "verify", "escrowed", "mark"},
        keep=Forever(
            _("Public halves of the zones; their private halves go with their members."),
            what=_("Public keys of the vaults"),
        ),
    )

    zone = models.CharField(max_length=16, choices=[(z.value, z.value) for z in Zone])
    kind = models.CharField(
        max_length=16, choices=[(r.value, r.value) for r in Recipient if r is not Recipient.RECEIPT]
    )
    version = models.PositiveSmallIntegerField()
    public = models.BinaryField()
    verify = models.BinaryField(default=b"")
    escrowed = models.BinaryField(default=b"")
    mark = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["zone", "kind", "version"], name="sealed_zonekey_version")
        ]


class Member(models.Model):
    """A member is a person to whom the private half of one version of a zone key is sealed.

    The row is signed by a holder of that key.
    """

    data = About(
        plain={"person_public", "wrapped", "signature"},
        keep=Forever(_("Removed when a person leaves the team."), what=_("Holders of vault keys")),
    )

    zone_key = models.ForeignKey(ZoneKey, models.CASCADE, related_name="members")
    person_id = models.BigIntegerField()
    person_public = models.BinaryField()
    wrapped = models.BinaryField()
    by_person_id = models.BigIntegerField()
    signature = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["zone_key", "person_id"], name="sealed_member_once")
        ]
        indexes: ClassVar = [models.Index(fields=["person_id"], name="sealed_member_person")]


class PersonKey(models.Model):
    """A person key is the public half of a person's own pair; the private half is in its wraps.

    `identity` is a layer above.
    """

    data = About(plain={"public"}, keep=Forever(_("Removed with the account."), what=_("Keys of staff")))

    person_id = models.BigIntegerField(unique=True)
    public = models.BinaryField()


class WrapKind(models.TextChoices):
    """By what a person's private half can be had."""

    PASSWORD = "PASSWORD"  # noqa: S105  the name of a kind, not a password
    RECOVERY = "RECOVERY"
    PASSKEY_PRF = "PASSKEY_PRF"


class KeyWrap(models.Model):
    """A key wrap is a person's private half sealed under something only that person knows or has.

    `credential` names the passkey.
    """

    data = About(plain={"kind", "credential", "salt", "envelope"}, keep=With("person_key"))

    person_key = models.ForeignKey(PersonKey, models.CASCADE, related_name="wraps")
    kind = models.CharField(max_length=16, choices=WrapKind)
    credential = models.BinaryField(default=b"")
    salt = models.BinaryField()
    operations = models.BigIntegerField(default=0)
    memory = models.BigIntegerField(default=0)
    envelope = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person_key", "kind", "credential"], name="sealed_keywrap_once")
        ]


class WrappedKey(models.Model):
    """A wrapped key is a data key sealed to one recipient. Destroying a holder's rows destroys what was
    sealed under the key.

    Long-lived backups leave this table out (docs/develop/threat-model.md).
    """

    data = About(
        plain={"zone", "holder", "recipient", "envelope"},
        keep=Forever(
            _("Destroyed first, when the record that it opens is past its period."),
            what=_("Keys that open records"),
        ),
    )

    zone = models.CharField(max_length=16, choices=[(z.value, z.value) for z in Zone])
    holder = models.CharField(max_length=80)
    recipient = models.CharField(
        max_length=16, choices=[(r.value, r.value) for r in Recipient if r is not Recipient.ESCROW]
    )
    version = models.PositiveSmallIntegerField()
    envelope = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "zone", "recipient"], name="sealed_wrappedkey_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["zone", "recipient", "version"], name="sealed_wrappedkey_version")
        ]
