"""The demo's rota: this week and the next, published from templates, some places taken and confirmed,
others still free.
"""

from datetime import datetime, time, timedelta

from sauga.helpline.demo.stage import Stage
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.actions import shifts, templates
from sauga.helpline.rota.models import Shift
from sauga.kernel.clock import VILNIUS

BLOCKS = ((time(10), time(14)), (time(14), time(18)), (time(18), time(22)))
EVENING = 18
TAKES = {0: "COUNSELLOR", 1: "LETTER_REVIEWER", 2: "COUNSELLOR", 3: "LETTER_REVIEWER", 4: "COUNSELLOR"}
"""Who talks on which weekday's evening; the lead leads on all of them."""


def rota_of_two_weeks(stage: Stage, at: datetime) -> None:
    """Templates, two published weeks, the evenings of working days taken."""
    by, today = stage.actor("VOLUNTEER_COORDINATOR", at), at.astimezone(VILNIUS).date()
    for weekday in range(7):
        for begins, ends in BLOCKS:
            for channels, is_lead, places in ((("CHAT", "PHONE"), False, 2), (("LETTER",), True, 1)):
                templates.add_template(
                    by=by,
                    weekday=weekday,
                    begins=begins,
                    ends=ends,
                    channels=channels,
                    is_lead=is_lead,
                    places=places,
                    minimum=1,
                    valid_from=today,
                    at=at,
                )
    monday = today - timedelta(days=today.weekday())
    for week in (monday, monday + timedelta(days=7)):
        templates.publish_week(by=by, monday=week, at=at)
    for shift in Shift.objects.filter(begins_at__gt=at).order_by("begins_at", "-is_lead", "pk"):
        _take(stage, shift, at)


def _take(stage: Stage, shift: Shift, at: datetime) -> None:
    begins = shift.begins_at.astimezone(VILNIUS)
    role = "SHIFT_LEAD" if shift.is_lead else TAKES.get(begins.weekday())
    if begins.hour != EVENING or role is None or begins.weekday() > max(TAKES):
        return
    by = stage.actor(role, at)
    if (
        not by.can(Permission.CLAIM_SHIFT)
        or Shift.objects.filter(person_id=by.person_id, begins_at=shift.begins_at).exists()
    ):
        return
    taken = shifts.claim_shift(by=by, shift=shift, at=at)
    if taken.state == "CLAIMED":
        shifts.confirm_shift(by=by, shift=taken, at=at)
