"""Checks of items, and what the monitor remembers between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.hotline.content.models import ContentItem
from sauga.hotline.states import Handling
from sauga.kernel.data import About, Term


class Check(models.Model):
    """A check is one observation of an item.

    It keeps the verdict and how it was reached, never what was seen.

    Rows that share an instant are one check with several profiles: `vantage` and `with_referrer` say which
    profile it was.
    """

    data = About(
        plain={"verdict", "reason", "error", "vantage", "by"},
        keep=Term(
            730,
            after="at",
            code="hotline.address",
            holds=("item",),
            what=_("Checks whether content is online"),
            since=_("the day of the check"),
        ),
    )

    item = models.ForeignKey(ContentItem, models.CASCADE, related_name="checks")
    at = models.DateTimeField()
    verdict = models.CharField(max_length=20)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=24, blank=True)
    error = models.CharField(max_length=24, blank=True)
    similarity = models.PositiveSmallIntegerField(null=True, blank=True)
    redirects = models.PositiveSmallIntegerField(default=0)
    vantage = models.CharField(max_length=12, default="MAIN")
    with_referrer = models.BooleanField(default=False)
    by = models.CharField(max_length=40, default="system:monitor")

    class Meta:
        indexes = [models.Index(fields=["item", "-at"])]


class Watch(models.Model):
    """A watch is what the monitor remembers of an item between two checks: how it last certainly looked, its
    pace, what a person is asked.

    The hashes tell whether a page is still the same; nobody can read the page back from them. `ask` is a code
    of rules.removal.Ask.
    """

    data = About(
        plain={"ask", "body", "country", "network", "pace", "place", "reason", "verdict"},
        keep=Term(
            730,
            after="item__received_hour",
            code="hotline.address",
            where=models.Q(item__handling=str(Handling.ARCHIVED)),
            what=_("Monitoring plans of content"),
            since=_("the hour the content was reported"),
        ),
    )

    item = models.OneToOneField(ContentItem, models.CASCADE, related_name="watch", primary_key=True)
    has_baseline = models.BooleanField(default=False)
    title_hash = models.BigIntegerField(null=True, blank=True)
    body = models.CharField(max_length=12, blank=True)
    file_mark = models.BigIntegerField(null=True, blank=True)
    place = models.CharField(max_length=24, blank=True)
    network = models.CharField(max_length=24, blank=True)
    country = models.CharField(max_length=2, blank=True)
    at_home = models.BooleanField(default=False)

    verdict = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=24, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checks = models.PositiveIntegerField(default=0)
    dark_since = models.DateTimeField(null=True, blank=True)
    interval = models.DurationField(null=True, blank=True)
    pace = models.CharField(max_length=16, blank=True)
    ask = models.CharField(max_length=24, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["asked_at"], condition=~models.Q(ask=""), name="watch_ask")]
