"""Declares the repository to the rest of the product: who may do what, its audit names, where its
pages are offered.
"""

import json
from datetime import datetime
from importlib.resources import files

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel import organisations
from sauga.kernel.identity.home import Counter
from sauga.kernel.members.rules import Permission as MemberPermission
from sauga.kernel.organisations.rules import Permission as Register
from sauga.kernel.page_cache import PageSources
from sauga.kernel.rate_limits import Lane, LaneRule
from sauga.kernel.services import Access, Service
from sauga.kernel.states import SystemActor
from sauga.kernel.ui.navigation import Feed, Item, Place, PublicEntry
from sauga.repository.adaptations.actions.partner_accounts import move_partner_editors
from sauga.repository.adaptations.actions.partners import join_on_confirmation
from sauga.repository.adaptations.queries.partners import count_asking
from sauga.repository.catalogue.queries import print_orders
from sauga.repository.catalogue.views.catalogue import resource_addresses
from sauga.repository.deployments import actions as deployment_actions
from sauga.repository.deployments.queries.deployments import use_of
from sauga.repository.effects import adaptation_released, adaptation_retired, resource_withdrawn
from sauga.repository.guides import GUIDES
from sauga.repository.overview.figures import MEASURES
from sauga.repository.overview.views import my_sauga
from sauga.repository.overview.views.my_day import CARDS
from sauga.repository.permissions import (
    DEFAULT_ROLES,
    EVERYWHERE,
    LABELS,
    SYSTEM,
    TWO_PEOPLE,
    WORDING,
    Permission,
)
from sauga.repository.resources.actions.search_index import rebuild
from sauga.repository.resources.queries import publish_gate, worklist
from sauga.repository.resources.views.publish_gate import gate_markup
from sauga.repository.search import queries as search
from sauga.repository.search.actions.child_words import load_words
from sauga.repository.search.models import SearchEntry
from sauga.repository.trail import FACTS, Trail

WORK = (
    Item(
        url="repository-desk",
        label=_("Worklist"),
        icon="list",
        order=1,
        permissions=(Permission.SEE_RESOURCES,),
    ),
    Item(
        url="repository-desk-collections",
        label=_("Collections"),
        icon="layers",
        order=2,
        permissions=(Permission.EDIT_COLLECTION,),
    ),
    Item(
        url="repository-desk-orders",
        label=_("Print orders"),
        icon="printer",
        order=3,
        permissions=(Permission.HANDLE_ORDERS,),
    ),
    Item(
        url="repository-figures",
        label=_("Figures"),
        icon="chart-column",
        order=4,
        permissions=(Permission.SEE_FIGURES,),
    ),
    Item(
        url="repository-partners",
        label=_("Partners"),
        icon="handshake",
        order=5,
        permissions=(Permission.SEE_PARTNERS,),
    ),
    Item(
        url="repository-imports",
        label=_("Import"),
        icon="inbox",
        order=6,
        permissions=(Permission.IMPORT_RECORDS,),
    ),
    Item(
        url="repository-words",
        label=_("Children's words"),
        icon="search",
        order=6,
        permissions=(Permission.KEEP_WORDS,),
    ),
    Item(
        url="repository-proposals",
        label=_("From other centres"),
        icon="globe",
        order=7,
        permissions=(Permission.HARVEST,),
    ),
)


def _load_words(_at: datetime) -> str:
    """The words of children that mean a topic, and the index of the search."""
    text = files("sauga.repository").joinpath("data/child_words.json").read_text(encoding="utf-8")
    said = f"search: {load_words(json.loads(text))} words of children"
    if not SearchEntry.objects.exists():
        rebuild(by=SystemActor("repository"))
    return said


def _move_partner_editors(at: datetime) -> str:
    """Editors of partners who still have accounts of staff (decision 0122)."""
    return (
        f"partners: {move_partner_editors(by=SystemActor('setup'), at=at)} editors moved to the member site"
    )


def _connect() -> None:
    """The gate looks at a page before it is published, so it must know how it is made."""
    publish_gate.register_page(gate_markup)
    search.register_addresses("resource", resource_addresses)
    organisations.register_use("repository", use_of)
    resource_withdrawn.connect(deployment_actions.suspend_deployments_of)
    adaptation_retired.connect(deployment_actions.end_deployments_of)
    adaptation_released.connect(deployment_actions.resume_deployments_of)


