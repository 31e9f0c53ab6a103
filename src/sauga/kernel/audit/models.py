"""The tables of the audit log.

All are written once; a database trigger refuses to change or delete their rows (migration 0002).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, By, Forever, Term, With


class TrailLine(models.Model):
    """A line says that a person acted on an object within an hour.

    It is put into its zone's chain when its transaction commits.
    """

    data = About(
        plain={"zone", "actor", "action", "kind", "ref", "facts", "digest"},
        keep=Term(
            1830,
            after="hour",
            least=1830,
            how=By("sauga.kernel.audit.truncation.drop_old_lines"),
            what=_("Audit log entries"),
            since=_("the hour of the act"),
        ),
    )

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

    data = About(plain={"zone", "hash"}, keep=With("line"))

    pk = models.CompositePrimaryKey("zone", "sequence")
    zone = models.CharField(max_length=24)
    sequence = models.BigIntegerField()
    line = models.OneToOneField(TrailLine, models.DO_NOTHING, related_name="link", db_constraint=False)
    hash = models.BinaryField(max_length=32)


class TrailHead(models.Model):
    """The head is the last link of a zone's chain; its row is locked while a link is added.

    The only row here that changes.
    """

    data = About(
        plain={"zone", "hash"},
        keep=Forever(_("One row for each zone: where its chain ends."), what=_("Ends of the audit chains")),
    )

    zone = models.CharField(max_length=24, primary_key=True)
    sequence = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)


class SignedHead(models.Model):
    """A signed head proves what the chain was at a moment; `witness` is the zone whose chain remembers it
    too."""

    data = About(
        plain={"zone", "hash", "public", "signature", "witness"},
        keep=Forever(_("Proves what the chain was; names nobody."), what=_("Signatures of the audit log")),
    )

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

    data = About(
        plain={"zone", "hash", "public", "signature"},
        keep=Forever(
            _("Proves that a dropped part of the chain was dropped after its term."),
            what=_("Anchors of the audit log"),
        ),
    )

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

    data = About(
        plain={"destination"},
        keep=Forever(
            _("One row for each destination of signed heads."), what=_("Deliveries of the audit signatures")
        ),
    )

    destination = models.CharField(max_length=24, primary_key=True)
    last_head = models.BigIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)


class WitnessedHead(models.Model):
    """A witnessed head is a signed head of another installation, remembered here on its behalf.

    Written once.
    """

    data = About(
        plain={"installation", "zone", "hash", "public", "signature"},
        keep=Forever(
            _("Proves what another installation's chain was; names nobody."),
            what=_("Audit signatures of other installations"),
        ),
    )

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
