"""Viewing sites as pages show them: the words for their states and views."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.kit.lists import Mark
from sauga.training.states import SiteState
from sauga.training.viewing.queries import sites

STATES: dict[str, Mark] = {
    SiteState.INVITED: Mark("calm", "ring", pgettext_lazy("viewing site", "invited")),
    SiteState.ENROLLED: Mark("wait", "", pgettext_lazy("viewing site", "not tested")),
    SiteState.TECH_TESTED: Mark("calm", "", pgettext_lazy("viewing site", "tested")),
    SiteState.READY: Mark("info", "", pgettext_lazy("viewing site", "ready")),
    SiteState.LIVE: Mark("good", "", pgettext_lazy("viewing site", "showing")),
    SiteState.OVERDUE: Mark("bad", "", pgettext_lazy("viewing site", "count overdue")),
    SiteState.COUNTED: Mark("good", "", pgettext_lazy("viewing site", "counted")),
    SiteState.NO_SHOW: Mark("calm", "", pgettext_lazy("viewing site", "did not show it")),
    SiteState.CLOSED: Mark("calm", "", pgettext_lazy("viewing site", "closed")),
}
VIEW_LABELS: dict[str, Any] = {
    sites.ALL: pgettext_lazy("viewing sites", "All"),
    sites.LIVE: pgettext_lazy("viewing sites", "Showing"),
    sites.LOST: pgettext_lazy("viewing sites", "Picture lost"),
    sites.READY: pgettext_lazy("viewing sites", "Ready"),
    sites.TESTED: pgettext_lazy("viewing sites", "Tested"),
    sites.UNTESTED: pgettext_lazy("viewing sites", "Not tested"),
    sites.UNCOUNTED: pgettext_lazy("viewing sites", "Without a count"),
    sites.COUNTED: pgettext_lazy("viewing sites", "Counted"),
    sites.ABSENT: pgettext_lazy("viewing sites", "Did not show it"),
    sites.INVITED: pgettext_lazy("viewing sites", "Invited"),
}
SAYS: dict[str, Any] = {
    sites.LIVE: pgettext_lazy("viewing site", "showing"),
    sites.LOST: pgettext_lazy("viewing site", "picture lost"),
    sites.READY: _("ready, not showing yet"),
    sites.TESTED: _("tested, not ready yet"),
    sites.UNTESTED: pgettext_lazy("viewing site", "not tested"),
    sites.UNCOUNTED: _("waiting for the count"),
    sites.COUNTED: pgettext_lazy("viewing site", "counted"),
    sites.ABSENT: pgettext_lazy("viewing site", "did not show it"),
    sites.INVITED: _("invited, no answer yet"),
}
DONE = (sites.LIVE, sites.COUNTED, sites.UNCOUNTED)
NEEDED = 6
"""So many sites that need attention are shown with a telephone."""
