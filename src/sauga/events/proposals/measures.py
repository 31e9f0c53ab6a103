"""The figures of calls for papers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.programme.rules.local_times import day_start
from sauga.events.proposals.queries import calls
from sauga.events.states import ProposalState
from sauga.kernel.figures import Measure, counted_by, rated

STATES: dict[str, Any] = {
    ProposalState.SUBMITTED: pgettext_lazy("proposal", "submitted"),
    ProposalState.ON_HOLD: pgettext_lazy("proposal", "on hold"),
    ProposalState.ACCEPTED: pgettext_lazy("proposal", "accepted"),
    ProposalState.REJECTED: pgettext_lazy("proposal", "not accepted"),
    ProposalState.CONFIRMED: pgettext_lazy("proposal", "confirmed"),
    ProposalState.DECLINED: pgettext_lazy("proposal", "declined"),
    ProposalState.WITHDRAWN: pgettext_lazy("proposal", "withdrawn"),
}


def _sent(period: Any) -> dict[str, int]:
    return calls.sent_between(day_start(period.start), day_start(period.end))


def _rate(period: Any) -> tuple[float | None, int]:
    return calls.accepted_between(day_start(period.start), day_start(period.end))


MEASURES = (
    Measure(
        "events.proposals",
        _("Proposals for sessions"),
        _("Proposals that were sent in the period, by where they stand now. Drafts are not counted."),
        "PROPOSAL",
        "events",
        counted_by("proposal_state", counts=_sent),
        breakdown=("proposal_state",),
        counted="Proposals with `submitted_at` in the period, by state",
        reads=("events.Proposal",),
    ),
    Measure(
        "events.acceptance_rate",
        _("Share of proposals accepted"),
        _(
            "Of the proposals accepted or rejected in the period: how many were accepted, whether or not the "
            "speaker came. Those on hold are not counted."
        ),
        "SHARE",
        "events",
        rated(_rate),
        additive=False,
        counted=(
            "Proposals with `decided_at` in the period: ACCEPTED, CONFIRMED, DECLINED, of these and REJECTED"
        ),
        reads=("events.Proposal",),
    ),
)
