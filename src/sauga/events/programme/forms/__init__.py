"""The forms of the programme at the desk, and the filters of the public list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, override

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.programme.models import Event, EventFormat, Session
from sauga.events.programme.queries import parts
from sauga.events.programme.rules.local_times import LocalTime, Which, instants_of, local_time
from sauga.kernel import organisations, vocab
from sauga.kernel.i18n import language_name, languages
from sauga.kernel.organisations import OrganisationField

SUGGEST = "/desk/organisations/suggest/"
WHICH = (
    ("", _("Choose")),
    (Which.FIRST, _("the first time (summer time)")),
    (Which.SECOND, _("the second time (winter time)")),
)
NONE = [("", "—")]


@dataclass(frozen=True)
class Words:
    """A text in each language of the editors: its label, its greatest length, its height."""

    label: Any
    most: int
    rows: int = 1
    hint: Any = ""
    is_required: bool = False


class WordsForm(forms.Form):
    """A form with texts by language; `texts()` gathers them."""

    words: ClassVar[Mapping[str, Words]] = {}
    first: ClassVar[Sequence[str]] = ()
    """How the names of the fields begin that stand before all others, in this order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made: dict[str, forms.Field] = {}
        for name, spec in self.words.items():
            for row in languages.for_editors():
                made[f"{name}_{row.code}"] = forms.CharField(
                    label=_("%(text)s (%(language)s)")
                    % {"text": spec.label, "language": language_name(row.code)},
                    max_length=spec.most,
                    required=spec.is_required and row.code == languages.DEFAULT,
                    help_text=spec.hint,
                    widget=forms.Textarea({"rows": spec.rows}) if spec.rows > 1 else forms.TextInput(),
                )
        self.fields = {**made, **self.fields}
        first = [name for start in self.first for name in self.fields if name.startswith(start)]
        self.order_fields(first)

    def texts(self, name: str) -> dict[str, str]:
        """One text by language, without the empty ones."""
        given = {row.code: self.cleaned_data.get(f"{name}_{row.code}", "") for row in languages.for_editors()}
        return {code: text for code, text in given.items() if text}


def shown_words(form: type[WordsForm], row: Any) -> dict[str, str]:
    """The texts of a row as the form shows them."""
    return {
        f"{name}_{code}": text for name in form.words for code, text in (getattr(row, name) or {}).items()
    }


class ClockField(forms.Field):
    """A day and an hour as the clock shows them; which instant that is, the action says."""

    widget = forms.DateTimeInput
    default_error_messages = {"unfit": _("Enter a day and a time, like 2027-02-09 10:00.")}

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=forms.DateTimeInput({"type": "datetime-local"}), **given)

    @override
    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else value

    @override
    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            found = datetime.fromisoformat(str(value).strip())
        except ValueError:
            found = None
        if found is None or found.tzinfo is not None or not 2000 <= found.year <= 2100:
            raise forms.ValidationError(self.error_messages["unfit"], code="unfit")
        return found.replace(second=0, microsecond=0)


class TimesForm(forms.Form):
    """A start and an end; where the clock shows the hour twice, the form asks which one."""

    starts = ClockField(label=pgettext_lazy("event", "Starts"))
    starts_which = forms.ChoiceField(
        label=_("The hour comes twice: which start?"), choices=WHICH, required=False
    )
    ends = ClockField(label=pgettext_lazy("event", "Ends"))
    ends_which = forms.ChoiceField(label=_("The hour comes twice: which end?"), choices=WHICH, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts", "ends"):
            if name in self.fields and not self._is_doubled(name):
                self.fields[f"{name}_which"].widget = forms.HiddenInput()

    def _is_doubled(self, name: str) -> bool:
        value = self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)
        try:
            found = self.fields[name].to_python(value)  # type: ignore[attr-defined]  # a ClockField
        except forms.ValidationError:
            return False
        return found is not None and len(instants_of(found)) > 1

    def moment(self, name: str) -> LocalTime:
        """The day and hour that were entered."""
        return LocalTime(self.cleaned_data[name], self.cleaned_data.get(f"{name}_which", ""))

    def moment_if_any(self, name: str) -> LocalTime | None:
        """The same, of a field that may be left empty."""
        return self.moment(name) if self.cleaned_data[name] else None


def shown_times(row: Any) -> dict[str, Any]:
    """Start and end of a row as the form shows them."""
    starts, ends = local_time(row.starts), local_time(row.ends)
    return {
        "starts": starts.naive,
        "starts_which": starts.which,
        "ends": ends.naive,
        "ends_which": ends.which,
    }


def _codes(vocabulary: str) -> Any:
    return lambda: vocab.choices(vocabulary)


