"""Articles: plain pages, “what is…”, guides to apps, news, campaigns, the partners."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from sauga.portal.models.base import PortalPage, panels
from sauga.portal.models.landing_pages import LEAVES
from sauga.portal.rules.campaign_days import day_on
from sauga.portal.states import Look, Repeats


class PlainPage(PortalPage):
    """A plain page."""

    data = PortalPage.data

    edit_handler = panels()
    subpage_types: ClassVar[list[str]] = [
        "portal.PlainPage",
        "portal.ExplainerPage",
        "portal.AppGuidePage",
        "portal.LetterPage",
    ]
    template = "portal/public/page.html"

    class Meta:
        verbose_name = _("plain page")


class ExplainerPage(PortalPage):
    """What something is, in one sentence first and then in more."""

    data = replace(PortalPage.data, plain={*PortalPage.data.plain, "answer"})

    answer = models.TextField(
        _("in short"), max_length=240, help_text=_("The answer in one sentence that a child understands.")
    )

    edit_handler = panels(FieldPanel("answer"))
    subpage_types: ClassVar[list[str]] = ["portal.ExplainerPage"]
    template = "portal/public/explainer.html"

    class Meta:
        verbose_name = _("“what is…” page")


class AppGuidePage(PortalPage):
    """A guide to one app: purpose, minimum age, first settings; with the date of its last check."""

    data = replace(PortalPage.data, plain={*PortalPage.data.plain, "app", "maker"})

    app = models.CharField(_("name of the app"), max_length=60)
    maker = models.CharField(_("who makes it"), max_length=80)
    age_min = models.PositiveSmallIntegerField(_("age by its own terms"))
    age_advised = models.PositiveSmallIntegerField(_("age that we advise"))
    talks_with_strangers = models.BooleanField(_("strangers can write"))
    shows_place = models.BooleanField(_("can show where somebody is"))
    costs_money = models.BooleanField(_("money can be spent inside"))
    checked_on = models.DateField(_("checked on"))

    edit_handler = panels(
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "app",
                    "maker",
                    "age_min",
                    "age_advised",
                    "talks_with_strangers",
                    "shows_place",
                    "costs_money",
                    "checked_on",
                )
            ],
            heading=_("Facts"),
        )
    )
    subpage_types: ClassVar[list[str]] = []
    template = "portal/public/app_guide.html"

    class Meta:
        verbose_name = _("guide to an app")


class LetterPage(PortalPage):
    """The letter builder: a child chooses sentences and gets a letter to an adult. The sentences are shipped
    (`rules.letter`); what stands around them is the body of the page.
    """

    data = PortalPage.data

    edit_handler = panels()
    subpage_types: ClassVar[list[str]] = []
    template = "portal/public/letter.html"

    class Meta:
        verbose_name = _("letter to an adult")


class NewsIndexPage(PortalPage):
    """All news, newest first."""

    data = PortalPage.data

    edit_handler = panels(body=False, level=False, about=False)
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = ["portal.NewsPage"]
    template = "portal/public/news_index.html"

    class Meta:
        verbose_name = _("list of news")


class NewsPage(PortalPage):
    """One news item."""

    data = PortalPage.data

    day = models.DateField(_("day"))

    edit_handler = panels(FieldPanel("day"))
    parent_page_types: ClassVar[list[str]] = ["portal.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "portal/public/news.html"

    class Meta:
        verbose_name = _("news item")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-day", "-portalpage_ptr"], name="portal_news_latest")
        ]


class CampaignPage(PortalPage):
    """A campaign around one day, with its own colours and a countdown."""

    data = replace(PortalPage.data, plain={*PortalPage.data.plain, "look", "motto", "repeats"})

    repeats = models.CharField(_("when"), max_length=20, choices=Repeats.choices, default=Repeats.ONCE)
    day = models.DateField(_("day of the campaign"))
    look = models.CharField(_("look"), max_length=8, choices=Look.choices, default=Look.AMBER)
    motto = models.CharField(_("motto"), max_length=120, blank=True)

    drawing = "safer_internet_day"
    edit_handler = panels(FieldPanel("motto"), FieldPanel("repeats"), FieldPanel("day"), FieldPanel("look"))
    subpage_types: ClassVar[list[str]] = LEAVES
    template = "portal/public/campaign.html"

    class Meta:
        verbose_name = _("campaign")

    def day_on(self, day: date) -> date:
        """The day of the campaign as it stands on `day`."""
        return day_on(self.repeats, self.day, day)


class PartnersPage(PortalPage):
    """The partners of the centre, today or on any other day; contacts are in the body."""

    data = PortalPage.data

    edit_handler = panels(level=False, about=False)
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "portal/public/partners.html"

    class Meta:
        verbose_name = _("partners and contacts")
