"""“My day” counts what waits for the person who looks, and only what this person may see."""

import pytest

from sauga.kernel.identity import home
from tests.factories.talks import AT as EVENING
from tests.factories.talks import queued
from tests.house import AT, House, house  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def counted(house: House, role: str, at=AT) -> dict[str, int]:
    """The counters of a role by code."""
    return {counter.code: n for counter, n in home.counters_for(house.actor(role, at, unlocked=False), at)}


def test_each_sees_what_waits_for_them(house: House):
    assert counted(house, "COUNSELLOR", EVENING)["helpline.waiting"] == 0
    queued(house, EVENING)
    assert counted(house, "COUNSELLOR", EVENING)["helpline.waiting"] == 1
    assert set(counted(house, "SAFEGUARDING_LEAD")) == {"helpline.concerns", "identity.proposals"}
    assert "helpline.waiting" not in counted(house, "VOLUNTEER_COORDINATOR")
    assert {"hotline.assess", "hotline.mine"} <= set(counted(house, "ANALYST"))
    assert not any(code.startswith("helpline.") for code in counted(house, "ANALYST"))
