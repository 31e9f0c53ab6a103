"""Encrypts and decrypts what a proposal says, who speaks and what reviewers write; nothing else of this
package touches a key.

One key for each proposal, sealed to the machine of the zone MEMBERS. Destroying it destroys all of it, in old
backups too.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sauga.events.proposals.models import Proposal, ProposalSpeaker, Review
from sauga.kernel import sealed
from sauga.kernel.i18n import fold
from sauga.kernel.sealed import DataKey, PreparedKey, Recipient, ServiceOpener, Zone

ZONE = Zone.MEMBERS
OPENER = ServiceOpener(ZONE)


@dataclass(frozen=True)
class Content:
    """What is proposed. `message` is for the committee; `answers` are those given on submission, `later`
    those given after acceptance, by the question's reference."""

    title: str = field(repr=False)
    abstract: str = field(repr=False)
    message: str = field(default="", repr=False)
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    later: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Details:
    """Who speaks."""

    name: str = field(repr=False)
    address: str = field(repr=False)
    organisation: str = field(default="", repr=False)
    role: str = field(default="", repr=False)
    biography: str = field(default="", repr=False)


@dataclass(frozen=True)
class Words:
    """What a reviewer writes: `comment` for the committee, `note` for themselves."""

    comment: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


GONE, NOBODY, SILENT = Content("", ""), Details("", ""), Words()
"""Of a proposal whose key was destroyed."""


def address_lookup(address: str) -> bytes:
    """The blind index of an address that `normal_address` made, of these tables only."""
    return sealed.blind(ZONE, "events.proposal_address", address)


def organisation_lookup(name: str) -> bytes:
    """The blind index of an organisation as people write it; empty for none."""
    folded = " ".join(fold(name).replace('"', " ").replace("„", " ").replace("“", " ").split())
    return sealed.blind(ZONE, "events.proposal_organisation", folded) if folded else b""


class Keys:
    """The keys of some proposals, opened with one query."""

    def __init__(self, rows: Collection[Proposal]) -> None:
        holders = {row.holder for row in rows if row.content}
        self._keys = sealed.open_data_keys(ZONE, holders, OPENER) if holders else {}

    def of(self, row: Proposal) -> DataKey | None:
        """The key of one; None once it is destroyed."""
        return self._keys.get(row.holder)

    def content(self, row: Proposal) -> Content:
        """What a proposal says."""
        key = self.of(row)
        return GONE if key is None else Content(**_open(key, "events_proposal", row.ref, row.content))

    def details(self, row: ProposalSpeaker) -> Details:
        """Who a speaker is; the proposal is one of these."""
        key = self.of(row.proposal)
        return (
            NOBODY if key is None else Details(**_open(key, "events_proposalspeaker", row.ref, row.details))
        )

    def words(self, row: Review) -> Words:
        """What a reviewer wrote; the proposal is one of these."""
        key = self.of(row.proposal)
        return SILENT if key is None or not row.words else Words(**_open(key, *_review(row), row.words))


def content_of(row: Proposal) -> Content:
    """What one proposal says; empty once the key is destroyed."""
    return Keys([row]).content(row)


def details_of(row: ProposalSpeaker) -> Details:
    """Who one speaker is; empty once the key is destroyed."""
    return Keys([row.proposal]).details(row)


def key_for(row: Proposal) -> PreparedKey:
    """A fresh key for a proposal that is not stored yet; the caller stores it with the row."""
    try:
        return sealed.prepare_data_key(zone=ZONE, holder=row.holder, recipients=[Recipient.SERVICE])
    except sealed.ZoneMissing:
        sealed.create_machine_zone(ZONE)
        return sealed.prepare_data_key(zone=ZONE, holder=row.holder, recipients=[Recipient.SERVICE])


def key_of(row: Proposal) -> DataKey:
    """The key of a stored proposal. Raises KeyNotAvailable once it is destroyed."""
    return sealed.open_data_key(zone=ZONE, holder=row.holder, opener=OPENER)


def put_content(row: Proposal, content: Content, key: DataKey) -> None:
    """Put what is proposed into a row."""
    row.content = _seal(key, "events_proposal", row.ref, content)


def put_details(row: ProposalSpeaker, details: Details, key: DataKey) -> None:
    """Put who speaks into a row, with what conflicts of interest are found by."""
    row.details = _seal(key, "events_proposalspeaker", row.ref, details)
    row.address_lookup = address_lookup(details.address)
    row.organisation_lookup = organisation_lookup(details.organisation)


def put_words(row: Review, words: Words, key: DataKey) -> None:
    """Put what a reviewer writes into a row."""
    row.words = _seal(key, *_review(row), words)


def _review(row: Review) -> tuple[str, str]:
    return "events_review", f"{row.proposal_id}:{row.person_id}"


_FIELDS = {"events_proposal": "content", "events_proposalspeaker": "details", "events_review": "words"}


def _seal(key: DataKey, table: str, row: str, held: Content | Details | Words) -> bytes:
    return sealed.seal(key, table=table, row=row, field=_FIELDS[table], text=_text(held))


def _text(held: Content | Details | Words) -> str:
    return json.dumps(asdict(held), ensure_ascii=False)


def _open(key: DataKey, table: str, row: str, envelope: bytes | memoryview) -> dict[str, Any]:
    text = sealed.unseal(key, table=table, row=row, field=_FIELDS[table], envelope=bytes(envelope))
    found: dict[str, Any] = json.loads(text)
    return found
