"""Offline tables: which country and which network an address belongs to, each answer with its source and
date. Works without any table.

Formats: `start,end,country` and `start,end,asn,name` (ip-location-db), Tor's geoip and geoip6, our own CSV
with a header line, and MMDB. A table is read when it is first asked and again when its file changes.
"""

import csv
import ipaddress
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import maxminddb
from django.conf import settings

from sauga.kernel.outbound import link
from sauga.kernel.outbound.vantages import folder

_NOTE = re.compile(r"#\s*(source|date)\s*[:=]\s*(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """What one table says about an address. Never more than "likely": show `source` and `date` beside it."""

    country: str = ""
    asn: int | None = None
    name: str = ""
    source: str = ""
    date: "date | None" = None  # quoted: the default of the same name hides the class


class Table(Protocol):
    """One installed table."""

    def find(self, ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> NetworkFacts | None:
        """The facts of the range around the address, or None."""
        ...


@dataclass(slots=True)
class RangeTable:
    """Sorted, non-overlapping ranges with binary search. IPv4 and IPv6 apart; equal facts are stored once."""

    source: str
    date: date
    four: tuple["array[int]", "array[int]", "array[int]"] = field(
        default_factory=lambda: (array("Q"), array("Q"), array("L"))
    )
    six: tuple[list[int], list[int], "array[int]"] = field(default_factory=lambda: ([], [], array("L")))
    facts: list[NetworkFacts] = field(default_factory=list)

    def find(self, ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> NetworkFacts | None:
        """See `Table`."""
        starts, ends, rows = self.four if ip.version == 4 else self.six
        value = int(ip)
        i = bisect_right(starts, value) - 1
        if i < 0 or ends[i] < value:
            return None
        return self.facts[rows[i]]


class MmdbTable:
    """A MaxMind-format table; source and date come from the file itself."""

    def __init__(self, path: Path) -> None:
        self._reader = maxminddb.open_database(path, maxminddb.MODE_MEMORY)
        about = self._reader.metadata()
        self._known = NetworkFacts(
            source=about.database_type or path.stem,
            date=datetime.fromtimestamp(about.build_epoch, UTC).date(),
        )
        self._six = about.ip_version == 6

    def find(self, ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> NetworkFacts | None:
        """See `Table`. Understands ip-location-db's flat records and MaxMind's nested ones."""
        if ip.version == 6 and not self._six:
            return None
        record: Any = self._reader.get(ip)
        if not isinstance(record, dict):
            return None
        nested = record.get("country")
        country = (
            record.get("country_code")
            or (nested.get("iso_code", "") if isinstance(nested, dict) else nested)
            or ""
        )
        asn = record.get("autonomous_system_number")
        return replace(
            self._known,
            country=str(country)[:2].upper(),
            asn=asn if isinstance(asn, int) else None,
            name=str(record.get("autonomous_system_organization") or "")[:200],
        )


def look_up_all(address: str) -> list[NetworkFacts]:
    """What every installed table says, in the order of their names; tables may disagree, and a person must
    see that."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return []
    return [facts for table in _tables() if (facts := table.find(ip))]


def look_up(address: str) -> NetworkFacts | None:
    """The first answer, missing parts filled from later tables (`source` then names each).

    None without a table or entry.
    """
    merged: NetworkFacts | None = None
    for facts in look_up_all(address):
        if merged is None:
            merged = facts
            continue
        if facts.country and not merged.country:
            merged = replace(merged, country=facts.country, source=f"{merged.source}; {facts.source}")
        if facts.asn is not None and merged.asn is None:
            merged = replace(
                merged,
                asn=facts.asn,
                name=merged.name or facts.name,
                source=f"{merged.source}; {facts.source}",
            )
    return merged


def files() -> list[Path]:
    """The installed tables: the file that SAUGA_GEO names first, then
    `<SAUGA_DATA>/network/*.csv|*.mmdb|geoip*`."""
    world = link.current()
    if world:
        return [Path(name) for name in world.networks]
    named = [Path(settings.ENV.geo)] if settings.ENV.geo else []
    laid = sorted(
        path for pattern in ("*.csv", "*.mmdb", "geoip", "geoip6") for path in folder().glob(pattern)
    )
    return [path for path in named + laid if path.is_file()]


def _tables() -> list[Table]:
    return [_open(str(path), path.stat().st_mtime_ns) for path in files()]


@lru_cache(maxsize=16)
def _open(path: str, changed: int) -> Table:
    file = Path(path)
    return MmdbTable(file) if file.suffix == ".mmdb" else read_ranges(file)


def read_ranges(path: Path) -> RangeTable:
    """Read a table of ranges; unreadable lines are passed over.

    A comment `# source: …` or `# date: 2026-10-28` names its origin.
    """
    table = RangeTable(source=path.stem, date=datetime.fromtimestamp(path.stat().st_mtime, UTC).date())
    known: dict[tuple[str, int | None, str], int] = {}
    rows: list[tuple[int, int, int, int]] = []
    for version, start, end, country, asn, name in _rows(path, table):
        key = (country, asn, name)
        row = known.setdefault(key, len(known))
        rows.append((version, start, end, row))
    rows.sort()
    for version, start, end, row in rows:
        starts, ends, facts = table.four if version == 4 else table.six
        starts.append(start)
        ends.append(end)
        facts.append(row)
    table.facts = [NetworkFacts(country, asn, name, table.source, table.date) for country, asn, name in known]
    return table


def _rows(path: Path, table: RangeTable) -> Iterator[tuple[int, int, int, str, int | None, str]]:
    columns: list[str] = []
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for cells in csv.reader(_lines(file, table)):
            if cells and cells[0].strip().lower() in {"start", "network_start", "ip_range_start"}:
                columns = [cell.strip().lower() for cell in cells]
                continue
            try:
                yield _row(cells, columns)
            except (ValueError, IndexError):
                continue


def _lines(file: Any, table: RangeTable) -> Iterator[str]:
    for line in file:
        if not line.startswith("#"):
            yield line
            continue
        note = _NOTE.match(line)
        if note and note[1].lower() == "source":
            table.source = note[2].strip()[:100]
        elif note:
            table.date = date.fromisoformat(note[2].strip()[:10])


def _row(cells: list[str], columns: list[str]) -> tuple[int, int, int, str, int | None, str]:
    first, last = _address(cells[0]), _address(cells[1])
    if first.version != last.version or int(last) < int(first):
        raise ValueError("range")
    if columns:
        named = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        asn = named.get("asn", "").upper().removeprefix("AS")
        return (
            first.version,
            int(first),
            int(last),
            named.get("country", "").upper()[:2],
            int(asn) if asn else None,
            named.get("name", "")[:200],
        )
    if len(cells) >= 4:
        return first.version, int(first), int(last), "", int(cells[2]), cells[3].strip()[:200]
    country = cells[2].strip().upper()
    return first.version, int(first), int(last), "" if country in {"??", "ZZ"} else country[:2], None, ""


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An address, or a number as Tor's IPv4 file writes it."""
    text = text.strip()
    return ipaddress.IPv4Address(int(text)) if text.isdigit() else ipaddress.ip_address(text)
