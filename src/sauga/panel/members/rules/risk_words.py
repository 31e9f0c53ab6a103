"""Words of risk in what a member wrote, found in spite of missing marks and typing errors. The words are data
(`data/panel_vocabularies.json`) in every language at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from sauga.kernel.i18n.phrases import Phrasebook, read

POLICY = "policy.panel_risk_words"


def phrasebook(policy: Mapping[str, Any]) -> Phrasebook:
    """The phrases of every concept of the policy."""
    concepts: dict[str, Sequence[str]] = policy["concepts"]
    return Phrasebook([{"words": {}, "concepts": concepts}])


def concepts_in(book: Phrasebook, text: str) -> list[str]:
    """The concepts that a text mentions, each once, in order of their names."""
    return sorted({hit.concept for hit in book.find(book.apart(read(text)), also_denied=True)})
