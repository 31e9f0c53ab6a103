"""Loads the shipped prepared blocks, as the starter texts are loaded: again brings what is new and improved,
and leaves alone what an editor has changed.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from sauga.portal.models.prepared import LANGUAGES, PreparedBlock
from sauga.portal.rules.starter_format import Malformed


@dataclass(frozen=True)
class ShippedBlock:
    """A prepared block as it is shipped. `needs_expert`: an expert reads it before pages show it."""

    code: str
    values: Mapping[str, Any]
    needs_expert: bool
    digest: str


def shipped_blocks() -> list[ShippedBlock]:
    """Every shipped block, by code. Raises Malformed."""
    place = files("sauga.portal").joinpath("data/starter/prepared")
    names = sorted(one.name for one in place.iterdir() if one.name.endswith(".toml"))
    return [read_block(name, place.joinpath(name).read_text(encoding="utf-8")) for name in names]


def read_block(name: str, text: str) -> ShippedBlock:
    """The block of a file. Raises Malformed."""
    try:
        facts = tomllib.loads(text)
        values = {"reader": facts["reader"], "services": facts["services"], "platform": facts["platform"]}
        for language in LANGUAGES:
            said = facts[language]
            values[f"title_{language}"] = said["title"]
            values[f"steps_{language}"] = [_step(one) for one in said["steps"]]
    except (KeyError, TypeError, ValueError) as fault:
        raise Malformed(f"{name}: {fault}") from fault
    digest = sha256(text.encode()).hexdigest()
    return ShippedBlock(name.removesuffix(".toml"), values, bool(facts.get("draft")), digest)


def _step(one: Mapping[str, str]) -> dict[str, Any]:
    text = f"<p>{escape(one['text'], quote=False)}</p>"
    return {"type": "step", "value": {"title": one["title"], "text": text}}


def load_prepared_blocks(*, publish_all: bool) -> tuple[dict[str, int], int]:
    """Load them. Returns the numbers of those that pages may show, by code, and how many were made or
    improved.

    Those that an expert has to read first are not confirmed, unless `publish_all`.
    """
    changed = 0
    for shipped in shipped_blocks():
        row = PreparedBlock.objects.filter(code=shipped.code).first()
        if row is not None and (row.loaded == shipped.digest or digest_of(row) != row.written):
            continue
        row = row or PreparedBlock(code=shipped.code, confirmed=publish_all or not shipped.needs_expert)
        for name, value in shipped.values.items():
            setattr(row, name, value)
        row.save()
        row.refresh_from_db()
        row.loaded, row.written = shipped.digest, digest_of(row)
        row.save(update_fields=["loaded", "written"])
        changed += 1
    return dict(PreparedBlock.objects.filter(confirmed=True).values_list("code", "pk")), changed


def digest_of(row: PreparedBlock) -> str:
    """The digest of what an editor can change, by which a changed block is recognised."""
    own = [getattr(row, name) for name in ("reader", "services", "platform", "title_lt", "title_en")]
    return sha256(json.dumps([*own, row.words("lt"), row.words("en")]).encode()).hexdigest()