def _ticks(label: Any, vocabulary: str, hint: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=_codes(vocabulary),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "many"}),
        help_text=hint,
    )


def _formats() -> list[tuple[str, str]]:
    return [(code, vocab.label("event_formats", code)) for code in EventFormat.values]


class EventFilterForm(forms.Form):
    """The filters of the list at the desk."""

    words = forms.CharField(label=_("Words in the title"), required=False, max_length=120)
    kind = forms.ChoiceField(
        label=pgettext_lazy("event", "Kind"),
        choices=lambda: [*NONE, *vocab.choices("event_kinds")],
        required=False,
    )


FIRST = (
    "kind",
    "format",
    "starts",
    "starts_which",
    "ends",
    "ends_which",
    "venue",
    "municipality",
    "organiser",
    "series",
)
"""What the form of an event asks first, after the title: what, when and where."""


class EventForm(WordsForm, TimesForm):
    """An event."""

    words = {
        "title": Words(pgettext_lazy("event", "Title"), 160, is_required=True),
        "summary": Words(_("Summary"), 300, 3, _("Two sentences: what it is, and for whom.")),
        "description": Words(
            _("Description"), 6000, 8, _("An empty line begins a new paragraph. Needed before publishing.")
        ),
        "needs": Words(_("What to bring or prepare"), 600, 2),
    }
    kind = forms.ChoiceField(label=pgettext_lazy("event", "Kind"), choices=_codes("event_kinds"))
    format = forms.ChoiceField(label=pgettext_lazy("event", "Format"), choices=_formats)
    venue = forms.ChoiceField(label=_("Venue"), choices=lambda: [*NONE, *parts.open_venues()], required=False)
    municipality = forms.ChoiceField(
        label=_("Municipality"),
        choices=lambda: [*NONE, *organisations.municipalities()],
        required=False,
        help_text=_("Only where there is no venue; otherwise it is the venue's."),
    )
    organiser = OrganisationField(label=_("Organiser"), suggest_url=SUGGEST)
    series = forms.ChoiceField(
        label=pgettext_lazy("event", "Series"),
        choices=lambda: [*NONE, *parts.series_choices()],
        required=False,
    )
    audiences = _ticks(pgettext_lazy("audience", "For"), "audiences")
    topics = _ticks(_("Topics"), "topics")
    languages = _ticks(pgettext_lazy("event", "Languages"), "languages")
    access = _ticks(
        _("Accessibility of the event"),
        "event_access",
        _("Online, at least one is needed before publishing."),
    )
    photo_policy = forms.ChoiceField(
        label=_("Photos and recording"),
        choices=lambda: [*NONE, *vocab.choices("photo_policies")],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = [f"title_{row.code}" for row in languages.for_editors()]
        self.order_fields([*titles, *FIRST])


class EventEditForm(EventForm):
    """An event that exists; `seen` is the version on the page."""

    move_sessions = forms.BooleanField(
        label=_("Move the sessions along with the start"), required=False, initial=True
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


def shown_event(row: Event) -> dict[str, Any]:
    """An event as its form shows it."""
    plain = ("kind", "format", "municipality", "audiences", "topics", "languages", "access", "photo_policy")
    return {
        **shown_words(EventForm, row),
        **shown_times(row),
        **{name: getattr(row, name) for name in plain},
        "venue": row.venue.ref if row.venue else "",
        "series": row.series.ref if row.series else "",
        "organiser": row.organiser,
        "move_sessions": True,
        "seen": row.changed_at.isoformat(),
    }


class CopyForm(forms.Form):
    """When the copy begins."""

    starts = ClockField(
        label=_("The copy begins"),
        help_text=_("Every session keeps its hour, so many days later. Speakers are not copied."),
    )
    starts_which = forms.ChoiceField(
        label=_("If the hour comes twice: which one?"), choices=WHICH, required=False
    )

    def moment(self) -> LocalTime:
        """The day and hour that were entered."""
        return LocalTime(self.cleaned_data["starts"], self.cleaned_data.get("starts_which", ""))


class CancelForm(WordsForm):
    """Why an event is cancelled, in public words."""

    words = {"note": Words(_("What people should know now"), 600, 3)}
    reason = forms.ChoiceField(label=_("Reason"), choices=_codes("event_cancel_reasons"))


class SessionForm(WordsForm, TimesForm):
    """A session of an event: in a room of its venue, in a stream, or for everybody."""

    words = {
        "title": Words(pgettext_lazy("session", "Title"), 200, is_required=True),
        "abstract": Words(_("Abstract"), 3000, 5),
    }
    kind = forms.ChoiceField(label=pgettext_lazy("session", "Kind"), choices=_codes("session_kinds"))
    place = forms.ChoiceField(label=pgettext_lazy("session", "Place"), required=False)
    track = forms.ChoiceField(label=pgettext_lazy("session", "Track"), required=False)
    speakers = forms.MultipleChoiceField(
        label=_("Speakers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("session", "Language"),
        choices=lambda: [*NONE, *vocab.choices("languages")],
        required=False,
    )
    access = _ticks(_("Accessibility of the session"), "event_access")
    seats_wanted = forms.IntegerField(label=_("Seats wanted"), min_value=1, max_value=20_000, required=False)
    do_not_record = forms.BooleanField(
        label=_("Do not record"),
        required=False,
        help_text=_("Without this tick it may be recorded once every speaker has agreed."),
    )
    minutes = forms.IntegerField(
        label=_("Length in minutes, while it has no time"), min_value=5, max_value=1440, required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    keeps_length: ClassVar = False
    """Whether an end that was left always moves along, not only where it would come before the start."""

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts"].required = self.fields["ends"].required = False
        self.fields["starts"].help_text = _("Leave start and end empty to schedule the session later.")
        choices = {
            "place": [("", _("for everybody")), *parts.places(event)],
            "track": [*NONE, *((row.ref, str(row)) for row in event.tracks.all())],
            "speakers": [(row.ref, row.name) for row in event.speakers.all()],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # a choice field
        if not choices["speakers"]:
            self.fields["speakers"].help_text = _(
                "The event has no speakers yet. Add them on its page, then choose them here."
            )

    @override
    def clean(self) -> dict[str, Any]:
        """Who moves the start and leaves the end as it was moves the session."""
        said = super().clean() or self.cleaned_data
        starts, ends, before = said.get("starts"), said.get("ends"), self.initial
        is_left = before.get("starts") and "ends" not in self.changed_data
        if starts and ends and is_left and (self.keeps_length or ends <= starts):
            said["ends"] = starts + (before["ends"] - before["starts"])
        return said


def shown_session(row: Session) -> dict[str, Any]:
    """A session as its form shows it."""
    place = row.room or row.stream
    return {
        **shown_words(SessionForm, row),
        **(shown_times(row) if row.is_scheduled else {}),
        "minutes": row.minutes,
        "seats_wanted": row.seats_wanted,
        "kind": row.kind,
        "place": place.ref if place else "",
        "track": row.track.ref if row.track else "",
        "speakers": [one.speaker.ref for one in row.speaking.select_related("speaker")],
        "language": row.language,
        "access": row.access,
        "do_not_record": row.do_not_record,
        "seen": row.changed_at.isoformat(),
    }


class TrackForm(WordsForm):
    """A track: its name and its colour."""

    words = {"title": Words(pgettext_lazy("track", "Name"), 80, is_required=True)}
    colour = forms.TypedChoiceField(
        label=_("Colour"), choices=[(number, str(number)) for number in range(1, 9)], coerce=int
    )


class StreamForm(WordsForm):
    """A stream of an event."""

    words = {"name": Words(pgettext_lazy("stream", "Name"), 80, is_required=True)}
    is_recorded = forms.BooleanField(
        label=_("Everything in this stream is recorded"),
        required=False,
        help_text=_("Sessions that must not be recorded are then refused here."),
    )


class SpeakerForm(WordsForm):
    """A speaker's entry."""

    words = {
        "role": Words(_("Who they are"), 120, hint=_("Profession or organisation, as it is to be shown.")),
        "biography": Words(_("About the speaker"), 800, 3),
    }
    name = forms.CharField(label=pgettext_lazy("speaker", "Name"), max_length=120)
    first = ("name",)


class VenueForm(WordsForm):
    """A venue."""

    words = {
        "name": Words(pgettext_lazy("venue", "Name"), 120, is_required=True),
        "accessibility_note": Words(_("More about accessibility"), 600, 3),
        "directions": Words(_("How to get there"), 600, 3),
    }
    first = ("name", "address", "municipality", "accessibility")
    address = forms.CharField(label=_("Address"), max_length=200)
    municipality = forms.ChoiceField(label=_("Municipality"), choices=organisations.municipalities)
    accessibility = _ticks(_("Accessibility of the venue"), "venue_accessibility")


class RoomForm(WordsForm):
    """A room of a venue."""

    words = {"name": Words(pgettext_lazy("room", "Name"), 80, is_required=True)}
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=20_000, required=False)


class SeriesForm(WordsForm):
    """A series of events."""

    words = {
        "title": Words(pgettext_lazy("series", "Title"), 160, is_required=True),
        "summary": Words(_("Summary"), 600, 3),
    }
    topics = _ticks(_("Topics"), "topics")
