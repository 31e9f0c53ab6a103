"""Forms of the texts of the line: a canned answer, a resource card."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel.i18n import languages

CODE = r"^[A-Z][A-Z0-9_]{1,31}$"
SAYS_CODE = _("Capital letters, digits and underscores, for example SLEEP. It never changes.")


class CannedForm(forms.Form):
    """A canned answer. The name is what the counsellor types after the slash."""

    title = forms.CharField(label=_("Name, after the slash"), max_length=120)
    body = forms.CharField(label=_("Text"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class NewCannedForm(CannedForm):
    """A new canned answer."""

    code = forms.RegexField(CODE, label=_("Code"), help_text=SAYS_CODE, max_length=32)
    language = forms.ChoiceField(label=_("Language"), choices=lambda: languages.own_names(languages.every()))
    field_order = ("code", "language")


class CardForm(forms.Form):
    """A resource card in both languages."""

    name_lt = forms.CharField(label=_("Name in Lithuanian"), max_length=160)
    name_en = forms.CharField(label=_("Name in English"), max_length=160)
    words_lt = forms.CharField(
        label=_("What it is for, in Lithuanian"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    words_en = forms.CharField(
        label=_("What it is for, in English"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    phone = forms.RegexField(r"^[0-9+ ]{3,20}$", label=_("Phone"), required=False, max_length=20)
    address = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")
    region = forms.CharField(
        label=_("Region"), required=False, max_length=32, help_text=_("Empty: everywhere.")
    )
    age_from = forms.IntegerField(label=_("From age"), required=False, min_value=0, max_value=99)
    age_to = forms.IntegerField(label=_("To age"), required=False, min_value=0, max_value=99)
    hours_lt = forms.CharField(label=_("Hours in Lithuanian"), required=False, max_length=120)
    hours_en = forms.CharField(label=_("Hours in English"), required=False, max_length=120)
    shown_when_closed = forms.BooleanField(
        label=_("Show to children when the line is closed"), required=False
    )
    is_confirmed = forms.BooleanField(
        label=_("Number and hours are confirmed"),
        required=False,
        initial=True,
        help_text=_("Until then only those who keep the texts see the card."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The first age is not above the last."""
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("age_from"), said.get("age_to")
        if first is not None and last is not None and first > last:
            self.add_error("age_to", gettext("The first age lies above the last."))
        return said


class NewCardForm(CardForm):
    """A new resource card."""

    code = forms.RegexField(CODE, label=_("Code"), help_text=SAYS_CODE, max_length=32)
    field_order = ("code",)
