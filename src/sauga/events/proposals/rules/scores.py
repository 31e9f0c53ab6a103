"""Scores of reviews: from 1 to 5 for each criterion, weighted."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

LOWEST, HIGHEST = 1, 5
MOST_WEIGHT = 10
HUNDREDTH = Decimal("0.01")


def is_complete(scores: Mapping[str, object], criteria: Iterable[str]) -> bool:
    """Whether there is one whole number of the scale for each criterion, and for nothing else."""
    return set(scores) == set(criteria) and all(
        type(score) is int and LOWEST <= score <= HIGHEST for score in scores.values()
    )


def weighted(scores: Mapping[str, int], weights: Mapping[str, int]) -> Decimal | None:
    """The weighted mean of one review, of those criteria that still exist; None where there is none."""
    known = {ref: score for ref, score in scores.items() if ref in weights}
    total = sum(weights[ref] for ref in known)
    return Decimal(sum(score * weights[ref] for ref, score in known.items())) / total if total else None


def mean(reviews: Iterable[Mapping[str, int]], weights: Mapping[str, int]) -> Decimal | None:
    """The mean of the weighted means, to a hundredth; None without a review."""
    found = [value for scores in reviews if (value := weighted(scores, weights)) is not None]
    return (sum(found, Decimal()) / len(found)).quantize(HUNDREDTH, ROUND_HALF_UP) if found else None
