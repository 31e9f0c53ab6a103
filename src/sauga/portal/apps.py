"""Registers the portal: who may do what, what its trail may hold, its pages at the desk, and how Wagtail is held."""

from datetime import datetime
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.portal"
    label = "portal"
    service = True

    def ready(self) -> None:
        from sauga.kernel import audit
        from sauga.kernel.identity import permissions
        from sauga.portal.rules.permissions import DEFAULT_ROLES, EVERYWHERE, LABELS, SYSTEM, TWO_PEOPLE, Permission
        from sauga.portal.trail import FACTS, Trail

        audit.register(Trail, FACTS)
        permissions.register("portal", Permission, DEFAULT_ROLES, labels=LABELS, everywhere=EVERYWHERE, two_people=TWO_PEOPLE)
        for name, held in SYSTEM.items():
            permissions.register_system(name, held)
        self._declare_cached_pages()
        self._hold_the_tool()
        self._answer_readers()
        self._be_found()
        self._say_notices()
        self._count_the_day()
        self._offer_pages()
        self._tell_of_the_gate()

    def _declare_cached_pages(self) -> None:
        """What the pages of the site are made of. Counts, what only the desk shows, and the CMS's own bookkeeping are excluded."""
        from sauga.kernel import page_cache

        page_cache.depends_on(
            *("portal", "vocab", "wagtailcore", "wagtailimages", "wagtaildocs", "taggit"),
            exclude=(
                "portal_pageday",
                "portal_reviewrequest",
                "portal_reviewstep",
                "portal_feedback",
                "portal_feedbackstep",
                "wagtailcore_referenceindex",
                "wagtailcore_revision",
                "wagtailcore_modellogentry",
                "wagtailcore_pagelogentry",
                "wagtailcore_comment",
                "wagtailcore_commentreply",
                "wagtailcore_uploadedfile",
            ),
        )

    def _tell_of_the_gate(self) -> None:
        """Who may hear that the gate of a page has something new; the signal itself says nothing more."""
        from sauga.kernel import live
        from sauga.portal.rules.permissions import Permission as P

        def sees(actor: Any, channel: str) -> bool:
            return bool(actor.can(P.SEE_GATE))

        live.register_channel("portal.gate.*", sees)

    def load_data(self, at: datetime) -> str:
        """What `sauga init` loads beside the vocabularies: the groups, the two first pages, partners and numbers."""
        from sauga.kernel.states import SystemActor
        from sauga.portal.actions.planting import plant_site

        return f"site: {plant_site(by=SystemActor('site'), at=at)} pages planted"

    def _hold_the_tool(self) -> None:
        """The editor's form refuses a schedule in the past, and every act of the tool stands in the trail."""
        from sauga.kernel import clock
        from sauga.portal import receivers
        from sauga.portal.actions import guarding
        from sauga.portal.models import PortalPage
        from sauga.portal.queries import gating
        from sauga.portal.views.editor_form import DraftCopyForm, EditorForm
        from sauga.portal.views.gate import face

        PortalPage.base_form_class = EditorForm
        PortalPage.copy_form_class = DraftCopyForm
        receivers.register()
        gating.show_with(face)
        guarding.stand(clock.now)

    def _say_notices(self) -> None:
        from sauga.kernel.notices import register_template

        register_template("portal.review_answered", _("Review %(ref)s has an answer, or its link has run out."))
        register_template("portal.page_submitted", _("Page %(number)s waits to be read over."))
        register_template("portal.page_approved", _("Page %(number)s was approved."))
        register_template("portal.page_rejected", _("Page %(number)s: something should be changed."))
        register_template("portal.page_held_back", _("Page %(number)s did not go up at its hour: a check does not pass."))
        register_template("portal.pages_due", _("Pages that wait to be looked at again: %(number)s"))

    def _count_the_day(self) -> None:
        """What stands at the top of “My day”."""
        from sauga.kernel.identity import home
        from sauga.portal.queries import linking, working
        from sauga.portal.rules.permissions import Permission as P

        for order, (code, label, count, permission, url) in enumerate(
            (
                ("reviews", _("Reviews that wait for an answer"), working.reviews_open, P.ASK_REVIEW, "portal-reviews"),
                ("due", _("Pages to look at again"), working.due_count, P.WRITE_PAGES, "portal-due"),
                ("links", _("Broken links"), linking.broken_count, P.SEE_GATE, "portal-links"),
                ("behind", _("Translations behind their source"), working.behind_count, P.TRANSLATE_PAGES, "portal-translations"),
            ),
            30,
        ):
            home.register(home.Counter(f"portal.{code}", label, count, permission=permission, url_name=url, order=order))

    def _be_found(self) -> None:
        """Pages enter search as they go live; what is read is counted by page and day."""
        from django.apps import apps
        from wagtail.signals import page_published, page_unpublished

        from sauga.portal.actions import finding

        page_published.connect(finding.page_went_live, dispatch_uid="portal.search")
        page_unpublished.connect(finding.page_went_down, dispatch_uid="portal.search")
        if apps.is_installed("sauga.repository"):
            from sauga.repository.queries import search

            search.lead_to(finding.KIND, finding.addresses)

    def _answer_readers(self) -> None:
        """What readers say stands at the top of the day and in the rail."""
        from sauga.kernel import live
        from sauga.kernel.notices import register_template
        from sauga.kernel.ui.navigation import Item, register
        from sauga.portal.queries import statement
        from sauga.portal.rules.permissions import Permission as P

        register_template("portal.feedback_received", _("A reader told us something about the site: %(ref)s"))
        item = Item(
            url="portal-feedback-list",
            label=_("Feedback"),
            icon="message-circle",
            order=32,
            permissions=(P.ANSWER_FEEDBACK,),
            count=statement.waiting,
        )
        register(item)

        def answers(actor: Any, channel: str) -> bool:
            return bool(actor.can(P.ANSWER_FEEDBACK))

        live.register_channel("portal.feedback", answers)

    def _offer_pages(self) -> None:
        from sauga.kernel.ui.navigation import Feed, Item, register, register_feed
        from sauga.portal.rules.permissions import Permission as P

        children = (
            Item(url="wagtailadmin_home", label=_("Pages"), icon="file-text", order=1, permissions=(P.USE_CMS,)),
            Item(url="portal-reviews", label=_("Reviews"), icon="send", order=2, permissions=(P.ASK_REVIEW,)),
            Item(url="portal-translations", label=_("Translations"), icon="languages", order=3, permissions=(P.TRANSLATE_PAGES,)),
            Item(url="portal-links", label=_("Broken links"), icon="link", order=5, permissions=(P.SEE_GATE,)),
            Item(url="portal-due", label=_("To look at again"), icon="history", order=4, permissions=(P.WRITE_PAGES,)),
        )
        register(Item(url="wagtailadmin_home", label=_("Site"), icon="globe", order=30, permissions=(P.USE_CMS,), children=children))
        register_feed(Feed(url="portal-feed", title=_("News")))
