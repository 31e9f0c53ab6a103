"""Forms about where content is hosted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.kernel.ui.forms import OwnIdsForm


class CountryForm(OwnIdsForm):
    """Which country hosts the item, two letters."""

    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Country, two letters"),
        max_length=2,
        widget=forms.TextInput(attrs={"size": 2, "autocomplete": "off"}),
        error_messages={"invalid": _("Two letters, for example LT.")},
    )

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()
