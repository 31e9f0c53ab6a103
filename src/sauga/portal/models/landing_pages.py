"""The home page and the landing pages of audiences and topics."""

from dataclasses import replace
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from sauga.portal.blocks import Body
from sauga.portal.models.base import PortalPage, panels, topics
from sauga.portal.models.codes import CodesField
from sauga.portal.states import ICONS, Audience

LEAVES = [
    "portal.PlainPage",
    "portal.ExplainerPage",
    "portal.AppGuidePage",
    "portal.CampaignPage",
]


class HomePage(PortalPage):
    """The home page of one language. Landing pages, news, the next campaign and partners are automatic;
    `picks` are chosen.
    """

    data = PortalPage.data

    picks = Body(verbose_name=_("What we suggest this week"))

    edit_handler = panels(FieldPanel("picks"), body=False, level=False, about=False)
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "portal.AudiencePage",
        "portal.TopicPage",
        "portal.TopicIndexPage",
        "portal.NewsIndexPage",
        "portal.PartnersPage",
        *LEAVES,
    ]
    max_count_per_parent = None
    template = "portal/public/home.html"

    class Meta:
        verbose_name = _("home page")


class AudiencePage(PortalPage):
    """The landing page of one audience, with what matters most to it first."""

    data = replace(PortalPage.data, plain={*PortalPage.data.plain, "audience"})

    audience = models.CharField(_("audience"), max_length=24, choices=Audience.choices)

    edit_handler = panels(FieldPanel("audience"), about=False)
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = LEAVES
    template = "portal/public/audience.html"

    class Meta:
        verbose_name = _("audience page")

    @property
    def icon(self) -> str:
        """The icon beside its name."""
        return ICONS[Audience(self.audience)]

    def clean(self) -> None:
        """One landing page per audience and language. Raises ValidationError."""
        super().clean()
        twins = AudiencePage.objects.filter(
            audience=self.audience, locale_id=self.locale_id, main__isnull=True
        )
        if self.main_id is None and twins.exclude(pk=self.pk).exists():
            raise ValidationError({"audience": _("This audience already has a landing page.")})


class TopicPage(PortalPage):
    """The landing page of one topic. `words` are what children type when they mean it; they are never
    shown.
    """

    data = replace(PortalPage.data, plain={*PortalPage.data.plain, "topic", "words", "related"})

    topic = models.SlugField(
        _("topic"),
        max_length=40,
        help_text=_("Code of the topic in the list of topics, for example cyberbullying."),
    )
    words = models.TextField(
        _("words that people search by"),
        blank=True,
        max_length=1000,
        help_text=_("One to a line, as a child would say it."),
    )

    related = CodesField(
        verbose_name=_("related topics"),
        offered=topics,
        help_text=_("Shown at the end of the page."),
    )

    edit_handler = panels(FieldPanel("topic"), FieldPanel("words"), FieldPanel("related"))
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = LEAVES
    template = "portal/public/topic.html"

    class Meta:
        verbose_name = _("topic page")

    icon = "tag"


class TopicIndexPage(PortalPage):
    """All topics of one language, by title."""

    data = PortalPage.data

    edit_handler = panels(level=False, about=False)
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "portal/public/topics.html"

    class Meta:
        verbose_name = _("list of topics")
