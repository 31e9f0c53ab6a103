"""Contacts in RDAP answers: jCards (RFC 7095) as registries actually write them, and JSContact cards (RFC
9553)."""

import re
from collections.abc import Iterator
from typing import Any

_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}",
    re.IGNORECASE,
)
_DEEPEST = 8


def emails(text: Any) -> list[str]:
    """Every plausible mail address inside a value: a string, `mailto:` links, or a list of such.

    Lower-case domain, no doubles.
    """
    found: dict[str, None] = {}
    if isinstance(text, str):
        for address in _EMAIL.findall(text[:4000].removeprefix("mailto:")):
            local, _, domain = address.rpartition("@")
            found[f"{local}@{domain.lower()}"] = None
    elif isinstance(text, list | tuple):
        for part in text[:50]:
            found |= dict.fromkeys(emails(part))
    return list(found)


def card_emails(entity: dict[str, Any]) -> list[str]:
    """Mail addresses of one RDAP entity, whichever card it carries and however it is bent."""
    found: dict[str, None] = {}
    for prop in _properties(entity):
        if str(prop[0]).lower() == "email":
            found |= dict.fromkeys(emails(prop[3:]))
    card = entity.get("jscard") or entity.get("jscontact_card")
    if isinstance(card, dict) and isinstance(card.get("emails"), dict):
        for entry in card["emails"].values():
            found |= dict.fromkeys(emails(entry.get("address") if isinstance(entry, dict) else entry))
    return list(found)


def card_name(entity: dict[str, Any]) -> str:
    """The name on the card (`fn`, else `org`), or the entity's handle."""
    named = {str(prop[0]).lower(): prop[3] for prop in _properties(entity) if isinstance(prop[3], str)}
    handle = entity.get("handle")
    return (named.get("fn") or named.get("org") or (handle if isinstance(handle, str) else "")).strip()[:200]


def card_country(entity: dict[str, Any]) -> str:
    """The two-letter country of the postal address: RFC 8605's `cc`, else empty."""
    for prop in _properties(entity):
        if str(prop[0]).lower() == "adr" and isinstance(prop[1], dict):
            code = prop[1].get("cc") or prop[1].get("CC")
            if isinstance(code, str) and re.fullmatch(r"[A-Za-z]{2}", code):
                return code.upper()
    return ""


def walk(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], frozenset[str]]]:
    """Every entity in a document with its roles, the nested ones after their parents."""
    layer, depth = [document], 0
    while layer and depth < _DEEPEST:
        below: list[dict[str, Any]] = []
        for holder in layer:
            inside = holder.get("entities")
            for entity in inside[:200] if isinstance(inside, list) else []:
                if isinstance(entity, dict):
                    yield entity, _roles(entity)
                    below.append(entity)
        layer, depth = below[:500], depth + 1


def _roles(entity: dict[str, Any]) -> frozenset[str]:
    roles = entity.get("roles", [])
    if isinstance(roles, str):
        roles = [roles]
    return frozenset(str(role).lower() for role in roles) if isinstance(roles, list) else frozenset()


def _properties(entity: dict[str, Any]) -> list[list[Any]]:
    """The jCard's properties that have the four parts they need; everything else is passed over."""
    card = entity.get("vcardArray") or entity.get("vCardArray") or []
    rows = card[1] if isinstance(card, list) and len(card) > 1 and isinstance(card[1], list) else card
    return [row for row in rows if isinstance(row, list) and len(row) >= 4] if isinstance(rows, list) else []
