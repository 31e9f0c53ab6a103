"""The page of a zone's trail for its auditor, the same for every service: acts without content, newest first."""

from typing import Any

from django.http import HttpRequest

from sauga.kernel import audit
from sauga.kernel.identity import names_of
from sauga.kernel.ui.numbers import whole
from sauga.kernel.ui.parts import Pager

PAGE = 100


def trail_page(request: HttpRequest, zone: str) -> dict[str, Any]:
    """What `ui/desk/_trail.html` shows of the lines before the number in the address (`before`), or of the newest."""
    before = whole(request.GET.get("before")) or None
    lines = audit.zone_lines(zone, before=before, limit=PAGE + 1)
    shown = lines[:PAGE]
    names = names_of({line.actor for line in shown})
    following = f"before={shown[-1].number}" if len(lines) > PAGE else ""
    return {
        "lines": [(line, names.get(line.actor, line.actor), sorted(line.facts.items())) for line in shown],
        "pager": Pager(previous="newest=1" if before else "", next=following),
    }
