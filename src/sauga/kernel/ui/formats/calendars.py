"""Calendar files (iCalendar, RFC 5545): instants in UTC, so that every calendar shows the right local hour
without a time-zone table, also over a change of clocks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST = 75  # octets of a content line (RFC 5545, 3.1)
CONTROL = [*range(0x20), *range(0x7F, 0xA0)]
ESCAPES = str.maketrans(
    {chr(one): None for one in CONTROL}
    | {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\t": " ", "\u2028": "\\n", "\u2029": "\\n"}
)
"""No other line end than CRLF either: readers that split lines as Python does would take what follows for a
property of its own."""


@dataclass(frozen=True)
class Event:
    """One entry. `number` grows with every change; `is_certain` says whether it is confirmed. A cancelled
    entry stays in the file, so that calendars take it out. `is_private`: no others may see its subject.
    """

    uid: str
    begins: datetime
    ends: datetime
    title: str
    text: str = ""
    is_certain: bool = True
    number: int = 0
    is_cancelled: bool = False
    is_private: bool = True
    place: str = ""
    address: str = ""
    changed_at: datetime | None = None

    @property
    def status(self) -> str:
        """Whether it takes place."""
        return "CANCELLED" if self.is_cancelled else "CONFIRMED" if self.is_certain else "TENTATIVE"


def escape(text: str) -> str:
    """A text value (RFC 5545, 3.3.11)."""
    return text.translate(ESCAPES)


def fold(line: str) -> str:
    """A content line folded at 75 octets, never inside a letter."""
    parts, size, limit = [""], 0, LONGEST
    for letter in line:
        width = len(letter.encode())
        if size + width > limit:
            parts.append("")
            size, limit = 0, LONGEST - 1  # the leading space counts
        parts[-1] += letter
        size += width
    return "\r\n ".join(parts)


def stamp(at: datetime) -> str:
    """An instant as UTC."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def calendar(name: str, events: Iterable[Event], at: datetime, product: str = "Rota") -> str:
    """The whole file; what a subscriber fetches again every few hours. `product`: what made it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Sauga//{product}//LT",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escape(name)}",
        f"X-WR-CALNAME:{escape(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
    ]
    for event in events:
        lines += _lines(event, at)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def _lines(event: Event, at: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{stamp(at)}",
        f"DTSTART:{stamp(event.begins)}",
        f"DTEND:{stamp(event.ends)}",
        f"SUMMARY:{escape(event.title)}",
        *([f"DESCRIPTION:{escape(event.text)}"] if event.text else []),
        *([f"LOCATION:{escape(event.place)}"] if event.place else []),
        *([f"URL:{event.address}"] if event.address else []),
        *([f"LAST-MODIFIED:{stamp(event.changed_at)}"] if event.changed_at else []),
        f"STATUS:{event.status}",
        f"SEQUENCE:{event.number}",
        f"CLASS:{'PRIVATE' if event.is_private else 'PUBLIC'}",
        "END:VEVENT",
    ]
