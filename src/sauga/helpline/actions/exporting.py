"""Taking figures out of the house leaves a line in the trail."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sauga.helpline.rules.permissions import Permission
from sauga.helpline.trail import Trail
from sauga.kernel import audit, sealed
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor


class PeriodStillOpen(ActionRefused):
    """Attempts or records of the period are not finished; `left` says how many. An export would not reconcile."""

    message = _("%(n)s contacts of this period are not finished. Write them up first, then the tables will be whole.")

    def __init__(self, left: int) -> None:
        super().__init__(n=left)
        self.left = left


def export_figures(*, by: Actor, what: str, period: str, rows: int, left: int, at: datetime) -> None:
    """Note who takes which network's tables of which period. Raises PermissionRefused; PeriodStillOpen while `left` contacts are open."""
    require(by, Permission.EXPORT_FIGURES)
    if left:
        raise PeriodStillOpen(left)
    audit.record(by, Trail.EXPORTED, what, zone=sealed.Zone.HELPLINE, at=at, facts={"what": what, "period": period, "rows": rows})
