"""Where content lies: each trace keeps every source's answer with its date and confidence, disagreement included."""

from django.db import models

from sauga.hotline.models.item import ContentItem
from sauga.kernel.ids import new_reference


class Trace(models.Model):
    """A trace is one attempt to find who hosts an item."""

    item = models.ForeignKey(ContentItem, models.CASCADE, related_name="traces")
    at = models.DateTimeField()
    confidence = models.CharField(max_length=12)
    hosting_class = models.CharField(max_length=16)
    country = models.CharField(max_length=2, blank=True)
    failed = models.CharField(max_length=24, blank=True)

    class Meta:
        indexes = [models.Index(fields=["item", "-at"])]


class TraceAnswer(models.Model):
    """A trace answer is what one source said, and of when its knowledge is. Network addresses are sealed with the item's key."""

    ref = models.CharField(max_length=12, default=new_reference)
    trace = models.ForeignKey(Trace, models.CASCADE, related_name="answers")
    source = models.CharField(max_length=16)
    value = models.BinaryField(default=bytes)
    network = models.CharField(max_length=120, blank=True)
    asn = models.PositiveIntegerField(null=True, blank=True)
    country = models.CharField(max_length=2, blank=True)
    table = models.CharField(max_length=60, blank=True)
    as_of = models.DateField(null=True, blank=True)
    confidence = models.CharField(max_length=12)
