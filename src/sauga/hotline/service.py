"""Declares the hotline to the rest of the product: who may do what, its audit names, where its pages are
offered, whom its alerts call."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.hotline import receivers
from sauga.hotline.audit_values import VALUES
from sauga.hotline.figures.measures import MEASURES
from sauga.hotline.figures.measures.labels import BREAKDOWNS
from sauga.hotline.guides import GUIDES
from sauga.hotline.notices.actions.templates import load_templates
from sauga.hotline.overview.presenters import CARDS, COUNTERS
from sauga.hotline.permissions import DEFAULT_ROLES, EVERYWHERE, SYSTEM, TWO_PEOPLE, WORDING, Permission
from sauga.hotline.trail import FACTS, Trail
from sauga.kernel.notifications import AlertService
from sauga.kernel.page_cache import PageSources
from sauga.kernel.rate_limits import Lane, LaneRule
from sauga.kernel.services import Access, AuditLog, Service
from sauga.kernel.ui.navigation import Item, Place, PublicEntry

NEWS = {
    "hotline.no_rule": _(
        "Item %(ref)s is judged illegal, but no rule routes it. It waits for your decision."
    ),
    "hotline.child_in_danger": _("Report %(ref)s: the reporter says that a child is in danger now."),
    "hotline.reporter_wrote": _("Report %(ref)s: the reporter has written to us."),
    "hotline.handed": _("A colleague assigned worklist items to you: %(n)s. They are yours for 20 minutes."),
    "hotline.needs_contact": _("Item %(ref)s needs a notice, but no contact of its provider is approved."),
    "hotline.needs_template": _("Item %(ref)s needs a notice, but no template fits."),
    "hotline.bounced": _("Notice %(ref)s reached nobody: the provider has no other contact."),
    "hotline.disputed": _("A provider disputes notice %(ref)s. A second reviewer decides."),
    "hotline.dispute_decided": _("The dispute about notice %(ref)s is decided, and the provider knows why."),
    "hotline.refused": _("A provider refused notice %(ref)s."),
    "hotline.no_next_contact": _("Notice %(ref)s: the provider has no further contact to write to."),
    "hotline.no_upstream": _(
        "Notice %(ref)s should go to the upstream network, but none with a contact is known."
    ),
    "hotline.to_approve": _("Notice %(ref)s was followed by one that two people must approve."),
    "hotline.to_police": _("Notice %(ref)s had no effect; its items go to the police."),
    "hotline.approve_export": _(
        "File %(ref)s holds many addresses. A second person has to approve it before it can be downloaded."
    ),
    "hotline.no_reference": _(
        "Records of hand-overs without the recipient's number: %(n)s. Please add the numbers."
    ),
    "hotline.to_registrar": _("Notice %(ref)s had no effect; find the domain's registrar."),
    "hotline.to_coordinator": _("Notice %(ref)s had no effect; inform the Digital Services Coordinator."),
}
ALERTS = frozenset({"hotline.child_in_danger"})
"""What cannot wait: raised as alerts, acknowledged by name, escalated by `policy.alerts_hotline`."""


EVERYWHERE_OFFERED = frozenset({Place.BAR, Place.CARD, Place.MENU, Place.FOOT})
WORK = (
    Item(
        url="hotline-worklist",
        label=_("Worklist"),
        icon="list",
        order=1,
        permissions=(Permission.SEE_WORKLIST,),
    ),
    Item(
        url="hotline-notices", label=_("Notices"), icon="send", order=2, permissions=(Permission.SEE_NOTICES,)
    ),
    Item(
        url="hotline-messages",
        label=_("Written to us"),
        icon="inbox",
        order=2,
        permissions=(Permission.WRITE_TO_REPORTER,),
    ),
    Item(
        url="hotline-handovers",
        label=_("Hand-overs"),
        icon="route",
        order=3,
        permissions=(Permission.SEE_HANDOVERS,),
    ),
    Item(
        url="hotline-watched",
        label=_("Monitoring"),
        icon="eye",
        order=4,
        permissions=(Permission.SEE_WORKLIST,),
    ),
    Item(
        url="hotline-providers",
        label=_("Providers"),
        icon="server",
        order=5,
        permissions=(Permission.SEE_NOTICES,),
    ),
)

SERVICE = Service(
    code="hotline",
    title=_("Hotline"),
    operated_by="HOTLINE",
    access=Access(
        permissions=Permission,
        roles=DEFAULT_ROLES,
        everywhere=EVERYWHERE,
        two_people=TWO_PEOPLE,
        system=SYSTEM,
        wording=WORDING,
        vaults=("hotline",),
    ),
    audit=Trail,
    facts=FACTS,
    audit_log=AuditLog(
        service="hotline",
        zone="hotline",
        title=_("Hotline audit log"),
        permission=Permission.SEE_TRAIL,
        order=25,
        values=VALUES,
    ),
    desk=(
        Item(
            url="hotline-worklist",
            label=_("Hotline"),
            icon="shield-alert",
            order=20,
            permissions=(Permission.SEE_WORKLIST,),
            children=WORK,
        ),
        Item(
            url="hotline-figures",
            label=_("Hotline figures"),
            icon="chart-column",
            order=21,
            permissions=(Permission.SEE_FIGURES,),
        ),
        Item(
            url="hotline-contacts",
            label=_("Contacts"),
            icon="mail",
            order=22,
            permissions=(Permission.OPEN_CONTACT,),
        ),
        Item(
            url="hotline-lists",
            also=("hotline-policies",),
            label=_("Lists and policies"),
            icon="list-checks",
            order=23,
            permissions=(Permission.EDIT_POLICY,),
        ),
        Item(
            url="hotline-welfare",
            label=_("Welfare"),
            icon="heart",
            order=24,
            permissions=(Permission.SEE_WELFARE,),
        ),
    ),
    public=(
        PublicEntry(
            url="hotline-report",
            label=pgettext_lazy("child", "Report"),
            icon="flag",
            places=EVERYWHERE_OFFERED,
            title=_("I saw something illegal"),
            summary=_("Report it in two minutes, without your name. You get a code to come back with."),
            order=20,
        ),
        PublicEntry(
            url="hotline-return",
            label=_("Check your report"),
            icon="key-round",
            places=frozenset({Place.RETURN, Place.FOOT}),
            order=30,
        ),
    ),
    journeys={
        "report": ("hotline-report", "hotline-report-add", "hotline-return"),
        "own_picture": ("hotline-own-picture",),
    },
    guides=GUIDES,
    counters=COUNTERS,
    cards=CARDS,
    channels={
        "hotline.worklist": (Permission.SEE_WORKLIST, Permission.SEE_NOTICES),
        "hotline.item.*": (Permission.SEE_WORKLIST,),
    },
    notifications=NEWS,
    alerts=AlertService(
        code="hotline",
        zone="hotline",
        label=_("Hotline"),
        kinds=ALERTS,
        roles=tuple(DEFAULT_ROLES),
        otherwise="ANALYST",
        edit=Permission.EDIT_POLICY,
    ),
    lanes=(LaneRule(Lane.RETURN, endings=("/grizti/", "/return/")),),
    page_types={
        "hotline-report": "ContactPage",
        "hotline-own-picture": "ContactPage",
    },
    page_sources=PageSources({"vocab"}),  # the categories of the report form
    measures=MEASURES,
    breakdowns=BREAKDOWNS,
    data=(load_templates,),
    connect=receivers.register,
)
