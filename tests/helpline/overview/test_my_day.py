"""“My day” counts what waits for the person who looks, and only what this person may see."""

import pytest

from sauga.kernel.identity import home
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture
from tests.factories.talks import AT as EVENING
from tests.factories.talks import queued

pytestmark = pytest.mark.django_db


def counted(centre: Centre, role: str, at=AT) -> dict[str, int]:
    """What waits for a role, by the counter's code."""
    return {
        one.counter.code: one.count for one in home.counters_for(centre.actor(role, at, unlocked=False), at)
    }


def test_each_sees_what_waits_for_them(centre: Centre):
    assert "helpline.waiting" not in counted(centre, "COUNSELLOR", EVENING)
    queued(centre, EVENING)
    assert counted(centre, "COUNSELLOR", EVENING)["helpline.waiting"] == 1
    assert "helpline.waiting" not in counted(centre, "VOLUNTEER_COORDINATOR", EVENING)
    assert not any(code.startswith("helpline.") for code in counted(centre, "ANALYST", EVENING))
