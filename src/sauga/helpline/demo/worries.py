"""A concern of the demo: the child agreed that the school's specialist is told; the second approval is still
missing.
"""

from datetime import datetime, timedelta

from sauga.helpline.chat.models import Conversation
from sauga.helpline.demo.stage import Stage
from sauga.helpline.safeguarding.actions import concerns
from sauga.helpline.safeguarding.actions.concerns import Proposal

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
