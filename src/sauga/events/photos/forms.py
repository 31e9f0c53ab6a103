"""The forms of pictures at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.photos.actions.assets import AssetRefused
from sauga.events.photos.models import Outcome
from sauga.events.programme.models import Event
from sauga.events.programme.queries import events as queries
from sauga.kernel.i18n import language_name, languages
from sauga.kernel.refusals import also_refused

OUTCOMES = (
    (Outcome.CROPPED, _("Cropped: the person cannot be seen any more")),
    (Outcome.REMOVED, _("Removed")),
    (Outcome.NOT_SHOWN, _("The person is not in it")),
)
CUT = _("Cut: the person can neither be seen nor heard any more")
NONE = [("", "—")]


class AssetForm(forms.Form):
    """A picture to publish, with whom it shows."""

    file = forms.FileField(label=_("File"), allow_empty_file=True)
    session = forms.ChoiceField(label=pgettext_lazy("picture", "Session"), required=False)
    badges = forms.CharField(
        label=_("Badges of the people it shows"),
        help_text=_("As 12, 5-03. Whoever cannot be recognised needs no number."),
        max_length=400,
        required=False,
    )
    is_unrecognisable = forms.BooleanField(label=_("Nobody in it can be recognised"), required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [*NONE, *((row.ref, str(row)) for row in queries.sessions(event))]
        self.fields["session"].choices = offered  # type: ignore[attr-defined]  # a choice field
        for row in languages.for_editors():
            self.fields[f"alt_{row.code}"] = forms.CharField(
                label=_("What can be seen, %(language)s") % {"language": language_name(row.code)},
                max_length=300,
                required=False,
                help_text=_("In one language at least.") if row.code == languages.DEFAULT else "",
            )

    def clean(self) -> dict[str, Any]:
        """What can be seen: said beside whatever else is wrong."""
        said: dict[str, Any] = super().clean() or {}
        if not any(said.get(f"alt_{row.code}") for row in languages.for_editors()):
            also_refused(self, [AssetRefused("alt")])
        return said

    def alt(self) -> dict[str, str]:
        """The description by language."""
        return {row.code: self.cleaned_data[f"alt_{row.code}"] for row in languages.for_editors()}


class TaskForm(forms.Form):
    """What was done after a withdrawal."""

    outcome = forms.ChoiceField(label=_("What was done"), choices=OUTCOMES, widget=forms.RadioSelect)
    file = forms.FileField(label=_("The cropped picture"), required=False, allow_empty_file=True)

    def __init__(self, *args: Any, is_recording: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_recording:
            chosen: Any = self.fields["outcome"]
            chosen.choices = [(Outcome.CROPPED, CUT), *OUTCOMES[1:]]
            self.fields["file"].label = _("The cut recording")


def outcome_words(code: str, *, is_recording: bool = False) -> str:
    """What was done, in words; nothing before that."""
    if is_recording and code == Outcome.CROPPED:
        return str(CUT)
    return next((str(words) for outcome, words in OUTCOMES if outcome == code), "")
