"""OAI-PMH 2.0 without a database: the arguments of each verb, dates, and the resumption token.

Source of every rule: The Open Archives Initiative Protocol for Metadata Harvesting, version 2.0, document
version 2015-01-08.
"""

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

FORMATS = ("oai_dc", "lom", "lrmi")
SET_KINDS = {"topic": "topics", "audience": "audiences", "type": "resource_types", "language": "languages"}
"""The first part of a set's name, and the vocabulary that its second part comes from."""
NAME = re.compile(r"[A-Za-z0-9_.!~*'()-]+")
SET = re.compile(rf"({NAME.pattern})(?::({NAME.pattern}))*")
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
LONGEST_ARGUMENT = 1000
LAST = 253_402_300_799_000_000
"""The last instant that a date can hold, in microseconds since 1970."""
REQUIRED: dict[str, tuple[str, ...]] = {
    "Identify": (),
    "ListMetadataFormats": (),
    "ListSets": (),
    "GetRecord": ("identifier", "metadataPrefix"),
    "ListRecords": ("metadataPrefix",),
    "ListIdentifiers": ("metadataPrefix",),
}
OPTIONAL: dict[str, tuple[str, ...]] = {
    "ListMetadataFormats": ("identifier",),
    "ListRecords": ("from", "until", "set"),
    "ListIdentifiers": ("from", "until", "set"),
}
RESUMED = ("ListRecords", "ListIdentifiers", "ListSets")
"""Verbs that take a resumption token instead of everything else."""


class OaiRefused(Exception):
    """The request is answered with a protocol error: its code, and what to do next."""

    def __init__(self, code: str, said: str) -> None:
        super().__init__(code)
        self.code, self.said = code, said


@dataclass(frozen=True)
class Place:
    """Where a list continues: after the record changed at `after` (microseconds since 1970) with the number
    `pk`.

    `cursor` counts what was sent already, `total` what existed when the list began; both are information for
    the harvester.
    """

    prefix: str
    since: str = ""
    until: str = ""
    of_set: str = ""
    after: int = 0
    pk: int = 0
    cursor: int = 0
    total: int = 0

    def token(self) -> str:
        """The place in a form for addresses. It holds nothing secret, so it is not encrypted; it is validated
        like any argument.
        """
        held = json.dumps(list(asdict(self).values()), separators=(",", ":"))
        return base64.urlsafe_b64encode(held.encode()).decode().rstrip("=")


@dataclass(frozen=True)
class Asked:
    """A valid request."""

    verb: str
    identifier: str = ""
    prefix: str = ""
    place: Place | None = None


def asked(given: Mapping[str, Sequence[str]]) -> Asked:
    """Parse a request. Raises OaiRefused: badVerb, badArgument, cannotDisseminateFormat, badResumptionToken,
    noRecordsMatch.
    """
    verbs = given.get("verb", ())
    if len(verbs) != 1 or verbs[0] not in REQUIRED:
        raise OaiRefused("badVerb", "Give one verb: " + ", ".join(REQUIRED) + ".")
    verb = verbs[0]
    arguments = {name: values for name, values in given.items() if name != "verb"}
    _check_names(verb, arguments)
    held = {name: values[0] for name, values in arguments.items()}
    if "resumptionToken" in held:
        return _resumed(verb, held["resumptionToken"])
    prefix = held.get("metadataPrefix", "")
    if prefix and not NAME.fullmatch(prefix):
        raise OaiRefused(
            "badArgument", "This cannot be the name of a format; ListMetadataFormats names them all."
        )
    if prefix and prefix not in FORMATS:
        raise OaiRefused("cannotDisseminateFormat", "There are these formats: " + ", ".join(FORMATS) + ".")
    if verb in {"ListRecords", "ListIdentifiers"}:
        place = Place(prefix, held.get("from", ""), held.get("until", ""), held.get("set", ""))
        _check_list(place, held)
        return Asked(verb, prefix=prefix, place=place)
    return Asked(verb, identifier=held.get("identifier", ""), prefix=prefix)


