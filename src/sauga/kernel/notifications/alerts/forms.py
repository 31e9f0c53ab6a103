"""The form of a service's escalation steps."""

from datetime import timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from sauga.kernel.notifications.alerts.queries import Rules
from sauga.kernel.notifications.alerts.rules import LONGEST_WAIT, MOST_STEPS, Step


class StepsForm(forms.Form):
    """Up to six steps; a line without anybody to call is left out."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, rules: Rules) -> None:
        initial: dict[str, Any] = {"based_on": rules.version}
        for number, step in enumerate(rules.steps):
            initial |= {
                f"to_{number}": step.to,
                f"after_{number}": step.seconds,
                f"phone_{number}": step.phone,
            }
        super().__init__(data, initial=initial)
        choices = [("", _("nobody")), *rules.choices]
        for number in range(MOST_STEPS):
            self.fields[f"to_{number}"] = forms.ChoiceField(
                label=_("Who is called"), choices=choices, required=number == 0
            )
            self.fields[f"after_{number}"] = forms.IntegerField(
                label=_("After, seconds"),
                min_value=0,
                max_value=int(LONGEST_WAIT.total_seconds()),
                required=number == 0,
            )
            self.fields[f"phone_{number}"] = forms.CharField(
                label=_("Phone shown to the sender"), max_length=24, required=False
            )

    def lines(self) -> list[tuple[int, BoundField, BoundField, BoundField]]:
        """Number and fields of each line."""
        return [
            (number + 1, self[f"to_{number}"], self[f"after_{number}"], self[f"phone_{number}"])
            for number in range(MOST_STEPS)
        ]

    def steps(self) -> list[Step]:
        """What was typed, in order of the lines."""
        given, found = self.cleaned_data, []
        for number in range(MOST_STEPS):
            if to := given.get(f"to_{number}"):
                after = timedelta(seconds=given.get(f"after_{number}") or 0)
                found.append(Step(after, to, given.get(f"phone_{number}", "").strip()))
        return found
