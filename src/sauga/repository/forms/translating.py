"""Forms about translations made in another tool."""

from django import forms
from django.utils.translation import gettext_lazy as _

DIRECTIONS = {"lt-en": _("from Lithuanian into English"), "en-lt": _("from English into Lithuanian")}


class TranslationForm(forms.Form):
    """A file that has come back."""

    file = forms.FileField(
        label=_("XLIFF file"),
        help_text=_("The file that was taken here, with the translations in it. Up to 4 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlf,.xliff"}),
    )
