"""What is in a signed ZIP: addresses, metadata and classification of items.

No imagery, and nothing about who reported them.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import F

from sauga.hotline.assessment.models import Assessment
from sauga.hotline.content.models import ContentItem
from sauga.hotline.content.queries import Address, open_addresses
from sauga.hotline.handovers.models import HandoverExport
from sauga.hotline.monitoring.models import Check
from sauga.hotline.tracing.models import Trace, TraceAnswer
from sauga.kernel import sealed, vocab
from sauga.kernel.figures import csv_text

FORMAT = "sauga-handover/1"
ITEMS, ADDRESSES, GUIDE = "items.json", "addresses.csv", "READ-ME.txt"
GUIDE_TEXT = """This archive was made by a Sauga hotline. It holds addresses and descriptions of content,
never the content itself.

manifest.json    who made it, for whom, when, and the SHA-256 of every other file
manifest.sig     Ed25519 signature over the bytes of manifest.json
public-key.pem   the key that signed; compare it with the key that the hotline gave you before
items.json       every item: address, where one gets there from, hosting, checks, classification
addresses.csv    the same addresses as a table
SHA256SUMS       the sums of items.json, addresses.csv and this text

To check with OpenSSL 3:
  openssl pkeyutl -verify -pubin -inkey KNOWN-KEY.pem -rawin -in manifest.json -sigfile manifest.sig
  sha256sum --check SHA256SUMS
To check with Sauga:
  sauga check handover FILE.zip --key PUBLIC-KEY-IN-HEXADECIMAL
"""


def manifest(export: HandoverExport, items: Sequence[ContentItem], at: datetime) -> dict[str, Any]:
    """The top of the manifest; the archive adds the sums of the files."""
    return {
        "format": FORMAT,
        "file": export.ref,
        "recipient": export.recipient,
        "created": _instant(at),
        "items": [item.ref for item in items],
        "two_people": export.needs_second,
    }


def contents(items: Sequence[ContentItem], opener: sealed.Opener) -> dict[str, bytes]:
    """The files of the archive. Raises sealed.KeyNotAvailable when an address can no longer be opened."""
    addresses = open_addresses(items, opener)
    if any(item.ref not in addresses for item in items):
        raise sealed.KeyNotAvailable("an address of the file")
    described = describe(items, addresses)
    head = ["item", "address", "referrer", "verdict", "legal_act", "country", "host_network", "presence"]
    rows = [
        [
            one["item"],
            one["address"],
            one["referrer"],
            one["classification"]["verdict"],
            one["classification"]["legal_act"],
            one["hosting"]["country"],
            one["hosting"]["network"],
            one["presence"],
        ]
        for one in described
    ]
    return {
        ITEMS: json.dumps(described, ensure_ascii=False, indent=2).encode(),
        ADDRESSES: csv_text(head, rows).encode(),
        GUIDE: GUIDE_TEXT.encode(),
    }


def describe(items: Sequence[ContentItem], addresses: dict[str, Address]) -> list[dict[str, Any]]:
    """Every item as it is now, in a fixed number of queries."""
    verdicts = {row.item_id: row for row in _standing(items).distinct("item").order_by("item", "-pk")}
    judges: dict[int, set[int]] = {}
    for item, person in _standing(items).values_list("item", "by"):
        judges.setdefault(item, set()).add(person)
    checks = {
        row.item_id: row
        for row in Check.objects.filter(item__in=items).order_by("item", "-at", "-pk").distinct("item")
    }
    traces = _traces(items)
    return [
        {
            "item": item.ref,
            "occurrence": item.occurrence,
            "kind": item.kind,
            "address": addresses[item.ref].url,
            "referrer": addresses[item.ref].referrer,
            "access": item.access_note,
            "category": item.category,
            "reported_hour": _instant(item.received_hour),
            "reports": item.report_count,
            "presence": item.presence,
            "last_check": _check(checks.get(item.pk)),
            "hosting": {
                "class": item.hosting_class,
                "country": item.country,
                "confidence": item.country_confidence,
                "network": item.network,
                "provider": item.provider.name if item.provider else "",
                "sources": traces.get(item.pk, []),
            },
            "classification": _classification(item, verdicts.get(item.pk), len(judges.get(item.pk, ()))),
        }
        for item in items
    ]


def _standing(items: Sequence[ContentItem]) -> Any:
    """Assessments that say what the item's verdict says; a withdrawn or outvoted one is not handed over."""
    return Assessment.objects.filter(item__in=items, verdict=F("item__verdict")).order_by("pk")


def _classification(item: ContentItem, said: Assessment | None, assessors: int) -> dict[str, Any]:
    codes = ("age", "sex", "site_type", "commerciality", "virtual", "user_generated", "xarf_class")
    return {
        "verdict": item.verdict,
        "verdict_en": vocab.label("item.verdict", item.verdict),
        "legal_act": item.legal_act,
        "assessors": assessors,
        "assessed": _instant(said.at) if said else "",
        **{code: getattr(said, code) if said else "" for code in codes},
    }


def _check(check: Check | None) -> dict[str, str]:
    return {"at": _instant(check.at), "found": check.verdict} if check else {}


def _traces(items: Sequence[ContentItem]) -> dict[int, list[dict[str, Any]]]:
    """What the sources of the latest trace said; network addresses stay sealed."""
    latest = Trace.objects.filter(item__in=items, failed="").order_by("item", "-at", "-pk").distinct("item")
    found: dict[int, list[dict[str, Any]]] = {}
    for row in TraceAnswer.objects.filter(trace__in=list(latest)).select_related("trace").order_by("pk"):
        said = {
            "source": row.source,
            "network": row.network,
            "asn": row.asn,
            "country": row.country,
            "confidence": row.confidence,
        }
        found.setdefault(row.trace.item_id, []).append(said)
    return found


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
