"""Legal holds, and the retention periods that staff changed or want to change."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, Term

PROVISIONAL_DAYS = 3
PROPOSED_DAYS = 14
REMINDED_DAYS = 14


class Reason(models.TextChoices):
    """Why a record is kept beyond its period."""

    COURT_ORDER = "COURT_ORDER", _("Court order")
    INVESTIGATION = "INVESTIGATION", _("Criminal investigation")
    LEGAL_CLAIM = "LEGAL_CLAIM", _("Legal claim, or the defence against one")
    AUTHORITY = "AUTHORITY", _("Inspection by a supervisory authority")
    RESTRICTION = "RESTRICTION", _("A person's request to restrict erasure (GDPR, article 18)")
    INTERNAL_INQUIRY = "INTERNAL_INQUIRY", _("Internal inquiry into a complaint or an incident")


class HoldSet(models.QuerySet["Hold"]):
    """Questions about holds."""

    def waiting(self, at: datetime) -> "HoldSet":
        """Holds that a second person may still confirm at `at`."""
        return self.in_force(at).filter(confirmed_at__isnull=True)

    def in_force(self, at: datetime) -> "HoldSet":
        """Holds that protect at `at`: confirmed and not expired, or asked for within the last three days and
        not yet confirmed."""
        asked = Q(confirmed_at__isnull=True, asked_at__gt=at - timedelta(days=PROVISIONAL_DAYS))
        return self.filter(Q(confirmed_at__isnull=False) | asked, lifted_at__isnull=True, expires_at__gt=at)


class Hold(models.Model):
    """A legal hold keeps one object from deletion until it expires.

    One person asks, another confirms; if not, it lapses in three days.
    """

    data = About(
        plain={"ref", "object_kind", "object_ref", "reason", "asked_by", "confirmed_by", "lifted_by"},
        keep=Term(5 * 365, after="expires_at", what=_("Legal holds"), since=_("the last day of the hold")),
    )

    ref = models.CharField(max_length=24, unique=True)
    object_kind = models.CharField(max_length=64)
    object_ref = models.CharField(max_length=64)
    reason = models.CharField(max_length=64)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    lifted_by = models.CharField(max_length=40, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = HoldSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["object_kind", "object_ref"], name="retention_hold_object")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | ~Q(confirmed_by=models.F("asked_by")),
                name="retention_hold_two_people",
            )
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def lapses_at(self) -> datetime:
        """When the request lapses unless a second person confirms it."""
        return min(self.asked_at + timedelta(days=PROVISIONAL_DAYS), self.expires_at)

    @property
    def reminded_from(self) -> datetime:
        """When people are reminded of its end: 14 days before, or in its last quarter if that is shorter."""
        return self.expires_at - min(timedelta(days=REMINDED_DAYS), (self.expires_at - self.asked_at) / 4)

    def is_in_force(self, at: datetime) -> bool:
        """Whether it protects at `at`: the same as `HoldSet.in_force` for this row."""
        until = self.expires_at if self.confirmed_at else self.lapses_at
        return self.lifted_at is None and at < until

    def is_waiting(self, at: datetime) -> bool:
        """Whether a second person may still confirm it."""
        return self.confirmed_at is None and self.is_in_force(at)


class RetentionTerm(models.Model):
    """How long something is kept where staff decided otherwise than the code; terms without a row keep their
    default."""

    data = About(
        plain={"code", "changed_by"},
        keep=Forever(_("One row for each decision in force."), what=_("Retention periods in force")),
    )

    code = models.CharField(max_length=96, unique=True)
    days = models.PositiveIntegerField()
    changed_by = models.CharField(max_length=40)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.code}: {self.days} d"


class ChangeSet(models.QuerySet["TermChange"]):
    """Questions about proposed periods."""

    def waiting(self, at: datetime) -> "ChangeSet":
        """Proposals that a second person may confirm at `at`."""
        since = at - timedelta(days=PROPOSED_DAYS)
        return self.filter(confirmed_at__isnull=True, ended_at__isnull=True, asked_at__gt=since)


class TermChange(models.Model):
    """A change of a retention period: proposed by one person, in force once another confirms it.

    It lapses after 14 days. `ended_at` is when it was refused, withdrawn or found lapsed.
    """

    data = About(
        plain={"ref", "code", "asked_by", "confirmed_by", "ended_by"},
        keep=Forever(
            _("Who changed how long what is kept, so that it can be accounted for."),
            what=_("Changes of retention periods"),
        ),
    )

    ref = models.CharField(max_length=24, unique=True)
    code = models.CharField(max_length=96)
    before = models.PositiveIntegerField()
    days = models.PositiveIntegerField()
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ChangeSet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["code", "-asked_at"], name="retention_change_code")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | ~Q(confirmed_by=models.F("asked_by")),
                name="retention_change_two_people",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(confirmed_at__isnull=True, ended_at__isnull=True),
                name="retention_change_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.before} → {self.days} d"

    @property
    def lapses_at(self) -> datetime:
        """When it lapses unless a second person confirms it."""
        return self.asked_at + timedelta(days=PROPOSED_DAYS)

    def is_waiting(self, at: datetime) -> bool:
        """Whether a second person may still confirm it."""
        return self.confirmed_at is None and self.ended_at is None and at < self.lapses_at