SERVICE = Service(
    code="repository",
    title=_("Resources"),
    operated_by="AWARENESS",
    access=Access(
        permissions=Permission,
        roles=DEFAULT_ROLES,
        role_names=LABELS,
        everywhere=EVERYWHERE,
        two_people=TWO_PEOPLE,
        system=SYSTEM,
        wording=WORDING,
        also={
            "PARTNER_MANAGER": {
                MemberPermission.DECIDE_REQUEST,
                Register.SEE,
                Register.EDIT,
                Register.IMPORT,
            }
        },
        vaults=("awareness",),
    ),
    audit=Trail,
    facts=FACTS,
    desk=(
        Item(
            url="repository-desk",
            label=_("Resources"),
            icon="library",
            order=30,
            permissions=(Permission.SEE_RESOURCES,),
            children=WORK,
        ),
    ),
    public=(
        PublicEntry(
            url="repository-search",
            label=_("Search"),
            icon="search",
            places=frozenset({Place.MENU}),
            order=45,
        ),
        PublicEntry(
            url="repository-resources",
            label=_("Resources"),
            icon="library",
            places=frozenset({Place.MENU, Place.FOOT}),
            title=_("Resources"),
            summary=_("Lessons, videos, leaflets and toolkits. Free to use; most may be adapted."),
            order=40,
        ),
    ),
    feeds=(Feed(url="repository-feed", title=_("New resources")),),
    guides=GUIDES,
    counters=(
        Counter(
            "repository.review",
            _("Resources to review"),
            worklist.to_review,
            Permission.REVIEW_RESOURCE,
            "repository-desk",
            30,
            "view=review",
        ),
        Counter(
            "repository.safety",
            _("Child-safety checks"),
            worklist.to_check,
            Permission.CHECK_CHILD_SAFETY,
            "repository-desk",
            31,
            "view=safety",
        ),
        Counter(
            "repository.ready",
            _("Resources to publish"),
            worklist.to_publish,
            Permission.PUBLISH_RESOURCE,
            "repository-desk",
            32,
            "view=ready",
        ),
        Counter(
            "repository.due",
            _("Review date passed"),
            worklist.overdue,
            Permission.RETIRE_RESOURCE,
            "repository-desk",
            33,
            "view=due",
        ),
        Counter(
            "repository.orders",
            _("Print orders"),
            print_orders.orders_waiting,
            Permission.HANDLE_ORDERS,
            "repository-desk-orders",
            34,
            "view=waiting",
        ),
        Counter(
            "repository.partners",
            _("Organisations that ask to become partners"),
            count_asking,
            Permission.KEEP_PARTNERS,
            "repository-partners",
            35,
        ),
    ),
    cards=CARDS,
    member_home=my_sauga.waiting,
    member_navigation=my_sauga.PAGES,
    member_suggestions=my_sauga.SUGGESTIONS,
    member_data=(my_sauga.HOLDING,),
    member_confirmed=join_on_confirmation,
    member_uploads=(pgettext_lazy("address", "my/adaptations/"),),
    channels={
        "repository.list": (Permission.SEE_RESOURCES,),
        "repository.resource.*": (Permission.SEE_RESOURCES,),
        "repository.proposals": (Permission.HARVEST,),
        "repository.imports": (Permission.IMPORT_RECORDS,),
        "repository.import.*": (Permission.IMPORT_RECORDS,),
        "repository.partners": (Permission.SEE_PARTNERS,),
        "repository.adaptation.*": (Permission.SEE_PARTNERS,),
    },
    notifications={
        "repository.files_waiting": _(
            "Uploads are waiting for the virus scanner, which does not answer: %(number)s. Tell whoever runs "
            "the server."
        ),
    },
    lanes=(
        LaneRule(Lane.READ, ("/oai/",)),
    ),  # a POST there asks and sends nothing in: harvesters must not stand in the way of reports
    page_types={
        "repository-resources": "CollectionPage",
        "repository-search": "SearchResultsPage",
        "repository-developers": "WebPage",
    },
    page_sources=PageSources(
        {"repository", "media", "vocab", "taggit"},
    ),
    measures=MEASURES,
    breakdowns={"type": ("resource_types",), "group": ("headcount_groups",)},
    uploads=("/desk/repository/",),
    data=(_load_words, _move_partner_editors),
    connect=_connect,
)
