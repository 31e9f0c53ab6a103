"""How long credentials are kept: one that stands, as long as it stands; afterwards ten years, so that who
relied on it can still learn what became of it. Its key is destroyed first."""

from datetime import timedelta

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
keep_with("credentials.CredentialWord", "credentials.Credential")
keep_forever("credentials.IssuerKey", "Public halves of signing keys: what they signed must stay verifiable.")
keep_forever("credentials.StatusIndex", "Chance only; names nobody.")
keep_forever("credentials.StatusList", "Published bits; they name nobody.")
