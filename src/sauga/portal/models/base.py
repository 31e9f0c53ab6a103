"""What every page of the site has: a summary, a reading level with variants, a review date."""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.models import Page
from wagtail.search import index

from sauga.kernel import vocab
from sauga.kernel.data import About, Forever
from sauga.kernel.ui.page_previews.looks import LABELS, Look, looking
from sauga.portal.blocks import Body
from sauga.portal.blocks.pinned import Pinned
from sauga.portal.blocks.sources import Sources
from sauga.portal.models.addresses import homes_of, url_parts
from sauga.portal.models.codes import CodesField
from sauga.portal.states import Level, readers

LANGUAGE_TAGS = {Level.EASY: "{}-simple"}


def tag_of(level: str, language: str) -> str:
    """The language tag of a text of a reading level: easy-to-read Lithuanian is `lt-simple` (BCP 47)."""
    return LANGUAGE_TAGS.get(Level(level), "{}").format(language)


def topics() -> list[tuple[str, str]]:
    """Code and label of every current topic."""
    return list(vocab.choices("topics"))


def panels(*own: Any, body: bool = True, level: bool = True, about: bool = True) -> TabbedInterface:
    """The editor's tabs of one kind of page: contents, care, address and schedule. `own` comes between
    summary and body.

    `about` is omitted where the kind of page determines audience and topic.
    """
    contents = [
        TitleFieldPanel("title"),
        FieldPanel("summary"),
        *own,
        *([FieldPanel("body")] if body else []),
    ]
    gate = HelpPanel(template="portal/desk/_gate_panel.html", heading=_("Publish gate"))
    variant = MultiFieldPanel([FieldPanel("level"), FieldPanel("main")], heading=_("Reading level"))
    address = MultiFieldPanel(
        [
            FieldPanel("slug"),
            FieldPanel("seo_title"),
            FieldPanel("search_description"),
            FieldPanel("show_in_menus"),
        ],
        heading=_("Address"),
    )
    schedule = MultiFieldPanel([FieldPanel("go_live_at"), FieldPanel("expire_at")], heading=_("Schedule"))
    whom = MultiFieldPanel(
        [FieldPanel("audiences"), FieldPanel("topics")], heading=_("For whom and about what")
    )
    care = MultiFieldPanel(
        [FieldPanel("review_by"), FieldPanel("responsible"), FieldPanel("to_confirm"), FieldPanel("sources")],
        heading=_("Facts and review"),
    )
    onward = MultiFieldPanel(
        [FieldPanel("pinned"), HelpPanel(template="portal/desk/_related_panel.html")],
        heading=_("What the page leads on to"),
    )
    return TabbedInterface(
        [
            ObjectList([*contents, gate], heading=_("Contents")),
            ObjectList(
                [*([variant] if level else []), *([whom] if about else []), care, onward],
                heading=_("Care"),
            ),
            ObjectList([address, schedule], heading=_("Address and schedule")),
        ]
    )


