"""The helpline's demo data: weeks of evenings, made by its real actions with a fixed seed. Everyday worries,
about no person.
"""

from datetime import datetime, time, timedelta
from typing import Any

from sauga.helpline.demo.evenings import evening
from sauga.helpline.demo.post import letters_of_the_week
from sauga.helpline.demo.stage import Stage
from sauga.helpline.demo.weeks import rota_of_two_weeks
from sauga.helpline.demo.worries import a_concern, from_the_panel
from sauga.helpline.line.actions import hours
from sauga.helpline.line.models import Window
from sauga.helpline.records.models import Attempt
from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.kit.demo import Staff, seeds
from sauga.kernel.states import SystemActor

DEMO = SystemActor("demo")
PHONES = "policy.alerts_helpline"
EVENINGS = 14


@seeds(unless=Attempt.objects.exists)
def seed(at: datetime, staff: Staff) -> None:
    """Make the last weeks of the line up to `at`."""
    stage = Stage(staff)
    today = at.astimezone(VILNIUS).date()
    stage.open_house(at - timedelta(days=EVENINGS + 1))
    _give_phones(at)
    for ago in range(EVENINGS, 0, -1):
        evening(stage, today - timedelta(days=ago))
    _open_all_day(stage, at)
    rota_of_two_weeks(stage, at)
    letters_of_the_week(stage, at)
    a_concern(stage, at - timedelta(minutes=50))
    from_the_panel(stage, at)


def _give_phones(at: datetime) -> None:
    """Numbers that belong to no person, for those who wait for an answer to an alert."""
    value = dict(vocab.policy(PHONES))
    steps = [{**step, "phone": f"+370 600 0000{number}"} for number, step in enumerate(value["steps"])]
    vocab.set_policy(by=DEMO, name=PHONES, value={**value, "steps": steps}, at=at, status="provisional")


def _open_all_day(stage: Stage, at: datetime) -> None:
    """Today and tomorrow the demo's line has hours all day, so that it can be tried at any hour:
    it opens with a lead on duty.

    Every other day keeps the published evening.
    """
    by, today = stage.actor("VOLUNTEER_COORDINATOR", at), at.astimezone(VILNIUS).date()
    for day in (today, today + timedelta(days=1)):
        for usual in Window.objects.filter(channel__in=("CHAT", "PHONE"), weekday=day.weekday()).order_by(
            "pk"
        ):
            kept: dict[str, Any] = {
                "by": by,
                "channel": usual.channel,
                "weekday": usual.weekday,
                "minimum": usual.minimum,
                "at": at,
            }
            hours.end_window(by=by, window=usual, last_date=day - timedelta(days=1), at=at)
            whole = hours.add_window(**kept, opens=time(), closes=time(), valid_from=day)
            hours.end_window(by=by, window=whole, last_date=day, at=at)
            hours.add_window(
                **kept, opens=usual.opens, closes=usual.closes, valid_from=day + timedelta(days=1)
            )
