"""Wagtail hooks: the audit log beside its history, lists in its menu, our own home."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html_join
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import ModelLogEntry, Page, PageLogEntry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from sauga.kernel.identity import actor
from sauga.kernel.organisations.rules import Permission as Register
from sauga.portal.actions.search_index import index_page
from sauga.portal.forms.uploads import FilmForm
from sauga.portal.models.editor_log import TrailedModelEntry, TrailedPageEntry
from sauga.portal.models.footer import FooterEntry
from sauga.portal.models.media import Attachment, Picture, Video
from sauga.portal.models.network import HelpEntry
from sauga.portal.models.prepared import PreparedBlock
from sauga.portal.permissions import Permission
from sauga.portal.queries import prepared
from sauga.portal.queries.rich_text_links import PageLinks
from sauga.portal.views.start_panel import StartPanel

FILM_FIELDS = (
    "title",
    "language",
    "file",
    "captions",
    "transcript",
    "poster",
    "rights_holder",
    "rights",
)


class Films(SnippetViewSet):
    """Videos, with captions and transcripts."""

    model = Video
    icon = "media"
    menu_label = gettext_lazy("Films")
    list_display = ("title", "language", "rights_holder")
    search_fields = ("title",)
    edit_handler = ObjectList([FieldPanel(name) for name in FILM_FIELDS], base_form_class=FilmForm)


class Numbers(SnippetViewSet):
    """Help services, with dates."""

    model = HelpEntry
    icon = "mobile-alt"
    menu_label = gettext_lazy("Help numbers")
    list_display = (
        "__str__",
        "code",
        "open_times",
        "serves",
        "valid_from",
        "valid_to",
        "checked_on",
        BooleanColumn("confirmed", label=gettext_lazy("number and hours are confirmed")),
    )
    list_filter = ("code", "serves", "confirmed")
    search_fields = ("name_lt", "name_en", "phone")


class Footer(SnippetViewSet):
    """Contacts, social networks and funding lines, with dates."""

    model = FooterEntry
    icon = "arrow-down"
    menu_label = gettext_lazy("Footer")
    list_display = (
        "__str__",
        "kind",
        "valid_from",
        "valid_to",
        "order",
        BooleanColumn("has_emblem", label=gettext_lazy("with the emblem of the European Union")),
    )
    list_filter = ("kind",)
    search_fields = ("text_lt", "text_en")


PREPARED_FIELDS = (
    "code",
    "reader",
    "title_lt",
    "steps_lt",
    "title_en",
    "steps_en",
    "services",
    "platform",
    "confirmed",
)


class PreparedBlocks(SnippetViewSet):
    """What to do now in one situation, for many pages."""

    model = PreparedBlock
    icon = "list-ol"
    menu_label = gettext_lazy("Prepared blocks")
    list_display = ("__str__", "code", "reader", "confirmed")
    list_filter = ("reader", "confirmed")
    search_fields = ("title_lt", "title_en", "code")
    edit_handler = ObjectList(
        [
            HelpPanel(template="portal/cms/_prepared_uses.html", heading=gettext_lazy("Pages that show it")),
            *(FieldPanel(name) for name in PREPARED_FIELDS),
        ]
    )


class Lists(SnippetViewSetGroup):
    """The lists that pages use, in one menu."""

    menu_label = gettext_lazy("Lists")
    menu_icon = "list-ul"
    menu_order = 350
    items = (PreparedBlocks, Films, Numbers, Footer)


register_snippet(Lists)


@hooks.register("insert_global_admin_css")
def our_colours() -> str:
    """Wagtail in the colours and fonts of our desk."""
    sheets = (static("portal/cms.css"), static("ui/alerts.css"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((sheet,) for sheet in sheets))


@hooks.register("insert_global_admin_js")
def our_alerts() -> str:
    """Urgent alerts reach people who edit pages, too; the gate beside the text leads to its places."""
    scripts = (static("ui/alerts.js"), static("portal/gate.js"))
    tag = '<script type="module" src="{}"></script>'
    return format_html_join("", tag, ((script,) for script in scripts))


@hooks.register("register_admin_menu_item")
def back_to_the_desk() -> MenuItem:
    """A link back to the desk."""
    return MenuItem(gettext_lazy("Back to the desk"), "/desk/", icon_name="arrow-left", order=1)


class PartnersItem(MenuItem):
    """A link to the partners in the register of organisations, for those who may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person may open it."""
        return actor(request).can(Register.SEE)


@hooks.register("register_admin_menu_item")
def partners_in_the_register() -> MenuItem:
    """Partners are kept in the register of organisations at the desk."""
    there = reverse_lazy("organisations")
    return PartnersItem(gettext_lazy("Partners"), there, name="partners", icon_name="group", order=360)


@hooks.register("register_admin_menu_item")
def help_with_the_tool() -> MenuItem:
    """The editors' guide, at the end of the menu."""
    guide = reverse_lazy("guides-guide", args=["editor"])
    return MenuItem(pgettext_lazy("desk", "Help"), guide, name="guides", icon_name="help", order=9000)


@hooks.register("register_log_actions", order=100)
def keep_the_trail(actions: LogActionRegistry) -> None:
    """Record every line of Wagtail's history in the audit log as well. Its registry keeps one log per kind of
    object: ours replaces it.
    """
    actions.register_model(Page, TrailedPageEntry)
    for kind in (Picture, Attachment, Video, HelpEntry, FooterEntry, PreparedBlock):
        actions.register_model(kind, TrailedModelEntry)
    # The report of the whole site joins the logs it knows: ours are the tool's own rows, which would
    # stand there twice.
    actions.log_entry_models -= {PageLogEntry, ModelLogEntry}


@hooks.register("register_page_header_buttons")
def ask_somebody_outside(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Links from a page to its gate, and to asking someone without an account to read it."""
    if user.groups.filter(name=str(Permission.SEE_GATE)).exists():
        yield Button(
            gettext("Publish gate"), reverse("portal-gate", args=[page.pk]), icon_name="check", priority=60
        )
    if user.groups.filter(name=str(Permission.ASK_REVIEW)).exists():
        yield Button(
            gettext("Ask for an external review"),
            reverse("portal-review-ask", args=[page.pk]),
            icon_name="mail",
            priority=70,
        )
    if page.locale.language_code != "lt":
        yield Button(
            gettext("Compare with the source"),
            reverse("portal-translation", args=[page.pk]),
            icon_name="history",
            priority=80,
        )


@hooks.register("after_edit_snippet")
def pages_are_found_by_new_words(request: HttpRequest, instance: Any) -> None:
    """What was changed in a prepared block is found by search on the pages that show it."""
    if isinstance(instance, PreparedBlock):
        for use in prepared.uses_of(instance):
            if use.is_public:
                index_page(use.page.specific)


@hooks.register("construct_homepage_panels")
def what_is_waiting(request: HttpRequest, panels: list[Any]) -> None:
    """The start page begins with what is waiting for this editor."""
    panels.insert(0, StartPanel())


@hooks.register("construct_main_menu")
def shorter_menu(request: Any, items: list[Any]) -> None:
    """People, roles and settings are managed at our own desk."""
    items[:] = [item for item in items if item.name not in {"settings", "help", "snippets"}]


@hooks.register("register_rich_text_features", order=1)  # after Wagtail's own, which has order 0
def links_to_pages(features: Any) -> None:
    """Links to pages in rich text: ours instead of Wagtail's."""
    features.register_link_type(PageLinks)
