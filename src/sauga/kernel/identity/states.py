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


S = ProposalState
PROPOSAL = StateTable(
    S.OPEN,
    {
        S.OPEN: {S.CONFIRMED, S.REFUSED, S.WITHDRAWN, S.EXPIRED},
        S.CONFIRMED: set(),
        S.REFUSED: set(),
        S.WITHDRAWN: set(),
        S.EXPIRED: set(),
    },
)
