"""The filters of the register, and an ambassador's profile."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.certification.register.actions.profiles import Profile
from sauga.certification.register.models import RegisterEntry
from sauga.certification.register.rules.shown import LONGEST_ABOUT, MOST_A_MONTH, Field, Wanted
from sauga.kernel import organisations, vocab

AUDIENCES = (
    "children",
    "teenagers",
    "parents_carers",
    "teachers",
    "public_librarians",
    "seniors",
    "general_public",
)
LANGUAGES = ("lt", "en", "pl", "ru", "uk", "lls")
TOPICS = (
    "cyberbullying",
    "data_privacy",
    "ecrime",
    "fake_news",
    "artificial_intelligence",
    "gaming",
    "excessive_use",
    "parental_mediation",
    "grooming",
    "sexting",
    "digital_citizenship",
    "wellbeing",
)
"""What is offered, of the vocabularies `audiences`, `languages` and `topics`."""


def _terms(vocabulary: str, codes: tuple[str, ...]) -> list[tuple[str, str]]:
    said = [(code, vocab.label(vocabulary, code)) for code in codes]
    return [(code, text[:1].upper() + text[1:]) for code, text in said]


def choices_of(name: str) -> list[tuple[str, str]]:
    """Topics, languages or audiences to choose from, in the language of the page."""
    return _terms(name, {"topics": TOPICS, "languages": LANGUAGES, "audiences": AUDIENCES}[name])


class RegisterForm(forms.Form):
    """What the register shows."""

    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    audience = forms.ChoiceField(label=pgettext_lazy("register", "For whom"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["municipality"].choices = [("", _("All of Lithuania")), *organisations.municipalities()]
        fields["audience"].choices = [("", _("Everybody")), *choices_of("audiences")]
        fields["topic"].choices = [("", _("All topics")), *choices_of("topics")]
        every = ("", pgettext_lazy("register", "All languages"))
        fields["language"].choices = [every, *choices_of("languages")]

    def wanted(self) -> Wanted:
        """What was chosen; whatever is not a choice is left out."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})

        def some(name: str) -> tuple[str, ...]:
            return (given[name],) if given.get(name) else ()

        return Wanted(given.get("municipality", ""), some("topic"), some("language"), some("audience"))


class ProfileForm(forms.Form):
    """What an ambassador can do, and what of it everybody may see."""

    municipalities = forms.MultipleChoiceField(
        label=_("Municipalities I come to"),
        widget=forms.CheckboxSelectMultiple({"class": "amb-places"}),
        required=False,
    )
    topics = forms.MultipleChoiceField(label=_("Topics"), widget=forms.CheckboxSelectMultiple, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), widget=forms.CheckboxSelectMultiple, required=False
    )
    audiences = forms.MultipleChoiceField(
        label=pgettext_lazy("register", "For whom"), widget=forms.CheckboxSelectMultiple, required=False
    )
    most_a_month = forms.IntegerField(
        label=_("Most sessions a month"), min_value=1, max_value=MOST_A_MONTH, initial=3
    )
    takes_requests = forms.BooleanField(
        label=_("Send me requests from schools"), required=False, initial=True
    )
    about = forms.CharField(label=_("A sentence about you"), max_length=LONGEST_ABOUT, required=False)
    is_listed = forms.BooleanField(
        label=_("I agree to be in the public register with my level, its validity, and what I tick below."),
        required=False,
    )
    shown = forms.MultipleChoiceField(
        label=_("Everybody may see"),
        choices=Field.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["municipalities"].choices = organisations.municipalities()
        for name in ("topics", "languages", "audiences"):
            fields[name].choices = choices_of(name)

    def profile(self) -> Profile:
        """What was given, as the actions take it."""
        return Profile(**self.cleaned_data)


def initial_of(entry: RegisterEntry | None) -> dict[str, Any]:
    """A profile as its form shows it."""
    if entry is None:
        return {}
    names = (
        "municipalities",
        "topics",
        "languages",
        "audiences",
        "most_a_month",
        "takes_requests",
        "about",
        "shown",
    )
    return {name: getattr(entry, name) for name in names} | {"is_listed": entry.consented_at is not None}
