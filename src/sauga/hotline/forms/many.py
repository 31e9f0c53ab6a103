"""What is asked before an act on several ticked items: to whom, how urgent, why aside, which one stays."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab


class Act(StrEnum):
    """Acts on many, by the name of their button."""

    TAKE = "take"
    RELEASE = "release"
    HAND = "hand"
    URGENCY = "urgency"
    ASIDE = "aside"
    JOIN = "join"
    RECHECK = "recheck"


QUESTIONS = {
    Act.HAND: _("To whom"),
    Act.URGENCY: _("Urgency"),
    Act.ASIDE: _("Reason"),
    Act.JOIN: _("Which item stays"),
}


class AskForm(forms.Form):
    """One question about the ticked items, which travel along unseen."""

    answer = forms.ChoiceField(widget=forms.RadioSelect)
    do = forms.CharField(widget=forms.HiddenInput)
    refs = forms.Field(required=False, widget=forms.MultipleHiddenInput)
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, act: Act, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["answer"]
        field.label = QUESTIONS[act]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


def urgencies() -> list[tuple[str, Any]]:
    """P1 to P5 with their meaning."""
    return [(code, f"{code} · {label}") for code, label in vocab.choices("priority")]


def reasons() -> list[tuple[str, Any]]:
    """Why a report is noise."""
    return list(vocab.choices("report.spam_reason"))
