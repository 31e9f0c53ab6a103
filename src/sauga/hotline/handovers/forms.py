"""Forms about hand-overs: how and when, the recipient's numbers, corrections, the list of records."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.hotline.content.models import ContentItem
from sauga.hotline.handovers.models import HandoverRecord
from sauga.hotline.handovers.rules import (
    LONGEST_REFERENCE,
    RECIPIENTS,
    Method,
    ReferenceUnreadable,
    read_reference,
)
from sauga.kernel import vocab
from sauga.kernel.ui.forms import OwnIdsForm

WHEN_FORMAT = "%Y-%m-%dT%H:%M"
PREFIX = "number-"


def recipients() -> list[tuple[str, str]]:
    """Everybody to whom items are handed over, with their names."""
    return [(code, vocab.label("rrt.route", code)) for code in RECIPIENTS]


def unreadable() -> str:
    """The message about a number that cannot be valid."""
    return gettext("A number has letters, digits and . / : # - only, at most %(n)d of them.") % {
        "n": LONGEST_REFERENCE
    }


class When(forms.DateTimeField):
    """A day and a time to the minute, in Vilnius."""

    def __init__(self, *, form: str = "", **more: Any) -> None:
        attrs = {"type": "datetime-local"} | ({"form": form} if form else {})
        widget = forms.DateTimeInput(attrs=attrs, format=WHEN_FORMAT)
        formats = [WHEN_FORMAT, "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]
        super().__init__(widget=widget, input_formats=formats, **more)


class Numbers:
    """The recipient's numbers, one field for each item: `number-<item>`. Each may stay empty."""

    def __init__(self, data: Any, items: Sequence[ContentItem]) -> None:
        self.given = (
            {item.ref: str(data.get(f"{PREFIX}{item.ref}", ""))[: LONGEST_REFERENCE * 4] for item in items}
            if data
            else {}
        )
        self.errors: dict[str, str] = {}
        self.read: dict[str, str] = {}
        for ref, text in self.given.items():
            try:
                self.read[ref] = read_reference(text)
            except ReferenceUnreadable:
                self.errors[ref] = unreadable()


class HandoverForm(forms.Form):
    """How the ticked items are handed over, and when it happened."""

    to = forms.ChoiceField(choices=recipients, widget=forms.HiddenInput)
    how = forms.ChoiceField(
        label=_("How"),
        choices=lambda: vocab.choices("handover.method"),
        widget=forms.RadioSelect,
        initial=Method.MANUAL,
    )
    when = When(
        label=_("When"),
        required=False,
        help_text=_("For items entered in their system. A file gets its time when it is recorded."),
    )


class SentForm(forms.Form):
    """When a file reached its recipient."""

    when = When(label=_("When it reached them"), form="sent")


class CorrectForm(OwnIdsForm):
    """What a record should say, and why it is changed."""

    reference = forms.CharField(
        label=_("Their number"),
        required=False,
        max_length=LONGEST_REFERENCE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    when = When(label=_("When"))
    reason = forms.ChoiceField(
        label=_("Reason"), required=False, choices=lambda: [("", "—"), *vocab.choices("handover.reason")]
    )

    def clean_reference(self) -> str:
        try:
            return read_reference(self.cleaned_data["reference"])
        except ReferenceUnreadable:
            raise forms.ValidationError(unreadable()) from None

    def time_for(self, record: HandoverRecord) -> datetime:
        """The time that was given; the stored one where its minute was not changed."""
        given: datetime = self.cleaned_data["when"]
        stored = record.handed_over_at
        return stored if given == stored.replace(second=0, microsecond=0) else given


class CancelForm(OwnIdsForm):
    """Why a record is cancelled."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=lambda: [("", "—"), *vocab.choices("handover.reason")]
    )


class RecordFilterForm(forms.Form):
    """The filters of the records; everything optional, unknown values are ignored."""

    find = forms.CharField(
        label=_("Search"), required=False, max_length=60, widget=forms.TextInput(attrs={"type": "search"})
    )
    recipient = forms.ChoiceField(
        label=_("Recipient"), required=False, choices=lambda: [("", _("All")), *recipients()]
    )

    def said(self) -> dict[str, str]:
        """What was asked for; what cannot be is left out."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("find", "recipient")}
