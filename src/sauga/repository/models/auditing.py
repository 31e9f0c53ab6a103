"""What a check said of a page on a day: the ground of the gate's answers and of the accessibility statement."""

from django.db import models


class Audit(models.Model):
    """An audit is one tool's word on one page. `digest` is that of the markup it saw: of another markup it says nothing.

    `subject` names the page (resource:…, page:…), `kind` its type, `findings` are codes with the element concerned.
    """

    subject = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    language = models.CharField(max_length=16)
    check_code = models.CharField(max_length=32)
    tool = models.CharField(max_length=60)
    outcome = models.CharField(max_length=16)
    findings = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "check_code", "-at"], name="audit_of_subject"),
            models.Index(fields=["kind", "check_code", "-at"], name="audit_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.check_code}"
