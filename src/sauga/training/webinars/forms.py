"""The forms of webinars."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.forms import Words, WordsForm
from sauga.events.programme.models import Event, said
from sauga.kernel import media
from sauga.kernel.i18n import short_datetime
from sauga.training.streaming.models import Stream
from sauga.training.webinars.actions.webinars import WebinarGiven
from sauga.training.webinars.models import FALLBACKS, RECORDINGS
from sauga.training.webinars.queries.webinars import streams_to_choose
from sauga.training.webinars.rules import LONGEST_QUESTION, LONGEST_SCRIPT, LONGEST_URL, Room, Source

NONE = [("", "—")]


class QuestionForm(forms.Form):
    """A question to the speaker."""

    question = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea({"rows": 2, "class": "input short"}),
    )


class WebinarForm(WordsForm):
    """What is broadcast, and the papers for hosts."""

    words: ClassVar[Mapping[str, Words]] = {
        "script": Words(
            _("Host script"),
            LONGEST_SCRIPT,
            12,
            _("One paragraph a line; a line that begins with “# ” is a heading. Hosts get it as a PDF."),
        ),
        "slips": Words(
            _("Text on the question slips"),
            200,
            1,
            _("Empty: “What would you like to ask the speaker?”"),
        ),
    }
    first = ("event", "source", "stream", "room_system", "room_address", "recording", "fallback", "phone")

    event = forms.ChoiceField(label=_("Event"))
    source = forms.ChoiceField(label=_("The picture comes from"), choices=Source.choices)
    stream = forms.ChoiceField(
        label=_("Broadcast"), required=False, help_text=_("Broadcasts are prepared in their own list.")
    )
    room_system = forms.ChoiceField(
        label=_("System of the room"), choices=[*NONE, *Room.choices], required=False
    )
    room_address = forms.CharField(label=_("Address of the room"), max_length=LONGEST_URL, required=False)
    recording = forms.FileField(
        label=_("Recording that is shown as if live"),
        required=False,
        help_text=_("MP4 or WebM, up to 60 MB."),
    )
    fallback = forms.FileField(
        label=_("Recording for libraries without a connection"),
        required=False,
        help_text=_("Hosts download it the day before. A film or sound only, up to 60 MB."),
    )
    phone = forms.CharField(label=_("Telephone of the organisers on the day"), max_length=30, required=False)
    for_libraries = forms.BooleanField(label=_("Libraries show it too"), required=False, initial=True)

    def __init__(self, *args: Any, events: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if events is None:
            del fields["event"]
        else:
            fields["event"].choices = [(one.ref, _named(one)) for one in events]
        self._streams = {one.ref: one for one in streams_to_choose()}
        fields["stream"].choices = [*NONE, *((ref, str(one)) for ref, one in self._streams.items())]

    def clean_recording(self) -> media.CheckedUpload | None:
        """The upload by its bytes."""
        return self._checked("recording", RECORDINGS.kinds)

    def clean_fallback(self) -> media.CheckedUpload | None:
        """The upload by its bytes."""
        return self._checked("fallback", FALLBACKS.kinds)

    def _checked(self, name: str, kinds: Any) -> media.CheckedUpload | None:
        upload = self.cleaned_data.get(name)
        if not upload:
            return None
        try:
            return media.check_upload(upload, kinds=kinds)
        except media.FileRefused as refused:
            raise forms.ValidationError(refused.text) from refused

    def given(self) -> WebinarGiven:
        """What was typed, as the actions take it."""
        said_here = self.cleaned_data
        stream: Stream | None = self._streams.get(said_here.get("stream", ""))
        return WebinarGiven(
            source=said_here["source"],
            stream=stream,
            room_system=said_here["room_system"],
            room_address=said_here["room_address"].strip(),
            phone=said_here["phone"],
            for_libraries=said_here["for_libraries"],
            script=self.texts("script"),
            slips=self.texts("slips"),
            recording=said_here.get("recording"),
            fallback=said_here.get("fallback"),
        )


def _named(event: Event) -> str:
    return f"{said(event.title)} ({short_datetime(event.starts)})"
