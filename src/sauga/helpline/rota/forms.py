"""Forms of the rota: check-out, templates, an extra place, hours, closed days."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.helpline.line.forms.dates import WEEKDAYS, day_field, hour_field
from sauga.helpline.rota.actions.templates import TemplateUnfit
from sauga.helpline.rota.queries.rota import qualified
from sauga.kernel import vocab
from sauga.kernel.refusals import also_refused
from sauga.kernel.ui.forms import OwnIdsForm


class CheckOutForm(forms.Form):
    """“How are you?”"""

    feeling = forms.ChoiceField(
        label=_("How are you after this shift?"),
        widget=forms.RadioSelect,
        choices=lambda: vocab.choices("shift_feeling"),
    )
    words = forms.CharField(
        label=_("A few words, if you like"),
        help_text=_("Sealed. Shift leads read it; nobody else, and no names of children here."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class _PlaceForm(forms.Form):
    """What a place is for."""

    channels = forms.MultipleChoiceField(
        label=_("Channels"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: vocab.choices("duty_channel"),
    )
    is_lead = forms.BooleanField(label=_("The shift lead's slot"), required=False)

    def clean(self) -> dict[str, Any]:
        """For a channel or for the lead: said beside whatever else is wrong."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("channels") and not said.get("is_lead"):
            also_refused(self, [TemplateUnfit("CHANNELS")])
        return said


class TemplateForm(_PlaceForm):
    """A place that every week has."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    begins = hour_field(_("Begins"))
    ends = hour_field(_("Ends"))
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=20, initial=1)
    minimum = forms.IntegerField(
        label=_("At least"),
        min_value=0,
        max_value=20,
        initial=1,
        help_text=_("Fewer people are shown as a gap."),
    )
    valid_from = day_field(_("From"))

    field_order = ["weekdays", "begins", "ends", "channels", "is_lead", "places", "minimum", "valid_from"]


class ExtraForm(_PlaceForm):
    """One extra place."""

    day = day_field(_("Day"))
    begins = hour_field(_("Begins"))
    ends = hour_field(_("Ends"))

    field_order = ["day", "begins", "ends", "channels", "is_lead"]


class AssignForm(forms.Form):
    """Who gets the shift: only those who may."""

    person = forms.TypedChoiceField(label=_("Volunteer"), coerce=int)

    def __init__(self, *args: Any, shift: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = qualified(shift, at)  # type: ignore[attr-defined]  # a ChoiceField


def _live_channels() -> list[tuple[str, str]]:
    return [(code, name) for code, name in vocab.choices("duty_channel") if code != "LETTER"]


class WindowForm(OwnIdsForm):
    """Published hours."""

    channel = forms.ChoiceField(label=_("Channel"), choices=_live_channels)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    opens = hour_field(_("Opens"))
    closes = hour_field(
        _("Closes"), help_text=_("00:00 is midnight; an earlier time than the opening is on the next day.")
    )
    minimum = forms.IntegerField(label=_("Minimum number of people"), min_value=1, max_value=50, initial=1)
    valid_from = day_field(_("From"))


class ClosedDayForm(OwnIdsForm):
    """A day without the line, or without one channel."""

    day = day_field(_("Day"))
    channel = forms.ChoiceField(
        label=_("What is closed"),
        required=False,
        choices=lambda: [("", _("Phone and chat")), *_live_channels()],
    )
    label_lt = forms.CharField(label=_("Name in Lithuanian"), max_length=120)
    label_en = forms.CharField(label=_("Name in English"), max_length=120)


def hours_of(day: date, begins: time, ends: time) -> tuple[datetime, datetime]:
    """The instants of an extra place."""
    from sauga.helpline.line.rules.hours import stretch

    return stretch(day, begins, ends)
