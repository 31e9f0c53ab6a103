"""Cost of key derivation: Argon2id passes and memory, for passwords and for receipts. Only the test suite may
ask for less."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Cost:
    """The parameters of one Argon2id run: passes over the memory, and the memory in bytes."""

    operations: int
    memory: int


PASSWORD = Cost(operations=3, memory=64 * 1024 * 1024)
"""The second recommended choice of RFC 9106 §4 (with one lane, libsodium has no more); about 0.1 s."""
RECEIPT = Cost(operations=2, memory=19 * 1024 * 1024)
"""About 17 ms.

OWASP's password storage cheat sheet names the same; a receipt's secret has 88 random bits besides.
"""
CHEAPEST = Cost(operations=1, memory=8 * 1024)
"""The least that libsodium computes: it protects nothing and is for tests only."""


def password_cost() -> Cost:
    """What a password's key costs here: `PASSWORD`, unless the test suite's settings ask for the cheapest."""
    return CHEAPEST if _is_cheap() else PASSWORD


def receipt_cost() -> Cost:
    """What a receipt's key costs here: `RECEIPT`, unless the test suite's settings ask for the cheapest."""
    return CHEAPEST if _is_cheap() else RECEIPT


def _is_cheap() -> bool:
    """Only `sauga.project.settings.test` sets it; no environment variable does.

    Without any settings the production cost applies.
    """
    return settings.configured and bool(getattr(settings, "CHEAP_KEY_DERIVATION", False))
