"""The rules for the kernel's own tables.

They stand here because the kernel's packages stand below retention and cannot call it.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, notifications
from sauga.kernel.retention.registry import By, keep_forever, keep_with, rule, term

TRAIL_DAYS = 5 * 366


def declare() -> None:
    """Called once, when the apps are ready."""
    _keys_and_files()
    _trail()
    _organisations()
    _staff()
    _notifications()
    _ports()


def drop_old_trail(at: datetime, keep: timedelta) -> int:
    """What of every zone's trail is past its term. The audit log itself refuses to go below five years."""
    return sum(audit.drop_prefix(zone, at, keep=keep) for zone in audit.zones())


def _cut_alert_times(at: datetime, keep: timedelta) -> int:
    """Past their day, alerts no longer tell the minute in which somebody wrote or reported."""
    return notifications.keep_the_hour_only(at, keep)


def _keys_and_files() -> None:
    for model in ("vocab.Vocabulary", "vocab.Term", "vocab.Policy", "vocab.Edition"):
        keep_forever(
            model, _("Reference data: old codes must stay readable."), what=_("Code lists and policies")
        )
    keep_forever(
        "sealed.ZoneKey",
        _("Public halves of the zones; their private halves go with their members."),
        what=_("Public keys of the vaults"),
    )
    keep_forever(
        "sealed.Member", _("Removed when a person leaves the team."), what=_("Holders of vault keys")
    )
    keep_forever("sealed.PersonKey", _("Removed with the account."), what=_("Keys of staff"))
    keep_with("sealed.KeyWrap", "sealed.PersonKey")
    keep_forever(
        "sealed.WrappedKey",
        _("Destroyed first, when the record that it opens is past its period."),
        what=_("Keys that open records"),
    )
    keep_forever(
        "media.MediaFile",
        _("Uploaded to be published; removed when nothing refers to it any more."),
        what=_("Uploaded files"),
    )
    keep_with("media.Preview", "media.MediaFile")


def _trail() -> None:
    trail = term("audit.trailline", timedelta(days=TRAIL_DAYS), least=timedelta(days=TRAIL_DAYS))
    rule(
        "audit.TrailLine",
        keep=trail,
        after="hour",
        how=By(drop_old_trail),
        what=_("Audit log entries"),
        since=_("the hour of the act"),
    )
    keep_with("audit.TrailLink", "audit.TrailLine")
    keep_forever(
        "audit.TrailHead",
        _("One row for each zone: where its chain ends."),
        what=_("Ends of the audit chains"),
    )
    keep_forever(
        "audit.SignedHead",
        _("Proves what the chain was; names nobody."),
        what=_("Signatures of the audit log"),
    )
    keep_forever(
        "audit.HeadDelivery",
        _("One row for each destination of signed heads."),
        what=_("Deliveries of the audit signatures"),
    )
    keep_forever(
        "audit.WitnessedHead",
        _("Proves what another installation's chain was; names nobody."),
        what=_("Audit signatures of other installations"),
    )
    keep_forever(
        "audit.Anchor",
        _("Proves that a dropped part of the chain was dropped after its term."),
        what=_("Anchors of the audit log"),
    )


def _organisations() -> None:
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
        keep_forever(
            f"organisations.{model}",
            _("History of the centre; names no private person."),
            what=_("Register of organisations"),
        )
    rule(
        "organisations.OrganisationLogo",
        keep=timedelta(days=90),
        after="withdrawn_at",
        what=_("Withdrawn logos of organisations"),
        since=_("the day the logo was withdrawn"),
    )
    keep_with("organisations.ContactAddress", "organisations.Organisation")
    rule(
        "organisation_pages.ImportRun",
        keep=timedelta(days=365),
        after="ended_at",
        what=_("Imports of organisations"),
        since=_("the end of the import"),
    )
    keep_with("organisation_pages.ImportStep", "organisation_pages.ImportRun")
    keep_with("organisation_pages.ImportRow", "organisation_pages.ImportRun")


def _staff() -> None:
    organised = (
        "KindRole",
        "KindZone",
        "Role",
        "Grant",
        "Installation",
    )
    for model in (f"identity.{name}" for name in organised):
        keep_forever(model, _("How work is organised; names no private person."), what=_("Roles and grants"))
    keep_forever(
        "identity.Person",
        _("The audit log's pseudonyms resolve here; removed by hand when the log no longer names them."),
        what=_("Accounts of staff"),
    )
    keep_with("identity.Membership", "identity.Person")
    rule(
        "identity.Invitation",
        keep=timedelta(days=30),
        after="expires_at",
        what=_("Invitations of staff"),
        since=_("the day the link expired"),
    )
    rule(
        "identity.RoleProposal",
        keep=timedelta(days=2 * 366),
        after="proposed_at",
        what=_("Roles that waited for a second person"),
        since=_("the day the role was proposed"),
    )
    keep_with("kit.SavedView", "identity.Person")
    rule(
        "kit.SentForm",
        keep=timedelta(days=1),
        after="sent_at",
        what=_("Digests of forms that were sent, so that none is carried out twice"),
        since=_("the sending"),
    )
    rule(
        "kit.KeptForm",
        keep=timedelta(days=1),
        after="kept_at",
        what=_("What was typed when a session had ended, sealed for the browser; removed after 15 minutes"),
        since=_("the sending"),
    )
    rule(
        "identity.SigninPace",
        keep=timedelta(days=1),
        after="last_at",
        what=_("Counters of failed sign-ins"),
        since=_("the last attempt"),
    )


def _notifications() -> None:
    rule(
        "notices.Notification",
        keep=timedelta(days=90),
        after="created_at",
        what=_("Notifications of staff"),
        since=_("the day of the notification"),
    )
    rule(
        "notices.Alert",
        keep=timedelta(days=90),
        after="raised_at",
        what=_("Urgent alerts"),
        since=_("the moment the alert was raised"),
    )
    rule(
        "notices.Alert",
        name="minutes",
        keep=timedelta(days=1),
        after="raised_at",
        how=By(_cut_alert_times),
        what=_("Minutes of urgent alerts"),
        since=_("the moment the alert was raised"),
    )
    keep_with("notices.MailPreference", "identity.Person")
    keep_forever("notices.ReturnCount", _("Counts only."), what=_("Counts of returned email"))


def _ports() -> None:
    rule(
        "referrals.Referral",
        keep=timedelta(days=90),
        after="settled_at",
        holder=lambda row: row.holder,
        what=_("Messages between services"),
        since=_("the day the matter was settled"),
    )
    rule(
        "referrals.Referral",
        name="unsettled",
        keep=timedelta(days=365),
        after="sent_at",
        holder=lambda row: row.holder,
        what=_("Messages between services that nobody settled"),
        since=_("the day the message was sent"),
    )
    rule(
        "referrals.HouseNonce",
        keep=timedelta(days=1),
        after="at",
        what=_("Codes against repeated messages"),
        since=_("the moment of the message"),
    )
    keep_forever("figures.Figure", _("Published totals."), what=_("Published figures"))
    rule(
        "retention.Hold",
        keep=timedelta(days=5 * 365),
        after="expires_at",
        what=_("Legal holds"),
        since=_("the last day of the hold"),
    )
    keep_forever(
        "retention.RetentionTerm",
        _("One row for each decision in force."),
        what=_("Retention periods in force"),
    )
    keep_forever(
        "retention.TermChange",
        _("Who changed how long what is kept, so that it can be accounted for."),
        what=_("Changes of retention periods"),
    )
