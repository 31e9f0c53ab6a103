"""What came from the helpline: addresses that became reports, and passes for own pictures. Nothing about a child."""

from django.db import models


class Handover(models.Model):
    """A handover is a message of another service that became a report here; `told` is the last outcome that was sent back."""

    referral = models.CharField(max_length=24, unique=True)
    report = models.ForeignKey("hotline.Report", models.CASCADE, related_name="handovers")
    told = models.CharField(max_length=24, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(settled_at=None), name="handover_open")]

    def __str__(self) -> str:
        return self.referral


class OwnPass(models.Model):
    """An own pass lets one child bring own pictures, once, until its day. It does not say which report was made with it."""

    referral = models.CharField(max_length=24, unique=True)
    index = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    told = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.referral
