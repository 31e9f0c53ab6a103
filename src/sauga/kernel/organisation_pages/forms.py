"""Forms of the register's pages. They validate input only; everything else is checked by the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.i18n import language_name, languages
from sauga.kernel.organisations import OrganisationField, countries, municipalities
from sauga.kernel.organisations.queries.register import ANY_ROLE, kinds
from sauga.kernel.organisations.schemes import Scheme
from sauga.kernel.organisations.terms import LANGUAGES, Purpose, RoleCode

NOTHING = [("", "—")]
PARTLY = _("A year, a month or a day: 2012, 2012-07 or 2012-07-01.")
SUGGEST = "/desk/organisations/suggest/"


def _text(label: Any, **given: Any) -> forms.CharField:
    given.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
    return forms.CharField(label=label, **given)


def _languages() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in LANGUAGES]


def _kinds() -> list[tuple[str, str]]:
    return [(kind.code, kind.label) for kind in kinds()]


def _municipalities() -> list[tuple[str, str]]:
    return [*NOTHING, *municipalities()]


def _since(*, required: bool = False) -> forms.CharField:
    return _text(pgettext_lazy("date", "Since"), max_length=10, required=required, help_text=PARTLY)


def _until() -> forms.CharField:
    said = _("The last day, month or year, included. Empty while it lasts.")
    return _text(pgettext_lazy("date", "Until"), max_length=10, required=False, help_text=said)


def _other(label: Any) -> OrganisationField:
    return OrganisationField(label=label, suggest_url=SUGGEST)


class FactsForm(forms.Form):
    """What is known of an organisation beside its names and codes."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds"),
        choices=_kinds,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "many"}),
    )
    municipality = forms.ChoiceField(label=_("Municipality"), choices=_municipalities, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=countries, initial="LT")
    website = _text(_("Website"), max_length=200, required=False)


class EditForm(FactsForm):
    """The same with the version that the person has seen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class NewForm(FactsForm):
    """A new organisation."""

    name = _text(_("Name in Lithuanian"), max_length=200)
    name_en = _text(_("Name in English"), max_length=200, required=False)
    value = _text(
        _("Legal entity code"),
        max_length=40,
        required=False,
        help_text=_("Nine digits; the last is checked."),
    )
    field_order = ("name", "name_en", "value", "kinds", "municipality", "country", "website")


class NameForm(forms.Form):
    """A further name, or a new one from a date on."""

    language = forms.ChoiceField(label=_("Language"), choices=_languages)
    name = _text(pgettext_lazy("organisation", "Name"), max_length=200)
    short = _text(_("Short name"), max_length=60, required=False)
    since = _since()


class NameEditForm(NameForm):
    """A name with both dates."""

    until = _until()


class RoleForm(forms.Form):
    """A role in the centre."""

    role = forms.ChoiceField(label=_("Role in the centre"), choices=RoleCode.choices)
    since = _since(required=True)
    until = _until()
    is_confirmed = forms.BooleanField(label=_("Confirmed by a document"), required=False)
    source = _text(_("Source"), max_length=300, required=False)
    ends_present = forms.BooleanField(
        label=_("Let its present role of this kind end just before"), required=False
    )


class RoleEditForm(forms.Form):
    """The dates of a role and how well they are known."""

    since = _since(required=True)
    until = _until()
    is_confirmed = forms.BooleanField(label=_("Confirmed by a document"), required=False)
    source = _text(_("Source"), max_length=300, required=False)


class LogoEditForm(forms.Form):
    """The dates of a logo, who allowed it, and what it looks like in each language of the pages."""

    since = _since()
    until = _until()
    permission = _text(
        _("Permission to show it"),
        max_length=300,
        help_text=_("Who gave it, and where it is written: an agreement, a message and its date."),
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for row in languages.for_editors():
            self.fields[f"alt_{row.code}"] = _text(
                _("What it looks like: %(language)s") % {"language": language_name(row.code)},
                max_length=300,
                required=False,
                help_text=_("For people who do not see it: “Two waves below a star”. Not the name."),
            )

    def given(self) -> dict[str, Any]:
        """What was typed, with the descriptions by language."""
        said = dict(self.cleaned_data)
        alt = {row.code: said.pop(f"alt_{row.code}") for row in languages.for_editors()}
        return {**said, "alt": alt}


class LogoForm(LogoEditForm):
    """A new logo."""

    file = forms.FileField(
        label=_("Logo"),
        allow_empty_file=True,
        help_text=_("PNG, JPEG, WebP or SVG, at most 400 KB. With a transparent or a white background."),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp,.svg"}),
    )
    field_order = ("file", "since", "until", "permission")


class CodeForm(forms.Form):
    """The code in another register; empty takes it away."""

    scheme = forms.ChoiceField(label=_("Which register gave the code"), choices=Scheme.choices)
    value = _text(_("Code"), max_length=40, required=False, help_text=_("Empty: the code is removed."))
    is_verified = forms.BooleanField(label=_("I found it in that register"), required=False)
    source = _text(_("Source"), max_length=300, required=False)


class ContactForm(forms.Form):
    """The mailbox of an office; empty takes it away."""

    purpose = forms.ChoiceField(label=_("What the mailbox is for"), choices=Purpose.choices)
    email = _text(
        _("Email"),
        max_length=254,
        required=False,
        help_text=_("The address of an office, not of a person. Empty: the mailbox is removed."),
    )


class SuccessorForm(forms.Form):
    """Who continued what this organisation did."""

    other = _other(_("Which organisation continues its work"))
    since = _since()
    source = _text(_("Source"), max_length=300, required=False)


class SameForm(forms.Form):
    """Another row of the register for the same body."""

    other = _other(_("Which entry means the same organisation"))


class FilterForm(forms.Form):
    """The filters of the list."""

    text = forms.CharField(
        label=_("Name or code"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    role = forms.ChoiceField(label=_("Role in the centre"), required=False)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for name, choices in (
            ("kind", [*NOTHING, *_kinds()]),
            ("municipality", _municipalities()),
            ("role", [*NOTHING, (ANY_ROLE, _("Any role")), *RoleCode.choices]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class DayForm(forms.Form):
    """The day for which the partners are shown."""

    on = forms.DateField(
        label=_("On the day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
