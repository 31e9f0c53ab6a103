"""The demo's data: told once by real actions, never beside real contacts."""

from datetime import timedelta

import pytest
from flows.hotline import Accounts

from sauga.helpline import demo
from sauga.helpline.chat.models import Conversation
from sauga.helpline.letters.models import Letter
from sauga.helpline.line.models import Window
from sauga.helpline.overview.queries import figures
from sauga.helpline.records.models import Attempt
from sauga.helpline.rota.models import Shift
from sauga.helpline.safeguarding.models import Concern
from sauga.kernel import audit
from sauga.kernel.clock import VILNIUS
from sauga.kernel.kit.demo import DataPresent
from tests.centre import AT, Centre, centre, seeded  # noqa: F401  fixtures
from tests.databases import seeded_at

pytestmark = pytest.mark.django_db


def test_story_fills_every_corner_of_the_desk(seeded: Centre):
    day = seeded_at().astimezone(VILNIUS).date()
    all_ = figures.tallies(day - timedelta(days=365), day)[-1]
    assert all_.answered > 20 and all_.abandoned and all_.deflected and all_.non_data
    assert {"CLOSED", "ABANDONED", "OUT_OF_HOURS"} <= set(
        Conversation.objects.values_list("state", flat=True)
    )
    assert {"DELIVERED", "IN_REVIEW", "RECEIVED"} <= set(Letter.objects.values_list("state", flat=True))
    assert Concern.objects.filter(state="ACT_WITH_CONSENT", approved_by=None).exists(), (
        "the safeguarding lead has something to decide"
    )
    assert Shift.objects.filter(state="CONFIRMED").exists() and Shift.objects.filter(state="OPEN").exists()
    today = Window.objects.get(channel="CHAT", valid_from=day, valid_to=day)
    assert today.opens == today.closes, "the demo can be tried at any hour of its first day"
    assert Window.objects.filter(channel="CHAT", valid_to=None).count() == 7
    assert audit.verify("helpline").ok


def test_story_is_never_told_beside_real_contacts(centre: Centre):
    Attempt.objects.create(channel="CHAT", language="lt", day=AT.date(), hour=10)
    with pytest.raises(DataPresent):
        demo.seed(AT, Accounts(centre))
