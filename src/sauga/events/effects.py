"""Changes of an event that subdomains further up react to, in the same transaction; `service.py` connects
each with its reactions.

The programme knows nothing of registrations: the action that cancels or moves an event announces it here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sauga.kernel.media import MediaFile


class Effect:
    """A change with any number of reactions; each returns how many rows it changed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._reactions: dict[str, Callable[..., int]] = {}

    def connect(self, code: str, react: Callable[..., int]) -> None:
        """Add what happens; called when the service starts. A second call with the same code replaces."""
        self._reactions[code] = react

    def __call__(self, **facts: object) -> dict[str, int]:
        """Let it happen now; the number of rows changed by the code of each reaction."""
        return {code: react(**facts) for code, react in self._reactions.items()}


event_copied = Effect("event copied")
event_published = Effect("event published")
event_moved = Effect("event moved")
event_rescheduled = Effect("event rescheduled")
event_cancelled = Effect("event cancelled")
event_reinstated = Effect("event reinstated")
event_over = Effect("event over")
consent_withdrawn = Effect("a speaker's consent withdrawn")
speaker_removed = Effect("speaker removed")
photo_consent_changed = Effect("consent to photographs changed")
asset_taken_off = Effect("picture or recording taken off")
asset_replaced = Effect("file of a picture or recording replaced")
"""Each is called with `by`, `event` and `at`; `event_moved` and `event_rescheduled` also with `before`, the
former start and end (the first only for what visitors know of, the second for drafts too), and `event_copied`
with `copy`, the draft that was made. `consent_withdrawn` is called with `by`, `speaker`,
`what` (publication, recording, slides), `session` (or None) and `at`; `speaker_removed` with `by`, `speaker`
and `at`, before the row is deleted; `photo_consent_changed` with `by`, `registration` and `at`;
`asset_taken_off` and `asset_replaced` with `by`, `asset` (in its new state) and `at`."""


type SectionOf = Callable[[object, datetime], tuple[str, dict[str, object]] | None]
"""Gives for an event and an instant the template of a section and what it needs, or nothing."""


class Sections:
    """What subdomains further up add to a page of an event: each its own section, in the order of `order`."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, SectionOf]] = {}

    def register(self, code: str, section: SectionOf, order: int = 50) -> None:
        """Add a section; called when the service starts. A second call with the same code replaces."""
        self._known[code] = (order, section)

    def of(self, event: object, at: datetime) -> list[tuple[str, dict[str, object]]]:
        """The sections of one event."""
        ordered = sorted(self._known.items(), key=lambda pair: (pair[1][0], pair[0]))
        return [found for _code, (_order, section) in ordered if (found := section(event, at)) is not None]


public_sections = Sections()
"""On the public page of an event, below its time and place: registration, activities."""
desk_sections = Sections()
"""On the page of an event at the desk, below its programme."""


@dataclass(frozen=True)
class CalendarEntry:
    """Something that a day of the desk's calendar shows beside its events."""

    day: date
    title: str
    href: str
    note: str = ""
    is_late: bool = False


type EntriesOf = Callable[[object, date, date, datetime], Iterable[CalendarEntry]]
"""Gives the entries for a person, from a day up to but not including another, at an instant."""


class CalendarEntries:
    """What subdomains further up show in the calendar of the desk."""

    def __init__(self) -> None:
        self._known: dict[str, EntriesOf] = {}

    def register(self, code: str, entries: EntriesOf) -> None:
        """Add entries; called when the service starts. A second call with the same code replaces."""
        self._known[code] = entries

    def by_day(self, by: object, first: date, last: date, at: datetime) -> dict[date, list[CalendarEntry]]:
        """The entries of these days."""
        found: dict[date, list[CalendarEntry]] = {}
        for entries in self._known.values():
            for entry in entries(by, first, last, at):
                found.setdefault(entry.day, []).append(entry)
        return found


calendar_entries = CalendarEntries()
"""On the month of the desk: what is due."""
type FactsOf = Callable[[Sequence[object]], Mapping[int, str]]
"""Gives for events a fact in words, by the event's primary key."""


class CardFacts:
    """What subdomains further up say about past events in a list."""

    def __init__(self) -> None:
        self._known: dict[str, FactsOf] = {}

    def register(self, code: str, facts: FactsOf) -> None:
        """Add a fact; called when the service starts. A second call with the same code replaces."""
        self._known[code] = facts

    def of(self, events: Sequence[object]) -> dict[int, list[str]]:
        """The facts of these events, each asked for once for all of them."""
        found: dict[int, list[str]] = {}
        for facts in self._known.values():
            for key, said in facts(events).items():
                found.setdefault(key, []).append(said)
        return found


card_facts = CardFacts()
"""In the archive: which events have recordings."""
speaker_sections = Sections()
"""On a speaker's own page; each gets the speaker instead of the event."""
report_sections = Sections()
"""On the report of an event, below its numbers: what was asked afterwards, what was recorded."""
own_sections = Sections()
"""On the page of one's own registration; each gets the registration instead of the event."""


@dataclass(frozen=True)
class MadeRecording:
    """A recording of an event that another part of the product has made itself: `ref` names it there, `film`
    is the file, `captions` are the texts in WebVTT by language."""

    ref: str
    title: str
    film: MediaFile
    captions: Mapping[str, bytes]


type RecordingsOf = Callable[[object], Iterable[MadeRecording]]
"""Gives the recordings that there are of an event."""


class MadeRecordings:
    """Recordings that need not be uploaded, because another part of the product has made them."""

    def __init__(self) -> None:
        self._known: dict[str, RecordingsOf] = {}

    def register(self, code: str, recordings: RecordingsOf) -> None:
        """Add a source; called when the service starts. A second call with the same code replaces."""
        self._known[code] = recordings

    def of(self, event: object) -> list[MadeRecording]:
        """Those of one event."""
        return [one for recordings in self._known.values() for one in recordings(event)]


made_recordings = MadeRecordings()
"""Broadcasts of an event that were recorded."""
