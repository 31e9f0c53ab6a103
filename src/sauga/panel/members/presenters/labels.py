"""How states are shown, and what the acts of adults are called."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from sauga.kernel.kit.lists import Mark
from sauga.panel.effects import hooks
from sauga.panel.members.models import AdultAct
from sauga.panel.members.rules.labels import ACTS
from sauga.panel.states import ExportState, FlagState, MemberState

STATES: Mapping[str, Mark] = {
    MemberState.NOMINATED: Mark("info", "", pgettext_lazy("panel member", "nominated")),
    MemberState.CONSENTING: Mark("wait", "", pgettext_lazy("panel member", "being asked")),
    MemberState.DECLINED: Mark("bad", "", pgettext_lazy("panel member", "declined by the guardian")),
    MemberState.INDUCTED: Mark("wait", "", pgettext_lazy("panel member", "to be welcomed")),
    MemberState.ACTIVE: Mark("good", "", pgettext_lazy("panel member", "takes part")),
    MemberState.PAUSED: Mark("wait", "", pgettext_lazy("panel member", "paused")),
    MemberState.ALUMNI: Mark("", "", pgettext_lazy("panel member", "grown up")),
    MemberState.LEFT: Mark("", "", pgettext_lazy("panel member", "has left")),
}
FLAG_STATES: Mapping[str, Mark] = {
    FlagState.OPEN: Mark("bad", "", pgettext_lazy("panel flag", "waits for a person")),
    FlagState.TAKEN: Mark("wait", "", pgettext_lazy("panel flag", "taken")),
    FlagState.ANSWERED: Mark("good", "", pgettext_lazy("panel flag", "answered")),
}
EXPORT_STATES: Mapping[str, Mark] = {
    ExportState.ASKED: Mark("wait", "", pgettext_lazy("panel records", "to be approved")),
    ExportState.APPROVED: Mark("good", "", pgettext_lazy("panel records", "approved")),
    ExportState.REFUSED: Mark("bad", "", pgettext_lazy("panel records", "refused")),
    ExportState.TAKEN: Mark("", "", pgettext_lazy("panel records", "taken")),
}


def act_label(act: AdultAct) -> Any:
    """What an act is called."""
    return ACTS.get(act.what) or hooks.adult_acts.get(act.what) or act.what
