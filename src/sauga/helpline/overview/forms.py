"""Forms of the shift lead's board: reasons for a pause, for a change of order, for taking over; a note to the
counsellor.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sauga.helpline.rota.actions.announcements import HOURS, LONGEST
from sauga.helpline.rota.actions.channel_pauses import LENGTHS
from sauga.kernel import vocab
from sauga.kernel.ui.forms import OwnIdsForm

BANDS = ("IMMEDIATE", "HIGH", "SOME", "NONE")


def _reason(vocabulary: str) -> forms.ChoiceField:
    """One reason out of a list that staff can edit."""
    return forms.ChoiceField(label=_("Reason"), choices=lambda: vocab.choices(vocabulary))


def _minutes() -> list[tuple[int, str]]:
    timed = [(n, ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n}) for n in LENGTHS if n]
    return [(0, gettext("until somebody ends it")), *timed]


class PauseForm(OwnIdsForm):
    """Why a channel takes no new contacts for a while, and for how long."""

    reason = _reason("pause_reason")
    minutes = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        empty_value=0,  # type: ignore[arg-type]  # the stubs know text only
        required=False,
        choices=_minutes,
    )


class WaiverForm(OwnIdsForm):
    """Who may begin today although something is missing, and why."""

    person = forms.TypedChoiceField(label=_("Who"), coerce=int)
    reason = _reason("duty_pass_reason")

    def __init__(self, *args: Any, people: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].choices = [("", "–"), *people]  # type: ignore[attr-defined]  # a choice field


class AnnouncementForm(OwnIdsForm):
    """An announcement to everybody on duty."""

    text = forms.CharField(
        label=_("To everybody on duty"),
        help_text=_("About the shift only: nothing about a child or a conversation."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hours = forms.TypedChoiceField(
        label=_("Shown for"),
        coerce=int,
        initial=4,
        choices=lambda: [(n, ngettext("%(n)d hour", "%(n)d hours", n) % {"n": n}) for n in HOURS],
    )


class OrderForm(OwnIdsForm):
    """Another band for a waiting child."""

    band = forms.ChoiceField(
        label=_("Risk"), choices=lambda: [(code, vocab.label("risk", code)) for code in BANDS]
    )
    reason = _reason("order_reason")


class TakeOverForm(OwnIdsForm):
    """Why the lead goes on with a conversation."""

    reason = _reason("takeover_reason")


class WhisperForm(OwnIdsForm):
    """A note for the counsellor's eyes; the child never sees it."""

    text = forms.CharField(
        label=_("Whisper to the counsellor"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
