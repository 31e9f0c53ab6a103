"""The states of a proposed role."""

from django.db import models
from django.utils.translation import pgettext_lazy

from sauga.kernel.states import StateTable


class ProposalState(models.TextChoices):
    """What became of a role that needs two people."""

    OPEN = "OPEN", pgettext_lazy("proposal", "waits for a second person")
    CONFIRMED = "CONFIRMED", pgettext_lazy("proposal", "confirmed")
    REFUSED = "REFUSED", pgettext_lazy("proposal", "refused")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("proposal", "withdrawn")
    EXPIRED = "EXPIRED", pgettext_lazy("proposal", "expired")


PROPOSAL = StateTable(
    ProposalState.OPEN,
    {
        ProposalState.OPEN: {
            ProposalState.CONFIRMED,
            ProposalState.REFUSED,
            ProposalState.WITHDRAWN,
            ProposalState.EXPIRED,
        },
        ProposalState.CONFIRMED: set(),
        ProposalState.REFUSED: set(),
        ProposalState.WITHDRAWN: set(),
        ProposalState.EXPIRED: set(),
    },
)
