"""How the states of a request are called."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from sauga.kernel.kit.lists import Mark
from sauga.kernel.members.states import RepresentationState as S

STATES: Mapping[str, Mark] = {
    S.ASKED: Mark("wait", "", _("waiting for confirmation")),
    S.CONFIRMED: Mark("good", "", _("confirmed")),
    S.REFUSED: Mark("bad", "", _("not confirmed")),
    S.WITHDRAWN: Mark("calm", "", _("withdrawn")),
    S.ENDED: Mark("calm", "", _("ended")),
}


def state_text(state: str) -> str:
    """The state in words."""
    return str(STATES[S(state)].text)
