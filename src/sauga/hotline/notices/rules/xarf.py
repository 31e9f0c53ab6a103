"""XARF 4.2.0 documents of type content/csam: one for each address, never with evidence
(docs/domain/hotline.md)."""

import json
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

VERSION = "4.2.0"
DOMAIN = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*\.)+[a-z]{2,}", re.ASCII)
CLASSES = {"BASELINE": "baseline", "A1": "A1", "A2": "A2", "B1": "B1", "B2": "B2"}
NATIONAL = frozenset({"A1", "A2", "B1", "B2"})
NAMESPACE = uuid.UUID("6d0f5a54-6f0e-5c63-9c7e-0f8e3a4f6b21")


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who sends: the hotline, never a reporter."""

    org: str
    contact: str
    domain: str


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What one document is about. `verified_at`: when the content was last seen."""

    number: str
    url: str
    host: str
    verdict: str
    xarf_class: str
    at: datetime
    verified_at: datetime | None = None
    country: str = ""
    asn: int | None = None
    provider: str = ""


def classification(verdict: str, xarf_class: str) -> str:
    """The class to send; empty when there is none, and then no document exists. XARF knows no “national”."""
    if verdict == "BASELINE":
        return CLASSES.get(xarf_class, "baseline")
    if verdict == "NATIONAL" and xarf_class in NATIONAL:
        return CLASSES[xarf_class]
    return ""


def document(subject: Subject, sender: Sender) -> dict[str, Any] | None:
    """The document of one address, or None where XARF has no class for the verdict.

    The same content has the same report_id.
    """
    given = classification(subject.verdict, subject.xarf_class)
    if not given:
        return None
    contact = {"org": sender.org[:200], "contact": sender.contact, "domain": sender.domain}
    found: dict[str, Any] = {
        "xarf_version": VERSION,
        "report_id": str(_uuid4(f"{subject.number}|{subject.url}")),
        "timestamp": _instant(subject.at),
        "reporter": contact,
        "sender": dict(contact),
        "source_identifier": subject.host,
        "category": "content",
        "type": "csam",
        "url": subject.url,
        "classification": given,
        "detection_method": "manual_review",
        "verification_method": "manual",
        "evidence_source": "researcher_analysis",
        "content_removed": False,
        "tags": [f"verdict:{subject.verdict.lower()}", f"notice:{subject.number.lower()}"],
    }
    if DOMAIN.fullmatch(subject.host) and "xn--" not in subject.host:
        found["domain"] = subject.host
    if subject.verified_at is not None:
        found["verified_at"] = _instant(subject.verified_at)
    if re.fullmatch(r"[A-Z]{2}", subject.country):
        found["country_code"] = subject.country
    if subject.asn:
        found["asn"] = subject.asn
    if subject.provider:
        found["hosting_provider"] = subject.provider
    return found


def written(found: dict[str, Any]) -> bytes:
    """The document as a file."""
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _uuid4(name: str) -> uuid.UUID:
    """A UUID that is always the same for the same name, marked as version 4 because the schema requires
    version 4."""
    return uuid.UUID(bytes=uuid.uuid5(NAMESPACE, name).bytes, version=4)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
