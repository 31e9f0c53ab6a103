"""How long credentials are kept: one that stands, as long as it stands; afterwards ten years, so that who
relied on it can still learn what became of it. One without an end date goes 25 years after it was issued. The
key is destroyed first."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel.credentials.models import Credential
from sauga.kernel.retention import keep_forever, keep_with, rule, term


def _holder(row: Credential) -> str:
    return row.holder


rule(
    "credentials.Credential",
    keep=term("credentials.ended", timedelta(days=10 * 366)),
    after="ended_at",
    zone="awareness",
    holder=_holder,
    what=_("Certificates that have ended"),
    since=_("the end of their validity"),
)
rule(
    "credentials.Credential",
    name="endless",
    keep=term("credentials.endless", timedelta(days=25 * 366)),
    after="issued_at",
    zone="awareness",
    where=Q(valid_until__isnull=True),
    holder=_holder,
    what=_("Certificates without an end date"),
    since=_("the day they were issued"),
)
keep_with("credentials.CredentialWord", "credentials.Credential")
keep_forever(
    "credentials.IssuerKey",
    _("Public halves of signing keys: what they signed must stay verifiable."),
    what=_("Keys that certificates were signed with"),
)
keep_forever(
    "credentials.StatusIndex", _("Random numbers; they name nobody."), what=_("Places in the status lists")
)
keep_forever(
    "credentials.StatusList", _("Published bits; they name nobody."), what=_("Status lists of certificates")
)
