"""What was handed over to INHOPE, the police and other authorities: the files made for them, the records, and
their corrections."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.hotline.content.models import ContentItem
from sauga.kernel.data import About, Clear, Forever, Term, With
from sauga.kernel.ids import new_reference


class HandoverExport(models.Model):
    """A handover export is a signed ZIP file of some items for one recipient.

    It is built when it is downloaded and never stored here.
    """

    data = About(
        plain={"ref", "recipient", "made_by", "approved_by", "downloaded_by", "digest", "discarded_by"},
        keep=Forever(
            _("Codes and instants without an address: who handed over how much stays answerable."),
            what=_("Exports of hand-overs"),
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    recipient = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)
    needs_second = models.BooleanField(default=False)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=40, blank=True)
    downloaded_at = models.DateTimeField(null=True, blank=True)
    downloaded_by = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)
    discarded_by = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["recipient", "made_at"],
                condition=Q(recorded_at=None, discarded_at=None),
                name="handover_export_open",
            ),
            models.Index(fields=["made_by", "made_at"], name="handover_export_by"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_open(self) -> bool:
        """Neither recorded as handed over nor discarded."""
        return self.recorded_at is None and self.discarded_at is None

    @property
    def waits_for_second(self) -> bool:
        """A mass export that a second person has not approved yet."""
        return self.needs_second and self.approved_at is None


class HandoverExportItem(models.Model):
    """One item inside a handover export, as of one occurrence."""

    data = About(keep=With("export"))

    export = models.ForeignKey(HandoverExport, models.CASCADE, related_name="items")
    item = models.ForeignKey(ContentItem, models.CASCADE, related_name="handover_exports")
    occurrence = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "item"], name="handover_export_item_once")]


class HandoverRecord(models.Model):
    """A handover record says that an item was handed over to a recipient: how, when, by whom, and under which
    number of theirs.

    Figures count these records and never a route. One that is undone or cancelled stays, and counts no more.
    """

    data = About(
        plain={"ref", "recipient", "method", "reference", "recorded_by", "undone_by", "undo_reason"},
        keep=Term(
            730,
            after="handed_over_at",
            code="hotline.address",
            name="reference",
            where=~models.Q(reference=""),
            how=Clear({"reference": ""}),
            holds=("item",),
            what=_("Case numbers of hand-overs"),
            since=_("the day of the hand-over"),
            page="hotline-handover",
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    item = models.ForeignKey(ContentItem, models.CASCADE, related_name="handover_records")
    occurrence = models.PositiveSmallIntegerField(default=1)
    recipient = models.CharField(max_length=20)
    method = models.CharField(max_length=12)
    export = models.ForeignKey(HandoverExport, models.PROTECT, null=True, blank=True, related_name="records")
    reference = models.CharField(max_length=40, blank=True)
    handed_over_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=40, blank=True)
    undo_reason = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "occurrence", "recipient"],
                condition=Q(undone_at=None),
                name="handover_record_once",
            )
        ]
        indexes = [
            models.Index(fields=["recipient", "-handed_over_at"], name="handover_record_list"),
            models.Index(
                fields=["recorded_at"],
                condition=Q(reference="", undone_at=None),
                name="handover_record_no_number",
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class HandoverCorrection(models.Model):
    """A handover correction keeps what a record said before it was changed, by whom and why.

    Never changed afterwards.
    """

    data = About(
        plain={"by", "reason", "reference_before"},
        keep=Term(
            730,
            after="at",
            code="hotline.address",
            name="reference",
            where=~models.Q(reference_before=""),
            how=Clear({"reference_before": ""}),
            holds=("record.item",),
            what=_("Earlier case numbers of hand-overs"),
            since=_("the day of the correction"),
        ),
    )

    record = models.ForeignKey(HandoverRecord, models.CASCADE, related_name="corrections")
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    reason = models.CharField(max_length=24)
    reference_before = models.CharField(max_length=40, blank=True)
    handed_over_before = models.DateTimeField()
