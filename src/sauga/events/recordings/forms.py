"""The forms of recordings at the desk."""

from typing import Any, override

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.effects import MadeRecording
from sauga.events.programme.models import Session
from sauga.events.programme.rules.local_times import local_time
from sauga.events.recordings.rules import LICENCES
from sauga.kernel import vocab
from sauga.kernel.i18n import language_name, languages

LONGEST_TITLE, LONGEST_ABSTRACT = 200, 1200
NONE = [("", "—")]


class AttachForm(forms.Form):
    """The recording of a session."""

    session = forms.ChoiceField(label=pgettext_lazy("recording", "Session"))
    made = forms.ChoiceField(
        label=_("Recording of a broadcast"),
        required=False,
        help_text=_("It is taken with its captions as it is, however long; nothing is uploaded."),
    )
    file = forms.FileField(
        label=_("Film"), help_text=_("MP4 or WebM, at most 60 MB."), allow_empty_file=True, required=False
    )
    badges = forms.CharField(
        label=_("Badges of people in the audience who can be recognised"),
        help_text=_("As 12, 5-03. Speakers are known from the programme."),
        max_length=400,
        required=False,
    )

    def __init__(self, *args: Any, sessions: list[Session], made: list[MadeRecording], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["session"]
        chosen.choices = [
            *NONE,
            *((one.ref, f"{local_time(one.starts).naive:%m-%d %H:%M} {one}") for one in sessions),
        ]
        if len(sessions) == 1:
            chosen.initial = sessions[0].ref
        if not made:
            del self.fields["made"]
            self.fields["file"].required = True
            return
        ready: Any = self.fields["made"]
        ready.choices = [
            *NONE,
            *((one.ref, f"{one.title} ({filesizeformat(one.film.size)})") for one in made),
        ]
        if len(made) == 1:
            ready.initial = made[0].ref
        self.fields["file"].label = _("Or upload a film")

    @override
    def clean(self) -> dict[str, Any]:
        """One of the two."""
        given = super().clean() or {}
        if "made" in self.fields and not given.get("made") and not given.get("file"):
            self.add_error("made", _("Choose the recording of a broadcast, or upload a film."))
        return given


class CaptionsForm(forms.Form):
    """Captions in one language."""

    language = forms.ChoiceField(
        label=_("Language of the captions"), choices=lambda: vocab.choices("languages")
    )
    file = forms.FileField(
        label=_("File with captions"),
        help_text=_("WebVTT (.vtt). No caption may begin before the one before it has ended."),
        allow_empty_file=True,
    )


class HandOnForm(forms.Form):
    """What the repository needs to know of a recording."""

    language = forms.ChoiceField(label=_("Language spoken in it"), choices=lambda: vocab.choices("languages"))
    licence = forms.ChoiceField(
        label=_("Licence"),
        choices=lambda: [(code, vocab.label("licences", code)) for code in LICENCES],
        help_text=_("All of these name the speakers, as they agreed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in languages.for_editors():
            self.fields[f"title_{row.code}"] = forms.CharField(
                label=_("Title, %(language)s") % {"language": language_name(row.code)},
                max_length=LONGEST_TITLE,
                required=False,
            )
        for row in languages.for_editors():
            self.fields[f"abstract_{row.code}"] = forms.CharField(
                label=_("Summary, %(language)s") % {"language": language_name(row.code)},
                max_length=LONGEST_ABSTRACT,
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
            )
        names = [f"{name}_{row.code}" for name in ("title", "abstract") for row in languages.for_editors()]
        self.order_fields([*names, "language", "licence"])

    def words(self, name: str) -> dict[str, str]:
        """A text by language, those that were written."""
        held = {row.code: self.cleaned_data[f"{name}_{row.code}"] for row in languages.for_editors()}
        return {code: text for code, text in held.items() if text}
