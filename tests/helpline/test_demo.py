"""The demo's data: told once by real actions, never beside real contacts."""

import pytest
from flows.hotline import Accounts

from sauga.helpline import demo
from sauga.helpline.actions.hours import load_hours
from sauga.helpline.models import Attempt, Concern, Conversation, Letter, Shift, Window
from sauga.helpline.queries import figures
from sauga.kernel import audit
from tests.house import AT, House, house  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def test_story_fills_every_corner_of_the_desk(house: House):
    load_hours(AT)
    demo.play(AT, Accounts(house))
    all_ = figures.tallies(AT.date().replace(month=1, day=1), AT.date())[-1]
    assert all_.answered > 20 and all_.abandoned and all_.deflected and all_.non_data
    assert {"CLOSED", "ABANDONED", "OUT_OF_HOURS"} <= set(Conversation.objects.values_list("state", flat=True))
    assert {"DELIVERED", "IN_REVIEW", "RECEIVED"} <= set(Letter.objects.values_list("state", flat=True))
    assert Concern.objects.filter(state="ACT_WITH_CONSENT", approved_by=None).exists(), "the safeguarding lead has something to decide"
    assert Shift.objects.filter(state="CONFIRMED").exists() and Shift.objects.filter(state="OPEN").exists()
    today = Window.objects.get(channel="CHAT", valid_from=AT.date(), valid_to=AT.date())
    assert today.opens == today.closes, "the demo can be tried at any hour of its first day"
    assert Window.objects.filter(channel="CHAT", valid_to=None).count() == 7
    assert audit.verify("helpline").ok


def test_story_is_never_told_beside_real_contacts(house: House):
    Attempt.objects.create(channel="CHAT", language="lt", day=AT.date(), hour=10)
    with pytest.raises(demo.RealContacts):
        demo.play(AT, Accounts(house))
