"""What members of the panel declare to the rest of the product; the service's declaration puts it
together."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.identity.home import Counter
from sauga.kernel.members.middleware import OwnSite
from sauga.kernel.ui.navigation import Item, PublicEntry
from sauga.panel.effects import MenuPage, hooks
from sauga.panel.permissions import Permission as P
from sauga.panel.trail import FLAGS_CHANNEL, MEMBERS_CHANNEL

SITE = OwnSite(pgettext_lazy("address", "youth/"), "card", "panel-signin")
DESK: tuple[Item, ...] = ()
PUBLIC: tuple[PublicEntry, ...] = ()
COUNTERS: tuple[Counter, ...] = ()
CHANNELS = {MEMBERS_CHANNEL: (P.SEE_MEMBERS,), FLAGS_CHANNEL: (P.ANSWER_FLAGS,)}
NOTIFICATIONS: dict[str, Any] = {}
MEASURES: tuple[Any, ...] = ()
BREAKDOWNS: dict[str, Any] = {}
UNSEEN_TABLES = {"panel_member", "panel_memberstep"}
"""Tables that no cached page shows."""
MEMBER_UPLOADS: tuple[Any, ...] = ()
DATA: tuple[Any, ...] = ()


def connect() -> None:
    """The members' space begins with its home."""
    hooks.connect(menu=(MenuPage(url="panel-space", label=_("Home"), order=0),))
