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


REPRESENTATION = StateTable(
    RepresentationState.ASKED,
    {
        RepresentationState.ASKED: {
            RepresentationState.CONFIRMED,
            RepresentationState.REFUSED,
            RepresentationState.WITHDRAWN,
        },
        RepresentationState.CONFIRMED: {RepresentationState.ENDED},
        RepresentationState.REFUSED: set(),
        RepresentationState.WITHDRAWN: set(),
        RepresentationState.ENDED: set(),
    },
)
