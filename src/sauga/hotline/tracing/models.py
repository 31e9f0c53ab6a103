"""Where content is hosted: traces with every source's answer, its date and confidence; the providers found,
and their contacts."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.hotline.content.models import ContentItem
from sauga.kernel.data import About, Forever, Term, With
from sauga.kernel.ids import new_reference


class Trace(models.Model):
    """A trace is one attempt to find who hosts an item."""

    data = About(
        plain={"confidence", "hosting_class", "country", "failed"},
        keep=Term(
            730,
            after="at",
            code="hotline.address",
            holds=("item",),
            what=_("Traces of hosting"),
            since=_("the day of the trace"),
        ),
    )

    item = models.ForeignKey(ContentItem, models.CASCADE, related_name="traces")
    at = models.DateTimeField()
    confidence = models.CharField(max_length=12)
    hosting_class = models.CharField(max_length=16)
    country = models.CharField(max_length=2, blank=True)
    failed = models.CharField(max_length=24, blank=True)

    class Meta:
        indexes = [models.Index(fields=["item", "-at"])]


class TraceAnswer(models.Model):
    """A trace answer is what one source said, and the date of its data.

    Network addresses are sealed with the item's key.
    """

    data = About(
        plain={"ref", "source", "network", "country", "table", "confidence"},
        sealed={"value"},
        keep=With("trace"),
    )

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


class Provider(models.Model):
    """A provider hosts, carries or registers content; members of the Clean Internet memorandum have dates and
    terms of their own.

    `promised_acknowledge` and `promised_remove`: hours that this member promised, where they differ from the
    memorandum's.
    """

    data = About(
        plain={"name", "audience", "country", "language"},
        keep=Forever(_("Reference data about firms."), what=_("Hosting providers")),
    )

    name = models.CharField(max_length=120, unique=True)
    audience = models.CharField(max_length=12, default="HOST")
    country = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=2, default="en")
    is_cdn = models.BooleanField(default=False)
    memorandum_from = models.DateField(null=True, blank=True)
    memorandum_to = models.DateField(null=True, blank=True)
    promised_acknowledge = models.PositiveSmallIntegerField(null=True, blank=True)
    promised_remove = models.PositiveSmallIntegerField(null=True, blank=True)
    upstream = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.name

    def is_member(self, on: date) -> bool:
        """Whether the memorandum bound the provider on this day, both days included."""
        since, until = self.memorandum_from, self.memorandum_to
        return since is not None and since <= on and (until is None or on <= until)


class ProviderNetwork(models.Model):
    """How a provider is recognised in a trace: an autonomous system number, a network name or a domain."""

    data = About(
        plain={"kind", "value"}, keep=Forever(_("Reference data about firms."), what=_("Hosting providers"))
    )

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="networks")
    kind = models.CharField(
        max_length=8, choices=[("ASN", "ASN"), ("NETWORK", "NETWORK"), ("DOMAIN", "DOMAIN")]
    )
    value = models.CharField(max_length=253)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="provider_network_once")]


class ProviderContact(models.Model):
    """A contact of a provider. Found by RDAP or typed in; used only once a person approved it."""

    data = About(
        plain={"email", "source"},
        keep=Forever(
            _("Business addresses of firms; retired by staff."), what=_("Contacts of hosting providers")
        ),
    )

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="contacts")
    email = models.EmailField()
    source = models.CharField(max_length=16, default="PERSON")
    position = models.PositiveSmallIntegerField(default=1)
    addresses_inline = models.BooleanField(default=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "email"], name="provider_contact_once")]
