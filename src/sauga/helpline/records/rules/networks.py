"""What one record is in the tables of the two networks: Insafe (a quarter, contacts in which the internet
played a part) and Child Helpline International (a year, every counselling contact). Both are made from the
same rows, so their totals can be laid side by side.

Mappings are data: each term of a vocabulary names what it is outside. Neither official template is public;
the names are provisional.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sauga.kernel import vocab

NO_EQUIVALENT = "NO_EQUIVALENT"
"""The row of local topics that have no home in the CHI framework: they are exported apart, so that
totals reconcile.
"""


@dataclass(frozen=True)
class Coded:
    """The codes of one counselling contact."""

    channel: str
    caller_role: str
    age_band: str
    gender: str
    topic: str
    more_topics: Sequence[str]
    internet: str
    insafe: str
    more_insafe: Sequence[str]
    place: str
    platform: str
    actions: Sequence[str]


@dataclass(frozen=True)
class Column:
    """One table of an export: its name, the vocabulary that words its codes, and the code of one contact.

    Each contact stands in it exactly once, so its cells add up to the number of contacts.
    """

    name: str
    vocabulary: str
    code: Callable[[Coded], str]


def _outside(vocabulary: str, code: str, name: str, missing: str) -> str:
    if not code or not vocab.has_term(vocabulary, code):
        return missing
    found = vocab.term(vocabulary, code).extra.get(name)
    return str(found) if found else missing


def insafe_source(coded: Coded) -> str:
    """Who made contact; for children by age. Ages that are no Insafe band count as unknown."""
    source = _outside("caller_role", coded.caller_role, "insafe_source", "SRC_UNKNOWN")
    if source != "BY_AGE":
        return source
    band = _outside("age_band", coded.age_band, "insafe", "INS_AGE_UNKNOWN")
    return {"INS_AGE_5_11": "SRC_CHILD_5_11", "INS_AGE_12_18": "SRC_TEEN_12_18"}.get(band, "SRC_UNKNOWN")


def chi_topic(coded: Coded) -> str:
    """The CHI sub-category; a local code rolls up, or stands in the row without an equivalent."""
    term = vocab.term("topic", coded.topic)
    return (
        coded.topic if term.extra.get("kind") == "chi" else str(term.extra.get("chi_rollup") or NO_EQUIVALENT)
    )


def chi_group(coded: Coded) -> str:
    """The CHI group of the topic."""
    topic = chi_topic(coded)
    return topic if topic == NO_EQUIVALENT else _outside("topic", topic, "group", NO_EQUIVALENT)


INSAFE: tuple[Column, ...] = (
    Column("source", "insafe_source", insafe_source),
    Column("gender", "", lambda coded: _outside("gender", coded.gender, "insafe", "UNKNOWN")),
    Column(
        "channel", "insafe_channel", lambda coded: _outside("channel", coded.channel, "insafe", "ICH_OTHER")
    ),
    Column("category", "insafe_category", lambda coded: coded.insafe or "UNKNOWN"),
    Column(
        "place",
        "online_place",
        lambda coded: _outside("online_place", coded.place, "insafe", "PLACE_UNKNOWN"),
    ),
    Column("platform", "platform", lambda coded: coded.platform or "PF_UNKNOWN"),
)
CHI: tuple[Column, ...] = (
    Column("group", "topic_group", chi_group),
    Column("topic", "topic", chi_topic),
    Column(
        "age", "age_band_chi", lambda coded: _outside("age_band", coded.age_band, "chi", "CHI_AGE_UNKNOWN")
    ),
    Column("gender", "gender", lambda coded: coded.gender or "GENDER_UNKNOWN"),
    Column("channel", "channel", lambda coded: coded.channel),
)


@dataclass(frozen=True)
class Counted:
    """One table filled: codes with how many contacts, the largest first."""

    column: Column
    cells: tuple[tuple[str, int], ...]
    contacts: int


def online(contacts: Iterable[Coded]) -> list[Coded]:
    """Those that Insafe counts."""
    return [coded for coded in contacts if coded.internet == "YES"]


def counted(columns: Sequence[Column], contacts: Sequence[Coded]) -> list[Counted]:
    """Every table over the same contacts."""
    filled = []
    for column in columns:
        tally: dict[str, int] = {}
        for coded in contacts:
            code = column.code(coded)
            tally[code] = tally.get(code, 0) + 1
        filled.append(
            Counted(column, tuple(sorted(tally.items(), key=lambda cell: (-cell[1], cell[0]))), len(contacts))
        )
    return filled


def reconciles(tables: Iterable[Counted], contacts: int) -> bool:
    """Whether every table adds up to the same number of contacts."""
    return all(sum(n for _, n in table.cells) == contacts for table in tables)


def mentions(contacts: Iterable[Coded], codes: Callable[[Coded], Iterable[str]]) -> list[tuple[str, int]]:
    """How many contacts name each code, first or further; a contact may name several, so this adds up to more
    than there are contacts.
    """
    tally: dict[str, int] = {}
    for coded in contacts:
        for code in dict.fromkeys(codes(coded)):
            tally[code] = tally.get(code, 0) + 1
    return sorted(tally.items(), key=lambda cell: (-cell[1], cell[0]))


def label(column: Column, code: str) -> str:
    """A cell's code in words."""
    return (
        vocab.label(column.vocabulary, code)
        if column.vocabulary and vocab.has_term(column.vocabulary, code)
        else code
    )
