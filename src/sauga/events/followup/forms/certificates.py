"""The forms of certificates of attendance."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.events.followup.rules.certificates import CHOSEN, REASONS


class HoursForm(forms.Form):
    """How many hours certificates of an event state."""

    hours = forms.DecimalField(
        label=_("Hours, if they are not those of the programme"),
        help_text=_(
            "Empty: the time of the sessions without breaks. In quarters of an hour, for example 5.25."
        ),
        min_value=Decimal("0.25"),
        max_value=60,
        max_digits=4,
        decimal_places=2,
        required=False,
        localize=True,
    )
    by_sessions = forms.BooleanField(
        label=_("Only the sessions at which the person was checked in"),
        help_text=_(
            "By the sessions’ own check-in lists: their time is added up, sessions side by side count once, "
            "and sessions without a list count for nobody."
        ),
        required=False,
    )

    def __init__(self, *args: Any, has_lists: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_lists:
            del self.fields["by_sessions"]

    @property
    def minutes(self) -> int | None:
        """The stated minutes."""
        hours = self.cleaned_data["hours"]
        return int(hours * 60) if hours is not None else None


class RevokeForm(forms.Form):
    """Why a certificate is revoked."""

    reason = forms.ChoiceField(label=_("Reason"), choices=[], widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["reason"]).choices = [(code, REASONS[code]) for code in CHOSEN]
