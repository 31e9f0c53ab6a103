"""How the states of a request are called."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from sauga.kernel.kit.lists import Mark
from sauga.kernel.members.states import RepresentationState

STATES: Mapping[str, Mark] = {
    RepresentationState.ASKED: Mark("wait", "", _("waiting for confirmation")),
    RepresentationState.CONFIRMED: Mark("good", "", _("confirmed")),
    RepresentationState.REFUSED: Mark("bad", "", _("not confirmed")),
    RepresentationState.WITHDRAWN: Mark("calm", "", _("withdrawn")),
    RepresentationState.ENDED: Mark("calm", "", _("ended")),
}


def state_text(state: str) -> str:
    """The state in words."""
    return str(STATES[RepresentationState(state)].text)
