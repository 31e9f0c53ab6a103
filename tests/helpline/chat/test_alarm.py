"""Immediate danger that finds every counsellor busy reaches the shift lead at once."""

import pytest

from sauga.kernel.notifications.models import Notification
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.line import on_duty
from tests.factories.talks import AT, MINUTE, active, queued

pytestmark = pytest.mark.django_db
DANGER = "Išgėriau tabletes, bijau"


def told() -> list[tuple[int, str]]:
    return list(
        Notification.objects.filter(template="helpline.danger_waits").values_list("person_id", "params__ref")
    )


def test_lead_is_told_when_everybody_talks(centre: Centre):
    active(centre)
    waiting = queued(centre, AT + MINUTE, text=DANGER, open_first=False)
    assert waiting.conversation.band == "IMMEDIATE"
    assert told() == [(centre.people["SHIFT_LEAD"].pk, waiting.conversation.ref)]


def test_a_counsellor_on_a_break_is_not_free(centre: Centre):
    active(centre)
    on_duty(centre.people["COUNSELLOR_2"], AT, is_on_break=True)
    queued(centre, AT + MINUTE, text=DANGER, open_first=False)
    assert len(told()) == 1


def test_lead_is_left_alone_while_somebody_is_free(centre: Centre):
    assert queued(centre, text=DANGER).conversation.band == "IMMEDIATE"
    assert told() == []


def test_lead_is_left_alone_where_there_is_no_danger(centre: Centre):
    active(centre)
    queued(centre, AT + MINUTE, open_first=False)
    assert told() == []
