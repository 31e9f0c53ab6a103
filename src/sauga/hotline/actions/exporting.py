"""Taking figures out of the house leaves a line in the trail."""

from datetime import datetime

from sauga.hotline.rules.permissions import Permission
from sauga.hotline.trail import Trail
from sauga.kernel import audit, sealed
from sauga.kernel.identity import require
from sauga.kernel.states import Actor


def export_figures(*, by: Actor, figure: str, period: str, at: datetime) -> None:
    """Note who takes which figure of which period. Raises PermissionRefused."""
    require(by, Permission.EXPORT_FIGURES)
    audit.record(by, Trail.EXPORTED, figure, zone=sealed.Zone.HOTLINE, at=at, facts={"figure": figure, "period": period})
