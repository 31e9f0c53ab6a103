"""A record of the exchange format `sauga-resources-seed/1` as fields of a resource, and durations as
standards write them.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?")


def fields_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a resource in a record; links to other records are left to the caller, who knows them."""
    about = record.get("about_ages") or [None, None]
    funder = record.get("funder") or {}
    teaches = record.get("teaches") or {}
    slug = record.get("slug") or {}
    return {
        "slug_lt": slug.get("lt") or slug.get("en"),
        "slug_en": slug.get("en") or slug.get("lt"),
        "type": record["type"],
        "title": record["title"],
        "abstract": record.get("abstract") or {},
        "keywords": record.get("keywords") or {},
        "topics": record.get("topics") or [],
        "audiences": record.get("audiences") or [],
        "vulnerable_groups": record.get("vulnerable_groups") or [],
        "age_min": record.get("age_min"),
        "age_max": record.get("age_max"),
        "about_age_min": about[0],
        "about_age_max": about[1],
        "stages": record.get("education_stages") or [],
        "languages": record.get("languages") or [],
        "reading_level": record.get("reading_level") or "adult",
        "licence": record["licence"],
        "licence_note": record.get("licence_note") or {},
        "attribution": record.get("attribution") or "",
        "creators": record.get("creators") or [],
        "publisher": record.get("publisher") or {},
        "funder": funder.get("name") or {},
        "grant": funder.get("grant") or "",
        "review_by": date.fromisoformat(record["review_by"]) if record.get("review_by") else None,
        "version": record.get("version") or "1.0",
        "sensitivity": record.get("sensitivity") or "normal",
        "help_services": record.get("help_services") or [],
        "teaches_digcomp": teaches.get("digcomp") or [],
        "teaches_curriculum": teaches.get("curriculum_digital") or [],
        "learning_minutes": minutes(record.get("learning_time")),
        "accessibility": record.get("accessibility") or {},
        "channels": record.get("deployment_channels") or [],
        "gate_overrides": record.get("gate_overrides") or [],
        "is_synthetic": bool(record.get("synthetic")),
    }


def minutes(text: str | None) -> int | None:
    """An ISO 8601 duration in minutes: PT1H30M → 90. None for an empty or invalid one.

    >>> minutes("PT1H30M")
    90
    """
    found = DURATION.fullmatch(text or "")
    if not found or not any(found.groups()):
        return None
    days, hours, rest = (int(part or 0) for part in found.groups())
    return days * 1440 + hours * 60 + rest


def iso_duration(count: int | None) -> str:
    """Minutes as an ISO 8601 duration: 90 → PT1H30M; empty for none."""
    if not count:
        return ""
    hours, rest = divmod(count, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest else "")
