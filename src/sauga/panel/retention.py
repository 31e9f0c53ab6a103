"""How long panel keeps what."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from sauga.kernel.retention import By, keep_forever, keep_with, rule, term
from sauga.panel.members.actions.daily import retain_identities
from sauga.panel.members.models import Flag
from sauga.panel.trail import ZONE


# members
def _flag_holder(row: Flag) -> str:
    return row.holder


keep_forever(
    "panel.Member",
    _("A pseudonym and a state; who it was is erased by a rule of its own."),
    what=_("Pseudonyms of panel members"),
)
rule(
    "panel.Member",
    name="identity",
    keep=term("panel.identity", timedelta(days=30)),
    after="ended_at",
    how=By(retain_identities),
    zone=ZONE,
    what=_("Names and contacts of panel members"),
    since=_("the day the member left"),
)
rule(
    "panel.Flag",
    keep=term("panel.flag", timedelta(days=3 * 365)),
    after="answered_at",
    holder=_flag_holder,
    zone=ZONE,
    what=_("Safety reports of panel members"),
    since=_("the day of the answer"),
    page="panel-flag",
)
rule(
    "panel.AdultAct",
    keep=term("panel.adult_act", timedelta(days=5 * 365)),
    after="at",
    zone=ZONE,
    what=_("What adults did in the panel"),
    since=_("the day of the act"),
)
rule(
    "panel.Export",
    keep=term("panel.export", timedelta(days=5 * 365)),
    after="asked_at",
    zone=ZONE,
    what=_("Records of the panel for an inquiry"),
    since=_("the day they were asked for"),
    page="panel-export",
)

# voice
keep_forever("panel.Cycle", _("Terms of the panel, about nobody."), what=_("Terms of the panel"))
keep_forever(
    "panel.Meeting",
    _("Agendas and plain minutes, without names of members."),
    what=_("Meetings of the panel"),
)
for part in ("MeetingAdult", "MeetingReply"):
    keep_with(f"panel.{part}", "panel.Meeting")
keep_forever(
    "panel.Addressee",
    _("Bodies that were asked; the address is encrypted and can be replaced."),
    what=_("Addressees of proposals"),
)
keep_forever(
    "panel.Proposal", _("What the panel asked stays in the public list."), what=_("Proposals of the panel")
)
for part in ("ProposalVersion", "Author", "Support", "Amendment", "Answer", "FollowUp", "Question"):
    keep_with(f"panel.{part}", "panel.Proposal")
keep_with("panel.AmendmentAccept", "panel.Amendment")
rule(
    "panel.Contribution",
    keep=term("panel.contribution", timedelta(days=1096)),
    after="written_at",
    zone=ZONE,
    what=_("Contributions of panel members"),
    since=_("the day they were written"),
    page="panel-text",
)
rule(
    "panel.News",
    keep=term("panel.news", timedelta(days=180)),
    after="at",
    zone=ZONE,
    what=_("News for panel members"),
    since=_("the day of the news"),
)

# voting
rule(
    "panel.Ballot",
    keep=term("panel.ballot", timedelta(days=3653)),
    after="ended_at",
    zone=ZONE,
    what=_("Ballots"),
    since=_("the end of the ballot"),
    page="panel-ballot-desk",
)
rule(
    "panel.Voter",
    keep=term("panel.voter", timedelta(days=92)),
    after="ballot__ended_at",
    zone=ZONE,
    what=_("Lists of who could vote"),
    since=_("the end of the ballot"),
)
"""Who took part is forgotten sooner than what came out; results need no list of voters."""
