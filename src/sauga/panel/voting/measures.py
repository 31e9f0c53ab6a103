"""Figures of ballots: how many were counted, and how many of those who could vote did. Both rest on what was
published at the count; nothing is counted again."""

from django.utils.translation import gettext_lazy as _

from sauga.kernel.figures import Evidence, Measure, Period, counted, rated
from sauga.panel.voting.queries import ballots as queries


def held(period: Period) -> int:
    """Ballots counted in the period."""
    return queries.turnout_between(*period.bounds)[0]


def turnout(period: Period) -> tuple[float | None, int]:
    """The share of those who could vote in the ballots of the period."""
    _n, voted, could = queries.turnout_between(*period.bounds)
    return (voted / could if could else None), could


MEASURES = (
    Measure(
        "panel.ballots",
        _("Ballots of the youth panel"),
        _("Ballots of the youth panel that were counted in the period. Cancelled ones are not."),
        "BALLOT",
        "panel",
        counted(held),
        evidence=Evidence.COUNTED,
        counted="Ballots with `ended_at` in the period and state CLOSED",
        reads=("panel.Ballot",),
    ),
    Measure(
        "panel.turnout",
        _("Turnout in ballots of the youth panel"),
        _("Of the members who could vote in the ballots counted in the period: the share who did."),
        "SHARE",
        "panel",
        rated(turnout),
        additive=False,
        evidence=Evidence.COUNTED,
        counted="Votes / members who could vote, of ballots with `ended_at` in the period and state CLOSED",
        reads=("panel.Ballot",),
    ),
)
