"""Whatever one person does in whatever order, with every permission there is, confidentiality stays whole;
two can break it.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sauga.helpline.safeguarding.actions import concerns, disclosure
from sauga.helpline.safeguarding.actions.disclosure import OwnProposal, ProposalChanged
from sauga.helpline.safeguarding.models import BROKEN, Concern
from sauga.kernel.identity import PersonActor
from sauga.kernel.states import MoveNotAllowed
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.safety import AT, talking
from tests.helpline.safeguarding.test_concerns import PROPOSAL

ACTS: list[Callable[[PersonActor, Concern], Any]] = [
    lambda by, row: concerns.ask_consult(by=by, concern=row, at=AT),
    lambda by, row: concerns.watch(by=by, concern=row, note="x", at=AT),
    lambda by, row: concerns.propose_disclosure(by=by, concern=row, proposal=PROPOSAL, at=AT),
    lambda by, row: disclosure.approve_disclosure(
        by=by, concern=row, seen=disclosure.proposal_number(row), at=AT
    ),
    lambda by, row: disclosure.refuse_disclosure(
        by=by, concern=row, seen=disclosure.proposal_number(row), note="x", at=AT
    ),
    lambda by, row: disclosure.keep_watching(by=by, concern=row, at=AT),
    lambda by, row: disclosure.pass_on(by=by, concern=row, at=AT),
    lambda by, row: disclosure.acknowledge(by=by, concern=row, at=AT),
    lambda by, row: disclosure.tell_child(by=by, concern=row, how="IN_CHAT", note="x", at=AT),
    lambda by, row: disclosure.child_not_reached(by=by, concern=row, note="x", at=AT),
    lambda by, row: disclosure.review(by=by, concern=row, note="x", at=AT),
]


def almighty(centre: Centre, role: str) -> PersonActor:
    """The person of a role, with every permission that anybody at the helpline holds."""
    held = [centre.actor(name) for name in ("SHIFT_LEAD", "SAFEGUARDING_LEAD", "COUNSELLOR")]
    return replace(
        centre.actor(role), grants={code: places for actor in held for code, places in actor.grants.items()}
    )


def walk(centre: Centre, people: list[PersonActor], chance: random.Random, steps: int) -> set[str]:
    """The states that a concern came through while these people did what came to their minds."""
    conversation, _ = talking(people[0])
    concern = concerns.raise_concern(by=people[0], conversation=conversation, at=AT)
    seen = set()
    for _step in range(steps):
        row = Concern.objects.get(pk=concern.pk)
        try:
            chance.choice(ACTS)(chance.choice(people), row)
        except (MoveNotAllowed, OwnProposal, ProposalChanged):
            continue
        seen.add(Concern.objects.get(pk=concern.pk).state)
    return seen


def test_one_person_alone_never_breaks_confidentiality(centre: Centre):
    seen: set[str] = set()
    for seed in range(12):
        seen |= walk(centre, [almighty(centre, "SHIFT_LEAD")], random.Random(seed), 60)
    assert not seen & {str(state) for state in BROKEN}
    assert "ACT_WITHOUT_CONSENT" in seen  # it was tried, and waits there for somebody else


def test_two_people_can(centre: Centre):
    people = [almighty(centre, "SHIFT_LEAD"), almighty(centre, "SAFEGUARDING_LEAD")]
    seen: set[str] = set()
    for seed in range(20):
        seen |= walk(centre, people, random.Random(seed), 80)
    assert seen >= {str(state) for state in BROKEN}
