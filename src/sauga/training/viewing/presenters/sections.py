"""What viewing sites add to other pages: of the webinar, of its speakers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sauga.kernel.i18n import sort_key
from sauga.kernel.organisations import municipality_name
from sauga.training.viewing.models import ViewingSite
from sauga.training.viewing.presenters import VIEW_LABELS
from sauga.training.viewing.queries import sites
from sauga.training.webinars.models import Webinar
from sauga.training.webinars.rules import Phase


def public_lines(rows: Sequence[ViewingSite]) -> list[tuple[str, list[ViewingSite]]]:
    """Libraries that show a webinar, by municipality."""
    found: dict[str, list[ViewingSite]] = {}
    for site in rows:
        found.setdefault(municipality_name(site.municipality), []).append(site)
    return sorted(found.items(), key=lambda pair: sort_key(pair[0]))


def public_section(row: object, at: datetime) -> tuple[str, dict[str, Any]] | None:
    """On the public page of a webinar: where it is shown on the big screen."""
    if not isinstance(row, Webinar) or not row.for_libraries or row.is_off or row.phase(at) == Phase.OVER:
        return None
    found = sites.public_sites(row)
    if not found:
        return None
    return "training/viewing/public/_libraries.html", {"places": public_lines(found), "number": len(found)}


def desk_section(row: object, at: datetime) -> tuple[str, dict[str, Any]] | None:
    """On the page of a webinar at the desk: its viewing sites."""
    if not isinstance(row, Webinar) or not row.for_libraries:
        return None
    counts = sites.view_counts(row, at)
    heads, places = sites.counted_heads(row)
    shown = [(VIEW_LABELS[view], counts[view], view) for view in sites.VIEWS[1:] if counts[view]]
    return "training/viewing/desk/_section.html", {
        "webinar": row,
        "views": shown,
        "number": counts[sites.ALL],
        "heads": heads,
        "places": places,
        "may_invite": not row.is_off and at < row.event.starts,
    }


def speaker_section(row: object, at: datetime) -> tuple[str, dict[str, Any]] | None:
    """On the page of a speaker: how many libraries watch."""
    if not isinstance(row, Webinar) or not row.for_libraries:
        return None
    counts = sites.view_counts(row, at)
    taking = sum(counts[one] for one in sites.VIEWS[1:] if one not in (sites.INVITED, sites.ABSENT))
    return "training/viewing/public/_watching.html", {
        "watching": sites.watching(row),
        "taking": taking,
        "is_live": row.phase(at) == Phase.LIVE,
    }
