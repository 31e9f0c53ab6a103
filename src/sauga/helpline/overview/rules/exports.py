"""A network's tables as rows of a file: small cells suppressed, with a fingerprint of the input."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sauga.helpline.records.rules.networks import (
    CHI,
    INSAFE,
    Coded,
    Column,
    Counted,
    counted,
    label,
    mentions,
    online,
    reconciles,
)
from sauga.kernel.figures import suppress

THRESHOLD = 5
"""A group of fewer contacts is hidden, here and in the measures of the helpline: the same
contacts stand in both.
"""
HIDDEN = f"<{THRESHOLD}"
HEAD = ("network", "period", "table", "code", "label", "contacts")
NETWORKS = ("insafe", "chi")


class DoesNotReconcile(Exception):
    """The tables of one export add up to different totals: a fault of ours, never to be sent."""


@dataclass(frozen=True)
class Export:
    """One network's file. `mark` is the same for the same contacts, by any person at any time."""

    network: str
    period: str
    contacts: int
    tables: tuple[Counted, ...]
    rows: tuple[tuple[str, ...], ...]
    mark: str


def export(network: str, period: str, contacts: Sequence[Coded]) -> Export:
    """Make a network's tables. Raises DoesNotReconcile; ValueError for a network we do not know."""
    if network not in NETWORKS:
        raise ValueError(network)
    columns, counting = (INSAFE, online(contacts)) if network == "insafe" else (CHI, list(contacts))
    tables = counted(columns, counting)
    if not reconciles(tables, len(counting)):
        raise DoesNotReconcile(network)
    rows = [row for table in tables for row in _rows(network, period, table)]
    for name, vocabulary, cells in _mentioned(network, counting):
        hidden = suppress({(code, None): n for code, n in cells}, THRESHOLD)
        column = Column(name, vocabulary, lambda coded: "")
        rows += [
            (network, period, name, code, label(column, code), HIDDEN if (code, None) in hidden else str(n))
            for code, n in cells
        ]
    return Export(network, period, len(counting), tuple(tables), tuple(rows), _mark(rows))


def _rows(network: str, period: str, table: Counted) -> list[tuple[str, ...]]:
    hidden, name = hidden_of(table), table.column.name
    shown = [
        (code, label(table.column, code), HIDDEN if code in hidden else str(n)) for code, n in table.cells
    ]
    lines = [(network, period, name, *cell) for cell in shown]
    return [*lines, (network, period, name, "TOTAL", "", HIDDEN if None in hidden else str(table.contacts))]


def hidden_of(table: Counted) -> set[str | None]:
    """The codes whose cells are hidden; None stands for the total."""
    return {
        row
        for row, _ in suppress(
            {(None, None): table.contacts, **{(code, None): n for code, n in table.cells}}, THRESHOLD
        )
    }


def _mentioned(network: str, contacts: Sequence[Coded]) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """What a contact may name several times over: further categories, actions.

    These tables do not add up to the contacts.
    """
    if network == "insafe":
        return [
            (
                "category_mentions",
                "insafe_category",
                mentions(contacts, lambda coded: [coded.insafe, *coded.more_insafe]),
            )
        ]
    return [
        ("topic_mentions", "topic", mentions(contacts, lambda coded: [coded.topic, *coded.more_topics])),
        ("action_mentions", "action_taken", mentions(contacts, lambda coded: coded.actions)),
    ]


def _mark(rows: Sequence[tuple[str, ...]]) -> str:
    """Codes and numbers only: words of a vocabulary may be edited without the figures changing."""
    plain = [(network, period, table, code, n) for network, period, table, code, _label, n in rows]
    return hashlib.sha256(json.dumps(plain, separators=(",", ":")).encode()).hexdigest()
