"""The form by which a named person lets a text pass in spite of a check."""

from django import forms
from django.utils.translation import gettext_lazy as _


class OverrideForm(forms.Form):
    """Why, in one language at least, and until when."""

    reason_lt = forms.CharField(label=_("Reason in Lithuanian"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    reason_en = forms.CharField(label=_("Reason in English"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))
