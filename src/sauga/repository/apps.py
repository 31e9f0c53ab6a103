"""Registers the repository: what its trail may hold, who may do what, where its pages are offered."""

import json
from datetime import datetime
from importlib.resources import files
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import pre_migrate
from django.utils.translation import gettext_lazy as _


def _similar_words(using: str, **_more: Any) -> None:
    """Typing errors are found by an extension of PostgreSQL's own (trusted: the database's owner may create it). Before any migration, so
    that the index in ours finds it."""
    from django.db import connections

    with connections[using].cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")


class RepositoryConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.repository"
    label = "repository"
    service = True

    def ready(self) -> None:
        pre_migrate.connect(_similar_words, sender=self)
        from sauga.kernel import audit, rate_limits
        from sauga.kernel.identity import permissions
        from sauga.repository.rules.permissions import DEFAULT_ROLES, EVERYWHERE, LABELS, SYSTEM, TWO_PEOPLE, Permission, works_there
        from sauga.repository.trail import FACTS, Trail

        audit.register(Trail, FACTS)
        rules = {Permission.ADAPT: works_there, Permission.DEPLOY: works_there}
        permissions.register(
            "repository",
            Permission,
            DEFAULT_ROLES,
            rules=rules,
            labels=LABELS,
            everywhere=EVERYWHERE,
            two_people=TWO_PEOPLE,
            zones=("awareness",),
        )
        for name, held in SYSTEM.items():
            permissions.register_system(name, held)
        self._declare_cached_pages()
        # A POST there asks and sends nothing in (OAI-PMH): harvesters must not stand in the way of reports.
        rate_limits.use_lane(rate_limits.Lane.READ, "/oai/")
        self._offer_pages()
        self._count_the_day()
        self._open_channels()
        self._show_pages()

    def _count_the_day(self) -> None:
        """What stands at the top of “My day”, and the cards below."""
        from sauga.kernel.identity import home
        from sauga.repository.queries import desk
        from sauga.repository.rules.permissions import Permission as P
        from sauga.repository.views import day as cards

        for order, (code, label, count, permission, url) in enumerate(
            (
                ("review", _("Resources to review"), desk.to_review, P.REVIEW_RESOURCE, "repository-desk"),
                ("safety", _("Child-safety checks"), desk.to_check, P.CHECK_CHILD_SAFETY, "repository-desk"),
                ("ready", _("Resources to publish"), desk.to_publish, P.PUBLISH_RESOURCE, "repository-desk"),
                ("due", _("Review date passed"), desk.overdue, P.RETIRE_RESOURCE, "repository-desk"),
                ("orders", _("Print orders"), desk.orders_waiting, P.HANDLE_ORDERS, "repository-desk-orders"),
            ),
            30,
        ):
            home.register(home.Counter(f"repository.{code}", label, count, permission=permission, url_name=url, order=order))
        cards.offer()

    def _declare_cached_pages(self) -> None:
        """What the list and the pages of resources are made of. Counts, work of the desk and the search index are excluded."""
        from sauga.kernel import page_cache

        page_cache.depends_on(
            *("repository", "vocab", "taggit"),
            exclude=(
                "repository_dailycount",
                "repository_deploymentday",
                "repository_printorder",
                "repository_printorderstep",
                "repository_importrun",
                "repository_harvestsource",
                "repository_proposal",
                "repository_proposalstep",
                "repository_remark",
                "repository_searchentry",
                "repository_searchword",
                "repository_childwords",
            ),
            # An embedded copy that asks whether it may go on is noted each minute, which no page shows.
            exclude_columns={"repository_deployment": {"last_seen"}},
        )

    def _open_channels(self) -> None:
        """Who may hear that a resource has changed; the signal itself says nothing more."""
        from sauga.kernel import live
        from sauga.repository.rules.permissions import Permission as P

        def sees(actor: Any, channel: str) -> bool:
            return bool(actor.can(P.SEE_RESOURCES))

        live.register_channel("repository.list", sees)
        live.register_channel("repository.resource.*", sees)

        def imports(actor: Any, channel: str) -> bool:
            return bool(actor.can(P.IMPORT_RECORDS))

        def harvests(actor: Any, channel: str) -> bool:
            return bool(actor.can(P.HARVEST))

        live.register_channel("repository.proposals", harvests)
        live.register_channel("repository.imports", imports)
        live.register_channel("repository.import.*", imports)

        def keeps_partners(actor: Any, channel: str) -> bool:
            return bool(actor.can(P.SEE_PARTNERS))

        live.register_channel("repository.partners", keeps_partners)
        live.register_channel("repository.adaptation.*", keeps_partners)

    def _offer_pages(self) -> None:
        from sauga.kernel.ui.navigation import Item, Place, PublicDoor, register, register_public
        from sauga.repository.rules.permissions import Permission as P

        register_public(PublicDoor(url="repository-search", label=_("Search"), icon="search", places=frozenset({Place.MENU}), order=45))
        register_public(
            PublicDoor(
                url="repository-resources",
                label=_("Resources"),
                icon="library",
                places=frozenset({Place.MENU, Place.FOOT}),
                title=_("Resources"),
                summary=_("Lessons, videos, leaflets and toolkits. Free to use; most may be adapted."),
                order=40,
            )
        )
        register(
            Item(
                url="repository-desk",
                label=_("Resources"),
                icon="library",
                order=30,
                permissions=(P.SEE_RESOURCES,),
                children=(
                    Item(url="repository-desk", label=_("Worklist"), icon="list", order=1, permissions=(P.SEE_RESOURCES,)),
                    Item(
                        url="repository-desk-collections", label=_("Collections"), icon="layers", order=2, permissions=(P.EDIT_COLLECTION,)
                    ),
                    Item(url="repository-proposals", label=_("From other centres"), icon="globe", order=7, permissions=(P.HARVEST,)),
                    Item(url="repository-imports", label=_("Import"), icon="inbox", order=6, permissions=(P.IMPORT_RECORDS,)),
                    Item(url="repository-figures", label=_("Figures"), icon="chart-column", order=4, permissions=(P.SEE_FIGURES,)),
                    Item(url="repository-words", label=_("Children's words"), icon="search", order=6, permissions=(P.KEEP_WORDS,)),
                    Item(url="repository-partners", label=_("Partners"), icon="handshake", order=5, permissions=(P.SEE_PARTNERS,)),
                    Item(url="repository-desk-orders", label=_("Print orders"), icon="printer", order=3, permissions=(P.HANDLE_ORDERS,)),
                ),
            )
        )
        register(Item(url="repository-own", label=_("Own versions"), icon="copy", order=31, permissions=(P.ADAPT,)))

    def _show_pages(self) -> None:
        """The gate looks at a page before it is published, so it must know how it is made."""
        from sauga.repository.figures import register_all
        from sauga.repository.queries import gating, search
        from sauga.repository.views.gate import face
        from sauga.repository.views.searching import resource_addresses

        register_all()
        gating.show_with(face)
        search.lead_to("resource", resource_addresses)

    def load_data(self, at: datetime) -> str:
        """What `sauga init` loads beside the vocabularies: the words of children that mean a topic."""
        from sauga.kernel.states import SystemActor
        from sauga.repository.actions.indexing import load_words, rebuild
        from sauga.repository.models import SearchEntry

        text = files("sauga.repository").joinpath("data/child_words.json").read_text(encoding="utf-8")
        said = f"search: {load_words(json.loads(text))} words of children"
        if not SearchEntry.objects.exists():
            rebuild(by=SystemActor("repository"))
        return said
