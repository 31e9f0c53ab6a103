"""The form that moves one session in the schedule, with and without a script."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.programme.forms import WHICH, ClockField
from sauga.events.programme.models import Event, Session
from sauga.events.programme.queries import parts
from sauga.events.programme.rules.local_times import LocalTime, instants_of, local_time


class InstantField(forms.CharField):
    """An instant as the script writes it: 2027-10-31T00:30:00Z."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            found = None
        if found is None or found.tzinfo is None or not 2000 <= found.year <= 2100:
            raise forms.ValidationError(_("Choose a time in the schedule."), code="unfit")
        return found


class MoveForm(forms.Form):
    """Where a session goes. `instant`, which the script fills in, wins over the typed hour; `seen` is the
    number of the version on the page."""

    starts = ClockField(label=pgettext_lazy("session", "Starts"), required=False)
    starts_which = forms.ChoiceField(
        label=_("The hour comes twice: which start?"), choices=WHICH, required=False
    )
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=5, max_value=1440)
    place = forms.ChoiceField(label=pgettext_lazy("session", "Place"), required=False)
    instant = InstantField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [("", _("for everybody")), *parts.places(event)]
        self.fields["place"].choices = places  # type: ignore[attr-defined]  # a choice field
        typed = self.data.get("starts") if self.is_bound else self.initial.get("starts")
        try:
            found = self.fields["starts"].to_python(typed)  # type: ignore[attr-defined]  # a ClockField
        except forms.ValidationError:
            found = None
        if found is None or len(instants_of(found)) < 2:
            self.fields["starts_which"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """A time, typed or chosen by the script."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not given.get("starts") and not given.get("instant"):
            self.add_error("starts", _("Enter a day and a time, like 2027-02-09 10:00."))
        return given

    def moment(self) -> LocalTime:
        """The time that was chosen."""
        given = self.cleaned_data
        if given["instant"] is not None:
            return local_time(given["instant"])
        return LocalTime(given["starts"], given["starts_which"])


def shown_spot(row: Session, minutes: int) -> dict[str, Any]:
    """Where a session is, as the form shows it."""
    place = row.room or row.stream
    held: dict[str, Any] = {"minutes": minutes, "place": place.ref if place else "", "seen": row.sequence}
    if row.is_scheduled:
        shown = local_time(row.starts)
        held |= {"starts": shown.naive, "starts_which": shown.which}
    return held
