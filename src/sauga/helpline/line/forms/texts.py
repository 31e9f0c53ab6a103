"""Forms of the texts of the line: a canned answer, a resource card."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel.i18n import language_name, languages

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


PARTS = ("name", "words", "hours")
LABELS = {
    "name": _("Name: %(language)s"),
    "words": _("What it is for: %(language)s"),
    "hours": _("Hours: %(language)s"),
}
LONGEST = {"name": 160, "words": 600, "hours": 120}
TRANSLATED = _("Empty: our translation, while the English words are ours; else the Lithuanian words.")


def _part(part: str, row: languages.Language) -> forms.CharField:
    """The field of one text of a card in one language."""
    spoken = {"lang": row.code}
    return forms.CharField(
        label=LABELS[part] % {"language": language_name(row.code)},
        max_length=LONGEST[part],
        required=row.is_whole and part != "hours",
        help_text="" if row.is_whole or part != "name" else TRANSLATED,
        widget=forms.Textarea(attrs={"rows": 3, **spoken})
        if part == "words"
        else forms.TextInput(attrs=spoken),
    )


class CardForm(forms.Form):
    """A resource card. Its texts are written in every language with pages; those in which only some pages
    exist may stay empty, and are then translated by us as long as the English words are ours.
    """

    phone = forms.RegexField(r"^[0-9+ ]{3,20}$", label=_("Phone"), required=False, max_length=20)
    address = forms.URLField(label=_("Web address"), required=False, assume_scheme="https")
    region = forms.CharField(
        label=_("Region"), required=False, max_length=32, help_text=_("Empty: everywhere.")
    )
    age_from = forms.IntegerField(label=_("From age"), required=False, min_value=0, max_value=99)
    age_to = forms.IntegerField(label=_("To age"), required=False, min_value=0, max_value=99)
    is_confirmed = forms.BooleanField(
        label=_("Number and hours are confirmed"),
        required=False,
        initial=True,
        help_text=_("Until then only those who keep the texts see the card."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        """`initial` has the texts by language, as the table keeps them."""
        held = dict(initial or {})
        for part in PARTS:
            held |= {f"{part}_{code}": text for code, text in held.pop(part, {}).items()}
        super().__init__(data, initial=held)
        declared = list(self.fields)
        for row in languages.public():
            for part in PARTS:
                self.fields[f"{part}_{row.code}"] = _part(part, row)
        whole = [f"{part}_{row.code}" for row in languages.whole() for part in PARTS]
        self.order_fields(["code", *whole, *declared])  # the other languages come last

    def clean(self) -> dict[str, Any]:
        """The texts by language; the first age is not above the last."""
        said: dict[str, Any] = super().clean() or {}
        for part in PARTS:
            texts = {row.code: said.pop(f"{part}_{row.code}", "") for row in languages.public()}
            said[part] = {code: text for code, text in texts.items() if text}
        first, last = said.get("age_from"), said.get("age_to")
        if first is not None and last is not None and first > last:
            self.add_error("age_to", gettext("The first age lies above the last."))
        return said


class NewCardForm(CardForm):
    """A new resource card."""

    code = forms.RegexField(CODE, label=_("Code"), help_text=SAYS_CODE, max_length=32)
