"""What members of the panel declare to the rest of the product; the service's declaration puts it
together."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.identity.home import Counter
from sauga.kernel.members import Holding, MemberPage
from sauga.kernel.members.my_sauga.middleware import OwnSite
from sauga.kernel.notifications import AlertService
from sauga.kernel.ui.navigation import Item, PublicEntry
from sauga.panel.effects import MenuPage, hooks
from sauga.panel.members import measures
from sauga.panel.members.actions import membership
from sauga.panel.members.actions.safeguarding import ADULT_ALERT, ALERT, STAND_IN_ALERT
from sauga.panel.members.presenters import own
from sauga.panel.members.presenters.purposes import PURPOSES
from sauga.panel.members.queries import adults, flags
from sauga.panel.members.queries import members as member_queries
from sauga.panel.members.views.school import is_of_organisation
from sauga.panel.permissions import Permission
from sauga.panel.trail import FLAGS_CHANNEL, MEMBERS_CHANNEL, ZONE

SITE = OwnSite(pgettext_lazy("address", "youth/"), "card", "panel-signin")
DESK: tuple[Item, ...] = (
    Item(
        url="panel-flags",
        label=_("Youth panel: safety"),
        icon="shield-alert",
        order=33,
        permissions=(Permission.ANSWER_FLAGS, Permission.SEE_EXPORTS),
        children=(
            Item(
                url="panel-flags",
                label=_("Something is wrong"),
                icon="hand",
                order=1,
                permissions=(Permission.ANSWER_FLAGS,),
                pages=("panel-flag",),
            ),
            Item(
                url="panel-adults",
                label=_("What adults did"),
                icon="eye",
                order=2,
                permissions=(Permission.SEE_ADULT_ACTS,),
            ),
            Item(
                url="panel-patterns",
                label=_("Unusual patterns"),
                icon="radar",
                order=3,
                permissions=(Permission.SEE_PATTERNS,),
            ),
            Item(
                url="panel-exports",
                label=_("Records for an inquiry"),
                icon="file-text",
                order=4,
                permissions=(Permission.SEE_EXPORTS,),
                pages=("panel-export",),
            ),
        ),
    ),
    Item(
        url="panel-members",
        label=_("Youth panel: members"),
        icon="users",
        order=34,
        permissions=(Permission.SEE_MEMBERS,),
        pages=("panel-member", "panel-member-new"),
    ),
)
PUBLIC: tuple[PublicEntry, ...] = ()
COUNTERS = (
    Counter(
        "panel.flags",
        _("Members of the youth panel who wait for a person"),
        flags.count_open,
        Permission.ANSWER_FLAGS,
        "panel-flags",
        5,
    ),
    Counter(
        "panel.nominations",
        _("Nominations for the youth panel to decide"),
        member_queries.count_nominated,
        Permission.MANAGE_MEMBERS,
        "panel-members",
        32,
        f"view={member_queries.NOMINATED}",
    ),
    Counter(
        "panel.welcome",
        _("Young people to welcome to the panel"),
        member_queries.count_to_welcome,
        Permission.MANAGE_MEMBERS,
        "panel-members",
        32,
        f"view={member_queries.WELCOME}",
    ),
    Counter(
        "panel.adult_acts",
        _("What other adults of the panel did, to be seen"),
        adults.count_unseen_by,
        Permission.SEE_ADULT_ACTS,
        "panel-adults",
        33,
        f"view={adults.OTHERS}",
    ),
    Counter(
        "panel.exports",
        _("Records for an inquiry to be approved"),
        adults.count_to_approve,
        Permission.APPROVE_EXPORT,
        "panel-exports",
        34,
        f"view={adults.TO_APPROVE}",
    ),
)
CHANNELS = {MEMBERS_CHANNEL: (Permission.SEE_MEMBERS,), FLAGS_CHANNEL: (Permission.ANSWER_FLAGS,)}
NOTIFICATIONS: dict[str, Any] = {
    "panel.nominated": _("A school nominated a young person for the panel."),
    "panel.declined": _("A guardian does not agree that a young person takes part in the panel."),
    "panel.to_welcome": _("All consents of a young person are there."),
    "panel.left": _("A member has left the youth panel. Offer a talk, through the school if need be."),
    "panel.guardian_letter": _("A member turns 14 soon, and no address of the guardian is known: a letter."),
    "panel.export_asked": _("Records of the youth panel were asked for."),
    ALERT: _("A member of the youth panel waits for a person."),
    STAND_IN_ALERT: _("A member of the youth panel waits, and no safeguarding lead could answer."),
    "panel.helpline_told": _("A member of the youth panel told the helpline."),
    ADULT_ALERT: _("A member of the youth panel waits for the safeguarding lead."),
}
ALERTS = AlertService(
    code="panel",
    zone=ZONE,
    label=_("Youth panel"),
    kinds=frozenset({ALERT}),
    roles=("PANEL_FACILITATOR", "PANEL_SAFEGUARDING_LEAD"),
    otherwise="PANEL_SAFEGUARDING_LEAD",
    edit=Permission.EDIT_ALERTS,
)
MEASURES = measures.MEASURES
BREAKDOWNS: dict[str, Any] = {}
MEMBER_UPLOADS: tuple[Any, ...] = ()
MEMBER_CONSENTS = PURPOSES
MEMBER_NAVIGATION = (
    MemberPage(
        url="panel-nominations",
        label=pgettext_lazy("member", "Youth panel"),
        order=49,
        is_for=is_of_organisation,
    ),
)
MEMBER_DATA = (
    Holding(
        code="panel",
        title=_("Youth panel"),
        export=own.export,
        lines=own.lines,
        kept=own.kept,
        erase=membership.account_ends,
    ),
)
DATA: tuple[Any, ...] = ()


def connect() -> None:
    """The members' space begins with its home, and has the member's own page."""
    hooks.connect(
        menu=(
            MenuPage(url="panel-space", label=_("Home"), order=0),
            MenuPage(url="panel-me", label=pgettext_lazy("young", "About me"), order=90),
        )
    )
