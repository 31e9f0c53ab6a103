"""The schedule of an event for programs: as JSON, and as the XML that conference programs exchange (frab,
pentabarf).

Names of speakers are in it only while their consent lasts.
"""

import hashlib
import re
import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.urls import reverse

from sauga.events.programme.models import Event, Session, said
from sauga.events.programme.rules.local_times import days_of
from sauga.kernel.clock import VILNIUS
from sauga.kernel.ui.public_frame.language import whole

UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EVERYBODY = {"lt": "Visiems", "en": "Everybody"}
"""The room of what is for everybody: the XML needs one."""


def schedule_json(event: Event, sessions: Sequence[Session], language: str) -> dict[str, Any]:
    """The schedule as JSON, with all languages of each text."""
    return {
        "event": {
            "ref": event.ref,
            "address": whole(reverse("events-event", args=[event.slug])),
            "title": event.title,
            "starts": _here(event.starts).isoformat(),
            "ends": _here(event.ends).isoformat(),
            "time_zone": "Europe/Vilnius",
            "state": event.state.lower(),
            "version": event.sequence,
            "changed": _here(event.changed_at).isoformat(),
        },
        "sessions": [_as_json(one, language) for one in sessions],
    }


def schedule_xml(event: Event, sessions: Sequence[Session], language: str) -> bytes:
    """The schedule as frab XML, in one language."""
    root = Element("schedule")
    _add(root, "version", str(event.sequence))
    days = days_of(event.starts, event.ends)
    conference = _add(root, "conference")
    _add(conference, "title", said(event.title, language))
    _add(conference, "acronym", event.slug)
    _add(conference, "start", days[0].isoformat())
    _add(conference, "end", days[-1].isoformat())
    _add(conference, "days", str(len(days)))
    _add(conference, "timeslot_duration", "00:05")
    for index, day in enumerate(days, 1):
        _add_day(root, index, day, [one for one in sessions if _here(one.starts).date() == day], language)
    return bytes(tostring(root, encoding="UTF-8", xml_declaration=True))


def number_of(ref: str) -> int:
    """A number that stands for a reference; programs of conferences want one."""
    return int.from_bytes(hashlib.sha256(ref.encode()).digest()[:6]) or 1


def _add_day(root: Element, index: int, day: date, sessions: Sequence[Session], language: str) -> None:
    whole_day = SubElement(root, "day", {"index": str(index), "date": day.isoformat()})
    if sessions:
        whole_day.set("start", _here(min(one.starts for one in sessions)).isoformat())
        whole_day.set("end", _here(max(one.ends for one in sessions)).isoformat())
    rooms: dict[str, Element] = {}
    for session in sessions:
        name = _place(session, language)
        if name not in rooms:
            rooms[name] = SubElement(whole_day, "room", {"name": _clean(name)})
        _add_session(rooms[name], name, session, language)


def _add_session(room: Element, name: str, session: Session, language: str) -> None:
    guid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"sauga:session:{session.ref}"))
    made = SubElement(room, "event", {"id": str(number_of(session.ref)), "guid": guid})
    _add(made, "room", name)
    _add(made, "title", said(session.title, language))
    _add(made, "subtitle")
    _add(made, "type", session.kind)
    _add(made, "date", _here(session.starts).isoformat())
    _add(made, "start", _here(session.starts).strftime("%H:%M"))
    _add(made, "duration", _length(session.ends - session.starts))
    _add(made, "abstract", said(session.abstract, language))
    _add(made, "slug", session.ref.lower())
    _add(made, "track", said(session.track.title, language) if session.track else "")
    _add(made, "language", session.language)
    recording = _add(made, "recording")
    _add(recording, "license")
    _add(recording, "optout", "false" if session.may_be_recorded else "true")
    persons = _add(made, "persons")
    for speaker in shown_speakers(session):
        _add(persons, "person", speaker.name).set("id", str(number_of(speaker.ref)))


def shown_speakers(session: Session) -> list[Any]:
    """The speakers of a session whose consent lasts, in order."""
    return [one.speaker for one in session.speaking.all() if one.speaker.is_shown]


def _as_json(session: Session, language: str) -> dict[str, Any]:
    return {
        "ref": session.ref,
        "kind": session.kind,
        "title": session.title,
        "abstract": session.abstract,
        "starts": _here(session.starts).isoformat(),
        "ends": _here(session.ends).isoformat(),
        "place": _place(session, language) if session.room or session.stream else None,
        "track": session.track.title if session.track else None,
        "language": session.language or None,
        "access": session.access,
        "do_not_record": not session.may_be_recorded,
        "speakers": [{"name": one.name, "role": one.role} for one in shown_speakers(session)],
    }


def _place(session: Session, language: str) -> str:
    place = session.room or session.stream
    return said(place.name, language) if place else EVERYBODY.get(language, EVERYBODY["en"])


def _length(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _here(at: datetime) -> datetime:
    return at.astimezone(VILNIUS)


def _add(parent: Element, name: str, text: str = "") -> Element:
    made = SubElement(parent, name)
    made.text = _clean(str(text)) or None
    return made


def _clean(text: str) -> str:
    return UNSPEAKABLE.sub("", text)
