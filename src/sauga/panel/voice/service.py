"""What this subdomain declares to the rest of the product; the service's declaration puts it together."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.identity.home import Counter
from sauga.kernel.ui.navigation import Feed, Item, Place, PublicEntry
from sauga.panel.effects import hooks
from sauga.panel.permissions import Permission
from sauga.panel.trail import VOICE_CHANNEL
from sauga.panel.voice import measures
from sauga.panel.voice.presenters import home
from sauga.panel.voice.queries import proposals, queue

DESK: tuple[Item, ...] = (
    Item(
        url="panel-queue",
        label=pgettext_lazy("desk", "Voice of the panel"),
        icon="message-square-text",
        order=42,
        permissions=(Permission.SEE_VOICE, Permission.MODERATE),
        children=(
            Item(
                url="panel-queue",
                label=_("To be read"),
                icon="inbox",
                order=1,
                permissions=(Permission.MODERATE,),
            ),
            Item(
                url="panel-proposals-desk",
                label=_("Proposals"),
                icon="send",
                order=2,
                permissions=(Permission.SEE_VOICE,),
            ),
            Item(
                url="panel-meetings-desk",
                label=pgettext_lazy("menu", "Meetings"),
                icon="calendar",
                order=3,
                permissions=(Permission.SEE_VOICE,),
            ),
            Item(
                url="panel-texts",
                label=_("Members’ texts"),
                icon="message-circle",
                order=4,
                permissions=(Permission.MODERATE,),
                pages=("panel-text",),
            ),
            Item(
                url="panel-addressees",
                label=_("Addressees"),
                icon="building-2",
                order=5,
                permissions=(Permission.SEND_TO_ADDRESSEE,),
            ),
            Item(
                url="panel-cycles",
                label=_("Cycles"),
                icon="refresh-cw",
                order=6,
                permissions=(Permission.SEE_VOICE,),
            ),
        ),
    ),
)
PUBLIC: tuple[PublicEntry, ...] = (
    PublicEntry(
        url="panel-ledger",
        label=_("Youth panel"),
        icon="users",
        places=frozenset({Place.FOOT}),
        title=_("What the youth panel changed"),
        summary=_("What young people asked, who answered, and what came of it."),
        order=46,
    ),
)
FEEDS: tuple[Feed, ...] = (Feed(url="panel-feed", title=_("What the youth panel changed")),)
COUNTERS: tuple[Counter, ...] = (
    Counter(
        "panel.queue",
        _("Texts of the youth panel to be read"),
        queue.count_waiting,
        Permission.MODERATE,
        "panel-queue",
        30,
    ),
    Counter(
        "panel.overdue",
        _("Answers to the youth panel that are late"),
        proposals.count_overdue,
        Permission.SEND_TO_ADDRESSEE,
        "panel-proposals-desk",
        31,
        f"view={proposals.LATE}",
    ),
)
CHANNELS: dict[str, tuple[Any, ...]] = {VOICE_CHANNEL: (Permission.SEE_VOICE, Permission.MODERATE)}
NOTIFICATIONS: dict[str, Any] = {
    "panel.meeting_adult": _("You are one of the adults at a meeting of the youth panel."),
    "panel.discussion_adult": _("You are the second adult of a discussion of the youth panel."),
}
MEASURES = measures.MEASURES
BREAKDOWNS: dict[str, Any] = {}
MEMBER_UPLOADS: tuple[Any, ...] = (_("youth/talk/"),)
LINK_UPLOADS: tuple[tuple[Any, Callable[[str], bool]], ...] = ()
DATA: tuple[Any, ...] = ()


def connect() -> None:
    """Connects what this subdomain fills in of another (`panel.effects.hooks`)."""
    hooks.connect(
        menu=home.MENU,
        home_parts=home.home_parts,
        affected=home.affected,
        leaving=home.forget_member,
        records=home.records,
        adult_acts=home.ADULT_ACTS,
    )
