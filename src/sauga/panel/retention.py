"""How long panel keeps what."""

from datetime import timedelta

from sauga.kernel.retention import By, keep_forever, keep_with, rule, term
from sauga.panel.members.actions.advancing import retain_identities
from sauga.panel.members.models import Flag
from sauga.panel.trail import ZONE


# members
def _flag_holder(row: Flag) -> str:
    return row.holder


keep_forever("panel.Member", "A pseudonym and a state; who it was is erased, see panel.identity.")
rule(
    "panel.Member",
    name="identity",
    keep=term("panel.identity", timedelta(days=30)),
    after="ended_at",
    how=By(retain_identities),
    zone=ZONE,
)
rule(
    "panel.Flag",
    keep=term("panel.flag", timedelta(days=3 * 365)),
    after="answered_at",
    holder=_flag_holder,
    zone=ZONE,
)
rule("panel.AdultAct", keep=term("panel.adult_act", timedelta(days=5 * 365)), after="at", zone=ZONE)
rule("panel.Export", keep=term("panel.export", timedelta(days=5 * 365)), after="asked_at", zone=ZONE)

# voice
keep_forever("panel.Cycle", "Terms of the panel, about nobody.")
keep_forever("panel.Meeting", "Agendas and plain minutes, without names of members.")
for part in ("MeetingAdult", "MeetingReply"):
    keep_with(f"panel.{part}", "panel.Meeting")
keep_forever("panel.Addressee", "Bodies that were asked; the address is encrypted and can be replaced.")
keep_forever("panel.Proposal", "What the panel asked stays in the public list.")
for part in ("ProposalVersion", "Author", "Support", "Amendment", "Answer", "FollowUp", "Question"):
    keep_with(f"panel.{part}", "panel.Proposal")
keep_with("panel.AmendmentAccept", "panel.Amendment")
rule(
    "panel.Contribution",
    keep=term("panel.contribution", timedelta(days=1096)),
    after="written_at",
    zone=ZONE,
)
rule("panel.News", keep=term("panel.news", timedelta(days=180)), after="at", zone=ZONE)

# voting
rule("panel.Ballot", keep=term("panel.ballot", timedelta(days=3653)), after="ended_at", zone=ZONE)
rule("panel.Voter", keep=term("panel.voter", timedelta(days=92)), after="ballot__ended_at", zone=ZONE)
"""Who took part is forgotten sooner than what came out; results need no list of voters."""
