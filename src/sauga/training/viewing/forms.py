"""The forms of viewing sites: of the library, and of the coordinator."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel import vocab
from sauga.kernel.i18n import language_name, languages
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.organisations import municipalities
from sauga.training.viewing.actions.audience_counts import GROUPS
from sauga.training.viewing.actions.hosts import Enrolment
from sauga.training.viewing.queries.hosts import Host
from sauga.training.viewing.rules import (
    LONGEST_MESSAGE,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_PHONE,
    MOST_HEADS,
    MOST_SEATS,
    Findings,
    Picture,
)

SAID = (Picture.OK, Picture.SOUND, Picture.FALLBACK, Picture.STALLED)
YES_NO = (("yes", _("Yes")), ("no", _("No")))
ADULTS_FIRST = ("parents", "seniors", "other_adults", "educators", "librarians", "other_professionals")


class EnrolForm(forms.Form):
    """What a library says when it takes part."""

    seats = forms.IntegerField(
        label=_("How many people fit into the room"), min_value=1, max_value=MOST_SEATS
    )
    name = forms.CharField(label=_("Who will host"), max_length=LONGEST_NAME)
    phone = forms.CharField(
        label=_("Telephone on the day"),
        max_length=LONGEST_PHONE,
        required=False,
        help_text=_("We call only if the picture fails."),
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
    address = forms.EmailField(
        label=_("Email, if not the mailbox of the library"), max_length=200, required=False
    )
    is_public = forms.BooleanField(
        label=_("Show our library on the page of the webinar"), required=False, initial=True
    )

    def enrolment(self) -> Enrolment:
        """What was typed, as the actions take it."""
        said = self.cleaned_data
        address = normal_address(said["address"]) if said["address"] else ""
        host = Host(said["name"].strip(), said["phone"].strip(), address)
        return Enrolment(seats=said["seats"], host=host, is_public=said["is_public"])


class TestForm(forms.Form):
    """What a person in the room sees and hears; a script adds how fast the connection is."""

    __test__ = False  # no test of pytest

    picture = forms.ChoiceField(
        label=_("Do you see the picture move?"), choices=YES_NO, widget=forms.RadioSelect
    )
    sound = forms.ChoiceField(
        label=_("Do you hear the tone in the room?"), choices=YES_NO, widget=forms.RadioSelect
    )
    smooth = forms.ChoiceField(
        label=_("Did the film run without stopping?"), choices=YES_NO, widget=forms.RadioSelect
    )
    fallback = forms.ChoiceField(
        label=_("Does the downloaded recording play on this computer?"),
        choices=(*YES_NO, ("", _("Not downloaded yet"))),
        widget=forms.RadioSelect,
        required=False,
    )
    kbit = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=100_000_000)

    def findings(self) -> Findings:
        """What was found, as the actions take it."""
        said = self.cleaned_data
        return Findings(
            picture=said["picture"] == "yes",
            sound=said["sound"] == "yes",
            smooth=said["smooth"] == "yes",
            kbit=said["kbit"],
            fallback=said["fallback"] == "yes",
        )


class CountForm(forms.Form):
    """How many people were there, by group; adults first."""

    note = forms.CharField(
        label=_("Anything to add"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.TextInput({"class": "input"}),
    )

    is_sure = forms.BooleanField(label=_("More people than seats: the number is right"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in groups():
            self.fields[f"heads_{code}"] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=MOST_HEADS * 10,
                required=False,
                widget=forms.NumberInput({"class": "input", "inputmode": "numeric", "min": 0}),
            )

    def rows(self) -> list[Any]:
        """The fields of the groups."""
        return [self[name] for name in self.fields if name.startswith("heads_")]

    def heads(self) -> dict[str, int]:
        """The numbers by group."""
        said = self.cleaned_data
        return heads_in(said)


def heads_in(said: Mapping[str, Any]) -> dict[str, int]:
    """The numbers by group in what the form holds; empty groups are left out."""
    return {name.removeprefix("heads_"): n for name, n in said.items() if name.startswith("heads_") and n}


def groups() -> list[tuple[str, str]]:
    """The groups of a count with their names, adults first."""
    rank = {code: place for place, code in enumerate(ADULTS_FIRST)}
    return sorted(vocab.choices(GROUPS), key=lambda pair: rank.get(pair[0], len(rank)))


class MessageForm(forms.Form):
    """A message between a library and the organisers."""

    text = forms.CharField(
        label=pgettext_lazy("message", "Message"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 3}),
    )


class PictureForm(forms.Form):
    """What a library sees."""

    picture = forms.ChoiceField(
        label=_("What the library sees"),
        choices=[one for one in Picture.choices if one[0] not in ("", "LOST")],
    )


class InviteForm(forms.Form):
    """Which libraries are shown to be invited."""

    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    words = forms.CharField(label=pgettext_lazy("library", "Name"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["municipality"].choices = [("", _("All of Lithuania")), *municipalities()]


class LanguageForm(forms.Form):
    """In which language libraries are written to."""

    language = forms.ChoiceField(
        label=_("Language of the emails"),
        choices=lambda: [(row.code, language_name(row.code)) for row in languages.for_editors()],
    )


class SiteFilterForm(forms.Form):
    """The filters of the list of sites."""

    words = forms.CharField(label=_("Library"), required=False, max_length=120)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["municipality"].choices = [("", _("All of Lithuania")), *municipalities()]
