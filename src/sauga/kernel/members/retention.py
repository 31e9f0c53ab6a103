"""How long what members leave is kept."""

from datetime import timedelta

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
)
rule("members.SigninLink", keep=timedelta(days=1), after="expires_at", holder=_holder)
rule("members.MemberSession", keep=timedelta(days=1), after="expires_at")
for part in ("MemberPasskey", "SigninCard", "Guardian", "Consent", "Representation"):
    keep_with(f"members.{part}", "members.Member")
