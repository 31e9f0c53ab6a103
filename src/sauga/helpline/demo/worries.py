"""A concern of the demo: the child agreed that the school's specialist is told; the second approval is still
missing. And two young people of the youth panel who wanted the helpline to know.
"""

from datetime import datetime, timedelta

from sauga.helpline.chat.models import Conversation
from sauga.helpline.demo.stage import Stage
from sauga.helpline.safeguarding.actions import concerns, panel_referrals
from sauga.helpline.safeguarding.actions.concerns import Proposal
from sauga.helpline.safeguarding.models import IncomingReferral
from sauga.kernel import integration
from sauga.kernel.states import SystemActor

PROPOSAL = Proposal(
    decision="SG_WITH_CONSENT",
    ground="CG_CHILD_ASKS",
    target="RT_SCHOOL",
    facts="Vaikas prašo, kad mokyklos specialistė padėtų pasikalbėti su klase. Vardą vaikas pasakys pats, "
    "pas ją nuėjęs.",
    told_plan="Pokalbyje sutarėme, ką specialistė žinos: tik tai, kad klasėje yra bėda ir kad vaikas "
    "ateis pirmadienį.",
)


def a_concern(stage: Stage, at: datetime) -> None:
    """About the last conversation: raised, talked over, proposed; the safeguarding lead is asked."""
    last = Conversation.objects.filter(state="CLOSED").order_by("-pk").first()
    if last is None:
        return
    raised = concerns.raise_concern(by=stage.actor("COUNSELLOR", at), conversation=last, at=at)
    at += timedelta(minutes=4)
    concerns.propose_disclosure(by=stage.actor("SHIFT_LEAD", at), concern=raised, proposal=PROPOSAL, at=at)


def from_the_panel(stage: Stage, at: datetime) -> None:
    """One called by a counsellor two days ago; one whom a counsellor has taken an hour ago."""
    first = _told(at - timedelta(days=2), name="Kopa", words="Noriu pasikalbėti apie miegą.", reach="SELF")
    panel_referrals.take(by=stage.actor("COUNSELLOR", at), row=first, at=at - timedelta(days=2))
    panel_referrals.settle(
        by=stage.actor("COUNSELLOR", at), row=first, outcome="CAME_SELF", at=at - timedelta(days=1)
    )
    second = _told(
        at - timedelta(hours=1),
        name="Bebras",
        words="Klasėje iš manęs šaiposi.",
        reach="PHONE",
        phone="+370 600 00009",
        when="Po 16 valandos.",
    )
    panel_referrals.take(by=stage.actor("COUNSELLOR", at), row=second, at=at - timedelta(minutes=55))


def _told(at: datetime, **payload: str) -> IncomingReferral:
    given = {"age_layer": "14-17", "language": "lt", **payload}
    sent = integration.send(kind=panel_referrals.CHILD, payload=given, by=SystemActor("demo"), at=at)
    integration.deliver(referral_id=sent.pk, at=at)
    return IncomingReferral.objects.get(sent=sent.ref)
