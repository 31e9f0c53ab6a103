"""How an item was judged and where it was sent: assessments, routes, police holds, and how much each analyst
viewed in a day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.hotline.content.models import ContentItem
from sauga.kernel.data import About, Clear, Term, With
from sauga.kernel.ids import new_reference


class Assessment(models.Model):
    """An assessment is one person's verdict on an item; an item may have several, none is overwritten."""

    data = About(
        plain={
            "ref",
            "kind",
            "verdict",
            "legal_act",
            "no_action_reason",
            "age",
            "sex",
            "site_type",
            "commerciality",
            "virtual",
            "user_generated",
            "xarf_class",
        },
        sealed={"note"},
        keep=Term(
            730,
            after="at",
            code="hotline.address",
            name="note",
            where=~models.Q(note=b""),
            how=Clear({"note": b""}),
            holds=("item",),
            what=_("Notes of assessments"),
            since=_("the day of the assessment"),
        ),
    )

    ref = models.CharField(max_length=12, default=new_reference)
    item = models.ForeignKey(ContentItem, models.CASCADE, related_name="assessments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, default="FIRST")
    verdict = models.CharField(max_length=16)
    legal_act = models.CharField(max_length=24, blank=True)
    no_action_reason = models.CharField(max_length=24, blank=True)
    age = models.CharField(max_length=24, blank=True)
    sex = models.CharField(max_length=24, blank=True)
    site_type = models.CharField(max_length=24, blank=True)
    commerciality = models.CharField(max_length=24, blank=True)
    virtual = models.CharField(max_length=8, blank=True)
    user_generated = models.CharField(max_length=8, blank=True)
    xarf_class = models.CharField(max_length=12, blank=True)
    note = models.BinaryField(default=bytes)


class Route(models.Model):
    """A route is one destination a rule gave an item; it keeps the rule's id and version, so old cases
    explain themselves.

    It is a decision, not a hand-over. `done_at` says that it was carried out: the first notice was sent, or a
    handover record stands.
    """

    data = About(plain={"route", "rule"}, keep=With("item"))

    item = models.ForeignKey(ContentItem, models.CASCADE, related_name="routes")
    route = models.CharField(max_length=20)
    rule = models.CharField(max_length=40)
    rule_version = models.PositiveIntegerField(default=1)
    occurrence = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "occurrence", "route"], name="route_once")]
        indexes = [
            models.Index(fields=["route", "at", "id"], condition=Q(done_at=None), name="route_waiting")
        ]


class PoliceHold(models.Model):
    """A police hold is the only way to delay a notice: by name, with a reason, and it
    expires into sending.
    """

    data = About(plain={"reason", "by", "ended_by"}, keep=With("item"))

    item = models.ForeignKey(ContentItem, models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=24)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=40, blank=True)


class Exposure(models.Model):
    """An exposure row counts what an analyst viewed on one day; the welfare lead sees numbers only."""

    data = About(
        plain={"lifted_by"},
        keep=Term(
            365,
            after="last_severe_at",
            what=_("Exposure counts of analysts"),
            since=_("the last severe content"),
        ),
    )

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()
    items = models.PositiveIntegerField(default=0)
    severe_items = models.PositiveIntegerField(default=0)
    reveals = models.PositiveIntegerField(default=0)
    last_severe_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="exposure_person_day")]
