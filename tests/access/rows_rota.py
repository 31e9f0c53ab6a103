"""Rota, opening hours, volunteers, debriefs, and the calendar behind a secret address."""

from access.matrix import SIGN_IN, row

SEES = ("COUNSELLOR", "SHIFT_LEAD", "VOLUNTEER_COORDINATOR", "SERVICE_ADMINISTRATOR")
TAKES = ("COUNSELLOR", "SHIFT_LEAD")
HOURS = ("VOLUNTEER_COORDINATOR", "SERVICE_ADMINISTRATOR")
TALKS = ("SHIFT_LEAD", "VOLUNTEER_COORDINATOR")

row("helpline-rota", anonymous=SIGN_IN, others=404, **dict.fromkeys(SEES, 200))
row("helpline-rota-hours", anonymous=SIGN_IN, others=404, **dict.fromkeys(SEES, 200))
row("helpline-rota-forecast", anonymous=SIGN_IN, others=404, **dict.fromkeys(SEES, 200))
row("helpline-rota-mine", anonymous=SIGN_IN, others=404, **dict.fromkeys(TAKES, 200))
row("helpline-calendar-link", method="POST", anonymous=SIGN_IN, others=404, **dict.fromkeys(TAKES, 200))
row("helpline-calendar", args=("nothing",), anonymous=404, others=404)  # no such address
row("helpline-shift", args=("<shift>",), anonymous=SIGN_IN, others=404, **dict.fromkeys(SEES, 200))
row(
    "helpline-shift-act",
    args=("<shift>", "claim"),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    **dict.fromkeys(TAKES, 302),
)
row(
    "helpline-shift-assign",
    args=("<shift>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    VOLUNTEER_COORDINATOR=302,
)
row(
    "helpline-shift-check-out",
    args=("<shift>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    **dict.fromkeys(TAKES, 422),
)
row("helpline-rota-templates", anonymous=SIGN_IN, others=404, VOLUNTEER_COORDINATOR=200)
row(
    "helpline-rota-template-end",
    args=("<shift_template>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    VOLUNTEER_COORDINATOR=302,
)
row("helpline-rota-publish", method="POST", anonymous=SIGN_IN, others=404, VOLUNTEER_COORDINATOR=302)
row("helpline-rota-extra", anonymous=SIGN_IN, others=404, VOLUNTEER_COORDINATOR=200)
row("helpline-window-add", method="POST", anonymous=SIGN_IN, others=404, **dict.fromkeys(HOURS, 422))
row(
    "helpline-window-end",
    args=("<window>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    **dict.fromkeys(HOURS, 302),
)
row("helpline-day-close", method="POST", anonymous=SIGN_IN, others=404, **dict.fromkeys(HOURS, 422))
row("helpline-day-open", args=("0",), method="POST", anonymous=SIGN_IN, others=404)  # no such day
row("helpline-debriefs", anonymous=SIGN_IN, others=404, **dict.fromkeys(TALKS, 200))
row(
    "helpline-debrief-held",
    args=("<debrief>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    **dict.fromkeys(TALKS, 302),
)
row("helpline-volunteer-new", anonymous=SIGN_IN, others=404, VOLUNTEER_COORDINATOR=200)
row("helpline-volunteer", args=("<volunteer>",), anonymous=SIGN_IN, others=404, VOLUNTEER_COORDINATOR=200)
row(
    "helpline-volunteer-change",
    args=("<volunteer>", "check"),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    VOLUNTEER_COORDINATOR=422,
)


def objects() -> dict[str, str]:
    """One of each, so that being let in and being kept out are told apart."""
    from datetime import date, time, timedelta

    from sauga.helpline.line.models import Window
    from sauga.helpline.rota.models import Shift, ShiftTemplate
    from sauga.helpline.volunteers.models import Debrief, Volunteer
    from sauga.kernel import clock
    from tests.factories.people import hire

    person, now = hire("Savanorė Pavyzdė").person, clock.now()
    begins, day = now + timedelta(days=3), date(2026, 1, 5)
    shift = Shift.objects.create(
        state="OPEN", begins_at=begins, ends_at=begins + timedelta(hours=4), channels=["CHAT"]
    )
    window = Window.objects.create(channel="CHAT", weekday=0, opens=time(18), closes=time(23), valid_from=day)
    template = ShiftTemplate.objects.create(
        weekday=0, begins=time(18), ends=time(22), channels=["CHAT"], valid_from=day
    )
    return {
        "<shift>": shift.ref,
        "<window>": str(window.pk),
        "<shift_template>": str(template.pk),
        "<debrief>": Debrief.objects.create(person=person, why="CHECK_OUT", owed_since=now).ref,
        "<volunteer>": str(Volunteer.objects.create(person=person, alias="Pavyzdė", began_date=day).pk),
    }
