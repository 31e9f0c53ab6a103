"""Which legal acts can be the basis of a verdict: a term of `lt.legal_act` may name the verdicts and the categories it belongs to."""

from collections.abc import Mapping
from typing import Any


def fits(extra: Mapping[str, Any], verdict: str, category: str) -> bool:
    """Whether the act fits. An act that names no verdicts fits all of them, and likewise for categories.

    >>> fits({"verdicts": ["PROHIBITED"], "categories": ["HATE"]}, "PROHIBITED", "HATE")
    True
    >>> fits({"verdicts": ["BASELINE"]}, "PROHIBITED", "HATE")
    False
    """
    verdicts, categories = extra.get("verdicts") or (), extra.get("categories") or ()
    # Imagery of abuse is judged by its verdict, whatever a reporter called it.
    is_named = not categories or category in categories or (verdict in {"BASELINE", "NATIONAL"} and "CSAM" in categories)
    return (not verdicts or verdict in verdicts) and is_named