def _check_names(verb: str, arguments: Mapping[str, Sequence[str]]) -> None:
    needed = REQUIRED[verb]
    allowed = {*needed, *OPTIONAL.get(verb, ())}
    if verb in RESUMED and "resumptionToken" in arguments:
        needed, allowed = (), {"resumptionToken"}
    for name, values in arguments.items():
        if name not in allowed:
            which = (
                "alone, without other arguments"
                if "resumptionToken" in arguments
                else ", ".join(sorted(allowed)) or "nothing"
            )
            raise OaiRefused("badArgument", f"{verb} does not take {_shown(name)} here. It takes: {which}.")
        if len(values) != 1:
            raise OaiRefused("badArgument", f"Give {name} once.")
        if not values[0] or len(values[0]) > LONGEST_ARGUMENT or "\x00" in values[0]:
            raise OaiRefused(
                "badArgument", f"{name} is empty or cannot be read. Leave it out or give a value."
            )
    missing = [name for name in needed if name not in arguments]
    if missing:
        raise OaiRefused("badArgument", f"{verb} needs " + " and ".join(missing) + ".")


def _shown(name: str) -> str:
    return name if name.isascii() and name.isalnum() and len(name) <= 40 else "this argument"


def _check_list(place: Place, held: Mapping[str, str]) -> None:
    shapes = {bool(DAY.fullmatch(held[name])) for name in ("from", "until") if name in held}
    since, until = bounds(place)
    if len(shapes) == 2:
        raise OaiRefused(
            "badArgument", "from and until must have the same granularity: both days, or both with the time."
        )
    if since and until and since >= until:
        raise OaiRefused("badArgument", "from must not be later than until.")
    if place.of_set:
        set_of(place.of_set)


def bounds(place: Place) -> tuple[datetime | None, datetime | None]:
    """The instants from which (inclusive) and until which (exclusive) a list runs. Raises OaiRefused for an
    invalid date.
    """
    since, until = instant(place.since), instant(place.until)
    step = timedelta(days=1) if DAY.fullmatch(place.until) else timedelta(seconds=1)
    try:
        return since, until + step if until else None
    except OverflowError:
        return since, until


def instant(text: str) -> datetime | None:
    """A day (its first second) or a second, both in UTC; None for nothing. Raises OaiRefused.

    >>> instant("2026-11-24").isoformat()
    '2026-11-24T00:00:00+00:00'
    """
    if not text:
        return None
    if not DAY.fullmatch(text) and not SECOND.fullmatch(text):
        raise OaiRefused("badArgument", "A date is written YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ, in UTC.")
    try:
        return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
    except ValueError:
        raise OaiRefused("badArgument", "There is no such day or time.") from None


def set_of(name: str) -> tuple[str, str]:
    """Kind and code of a set; an empty code means the whole kind. Raises OaiRefused for a name that is not
    ours.
    """
    if not SET.fullmatch(name):
        raise OaiRefused("badArgument", "This cannot be the name of a set; ListSets names them all.")
    kind, _colon, code = name.partition(":")
    if kind not in SET_KINDS:
        raise OaiRefused("noRecordsMatch", "There is no such set; ListSets names them all.")
    return kind, code


def _resumed(verb: str, token: str) -> Asked:
    if verb == "ListSets":
        _bad_token()  # our list of sets comes whole
    place = _place(token)
    return Asked(verb, prefix=place.prefix, place=place)


def _place(token: str) -> Place:
    try:
        held: Any = json.loads(
            base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        )
        place = Place(*held)
    except (binascii.Error, ValueError, TypeError, RecursionError):
        _bad_token()
    words, numbers = (
        (place.prefix, place.since, place.until, place.of_set),
        (place.after, place.pk, place.cursor, place.total),
    )
    if not all(isinstance(word, str) for word in words) or not all(
        type(number) is int and 0 <= number < 2**62 for number in numbers
    ):
        _bad_token()
    try:
        bounds(place)
        if place.of_set:
            set_of(place.of_set)
    except OaiRefused:
        _bad_token()
    if place.prefix not in FORMATS or not place.pk or place.after > LAST:
        _bad_token()
    return place


def _bad_token() -> NoReturn:
    raise OaiRefused(
        "badResumptionToken", "This token was not given out here. Begin the list anew without it."
    )


def stamp(moment: datetime) -> str:
    """An instant as the protocol writes it: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
