"""Forms of the report page at the desk: triage, messages to the reporter, and how a report ends."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.kernel.ui.forms import OwnIdsForm

REOPEN_REASONS = [
    ("NEW_INFORMATION", _("New information")),
    ("DISPUTE", _("The provider's dispute")),
    ("MISTAKE", _("Our mistake")),
    ("SAMPLED_REVIEW", _("A sampled review differed")),
]


class ReopenForm(OwnIdsForm):
    """Why a decided item or report is withdrawn."""

    reason = forms.ChoiceField(label=_("Reason"), choices=REOPEN_REASONS)


class TriageForm(OwnIdsForm):
    """What the report is about and how urgent it is."""

    category = forms.ChoiceField(label=_("Category"), choices=lambda: vocab.choices("rrt.category"))
    priority = forms.ChoiceField(
        label=_("Urgency"),
        choices=lambda: [(code, f"{code} · {label}") for code, label in vocab.choices("priority")],
    )


CLOSING = [
    ("OUT_OF_REMIT", _("Out of remit, referred")),
    ("INSUFFICIENT", _("Not enough information")),
    ("CONSULTED", _("Answered as advice")),
]


class CloseForm(OwnIdsForm):
    """How a report ends that needs no verdict on an item."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=CLOSING)


class SpamForm(OwnIdsForm):
    """Why a report is put aside as noise."""

    reason = forms.ChoiceField(label=_("Reason"), choices=lambda: vocab.choices("report.spam_reason"))


class WriteForm(OwnIdsForm):
    """A message to the reporter, and whether the report waits for an answer."""

    message = forms.CharField(
        label=_("Message to the reporter"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    wait_days = forms.TypedChoiceField(
        label=_("Wait for an answer"),
        required=False,
        coerce=int,
        empty_value="0",
        choices=[("0", _("no")), ("3", _("3 days")), ("7", _("7 days")), ("14", _("14 days"))],
    )

    def __init__(self, *args: Any, may_wait: bool = True, **kwargs: Any) -> None:
        """`may_wait`: the report is in a state in which it can wait for an answer; else only a message is
        offered."""
        super().__init__(*args, **kwargs)
        if not may_wait:
            del self.fields["wait_days"]
