"""The demo's calls: one decided, one in review with prepared decisions and two conflicts, one open."""

from datetime import timedelta

import pytest
from factories.events import NOW, local, published_event

from sauga.events.proposals import demo
from sauga.events.proposals.models import Call, Conflict, Proposal
from sauga.events.proposals.queries.reviewers import conflicts, reviewers
from sauga.events.proposals.rules.decisions import Phase
from sauga.events.states import ProposalState
from sauga.kernel.kit.demo import Cast
from tests.centre import Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
ROLES = ("ORGANISER", "PROGRAMME_COMMITTEE", "EDITOR", "SAFEGUARDING_EDITOR")


def test_the_demo_has_three_calls(centre: Centre):
    at = NOW + timedelta(days=360)
    times = {"starts": local("2027-01-13 09:00"), "ends": local("2027-01-14 16:00")}
    published_event(centre, kind="conference", **times)
    published_event(centre, starts=local("2028-02-08 10:00"), ends=local("2028-02-08 12:00"))
    staff = {role: type("Account", (), {"user": centre.people[role].email}) for role in ROLES}
    demo.play(Cast(staff), at)
    last, this, small = Call.objects.order_by("opens_at")
    states = dict.fromkeys(ProposalState, 0)
    for row in Proposal.objects.filter(call=last):
        states[ProposalState(row.state)] += 1
    assert {state: n for state, n in states.items() if n} == {
        ProposalState.CONFIRMED: 4,
        ProposalState.DECLINED: 1,
        ProposalState.REJECTED: 3,
    }
    rows = list(Proposal.objects.filter(call=this))
    assert len(rows) == 24 and sum(row.reviewed >= 2 for row in rows) >= 12
    assert {row.pending for row in rows} == {
        "",
        ProposalState.ACCEPTED,
        ProposalState.ON_HOLD,
        ProposalState.REJECTED,
    }
    assert {row.language for row in rows} == {"lt", "en"}
    people = reviewers(this.event, at)
    assert len(people) == 3 and Conflict.objects.count() == 1
    assert len(conflicts(rows, [one.pk for one in people], at)) == 2
    assert this.phase(at) is Phase.CLOSED and small.phase(at) is Phase.OPEN
    assert sorted(small.proposals.values_list("state", flat=True)) == [
        ProposalState.DRAFT,
        ProposalState.SUBMITTED,
        ProposalState.UNCONFIRMED,
    ]
