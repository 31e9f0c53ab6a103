"""Forms about files of records."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    """A file of records."""

    file = forms.FileField(
        label=_("File with records"),
        allow_empty_file=True,
        help_text=_("CSV, XLSX or JSON, up to 20,000 records and 32 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.json"}),
    )
    again = forms.BooleanField(label=_("Read this file again, although it was read before"), required=False)


class BringInForm(forms.Form):
    """What is brought in."""

    with_changed = forms.BooleanField(label=_("Change what is here already, too"), required=False)
