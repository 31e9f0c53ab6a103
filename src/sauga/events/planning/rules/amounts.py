"""Amounts in euros as people type them, in cents."""

import re

TYPED = re.compile(r"(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,9})(?:[.,](\d{1,2}))?(?:\s*€)?")


def cents_of(typed: str) -> int | None:
    """The cents of an amount such as 1 234,50 or 1234.5; None for anything else. A point or comma always
    begins the cents, never thousands: 1,234 is none."""
    found = TYPED.fullmatch(typed.strip())
    if found is None:
        return None
    return int(re.sub(r"\D", "", found[1])) * 100 + int((found[2] or "0").ljust(2, "0"))


def typed_of(cents: int | None) -> str:
    """Cents as a form shows them: 1234.50; empty for none."""
    return "" if cents is None else f"{cents // 100}.{cents % 100:02}"
