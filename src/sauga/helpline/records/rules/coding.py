"""How one contact is coded for both networks at once, and what makes a coding wrong.

Every code must stand in its vocabulary and be offered on the day of the contact. The mappings only suggest; a
person confirms.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sauga.kernel import vocab

MOST_TOPICS = 3
NOTE_LENGTH = 500
OLDEST = 26
"""A year of 26 means “over 25” (mapping.age_year)."""
OWN_VOICE = frozenset({"CHILD_SELF", "YOUNG_ADULT"})
SUICIDE = "MEN_SUICIDE"
ONLINE = ("insafe", "more_insafe", "place", "platform", "harm_detail")
VOCABULARY: dict[str, str] = {
    "language": "language",
    "caller_role": "caller_role",
    "relationship": "relationship",
    "age_band": "age_band",
    "gender": "gender",
    "risk": "risk",
    "suicidality": "suicidality",
    "topic": "topic",
    "more_topics": "topic",
    "internet": "yes_no_unknown",
    "insafe": "insafe_category",
    "more_insafe": "insafe_category",
    "place": "online_place",
    "platform": "platform",
    "harm_detail": "online_harm_detail",
    "actions": "action_taken",
    "ended_by": "ended_by",
    "non_data": "non_data_type",
}
NEEDED = ("language", "caller_role", "gender", "risk", "topic", "internet", "actions")
NEEDED_ONLINE = ("insafe", "place")


class What(StrEnum):
    """What is wrong with one field."""

    MISSING = "MISSING"
    UNKNOWN = "UNKNOWN"
    NOT_THEN = "NOT_THEN"
    TWICE = "TWICE"
    TOO_MANY = "TOO_MANY"
    NOT_ONLINE = "NOT_ONLINE"
    IMPLIED = "IMPLIED"
    OWN_VOICE = "OWN_VOICE"
    AGE_DIFFERS = "AGE_DIFFERS"
    AGE_RANGE = "AGE_RANGE"
    TOO_LONG = "TOO_LONG"
    OTHER_CHANNEL = "OTHER_CHANNEL"


@dataclass(frozen=True)
class Fault:
    """One field and what is wrong with it."""

    field: str
    what: What


@dataclass(frozen=True)
class Codes:
    """What a counsellor says about one contact; codes of the vocabularies, empty where not said."""

    caller_role: str = ""
    gender: str = ""
    risk: str = ""
    topic: str = ""
    internet: str = ""
    language: str = ""
    age_year: int | None = None
    age_band: str = ""
    more_topics: tuple[str, ...] = ()
    relationship: str = ""
    suicidality: str = ""
    insafe: str = ""
    more_insafe: tuple[str, ...] = ()
    place: str = ""
    platform: str = ""
    harm_detail: str = ""
    actions: tuple[str, ...] = field(default=())
    ended_by: str = ""


def band_of_year(year: int) -> str:
    """The band of a single year by `mapping.age_year`; empty when the year is outside it."""
    for row in vocab.policy("mapping.age_year")["rows"]:
        if row["year"] == year:
            return str(row["age_band"])
    return ""


def _mapped(topic: str) -> Mapping[str, Any]:
    for row in vocab.policy("mapping.topic_to_insafe")["rows"]:
        if row["topic"] == topic:
            found: Mapping[str, Any] = row
            return found
    return {}


def implies_internet(topics: Iterable[str]) -> bool:
    """Whether one of these topics cannot happen without the internet."""
    return any(_mapped(topic).get("internet_implied", False) for topic in topics)


def suggested_insafe(topics: Iterable[str], day: date) -> list[str]:
    """Insafe categories that the mapping proposes for these topics and that were offered on the day, best
    first, none twice.
    """
    proposed = [code for topic in topics for code in _mapped(topic).get("insafe_candidates", ())]
    return [code for code in dict.fromkeys(proposed) if vocab.has_term("insafe_category", code, at=day)]


def faults(codes: Codes, day: date, *, note: str = "") -> list[Fault]:
    """Everything that is wrong with the coding of a contact of that day; empty when it may be written."""
    found = [Fault(name, What.MISSING) for name in NEEDED if not getattr(codes, name)]
    found += _age(codes)
    for name in VOCABULARY:
        if name != "non_data":
            found += _known(name, _listed(getattr(codes, name)), day)
    found += _several(codes)
    found += _online(codes)
    if codes.relationship and codes.caller_role in OWN_VOICE:
        found.append(Fault("relationship", What.OWN_VOICE))
    if SUICIDE in {codes.topic, *codes.more_topics} and not codes.suicidality:
        found.append(Fault("suicidality", What.MISSING))
    if len(note) > NOTE_LENGTH:
        found.append(Fault("note", What.TOO_LONG))
    return list(dict.fromkeys(found))


def non_data_faults(kind: str, channel: str, day: date) -> list[Fault]:
    """What is wrong with closing a contact of this channel as one without counselling, of this kind."""
    if not kind:
        return [Fault("non_data", What.MISSING)]
    found = _known("non_data", [kind], day)
    if not found and channel not in vocab.term("non_data_type", kind).extra["channels"]:
        found.append(Fault("non_data", What.OTHER_CHANNEL))
    return found


def _listed(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return list(value)


def _known(name: str, given: list[str], day: date) -> list[Fault]:
    vocabulary = VOCABULARY[name]
    if any(not vocab.has_term(vocabulary, code) for code in given):
        return [Fault(name, What.UNKNOWN)]
    if any(not vocab.has_term(vocabulary, code, at=day) for code in given):
        return [Fault(name, What.NOT_THEN)]
    return []


def _age(codes: Codes) -> list[Fault]:
    if codes.age_year is None:
        return [] if codes.age_band else [Fault("age_band", What.MISSING)]
    if not 0 <= codes.age_year <= OLDEST:
        return [Fault("age_year", What.AGE_RANGE)]
    if codes.age_band and codes.age_band != band_of_year(codes.age_year):
        return [Fault("age_year", What.AGE_DIFFERS)]
    return []


def _several(codes: Codes) -> list[Fault]:
    found = []
    for first, more in (("topic", "more_topics"), ("insafe", "more_insafe")):
        together = [*_listed(getattr(codes, first)), *getattr(codes, more)]
        if len(together) > MOST_TOPICS or (len(together) == MOST_TOPICS and not getattr(codes, first)):
            found.append(Fault(more, What.TOO_MANY))
        if len(set(together)) < len(together):
            found.append(Fault(more, What.TWICE))
    if len(set(codes.actions)) < len(codes.actions):
        found.append(Fault("actions", What.TWICE))
    return found


def _online(codes: Codes) -> list[Fault]:
    if codes.internet == "YES":
        return [Fault(name, What.MISSING) for name in NEEDED_ONLINE if not getattr(codes, name)]
    found = [Fault(name, What.NOT_ONLINE) for name in ONLINE if getattr(codes, name)]
    if codes.internet and implies_internet([codes.topic, *codes.more_topics]):
        found.append(Fault("internet", What.IMPLIED))
    return found
