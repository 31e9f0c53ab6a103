"""Writes rows of a programme: rooms, speakers, sessions."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.events.planning.models import ImportedFile
from sauga.events.programme.actions.parts import save_track
from sauga.events.programme.actions.sessions import SessionGiven, add_session
from sauga.events.programme.actions.speakers import save_speaker
from sauga.events.programme.actions.venues import save_room
from sauga.events.programme.models import Event, Room, Speaker, Stream, Track
from sauga.events.programme.rules.local_times import LocalTime, local_time
from sauga.kernel.i18n import fold
from sauga.kernel.identity import PersonActor
from sauga.kernel.refusals import ActionRefused

COLOURS = 8


class PlaceUnknown(ActionRefused):
    """A row names a room although the event has no venue, or an unknown place."""

    messages = {
        "venue": _("The event has no venue. Choose one first, then rooms can be added."),
        "place": _("There is no room and no stream of this name. Known: %(names)s."),
    }
    fields = {"place": "place"}


class ProgrammeWriter:
    """Writes one row after the other and remembers the parts it has made, so that later rows find them."""

    def __init__(self, *, by: PersonActor, event: Event, file: ImportedFile, at: datetime) -> None:
        self.by, self.event, self.at = by, event, at
        rooms: Iterable[Room] = event.venue.rooms.filter(closed_at__isnull=True) if event.venue else ()
        self.places: dict[str, Room | Stream] = _by_names((*rooms, *event.streams.all()), "name")
        self.tracks: dict[str, Track] = _by_names(event.tracks.all(), "title")
        self.speakers: dict[str, Speaker] = {fold(row.name): row for row in event.speakers.all()}
        self.sessions = {(row.starts, fold(row.title.get("lt", ""))) for row in event.sessions.all()}

    def write(self, sheet: str, _number: int, content: Mapping[str, Any]) -> tuple[bool, str]:
        """Write one row; whether it was new, and what is said of it. Raises what the actions of the
        programme raise, and PlaceUnknown."""
        write = {"rooms": self._room, "speakers": self._speaker, "sessions": self._session}[sheet]
        return write(content), ""

    def column_of(self, _sheet: str, field: str) -> str:
        """The column that a refusal concerns."""
        return {"starts_which": "starts", "ends_which": "ends"}.get(field, field)

    def _room(self, content: Mapping[str, Any]) -> bool:
        if self.event.venue is None:
            raise PlaceUnknown("venue")
        if fold(content["name_lt"]) in self.places:
            return False
        made = save_room(
            by=self.by,
            venue=self.event.venue,
            room=None,
            name=_words(content, "name"),
            seats=content.get("seats") or None,
            at=self.at,
        )
        self.places |= _by_names([made], "name")
        return True

    def _speaker(self, content: Mapping[str, Any]) -> bool:
        if fold(content["name"]) in self.speakers:
            return False
        self._add_speaker(content["name"], _words(content, "role"), _words(content, "biography"))
        return True

    def _session(self, content: Mapping[str, Any]) -> bool:
        starts, ends = (LocalTime(datetime.fromisoformat(content[name])) for name in ("starts", "ends"))
        known = {(local_time(moment).naive, title) for moment, title in self.sessions}
        if (starts.naive, fold(content["title_lt"])) in known:
            return False
        place = self._place(content.get("place", ""))
        made = add_session(
            by=self.by,
            event=self.event,
            given=SessionGiven(
                title=_words(content, "title"),
                abstract=_words(content, "abstract"),
                starts=starts,
                ends=ends,
                kind=content.get("kind", "talk"),
                room=place if isinstance(place, Room) else None,
                stream=place if isinstance(place, Stream) else None,
                track=self._track(content.get("track", "")),
                language=content.get("language", ""),
                do_not_record=content.get("do_not_record", False),
                speakers=[self._named(name) for name in content.get("speakers", ())],
            ),
            at=self.at,
        )
        self.sessions.add((made.starts, fold(content["title_lt"])))
        return True

    def _place(self, name: str) -> Room | Stream | None:
        if not name:
            return None
        if (found := self.places.get(fold(name))) is None:
            names = sorted({str(row) for row in self.places.values()})
            raise PlaceUnknown("place", names=", ".join(names) or "–")
        return found

    def _track(self, name: str) -> Track | None:
        if not name:
            return None
        if fold(name) not in self.tracks:
            colour = len(set(self.tracks.values())) % COLOURS + 1
            made = save_track(
                by=self.by, event=self.event, track=None, title={"lt": name}, colour=colour, at=self.at
            )
            self.tracks[fold(name)] = made
        return self.tracks[fold(name)]

    def _named(self, name: str) -> Speaker:
        return self.speakers.get(fold(name)) or self._add_speaker(name, {}, {})

    def _add_speaker(self, name: str, role: Mapping[str, str], biography: Mapping[str, str]) -> Speaker:
        made = save_speaker(
            by=self.by,
            event=self.event,
            speaker=None,
            name=name,
            role=role,
            biography=biography,
            at=self.at,
        )
        self.speakers[fold(name)] = made
        return made


def _words(content: Mapping[str, Any], name: str) -> dict[str, str]:
    return {code: content[f"{name}_{code}"] for code in ("lt", "en") if content.get(f"{name}_{code}")}


def _by_names(rows: Iterable[Any], column: str) -> dict[str, Any]:
    """Rows by their names in every language, without capitals and marks."""
    return {fold(text): row for row in rows for text in getattr(row, column).values() if text}
