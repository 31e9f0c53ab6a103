"""Fields for days, weekdays and hours."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.kernel.clock import VILNIUS

WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, chosen with the browser's own picker."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        **more,
    )


def hour_field(label: Any, **more: Any) -> forms.TimeField:
    """A time of day; midnight is 00:00."""
    return forms.TimeField(
        label=label, widget=forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M"), **more
    )


class LastDayForm(forms.Form):
    """The last day of something."""

    last_date = day_field(_("Last day"))

    def __init__(self, data: Any = None, *, today: date | None = None) -> None:
        super().__init__(data, initial={"last_date": today})


def today_of(at: datetime) -> date:
    """The day in Vilnius."""
    return at.astimezone(VILNIUS).date()
