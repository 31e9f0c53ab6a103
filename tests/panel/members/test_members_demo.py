"""The demo's members: eighteen in their second cycle, one of them asked again soon, one paused at 14."""

from datetime import timedelta

import pytest

from sauga.kernel import clock
from sauga.kernel.kit.demo import Cast
from sauga.kernel.organisations import create_organisation
from sauga.panel.members import demo
from sauga.panel.members.models import AdultAct, Flag, Member
from sauga.panel.members.queries import members
from sauga.panel.states import MemberState
from tests.centre import CLI, Centre, centre  # noqa: F401  a fixture


@pytest.mark.parametrize("days", [60, 75])
def test_the_demo_tells_the_story(centre: Centre, days: int):
    at = clock.now() + timedelta(days=days)
    create_organisation(
        by=CLI, code="SCHOOL", names={"lt": "Mokykla", "en": "School"}, kinds=["SCHOOL"], at=at
    )
    roles = ("PANEL_FACILITATOR", "PANEL_SAFEGUARDING_LEAD")
    staff = {role: type("Account", (), {"user": centre.people[role].email, "password": ""}) for role in roles}
    demo.play(Cast(staff), at)
    states = list(Member.objects.values_list("state", flat=True))
    assert (len(states), states.count(MemberState.ACTIVE), states.count(MemberState.PAUSED)) == (20, 16, 2)
    assert states.count(MemberState.NOMINATED) == states.count(MemberState.CONSENTING) == 1
    assert all(members.may_take_part(row, at) for row in members.active_members().select_related("account"))
    assert sum(members.is_asked_again(row, at) for row in Member.objects.select_related("account")) >= 1
    assert Flag.objects.get().answered_at is not None
    assert AdultAct.objects.filter(seen_at__isnull=False).exists()
