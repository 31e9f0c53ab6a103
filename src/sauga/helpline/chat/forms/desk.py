"""Small forms of the counsellor's desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.helpline.chat.actions.queue import TIMED_OUT
from sauga.helpline.chat.actions.transfers import FIELDS
from sauga.helpline.chat.rules.prompts import OPENING_REASONS
from sauga.kernel import vocab
from sauga.kernel.ui.forms import OwnIdsForm

CHANNELS = ("CHAT", "PHONE", "LETTER")


def _channels() -> list[tuple[str, str]]:
    return [(code, vocab.label("channel", code)) for code in CHANNELS]


def _refusals() -> list[tuple[str, str]]:
    return [(code, label) for code, label in vocab.choices("refusal_reason") if code != TIMED_OUT]


class DutyForm(forms.Form):
    """For which channels a duty begins."""

    channels = forms.MultipleChoiceField(
        label=_("Channels"), choices=_channels, widget=forms.CheckboxSelectMultiple, initial=["CHAT"]
    )


class RefuseForm(forms.Form):
    """Why an offer is not taken."""

    reason = forms.ChoiceField(label=_("Why not now"), choices=_refusals)


class SayForm(forms.Form):
    """A message to the child; without a script it is a plain post."""

    text = forms.CharField(
        label=_("Message"), required=False, widget=forms.Textarea(attrs={"rows": 2, "maxlength": 4000})
    )
    nonce = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)


class NoteForm(forms.Form):
    """A private note.

    Neither its ids nor its names are those of `SayForm`: what is written here must never be
    taken for a message.
    """

    prefix = "note"
    text = forms.CharField(
        label=_("Private note"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    private = forms.BooleanField(label=_("Only for me"), required=False)


class TransferForm(OwnIdsForm):
    """The context card: five fields, so that the child need not repeat anything. A record form may be on the
    same page.
    """

    why = forms.CharField(
        label=_("Why I hand over"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    story = forms.CharField(
        label=_("What it is about"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    risk = forms.CharField(
        label=_("What is dangerous"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    done = forms.CharField(
        label=_("What we have done"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    next = forms.CharField(
        label=_("What would come next"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    to = forms.ChoiceField(label=_("To whom"), required=False)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Whoever is free")), *((str(person), name) for person, name in people)]

    def card(self) -> dict[str, str]:
        """The five fields."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class OpenForm(forms.Form):
    """Why a closed contact is opened."""

    reason = forms.ChoiceField(label=_("Why it is opened"), choices=[("", "—"), *OPENING_REASONS.items()])
