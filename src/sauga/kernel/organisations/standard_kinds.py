"""Kinds of organisation from data: what the file names and the database lacks becomes rows once."""

import json
from importlib.resources import files
from typing import Any

from sauga.kernel.organisations.models import OrganisationKind


def install_kinds() -> int:
    """Create the kinds that are missing; returns how many. Safe to repeat; labels that staff changed stay."""
    text = files(__package__).joinpath("data/organisation_kinds.json").read_text(encoding="utf-8")
    data: list[dict[str, Any]] = json.loads(text)
    known = set(OrganisationKind.objects.values_list("code", flat=True))
    missing = [
        OrganisationKind(code=one["code"], labels=one["labels"], is_privileged=one.get("privileged", False))
        for one in data
        if one["code"] not in known
    ]
    OrganisationKind.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)
