"""OAI-PMH 2.0 client (openarchives.org/OAI/openarchivesprotocol.html): requests as addresses, responses as
records. Entities are not read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from sauga.kernel import xml_trees

OAI = "{http://www.openarchives.org/OAI/2.0/}"
PREFERRED = ("oai_lom", "lom", "oai_dc")
"""Formats we read, the richest first."""
LONGEST_TOKEN, LONGEST_IDENTIFIER, LONGEST_SPEC = 2000, 400, 120
MOST_RECORDS = 2000
"""Records in one answer; more is no page."""


class AnswerRefused(ValueError):
    """The response cannot be used. `why`: xml, entities, not_oai, format, token, set, nothing, refused,
    large.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Record:
    """One record of a response; `metadata` is its XML, None when it was deleted there."""

    identifier: str
    datestamp: datetime | None
    metadata: Any = None


@dataclass(frozen=True)
class Answer:
    """One page of a response. `responded` is the other system's time as sent; `token` requests the next page,
    empty at the end.
    """

    records: tuple[Record, ...] = ()
    token: str = ""
    responded: str = ""
    formats: tuple[str, ...] = ()
    granularity: str = ""
    name: str = ""


def question(address: str, verb: str, **given: str) -> str:
    """The address of a request; its existing query stays."""
    parts = urlsplit(address)
    asked = urlencode({"verb": verb, **{name.rstrip("_"): value for name, value in given.items() if value}})
    return urlunsplit(
        (
            parts.scheme,
            parts.netloc,
            parts.path or "/",
            f"{parts.query}&{asked}" if parts.query else asked,
            "",
        )
    )


def read(text: str) -> Answer:
    """Parse a response. “Nothing matches” is an empty one. Raises AnswerRefused."""
    try:
        root = xml_trees.read(text)
    except xml_trees.TreeRefused as refused:
        raise AnswerRefused({"doctype": "entities", "large": "large"}.get(refused.why, "xml")) from refused
    if root.tag != f"{OAI}OAI-PMH":
        raise AnswerRefused("not_oai")
    _complain(root)
    responded = _words(root, "responseDate")[:20]
    records = root.findall(f"{OAI}ListRecords/{OAI}record")
    if len(records) > MOST_RECORDS:
        raise AnswerRefused("large")
    return Answer(
        records=tuple(one for record in records if (one := _record(record)) is not None),
        token=_words(root, f"ListRecords/{OAI}resumptionToken")[:LONGEST_TOKEN],
        responded=responded,
        formats=tuple(
            _words(one, "metadataPrefix")
            for one in root.findall(f"{OAI}ListMetadataFormats/{OAI}metadataFormat")
        ),
        granularity=_words(root, f"Identify/{OAI}granularity"),
        name=_words(root, f"Identify/{OAI}repositoryName")[:160],
    )


def moment(said: str) -> datetime | None:
    """A datestamp of either granularity; None for an invalid one."""
    for form in ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d"):
        try:
            return datetime.strptime(said.strip(), form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def since(cursor: str, granularity: str) -> str:
    """The instant from which to ask, in the other system's granularity."""
    return cursor if granularity.startswith("YYYY-MM-DDT") else cursor[:10]


def _complain(root: Any) -> None:
    codes: Mapping[str, str] = {
        "noRecordsMatch": "",
        "badResumptionToken": "token",
        "cannotDisseminateFormat": "format",
        "noMetadataFormats": "format",
        "noSetHierarchy": "set",
    }
    for error in root.findall(f"{OAI}error"):
        if why := codes.get(error.get("code", ""), "refused"):
            raise AnswerRefused(why)


def _record(record: Any) -> Record | None:
    head = record.find(f"{OAI}header")
    identifier = _words(head, "identifier") if head is not None else ""
    if not identifier or len(identifier) > LONGEST_IDENTIFIER:
        return None
    held = record.find(f"{OAI}metadata")
    is_gone = head.get("status") == "deleted" or held is None or len(held) == 0
    return Record(identifier, moment(_words(head, "datestamp")), None if is_gone else held[0])


def _words(element: Any, path: str) -> str:
    found = element.find(f"{OAI}{path}")
    return (found.text or "").strip() if found is not None else ""
