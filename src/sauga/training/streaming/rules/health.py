"""What an encoder says, read: how it fares, why it ended, and how long to wait before the next try."""

import re
from enum import StrEnum

LONGEST_LOG_LINE = 2000
FIRST_WAIT, LONGEST_WAIT = 0.4, 8.0
MOST_FAILURES = 8
"""Ends in a row, each without a picture, after which a broadcast is said to have failed."""
STALLED_AFTER, SILENT_AFTER = 6.0, 20.0
"""Seconds without a new segment after which the encoder is started anew: once there was one, and before."""


class Note(StrEnum):
    """What the log of a broadcast tells."""

    OPENED = "OPENED"
    CONNECTED = "CONNECTED"
    LOST = "LOST"
    WRONG_PASSPHRASE = "WRONG_PASSPHRASE"  # noqa: S105  the name of an event
    GARBAGE = "GARBAGE"
    NO_SOUND = "NO_SOUND"
    NO_PICTURE = "NO_PICTURE"
    KILLED = "KILLED"
    ENDED_ITSELF = "ENDED_ITSELF"
    STALLED = "STALLED"
    PORT = "PORT"
    DISK = "DISK"
    NO_PROGRAM = "NO_PROGRAM"
    FILM = "FILM"
    SLOW = "SLOW"
    IN_SERVICE = "IN_SERVICE"
    REHEARSED = "REHEARSED"
    FINISHED = "FINISHED"


FATAL = {Note.DISK, Note.NO_PROGRAM, Note.FILM}
"""What trying again does not help against."""
FROM_OUTSIDE = {Note.GARBAGE, Note.NO_SOUND, Note.NO_PICTURE, Note.LOST, Note.WRONG_PASSPHRASE}
"""What another program does: it must not make a broadcast fail, however often it is done."""
SIGNS: tuple[tuple[Note, re.Pattern[str]], ...] = (
    (Note.WRONG_PASSPHRASE, re.compile(r"BADSECRET|UNSECURE|Incorrect passphrase")),
    (Note.DISK, re.compile(r"No space left on device|Disk quota exceeded|File too large")),
    (Note.PORT, re.compile(r"Address already in use|Cannot assign requested address|bind\(\) failed")),
    (Note.NO_SOUND, re.compile(r"'0:a:0' for option 'map'|0:a(?:(?!0:a)\S)* matches no streams")),
    (Note.NO_PICTURE, re.compile(r"'0:v:0' for option 'map'|0:v(?:(?!0:v)\S)* matches no streams")),
    (Note.GARBAGE, re.compile(r"Invalid data found|could not find codec parameters|Impossible to open")),
)


def sign_in(line: str) -> Note | None:
    """What a line of the encoder's log means, if anything."""
    return next((note for note, sign in SIGNS if sign.search(line[:LONGEST_LOG_LINE])), None)


def speed_of(block: dict[str, str]) -> float:
    """How fast the encoder is by one report of `-progress`: 1 is as fast as it comes; 0 where it does not
    say."""
    try:
        return float(block.get("speed", "0").strip().rstrip("x"))
    except ValueError:
        return 0.0


def why_ended(code: int, seen: set[Note], *, had_picture: bool, is_connected: bool = False) -> Note:
    """Why a run ended: by its exit code and what its log said. `is_connected`: the program still sends."""
    if Note.DISK in seen:
        return Note.DISK
    if code < 0:
        return Note.KILLED
    if had_picture:
        return Note.ENDED_ITSELF if is_connected else Note.LOST
    for note in (Note.PORT, Note.NO_SOUND, Note.NO_PICTURE, Note.GARBAGE):
        if note in seen:
            return note
    return Note.ENDED_ITSELF


def wait_before(failures: int) -> float:
    """Seconds before the next try, after so many ends in a row without a picture."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** max(0, failures - 1)) if failures else 0.1
