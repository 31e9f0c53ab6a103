"""The form of a person's wish about mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.kernel.notifications.models import MailTime


class MailTimeForm(forms.Form):
    """When to be mailed about what was not read."""

    time = forms.ChoiceField(
        label=_("Email about what you have not read"), choices=MailTime.choices, widget=forms.RadioSelect
    )
