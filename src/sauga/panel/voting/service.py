"""What this subdomain declares to the rest of the product; the service's declaration puts it together."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.identity.home import Counter
from sauga.kernel.ui.navigation import Item, PublicEntry
from sauga.panel.effects import MenuPage, hooks
from sauga.panel.permissions import Permission
from sauga.panel.trail import BALLOTS_CHANNEL
from sauga.panel.voting import measures, presenters
from sauga.panel.voting.actions.votes import forget_voter
from sauga.panel.voting.queries import ballots

DESK: tuple[Item, ...] = (
    Item(
        url="panel-ballots-desk",
        label=pgettext_lazy("panel desk", "Ballots"),
        icon="list-checks",
        order=46,
        permissions=(Permission.SEE_BALLOTS,),
        pages=("panel-ballot-desk", "panel-ballot-new", "panel-ballot-edit"),
    ),
)
PUBLIC: tuple[PublicEntry, ...] = ()
COUNTERS: tuple[Counter, ...] = (
    Counter(
        "panel.ballots",
        _("Ballots of the youth panel that wait to be counted"),
        ballots.count_due,
        Permission.RUN_BALLOTS,
        "panel-ballots-desk",
        44,
        f"view={ballots.DUE}",
    ),
)
CHANNELS = {BALLOTS_CHANNEL: (Permission.SEE_BALLOTS,)}
NOTIFICATIONS: dict[str, Any] = {
    "panel.ballot_ended": _("A ballot of the youth panel is over and waits to be counted."),
}
MEASURES = measures.MEASURES
BREAKDOWNS: dict[str, Any] = {}
DATA: tuple[Any, ...] = ()


def connect() -> None:
    """Ballots in the menu and on the home of members, and what leaving does to votes."""
    hooks.connect(
        menu=(MenuPage(url="panel-ballots", label=pgettext_lazy("panel", "Votes"), order=20),),
        home_parts=presenters.home_parts,
        affected=presenters.affected,
        leaving=forget_voter,
        adult_acts={
            "BALLOT_OPENED": _("opened a ballot"),
            "BALLOT_COUNTED": _("counted a ballot"),
            "BALLOT_CANCELLED": _("cancelled a ballot"),
        },
    )
