"""The tables of the audit log.

All are written once; a database trigger refuses to change or delete their rows (migration 0002).
"""

from django.db import models


class TrailLine(models.Model):
    """A line says that somebody did something to an object within an hour.

    It is put into its zone's chain when its transaction commits.
    """

    zone = models.CharField(max_length=24)
    hour = models.DateTimeField()
    actor = models.CharField(max_length=40)
    action = models.CharField(max_length=64)
    kind = models.CharField(max_length=64, blank=True)
    ref = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(default=dict)
    digest = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["ref", "kind", "id"], name="audit_line_object"),
            models.Index(fields=["zone", "id"], name="audit_line_zone"),
        ]


class TrailLink(models.Model):
    """A link gives a line its place in its zone's chain. Only the database writes it, at commit."""

    pk = models.CompositePrimaryKey("zone", "sequence")
    zone = models.CharField(max_length=24)
    sequence = models.BigIntegerField()
    line = models.OneToOneField(TrailLine, models.DO_NOTHING, related_name="link", db_constraint=False)
    hash = models.BinaryField(max_length=32)


class TrailHead(models.Model):
    """The head is the last link of a zone's chain; its row is locked while a link is added.

    The only row here that changes.
    """

    zone = models.CharField(max_length=24, primary_key=True)
    sequence = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)


class SignedHead(models.Model):
    """A signed head proves what the chain was at a moment; `witness` is the zone whose chain remembers it
    too."""

    zone = models.CharField(max_length=24)
    sequence = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()
    public = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)
    witness = models.CharField(max_length=24)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "sequence"], name="audit_one_signature_a_place")
        ]


class Anchor(models.Model):
    """An anchor stands where the oldest part of a chain was dropped after its term: the chain begins after
    it. Signed like a head."""

    zone = models.CharField(max_length=24)
    sequence = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    dropped_at = models.DateTimeField()
    public = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["zone", "sequence"], name="audit_one_anchor_a_place")]


class HeadDelivery(models.Model):
    """A head delivery says up to which signed head (its primary key) a destination outside has taken them,
    and when last."""

    destination = models.CharField(max_length=24, primary_key=True)
    last_head = models.BigIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)


class WitnessedHead(models.Model):
    """A witnessed head is a signed head of another installation, remembered here on its behalf.

    Written once.
    """

    installation = models.CharField(max_length=40)
    zone = models.CharField(max_length=24)
    sequence = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()
    public = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "zone", "sequence", "hash"], name="audit_witnessed_once"
            )
        ]
