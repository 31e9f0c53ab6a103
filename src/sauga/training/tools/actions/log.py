"""Writes the log of a tool: what was tried and how it ended, the newest 200 lines."""

from datetime import datetime, timedelta

from sauga.kernel.identity import require
from sauga.kernel.rate_limits import RecentCount
from sauga.kernel.states import Actor
from sauga.training.permissions import Permission
from sauga.training.tools.models import Tool, ToolEvent
from sauga.training.tools.rules.log import MOST, MOST_REFUSED_A_MINUTE, What

_refused = RecentCount(timedelta(minutes=1), most_each=MOST_REFUSED_A_MINUTE + 1)


def note(*, by: Actor, tool: Tool, what: What, at: datetime, refused: str = "", activity: str = "") -> None:
    """Add a line. Of refusals so many a minute: anyone who knows a client id could send more."""
    require(by, Permission.SERVE_TOOLS)
    if refused and _refused.before(tool.ref, at) >= MOST_REFUSED_A_MINUTE:
        return
    ToolEvent.objects.create(tool=tool, at=at, what=what, refused=refused, activity=activity)
    for old in ToolEvent.objects.filter(tool=tool).order_by("-id").values_list("pk", flat=True)[MOST:][:1]:
        ToolEvent.objects.filter(tool=tool, pk__lte=old).delete()
