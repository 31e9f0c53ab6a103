"""The forms of broadcasts."""

from datetime import datetime
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.programme.forms import ClockField
from sauga.events.programme.rules.local_times import instants_of, local_time
from sauga.kernel.i18n import language_name, languages
from sauga.kernel.media import MediaFile
from sauga.training.streaming.models import Source, Stream
from sauga.training.streaming.rules.captions import LONGEST_LINE

SOURCES = (
    (Source.PROGRAM, _("A speaker’s program, such as OBS")),
    (Source.FILM, _("A film, played as if live")),
)


class StreamForm(forms.Form):
    """A broadcast: what, when, from where."""

    title = forms.CharField(label=pgettext_lazy("broadcast", "Title"), max_length=160)
    starts = ClockField(label=pgettext_lazy("broadcast", "Begins"))
    language = forms.ChoiceField(label=_("Language spoken"))
    source = forms.ChoiceField(
        label=_("Where the picture comes from"),
        choices=SOURCES,
        widget=forms.RadioSelect,
        initial=Source.PROGRAM,
    )
    film = forms.ChoiceField(
        label=_("Film"),
        required=False,
        help_text=_("A recording of an earlier broadcast, or a film of the resources."),
    )
    film_file = forms.FileField(
        label=_("Or upload a film"),
        required=False,
        allow_empty_file=True,
        help_text=_("MP4 or WebM with picture and sound, at most 60 MB."),
    )
    is_automatic = forms.BooleanField(
        label=_("Goes on air automatically"),
        required=False,
        help_text=_("With the first picture from its time on. Otherwise somebody presses “Go on air”."),
    )
    is_recorded = forms.BooleanField(label=_("Make a recording"), required=False, initial=True)

    def __init__(self, *args: Any, films: list[MediaFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.films = {row.ref: row for row in films}
        chosen: Any = self.fields["film"]
        chosen.choices = [("", "—"), *((row.ref, f"{row.name}") for row in films)]
        spoken: Any = self.fields["language"]
        spoken.choices = [(row.code, language_name(row.code)) for row in languages.for_editors()]

    @override
    def clean(self) -> dict[str, Any]:
        """A film is needed where one is to be played, and the hour must exist on that day."""
        given = super().clean() or {}
        is_film = given.get("source") == Source.FILM
        if is_film and not given.get("film") and not given.get("film_file"):
            self.add_error("film", _("Choose a film or upload one."))
        starts = given.get("starts")
        if isinstance(starts, datetime):
            instants = instants_of(starts)
            if instants:
                given["starts"] = instants[0]
            else:
                self.add_error("starts", _("The clock skips this hour on that day. Choose another."))
        return given

    def film_chosen(self) -> MediaFile | None:
        """The film from the list; None for a program, or where one is uploaded."""
        if self.cleaned_data["source"] != Source.FILM:
            return None
        return self.films.get(self.cleaned_data["film"])


def held_by(stream: Stream) -> dict[str, Any]:
    """What the form begins with."""
    return {
        "title": stream.title,
        "starts": local_time(stream.starts).naive,
        "language": stream.language,
        "source": stream.source,
        "film": stream.film.ref if stream.film else "",
        "is_automatic": stream.is_automatic,
        "is_recorded": stream.is_recorded,
    }


class LineForm(forms.Form):
    """One line of live captions."""

    text = forms.CharField(
        label=_("What is being said"),
        max_length=LONGEST_LINE,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off", "spellcheck": "true"}),
        help_text=_("Enter sends the line. Shift and Enter begin a new line in the field."),
    )
    nonce = forms.CharField(max_length=40, widget=forms.HiddenInput)


class CaptionsFileForm(forms.Form):
    """Corrected captions of a recording."""

    file = forms.FileField(label=_("Captions file (WebVTT)"), allow_empty_file=True)
