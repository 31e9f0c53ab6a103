"""The forms of letters to people of an event."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.followup.models import Mailing
from sauga.events.followup.rules.mailings import (
    GROUPS,
    KINDS,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    USUAL,
    Kind,
    Words,
)
from sauga.events.followup.rules.starters import starters
from sauga.events.registration.models import Ticket
from sauga.kernel.i18n import typed_text


class LinesField(forms.CharField):
    """A text of several lines, without invisible characters."""

    def clean(self, value: Any) -> str:
        """The text as it is stored."""
        typed = value.replace("\r\n", "\n") if isinstance(value, str) else value
        return str(super().clean("\n".join(map(typed_text, typed.split("\n"))) if typed else typed))


def _area() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 10})


class MailingForm(forms.Form):
    """A letter: what it is about, to whom, subject and text in both languages."""

    kind = forms.ChoiceField(label=_("What it is about"), choices=[], widget=forms.HiddenInput)
    groups = forms.MultipleChoiceField(
        label=_("To whom"),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose to whom the email goes.")},
    )
    tickets = forms.MultipleChoiceField(
        label=_("Only with these tickets"),
        help_text=_("None ticked: all tickets."),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_for_classes = forms.BooleanField(label=_("Only to teachers of classes"), required=False)
    subject_lt = forms.CharField(label=_("Subject in Lithuanian"), max_length=LONGEST_SUBJECT)
    body_lt = LinesField(label=_("Text in Lithuanian"), max_length=LONGEST_TEXT, widget=_area())
    subject_en = forms.CharField(label=_("Subject in English"), max_length=LONGEST_SUBJECT)
    body_en = LinesField(label=_("Text in English"), max_length=LONGEST_TEXT, widget=_area())

    def __init__(self, *args: Any, tickets: list[Ticket], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = cast(Any, self.fields)
        fields["kind"].choices = list(KINDS.items())
        fields["groups"].choices = list(GROUPS.items())
        fields["tickets"].choices = [(ticket.ref, str(ticket)) for ticket in tickets]
        if len(tickets) < 2:
            del self.fields["tickets"]
        if not any(ticket.is_for_classes for ticket in tickets):
            del self.fields["is_for_classes"]

    @property
    def given(self) -> dict[str, Any]:
        """What was filled in, for the action."""
        held = self.cleaned_data
        return {
            "kind": held["kind"],
            "groups": held["groups"],
            "tickets": held.get("tickets", []),
            "is_for_classes": held.get("is_for_classes", False),
            "words": Words(
                subject={"lt": held["subject_lt"], "en": held["subject_en"]},
                body={"lt": held["body_lt"], "en": held["body_en"]},
            ),
        }


def starting(kind: str) -> dict[str, Any]:
    """What the form of a new letter has in it."""
    words, found = starters()[kind], Kind(kind)
    return {
        "kind": kind,
        "groups": [group.value for group in USUAL[found]],
        **{f"subject_{code}": text for code, text in words.subject.items()},
        **{f"body_{code}": text for code, text in words.body.items()},
    }


def held_by(mailing: Mailing) -> dict[str, Any]:
    """What the form of a draft has in it."""
    return {
        "kind": mailing.kind,
        "groups": mailing.groups,
        "tickets": mailing.tickets,
        "is_for_classes": mailing.is_for_classes,
        **{f"subject_{code}": text for code, text in mailing.subject.items()},
        **{f"body_{code}": text for code, text in mailing.body.items()},
    }


class LanguageForm(forms.Form):
    """In which language a test letter is."""

    language = forms.ChoiceField(
        label=pgettext_lazy("mailing", "Language"),
        choices=[("lt", _("Lithuanian")), ("en", _("English"))],
        widget=forms.RadioSelect,
        initial="lt",
    )
