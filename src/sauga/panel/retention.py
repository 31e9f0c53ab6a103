"""How long panel keeps what."""

from datetime import timedelta

from sauga.kernel.retention import By, keep_forever, rule, term
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

# voting
rule("panel.Ballot", keep=term("panel.ballot", timedelta(days=3653)), after="ended_at", zone=ZONE)
rule("panel.Voter", keep=term("panel.voter", timedelta(days=92)), after="ballot__ended_at", zone=ZONE)
"""Who took part is forgotten sooner than what came out; results need no list of voters."""
