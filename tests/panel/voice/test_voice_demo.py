"""The demo's voice: three proposals answered, one whose answer is late, others on their way."""

from datetime import timedelta

import pytest

from sauga.kernel import clock
from sauga.kernel.kit.demo import Cast
from sauga.kernel.organisations import create_organisation
from sauga.panel.members import demo as members
from sauga.panel.voice import demo
from sauga.panel.voice.models import Cycle, Meeting, Proposal
from sauga.panel.voice.queries import ledger, proposals, queue
from sauga.panel.voice.rules.ledger import Group
from tests.centre import CLI, Centre, centre  # noqa: F401  a fixture
from tests.databases import BEGAN

pytestmark = pytest.mark.django_db


def test_the_demo_tells_the_story(centre: Centre):
    at = max(clock.now(), BEGAN + timedelta(days=340))
    create_organisation(
        by=CLI, code="SCHOOL", names={"lt": "Mokykla", "en": "School"}, kinds=["SCHOOL"], at=at
    )
    roles = ("PANEL_FACILITATOR", "PANEL_SAFEGUARDING_LEAD")
    staff = {role: type("Account", (), {"user": centre.people[role].email, "password": ""}) for role in roles}
    cast = Cast(staff)
    members.play(cast, at)
    demo.play(cast, at)
    found = ledger.entries(at)
    counts = ledger.counts(found)
    assert (counts[Group.ALL], counts[Group.OVERDUE], counts[Group.WAITING]) == (5, 1, 1)
    assert (counts[Group.DONE], counts[Group.NOT_DONE], counts[Group.IN_PROGRESS]) == (1, 1, 1)
    late = next(one for one in found if one.group is Group.OVERDUE)
    assert late.late == 6 and late.reminders == 3
    states = set(Proposal.objects.values_list("state", flat=True))
    assert {"DISCUSSION", "PRE_MODERATION", "RETURNED", "OVERDUE"} <= states
    assert Cycle.objects.count() == 2 and set(Meeting.objects.values_list("state", flat=True)) == {
        "MINUTED",
        "PLANNED",
    }
    assert queue.count_waiting(centre.actor("PANEL_FACILITATOR"), at) == 2
    discussed = Proposal.objects.get(state="DISCUSSION")
    assert proposals.supporters(discussed) == 5 and discussed.amendments.count() == 2
