"""How states are shown, and what the acts of adults are called."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from sauga.kernel.kit.lists import Mark
from sauga.panel.effects import hooks
from sauga.panel.members.models import AdultAct
from sauga.panel.members.rules.labels import ACTS
from sauga.panel.states import ExportState as X
from sauga.panel.states import FlagState as F
from sauga.panel.states import MemberState as M

STATES: Mapping[str, Mark] = {
    M.NOMINATED: Mark("info", "", pgettext_lazy("panel member", "nominated")),
    M.CONSENTING: Mark("wait", "", pgettext_lazy("panel member", "being asked")),
    M.DECLINED: Mark("bad", "", pgettext_lazy("panel member", "declined by the guardian")),
    M.INDUCTED: Mark("wait", "", pgettext_lazy("panel member", "to be welcomed")),
    M.ACTIVE: Mark("good", "", pgettext_lazy("panel member", "takes part")),
    M.PAUSED: Mark("wait", "", pgettext_lazy("panel member", "paused")),
    M.ALUMNI: Mark("", "", pgettext_lazy("panel member", "grown up")),
    M.LEFT: Mark("", "", pgettext_lazy("panel member", "has left")),
}
FLAG_STATES: Mapping[str, Mark] = {
    F.OPEN: Mark("bad", "", pgettext_lazy("panel flag", "waits for a person")),
    F.TAKEN: Mark("wait", "", pgettext_lazy("panel flag", "taken")),
    F.ANSWERED: Mark("good", "", pgettext_lazy("panel flag", "answered")),
}
EXPORT_STATES: Mapping[str, Mark] = {
    X.ASKED: Mark("wait", "", pgettext_lazy("panel records", "to be approved")),
    X.APPROVED: Mark("good", "", pgettext_lazy("panel records", "approved")),
    X.REFUSED: Mark("bad", "", pgettext_lazy("panel records", "refused")),
    X.TAKEN: Mark("", "", pgettext_lazy("panel records", "taken")),
}


def act_label(act: AdultAct) -> Any:
    """What an act is called."""
    return ACTS.get(act.what) or hooks.adult_acts.get(act.what) or act.what
