"""The forms of activities: registering one, reporting it, and those of the desk."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.activities.rules.codes import (
    LONGEST_ADDRESS,
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_TITLE,
    LONGEST_TOPIC,
    MOST_HEADS,
    ActivityKind,
    AgeGroup,
)
from sauga.events.activities.rules.details import Details
from sauga.kernel import organisations
from sauga.kernel.members.representation.register import Suggestion
from sauga.kernel.organisations import OrganisationField
from sauga.kernel.ui.forms import GroupField, limit_days

HEADS = "heads_"
NONE_OF_THESE = "none"
FIRST = ("organisation", "meant", "municipality", "kind", "day", "begins", "title", "description")
"""The fields that stand above the numbers of people, as the page shows them."""
PLAIN = (
    "municipality",
    "kind",
    "title",
    "description",
    "day",
    "begins",
    "is_public",
    "wants_ambassador",
    "ambassador_topic",
    "ambassador_day",
)
"""What a form and an activity call by the same name."""


def _date(**attrs: str) -> forms.DateInput:
    return forms.DateInput({"type": "date", **attrs}, "%Y-%m-%d")


def _first_capital(text: Any) -> str:
    said = str(text)
    return said[:1].upper() + said[1:]


def kind_choices(empty: Any = None) -> list[tuple[str, Any]]:
    """Kinds of activities with a capital letter, after a line for none."""
    first = [("", empty)] if empty is not None else []
    return [*first, *((code, _first_capital(label)) for code, label in ActivityKind.choices)]


def group_choices(empty: Any = None) -> list[tuple[str, Any]]:
    """Age groups in the same way."""
    first = [("", empty)] if empty is not None else []
    return [*first, *((code, _first_capital(label)) for code, label in AgeGroup.choices)]


def place_choices(empty: Any) -> list[tuple[str, Any]]:
    """Municipalities in the alphabet of the page's language, after a line for none."""
    return [("", empty), *organisations.municipalities()]


class HeadsForm(forms.Form):
    """How many people took part, in each age group."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heads"] = GroupField(_("How many people?"))
        for code, label in AgeGroup.choices:
            self.fields[HEADS + code] = forms.IntegerField(
                label=_first_capital(label),
                required=False,
                widget=forms.NumberInput({"inputmode": "numeric", "min": 0, "max": MOST_HEADS}),
            )

    def heads(self) -> dict[str, int]:
        """The numbers that were written, by age group."""
        given = {code: self.cleaned_data.get(HEADS + code) for code in AgeGroup.values}
        return {code: n for code, n in given.items() if n}

    def head_fields(self) -> list[forms.BoundField]:
        """The fields of the numbers, for the template."""
        return [self[HEADS + code] for code in AgeGroup.values]


class ActivityForm(HeadsForm):
    """Who, what, when and for whom."""

    organisation = forms.CharField(
        label=pgettext_lazy("activity", "Organisation"),
        max_length=LONGEST_NAME + 40,
        help_text=_("Begin with its name and choose. If we do not know it yet, write the whole name."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    meant = forms.ChoiceField(label=_("Which one do you mean?"), required=False, widget=forms.RadioSelect)
    municipality = forms.ChoiceField(
        label=_("Municipality"),
        required=False,
        help_text=_("Needed if we do not know your organisation or its place yet."),
    )
    kind = forms.ChoiceField(label=pgettext_lazy("activity", "What is it?"))
    title = forms.CharField(
        label=pgettext_lazy("activity", "What will you do?"),
        max_length=LONGEST_TITLE,
        help_text=_("One sentence. For example: the lesson “My place online” for two classes."),
    )
    description = forms.CharField(
        label=pgettext_lazy("activity", "A few more words"),
        max_length=LONGEST_DESCRIPTION,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("No names of children, please."),
    )
    day = forms.DateField(label=pgettext_lazy("activity", "Day"), widget=_date())
    begins = forms.TimeField(
        label=pgettext_lazy("activity", "Begins at"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
    )
    is_public = forms.BooleanField(
        label=_("Show the activity on the map page. Without a tick it is only counted."), required=False
    )
    wants_ambassador = forms.BooleanField(label=_("We would like an ambassador to come"), required=False)
    ambassador_topic = forms.CharField(
        label=_("What should the ambassador talk about?"),
        max_length=LONGEST_TOPIC,
        required=False,
        help_text=_("Needed if an ambassador is to come."),
    )
    ambassador_day = forms.DateField(label=_("Which day?"), required=False, widget=_date())
    email = forms.EmailField(
        label=_("Email address"),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
    )

    def __init__(
        self,
        *args: Any,
        suggest_url: str = "",
        fitting: Sequence[Suggestion] = (),
        has_address: bool = True,
        days: tuple[date, date],
        **kwargs: Any,
    ) -> None:
        """`days` are the first and the last of the edition; `suggest_url` suggests organisations; `fitting`
        are those to choose from, because the text alone does not say which; without `has_address` the
        address is known."""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].widget.attrs["data-suggest"] = suggest_url
        fields["kind"].choices = kind_choices(_("Choose"))
        limit_days(fields["day"], *days)
        limit_days(fields["ambassador_day"], *days)
        fields["municipality"].choices = place_choices(_("Choose"))
        named = [(one.code, f"{one.name} ({one.about})" if one.about else one.name) for one in fitting]
        fields["meant"].choices = [*named, (NONE_OF_THESE, _("None of these; the name as I wrote it"))]
        if not has_address:
            del self.fields["email"]
        fields["heads"].label = _("How many people do you expect?")
        heads = [name for name in self.fields if name.startswith("heads")]
        self.order_fields([*FIRST, *heads])

    def details(self, *, organisation_id: int | None, name: str, language: str) -> Details:
        """What was typed, as the actions take it; what the form could not read is empty."""
        empty = {name: "" for name in PLAIN} | {"day": date.min, "begins": None, "ambassador_day": None}
        given = empty | self.cleaned_data
        return Details(
            organisation_id=organisation_id,
            organisation_name="" if organisation_id else name,
            language=language,
            expected=self.heads(),
            **{name: given[name] for name in PLAIN},
        )


def initial_of(row: Any, organisation: str) -> Mapping[str, Any]:
    """An activity as its form shows it."""
    heads = {HEADS + one.group: one.n for one in row.heads.all() if one.kind == "expected"}
    return {name: getattr(row, name) for name in PLAIN} | heads | {"organisation": organisation}


class MapForm(forms.Form):
    """What the map shows."""

    kind = forms.ChoiceField(label=pgettext_lazy("activity", "What"), required=False)
    group = forms.ChoiceField(label=pgettext_lazy("activity", "For whom"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = kind_choices(_("Everything"))
        fields["group"].choices = group_choices(_("Everybody"))
        fields["municipality"].choices = place_choices(_("All of Lithuania"))


class DeskFilterForm(forms.Form):
    """The filters of the desk's list."""

    words = forms.CharField(label=_("Title or organisation"), required=False, max_length=120)
    year = forms.IntegerField(
        label=pgettext_lazy("activity", "Year"), required=False, min_value=2000, max_value=2200
    )
    kind = forms.ChoiceField(label=pgettext_lazy("activity", "What"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = kind_choices(_("Everything"))
        fields["municipality"].choices = place_choices(_("All of Lithuania"))


class DeclineForm(forms.Form):
    """Why the words are not shown."""

    reason = forms.CharField(
        label=_("What to change"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The organiser reads this in an email. Write in the language of the activity."),
    )


class LinkForm(forms.Form):
    """Which organisation of the register is meant."""

    organisation = OrganisationField(label=_("Organisation of the register"))
