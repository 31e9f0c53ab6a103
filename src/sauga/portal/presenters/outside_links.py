"""Broken links to other sites in words: what happened, where each is used, and what to do."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.portal.models.outside_links import OutsideLink

OUTCOMES: dict[str, str | Promise] = {
    "404": _("the page does not exist"),
    "410": _("the page does not exist"),
    "dns_nxdomain": _("there is no such site"),
    "dns_failure": _("the site's name could not be resolved"),
    "refused": _("the site refuses"),
    "timeout": _("the site does not respond in time"),
    "tls": _("the site's certificate is invalid"),
    "reset": _("the site closes the connection"),
    "guard": _("the address is not public"),
    "bad_url": _("the address is malformed"),
    "too_many_redirects": _("the site redirects endlessly"),
}
GONE = ("404", "410", "dns_nxdomain")
MISTYPED = ("guard", "bad_url")
EDITORS = {
    "page": "wagtailadmin_pages:edit",
    "partner": "organisations-edit",
    "helpentry": "wagtailsnippets_portal_helpentry:edit",
}
"""Where each kind of place is edited."""


@dataclass(frozen=True)
class Used:
    """A place that uses a link."""

    name: str
    href: str


@dataclass(frozen=True)
class Broken:
    """A broken link as editors see it."""

    url: str
    outcome: str
    since: datetime | None
    places: tuple[Used, ...]
    advice: str


def broken(row: OutsideLink) -> Broken:
    """One broken link; its places are loaded."""
    places = tuple(
        Used(place.name, reverse(EDITORS[place.kind], args=[place.key])) for place in row.places.all()
    )
    outcome = OUTCOMES.get(row.outcome) or gettext("answer %(code)s") % {"code": row.outcome}
    return Broken(row.url, str(outcome), row.failed_at, places, _advice(row.outcome))


def _advice(outcome: str) -> str:
    if outcome in GONE:
        return gettext("Find the new address, or remove the link.")
    if outcome in MISTYPED:
        return gettext("Correct the address.")
    return gettext("Open it. If it works, choose “Look again”; otherwise remove the link.")
