"""The forms of the programme at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.certification.programme.models import Criterion
from sauga.certification.programme.rules.codes import LONGEST_DECISION, LONGEST_REASON, LONGEST_TEXT
from sauga.certification.programme.rules.criteria import LEVELS

MOST = 1000


class BeginForm(forms.Form):
    """Why a new version is written."""

    reason = forms.CharField(
        label=_("Why a new version"), max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 3})
    )
    months = forms.IntegerField(
        label=_("A certification lasts, in months"), min_value=6, max_value=60, initial=24
    )


class DecisionForm(forms.Form):
    """Which decision puts it into force."""

    decision = forms.CharField(
        label=_("Reference of the decision"),
        max_length=LONGEST_DECISION,
        help_text=_("Number and date, as in the register of decisions."),
    )


class CriterionForm(forms.Form):
    """One criterion of a draft."""

    text_lt = forms.CharField(label=_("What is asked, in Lithuanian"), max_length=LONGEST_TEXT)
    text_en = forms.CharField(label=_("What is asked, in English"), max_length=LONGEST_TEXT)
    minimum_1 = forms.IntegerField(
        label=_("How much level 1 needs"), required=False, min_value=0, max_value=MOST
    )
    minimum_2 = forms.IntegerField(
        label=_("How much level 2 needs"), required=False, min_value=0, max_value=MOST
    )
    minimum_3 = forms.IntegerField(
        label=_("How much level 3 needs"), required=False, min_value=0, max_value=MOST
    )
    valid_days = forms.IntegerField(
        label=_("Days for which evidence counts"),
        required=False,
        min_value=1,
        max_value=3653,
        help_text=_("Leave empty where it does not expire."),
    )


def initial_of(one: Criterion) -> dict[str, Any]:
    """A criterion as its form shows it."""
    amounts = {f"minimum_{level}": one.minimums.get(str(level)) for level in LEVELS}
    return {"text_lt": one.text_lt, "text_en": one.text_en, "valid_days": one.valid_days, **amounts}
