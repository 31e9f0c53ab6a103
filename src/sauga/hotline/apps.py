"""Registers the hotline: what its trail may hold, who may do what, where its pages are offered."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def _sees_worklist(actor: Any, channel: str) -> bool:
    """Who may hear that the list or an item has changed; the signal itself says nothing more."""
    return bool(actor.can("hotline.see_worklist"))


def _waits(name: str) -> Callable[[Any], str | None]:
    """What the rail says beside a page: how many items stand in a view."""

    def count(actor: Any) -> str | None:
        from sauga.hotline.queries import worklist
        from sauga.hotline.rules.permissions import Permission

        view = worklist.View(name)
        return worklist.said_count(worklist.waiting_in(view, by=actor)) if actor.can(Permission.SEE_WORKLIST) else None

    return count


def _waits_for_handover(actor: Any) -> str | None:
    """What the rail says beside the hand-overs: how many wait for this person."""
    from sauga.hotline.queries import handover_records, worklist
    from sauga.hotline.rules.permissions import Permission

    return worklist.said_count(handover_records.waiting_for(actor)) if actor.can(Permission.SEE_HANDOVERS) else None


class HotlineConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.hotline"
    label = "hotline"
    service = True

    def ready(self) -> None:
        from sauga.hotline.rules.permissions import DEFAULT_ROLES, EVERYWHERE, SYSTEM, TWO_PEOPLE, Permission
        from sauga.hotline.trail import FACTS, Trail
        from sauga.kernel import audit, live, notices, page_cache, rate_limits
        from sauga.kernel.identity import permissions

        audit.register(Trail, FACTS)
        permissions.register("hotline", Permission, DEFAULT_ROLES, everywhere=EVERYWHERE, two_people=TWO_PEOPLE, zones=("hotline",))
        for name, held in SYSTEM.items():
            permissions.register_system(name, held)
        notices.register_template("hotline.trail_whole", _("The trail of the hotline is whole: %(rows)s lines checked."))
        notices.register_template("hotline.trail_broken", _("The trail of the hotline is broken at line %(line)s."))
        rate_limits.use_lane(rate_limits.Lane.RETURN, endings=("/grizti/", "/return/"))
        page_cache.depends_on("vocab")  # the categories of the report form
        self._offer_pages()
        self._count_the_day()
        from sauga.hotline import receivers
        from sauga.hotline.rules.news import register_news

        register_news()
        self._call_people()
        receivers.register()
        for channel in ("hotline.worklist", "hotline.item.*"):
            live.register_channel(channel, _sees_worklist)
        from sauga.hotline.figures import register_all

        register_all()

    def _call_people(self) -> None:
        """Whom an alert of the hotline calls."""
        from sauga.hotline.rules.news import ALERTS
        from sauga.hotline.rules.permissions import DEFAULT_ROLES, Permission
        from sauga.kernel import notices

        notices.register_alerts(
            notices.AlertService(
                code="hotline",
                zone="hotline",
                label=_("Hotline"),
                kinds=ALERTS,
                roles=tuple(DEFAULT_ROLES),
                otherwise="ANALYST",
                edit=Permission.EDIT_POLICY,
            )
        )

    def _count_the_day(self) -> None:
        """What stands at the top of “My day”, and the cards below."""
        from sauga.hotline.queries.worklist import View, waiting_in
        from sauga.hotline.rules.permissions import Permission as P
        from sauga.hotline.views import day as cards
        from sauga.kernel.identity import home

        for order, (view, label, permission, url) in enumerate(
            (
                (View.TO_ASSESS, _("To assess"), P.ASSESS, "hotline-worklist"),
                (View.REVIEW, _("Second look"), P.REVIEW, "hotline-worklist"),
                (View.MINE, _("In my hands"), P.ASSESS, "hotline-worklist"),
                (View.NOTICE_DUE, _("Notices due"), P.SEND_NOTICE, "hotline-notices"),
            ),
            20,
        ):
            count = lambda actor, at, view=view: waiting_in(view, by=actor)  # noqa: E731  one line for each view
            home.register(home.Counter(f"hotline.{view}", label, count, permission=permission, url_name=url, order=order))
        cards.offer()

    def load_data(self, at: datetime) -> str:
        """What `sauga init` loads beside the vocabularies."""
        from sauga.hotline.actions.templates import load_templates

        return load_templates(at)

    def _offer_pages(self) -> None:
        from sauga.hotline.rules.permissions import Permission as P
        from sauga.kernel.ui.navigation import Item, Place, PublicDoor, register, register_public

        to_assess, due, followed = (_waits(view) for view in ("assess", "notice", "followed"))
        everywhere = frozenset({Place.BAR, Place.CARD, Place.MENU, Place.FOOT})
        register_public(
            PublicDoor(
                url="hotline-report",
                label=pgettext_lazy("child", "Report"),
                icon="flag",
                places=everywhere,
                title=_("I saw something illegal"),
                summary=_("Report it in two minutes, without your name. You get a code to come back with."),
                order=20,
            )
        )
        register_public(
            PublicDoor(
                url="hotline-return",
                label=_("Come back with your code"),
                icon="key-round",
                places=frozenset({Place.RETURN, Place.FOOT}),
                order=30,
            )
        )
        register(
            Item(
                url="hotline-worklist",
                label=_("Hotline"),
                icon="shield-alert",
                order=20,
                permissions=(P.SEE_WORKLIST,),
                children=(
                    Item(url="hotline-worklist", label=_("Worklist"), icon="list", order=1, permissions=(P.SEE_WORKLIST,), count=to_assess),
                    Item(url="hotline-notices", label=_("Notices"), icon="send", order=2, permissions=(P.SEE_NOTICES,), count=due),
                    Item(
                        url="hotline-handovers",
                        label=_("Hand-overs"),
                        icon="route",
                        order=3,
                        permissions=(P.SEE_HANDOVERS,),
                        count=_waits_for_handover,
                    ),
                    Item(url="hotline-watched", label=_("Followed"), icon="eye", order=4, permissions=(P.SEE_WORKLIST,), count=followed),
                    Item(url="hotline-providers", label=_("Providers"), icon="server", order=5, permissions=(P.SEE_NOTICES,)),
                ),
            )
        )
        for order, (url, label, icon, permission) in enumerate(
            (
                ("hotline-figures", _("Hotline figures"), "chart-column", P.SEE_FIGURES),
                ("hotline-contacts", _("Contacts"), "mail", P.OPEN_CONTACT),
                ("hotline-lists", _("Lists and policies"), "list-checks", P.EDIT_POLICY),
                ("hotline-welfare", _("Welfare"), "heart", P.SEE_WELFARE),
                ("hotline-trail", _("Trail"), "scroll-text", P.SEE_TRAIL),
            ),
            21,
        ):
            register(Item(url=url, label=label, icon=icon, order=order, permissions=(permission,)))
