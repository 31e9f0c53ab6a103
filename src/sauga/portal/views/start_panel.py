"""The start page of the editors' tool: what waits for this editor, as on the first page of the desk."""

from typing import Any, override

from wagtail.admin.ui.components import Component

from sauga.kernel import clock
from sauga.kernel.identity import actor, home
from sauga.portal.permissions import Permission
from sauga.portal.presenters import outside_links
from sauga.portal.queries import links

SERVICES = ("portal.", "repository.")
"""Whose numbers concern those who write: the site's pages and the resources."""
SHOWN = 5
"""How many broken links are named on the start page; the list has the rest."""


class StartPanel(Component):
    """What waits, each with the page where it is done; above Wagtail's own panels."""

    name = "sauga-waiting"
    template_name = "portal/cms/start_panel.html"
    order = 10

    @override
    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        by, at = actor(parent_context["request"]), clock.now()
        broken = links.broken_links()[:SHOWN] if by.can(Permission.SEE_GATE) else ()
        return {
            "waiting": home.counters_for(by, at, of=SERVICES),
            "broken": [outside_links.broken(row) for row in broken],
        }
