"""The rules for the kernel's own tables.

They stand here because the kernel's packages stand below retention and cannot call it.
"""

from datetime import datetime, timedelta

from sauga.kernel import audit, notifications
from sauga.kernel.retention.registry import By, keep_forever, keep_with, rule

TRAIL_DAYS = 5 * 366


def declare() -> None:
    """Called once, when the apps are ready."""
    _locks_and_papers()
    _people()
    _voices_and_hatches()


def drop_old_trail(at: datetime, keep: timedelta) -> int:
    """What of every zone's trail is past its term. The audit log itself refuses to go below five years."""
    return sum(audit.drop_prefix(zone, at, keep=keep) for zone in audit.zones())


def _cut_alert_times(at: datetime, keep: timedelta) -> int:
    """Past their day, alerts no longer tell the minute in which somebody wrote or reported."""
    return notifications.keep_the_hour_only(at, keep)


def _locks_and_papers() -> None:
    for model in ("vocab.Vocabulary", "vocab.Term", "vocab.Policy", "vocab.Edition"):
        keep_forever(model, "Reference data: old codes must stay readable.")
    keep_forever("sealed.ZoneKey", "Public halves of the zones; their private halves go with their members.")
    keep_forever("sealed.Member", "Goes when a person leaves the team.")
    keep_forever("sealed.PersonKey", "Staff keys; removed with the account by identity, which stands above.")
    keep_with("sealed.KeyWrap", "sealed.PersonKey")
    keep_forever("sealed.WrappedKey", "Destroyed first of all by the rule of whatever it opens.")
    keep_forever("media.MediaFile", "Uploaded to be published; goes when nothing refers to it any more.")
    keep_with("media.Preview", "media.MediaFile")
    rule("audit.TrailLine", keep=timedelta(days=TRAIL_DAYS), after="hour", how=By(drop_old_trail))
    keep_with("audit.TrailLink", "audit.TrailLine")
    keep_forever("audit.TrailHead", "One row a zone: where its chain ends.")
    keep_forever("audit.SignedHead", "Proves what the chain was; names nobody.")
    keep_forever("audit.HeadDelivery", "One row for each destination of signed heads.")
    keep_forever("audit.WitnessedHead", "Proves what another installation's chain was; names nobody.")
    keep_forever("audit.Anchor", "Proves that a dropped part of the chain was dropped after its term.")


def _people() -> None:
    for model in (
        "Organisation",
        "OrganisationName",
        "OrganisationKind",
        "OrganisationRole",
        "Identifier",
        "NameWord",
        "Succession",
        "SameAs",
        "ServiceOperator",
    ):
        keep_forever(f"organisations.{model}", "History of the centre; names no private person.")
    rule("organisations.OrganisationLogo", keep=timedelta(days=90), after="withdrawn_at")
    keep_with("organisations.ContactAddress", "organisations.Organisation")
    rule("organisation_pages.ImportRun", keep=timedelta(days=365), after="ended_at")
    keep_with("organisation_pages.ImportStep", "organisation_pages.ImportRun")
    keep_with("organisation_pages.ImportRow", "organisation_pages.ImportRun")
    organised = (
        "KindRole",
        "KindZone",
        "Role",
        "Grant",
        "Installation",
    )
    for model in (f"identity.{name}" for name in organised):
        keep_forever(model, "How the house is organised; names no private person.")
    keep_forever(
        "identity.Person",
        "Staff: the trail's pseudonyms resolve here; removed by hand when the trail no longer names them.",
    )
    keep_with("identity.Membership", "identity.Person")
    rule("identity.Invitation", keep=timedelta(days=30), after="expires_at")
    rule("identity.RoleProposal", keep=timedelta(days=2 * 366), after="proposed_at")
    keep_with("kit.SavedView", "identity.Person")
    rule("identity.SigninPace", keep=timedelta(days=1), after="last_at")


def _voices_and_hatches() -> None:
    rule("notices.Notification", keep=timedelta(days=90), after="created_at")
    rule("notices.Alert", keep=timedelta(days=90), after="raised_at")
    rule("notices.Alert", name="minutes", keep=timedelta(days=1), after="raised_at", how=By(_cut_alert_times))
    keep_forever("notices.ReturnCount", "Counts only.")
    rule("referrals.Referral", keep=timedelta(days=90), after="settled_at", holder=lambda row: row.holder)
    rule(
        "referrals.Referral",
        name="unsettled",
        keep=timedelta(days=365),
        after="sent_at",
        holder=lambda row: row.holder,
    )
    rule("referrals.HouseNonce", keep=timedelta(days=1), after="at")
    keep_forever("figures.Figure", "Published totals.")
    rule("retention.Hold", keep=timedelta(days=5 * 365), after="expires_at")
    keep_forever("retention.RetentionTerm", "One row for each decision in force.")
