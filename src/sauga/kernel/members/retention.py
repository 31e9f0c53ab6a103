"""How long what members leave is kept."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from sauga.kernel.members.actions.account import retain_unused
from sauga.kernel.members.models import SigninLink
from sauga.kernel.members.rules import UNUSED_TERM
from sauga.kernel.retention import By, keep_with, rule, term


def _holder(row: SigninLink) -> str:
    return row.holder


rule(
    "members.Member",
    keep=term(UNUSED_TERM, timedelta(days=2 * 365)),
    after="last_seen_date",
    how=By(retain_unused),
    what=_("Unused accounts of members"),
    since=_("the last visit"),
)
rule(
    "members.SigninLink",
    keep=timedelta(days=1),
    after="expires_at",
    holder=_holder,
    what=_("Links to sign in"),
    since=_("the moment the link expired"),
)
rule(
    "members.MemberSession",
    keep=timedelta(days=1),
    after="expires_at",
    what=_("Sign-ins of members"),
    since=_("the end of the session"),
)
for part in ("MemberPasskey", "SigninCard", "Guardian", "Consent", "Representation"):
    keep_with(f"members.{part}", "members.Member")
