"""How long credentials are kept: one that stands, as long as it stands; afterwards ten years, so that who
relied on it can still learn what became of it. One without an end date goes 25 years after it was issued. The
key is destroyed first."""

from datetime import timedelta

from django.db.models import Q

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
)
rule(
    "credentials.Credential",
    name="endless",
    keep=term("credentials.endless", timedelta(days=25 * 366)),
    after="issued_at",
    zone="awareness",
    where=Q(valid_until__isnull=True),
    holder=_holder,
)
keep_with("credentials.CredentialWord", "credentials.Credential")
keep_forever("credentials.IssuerKey", "Public halves of signing keys: what they signed must stay verifiable.")
keep_forever("credentials.StatusIndex", "Chance only; names nobody.")
keep_forever("credentials.StatusList", "Published bits; they name nobody.")
