"""Keeps the score of a proposal: the mean of the reviews that count."""

from collections.abc import Iterable
from datetime import datetime

from sauga.events.proposals.models import Proposal, Review
from sauga.events.proposals.queries.reviewers import conflicts
from sauga.events.proposals.rules.scores import mean
from sauga.events.proposals.rules.visibility import counts_review


def recount(rows: Iterable[Proposal], at: datetime) -> None:
    """Write the scores of proposals anew; the caller holds a lock on each, or on their call."""
    for row in rows:
        weights = dict(row.call.criteria.values_list("ref", "weight"))
        given = list(Review.objects.filter(proposal=row, given_at__isnull=False))
        held = conflicts([row], [one.person_id for one in given], at)
        counted = [
            one.scores for one in given if counts_review(held.get((row.pk, one.person_id), frozenset()))
        ]
        row.score, row.reviewed = mean(counted, weights), len(counted)
        row.save(update_fields=["score", "reviewed"])
