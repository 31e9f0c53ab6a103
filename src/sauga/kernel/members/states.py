"""The states of a representation: whether a member acts for an organisation."""

from django.db import models

from sauga.kernel.states import StateTable


class RepresentationState(models.TextChoices):
    """From the request to its end."""

    ASKED = "ASKED"
    CONFIRMED = "CONFIRMED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    ENDED = "ENDED"


S = RepresentationState
REPRESENTATION = StateTable(
    S.ASKED,
    {
        S.ASKED: {S.CONFIRMED, S.REFUSED, S.WITHDRAWN},
        S.CONFIRMED: {S.ENDED},
        S.REFUSED: set(),
        S.WITHDRAWN: set(),
        S.ENDED: set(),
    },
)
