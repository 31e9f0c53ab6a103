"""Forms of the catalogue: use reports and print orders of visitors, collections of editors."""

from datetime import date as Day
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel import organisations, vocab
from sauga.kernel.ui.parameters.numbers import whole
from sauga.repository.catalogue.actions.print_orders import MOST_COPIES, MOST_HEADS, OLDEST_USE
from sauga.repository.resources.forms.fields import text_field

KINDS = (
    "school",
    "preschool",
    "vocational_school",
    "public_library",
    "school_library",
    "youth_centre",
    "day_centre",
    "ngo",
)


def _kinds() -> list[tuple[str, str]]:
    return [
        ("", "—"),
        *((term.code, term.label) for term in vocab.terms("organisation_kinds") if term.code in KINDS),
    ]


def _places() -> list[tuple[str, str]]:
    return [("", "—"), *organisations.municipalities()]


class UseForm(forms.Form):
    """How many people of which groups; nothing about who they are."""

    date = forms.DateField(label=_("When"), widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label=_("Where"), required=False, choices=_kinds)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False, choices=_places)

    def __init__(self, *args: Any, today: Day, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["date"].initial = today.isoformat()
        self.groups = [term.code for term in vocab.terms("headcount_groups")]
        for term in vocab.terms("headcount_groups"):
            self.fields[f"heads_{term.code}"] = forms.IntegerField(
                label=capfirst(term.label),
                required=False,
                min_value=0,
                max_value=MOST_HEADS,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def clean(self) -> dict[str, Any]:
        """At least one head, and a day that has been, within a year."""
        said: dict[str, Any] = super().clean() or {}
        group, count = self.data.get("group", ""), whole(self.data.get("heads", ""))
        if group in self.groups and 0 < count <= MOST_HEADS:
            said[f"heads_{group}"] = count
        if not any(said.get(f"heads_{code}") for code in self.groups):
            self.add_error(None, gettext("Enter how many people took part, in at least one group."))
        day = said.get("date")
        if day and not self.today - OLDEST_USE <= day <= self.today:
            self.add_error("date", gettext("Choose a day of the past year."))
        return said

    @property
    def heads(self) -> dict[str, int]:
        """Counts by group, without empty groups."""
        held = {code: self.cleaned_data.get(f"heads_{code}") for code in self.groups}
        return {code: count for code, count in held.items() if count}

    def of_groups(self) -> list[Any]:
        """The bound fields of the groups, in order."""
        return [self[f"heads_{code}"] for code in self.groups]


class OrderForm(forms.Form):
    """Printed copies: how many, in which language, where to."""

    copies = forms.IntegerField(
        label=_("Copies"),
        min_value=1,
        max_value=MOST_COPIES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    language = forms.ChoiceField(label=_("Language"))
    kind = forms.ChoiceField(label=_("Your organisation"), required=False, choices=_kinds)
    municipality = forms.ChoiceField(label=_("Municipality"), choices=_places)
    contact = forms.CharField(
        label=_("Recipient"),
        help_text=_(
            "Name, street and town, and an email address or phone number. Stored encrypted, and "
            "deleted 30 days after the parcel is sent."
        ),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, vocab.label("languages", code)) for code in languages]  # type: ignore[attr-defined]  # choice


TICKET_AGE = timedelta(hours=24)


class CollectionForm(forms.Form):
    """A collection: its texts, its resources in order, its visibility."""

    title_lt = text_field(
        _("Title in Lithuanian"), 200, help_text=_("A title in one of the two languages is needed.")
    )
    title_en = text_field(_("Title in English"), 200)
    abstract_lt = text_field(_("Summary in Lithuanian"), 1200, rows=3)
    abstract_en = text_field(_("Summary in English"), 1200, rows=3)
    members = text_field(
        _("Resources in order"), 4000, rows=8, help_text=_("Numbers or addresses, one per line.")
    )
    is_public = forms.BooleanField(label=_("Visible to visitors"), required=False)

    def clean(self) -> dict[str, Any]:
        """At least one title."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("title_lt") and not said.get("title_en"):
            self.add_error("title_lt", gettext("Enter a title in at least one language."))
        return said
