"""Forms of the shift lead's board: reasons for a pause, for another order, for taking over; a whisper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sauga.helpline.actions.door import LENGTHS
from sauga.helpline.actions.shift_words import HOURS, LONGEST
from sauga.kernel import vocab
from sauga.kernel.ui.forms import OwnIdsForm

BANDS = ("IMMEDIATE", "HIGH", "SOME", "NONE")


class _Reasons(OwnIdsForm):
    """A form with one reason out of a list that staff can edit."""

    vocabulary = ""
    reason = forms.ChoiceField(label=_("Reason"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = vocab.choices(self.vocabulary)  # type: ignore[attr-defined]  # a choice field


class PauseForm(_Reasons):
    """Why a channel takes nobody in for a while, and for how long."""

    vocabulary = "pause_reason"
    minutes = forms.TypedChoiceField(label=_("For how long"), coerce=int, empty_value=0, required=False)  # type: ignore[arg-type]  # the stubs know text only

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        timed = [(n, ngettext_lazy("%(n)d minute", "%(n)d minutes", n) % {"n": n}) for n in LENGTHS if n]
        self.fields["minutes"].choices = [(0, _("until somebody ends it")), *timed]  # type: ignore[attr-defined]  # a choice field


class DutyPassForm(_Reasons):
    """Who may begin today although something is missing, and why."""

    vocabulary = "duty_pass_reason"
    person = forms.TypedChoiceField(label=_("Who"), coerce=int)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = [("", "–"), *people]  # type: ignore[attr-defined]  # a choice field
        self.order_fields(["person", "reason"])


class ShiftWordForm(OwnIdsForm):
    """What everybody on duty is to know."""

    text = forms.CharField(
        label=_("To everybody on duty"),
        help_text=_("About the shift only: nothing about a child or a conversation."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hours = forms.TypedChoiceField(label=_("Shown for"), coerce=int, initial=4)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        said = [(n, ngettext_lazy("%(n)d hour", "%(n)d hours", n) % {"n": n}) for n in HOURS]
        self.fields["hours"].choices = said  # type: ignore[attr-defined]  # a choice field


class OrderForm(_Reasons):
    """Another band for somebody who waits."""

    vocabulary = "order_reason"
    band = forms.ChoiceField(label=_("Risk"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["band"].choices = [(code, vocab.label("risk", code)) for code in BANDS]  # type: ignore[attr-defined]  # a choice field
        self.order_fields(["band", "reason"])


class TakeOverForm(_Reasons):
    """Why the lead goes on with a conversation."""

    vocabulary = "takeover_reason"


class WhisperForm(OwnIdsForm):
    """A note for the counsellor's eyes; the child never sees it."""

    text = forms.CharField(label=_("Whisper to the counsellor"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