class PortalPage(Page):
    """A page of the site. `main` links a variant to the text it simplifies; the main text has none.

    `translated_from` is the version of the Lithuanian page that a translation matches, null until someone has
    confirmed one.
    """

    data = About(
        plain={
            *{"path", "url_path", "slug", "title", "draft_title", "seo_title", "search_description"},
            *{"summary", "level", "audiences", "topics", "responsible", "to_confirm"},
        },
        keep=Forever(
            _("Published words, about nobody; taken down by an editor."), what=_("Pages of the site")
        ),
    )

    summary = models.TextField(
        _("summary"),
        max_length=300,
        help_text=_("One or two sentences. They stand under the title and in lists."),
    )
    level = models.CharField(_("reading level"), max_length=12, choices=Level.choices, default=Level.ADULT)
    main = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="variants",
        verbose_name=_("retells the page"),
        help_text=_("Only for a text that says the same for another reading level."),
    )
    audiences = CodesField(
        verbose_name=_("for whom"),
        offered=readers,
        help_text=_("A page below an audience page takes it from there."),
    )
    topics = CodesField(
        verbose_name=_("topics"),
        offered=topics,
        help_text=_("Some topics need the block “Where to find help”."),
    )
    review_by = models.DateField(_("look at it again by"))
    responsible = models.CharField(
        _("responsible"), max_length=120, blank=True, help_text=_("Who keeps the page up to date.")
    )
    to_confirm = models.TextField(
        _("to be confirmed"),
        blank=True,
        max_length=2000,
        help_text=_("What somebody still has to confirm, one point to a line. Visitors never see it."),
    )
    sources = Sources()
    pinned = Pinned(
        help_text=_("Shown first at the end of the page. What else is shown there is found by topic.")
    )
    translated_from = models.ForeignKey(
        "wagtailcore.Revision", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    body = Body()

    is_creatable = False
    private_page_options: ClassVar[list[str]] = []
    template = "portal/public/page.html"
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["main", "level"],
                condition=models.Q(main__isnull=False),
                name="portal_variant_level_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["topics"], name="portal_page_topics"),
            GinIndex(fields=["audiences"], name="portal_page_audiences"),
            models.Index(fields=["page_ptr"], name="portal_page_easy", condition=models.Q(level=Level.EASY)),
        ]

    def clean(self) -> None:
        """Wagtail's rules and ours. Raises ValidationError."""
        super().clean()
        self.check_variant()

    def check_variant(self) -> None:
        """A variant simplifies a main text of its own language, each level at most once. Raises
        ValidationError.
        """
        if self.main_id is None:
            return
        main = PortalPage.objects.filter(pk=self.main_id).first()
        if main is None or self.main_id == self.pk or main.main_id is not None:
            raise ValidationError({"main": _("Choose the main text, not another variant.")})
        if main.locale_id != self.locale_id:
            raise ValidationError({"main": _("Both texts must be in the same language.")})
        if main.level == self.level:
            raise ValidationError({"level": _("The main text has this level already.")})
        if PortalPage.objects.filter(main_id=self.main_id, level=self.level).exclude(pk=self.pk).exists():
            raise ValidationError({"level": _("There is a variant of this level already.")})

    def with_content_json(self, content: dict[str, Any]) -> "PortalPage":
        """A version of the page as an object; the confirmed source version belongs to the page, not to the
        version.
        """
        found: PortalPage = super().with_content_json(content)
        found.translated_from_id = self.translated_from_id
        return found

    def get_url_parts(self, request: Any = None) -> tuple[int, str | None, str | None] | None:
        """Where it is, as Wagtail wants it."""
        return url_parts(self.url_path, homes_of(self._get_site_root_paths(request)))

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The settings in which the editors' tool shows a page, and its easy-to-read version."""
        easy = [] if self.level == Level.EASY else [(str(Level.EASY), Level.EASY.label)]
        return [("", _("As on this device")), *((str(look), label) for look, label in LABELS.items()), *easy]

    preview_sizes: ClassVar[list[dict[str, Any]]] = [
        {"name": "mobile", "icon": "mobile-alt", "device_width": 320, "label": _("Width of a phone")},
        {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": _("Width of a tablet")},
        {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("Width of a computer")},
    ]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page in one of its preview modes."""
        if mode_name == Level.EASY:
            easy = self.easy_to_read()
            if easy is None:
                return TemplateResponse(request, "portal/cms/no_easy_version.html", {"page": self})
            found: HttpResponse = easy.serve_preview(request, "")
            return found
        response: HttpResponse = super().serve_preview(request, "")
        if mode_name in list(Look):
            response = response.render() if isinstance(response, TemplateResponse) else response
            response.content = looking(response.content, Look(mode_name))
        return response

    def easy_to_read(self) -> "PortalPage | None":
        """The newest version of the easy-to-read text that simplifies this one or its main text."""
        main = self.main_id or self.pk
        row = PortalPage.objects.filter(main_id=main, level=Level.EASY).first() if main else None
        found: PortalPage | None = row.get_latest_revision_as_object() if row else None
        return found

    @property
    def language_tag(self) -> str:
        """The page's language tag."""
        return tag_of(self.level, str(self.locale.language_code))
