"""The site's demo data: a small complete site in Lithuanian and English, written, translated and published by
the demo's editors.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sauga.kernel.clock import VILNIUS
from sauga.kernel.kit.demo import Staff, seeds
from sauga.kernel.states import SystemActor
from sauga.portal.actions.footer import add_footer_entries
from sauga.portal.actions.starter_content import load_starter_content
from sauga.portal.demo import articles, supporters
from sauga.portal.demo.news import NEWS
from sauga.portal.demo.stage import Stage
from sauga.portal.models.articles import (
    AppGuidePage,
    ExplainerPage,
    NewsIndexPage,
    NewsPage,
    PartnersPage,
    PlainPage,
)
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import HomePage


@seeds(unless=PortalPage.objects.filter(depth__gt=2).exists)
def seed(at: datetime, staff: Staff) -> None:
    """The site up to `at`."""
    stage = Stage(staff, at)
    home = HomePage.objects.get(depth=2, locale__language_code="lt")
    load_starter_content(by=SystemActor("site"), at=at, publish_all=True)
    _reading(stage, home)
    _news(stage, home, at.astimezone(VILNIUS).date())
    stage.both(home, PlainPage(show_in_menus=True), *articles.ABOUT)
    stage.both(home, PartnersPage(), *articles.PARTNERS)
    supporters.seed(at)
    add_footer_entries(by=SystemActor("site"), entries=articles.FOOTER, at=at)


def _reading(stage: Stage, home: HomePage) -> None:
    """“What is…” at four reading levels, and a guide to an app."""
    lt, en, others = articles.EXPLAINER
    main = stage.both(home, ExplainerPage(), lt, en)
    for level, words in others:
        stage.one(home, ExplainerPage(level=level, main=main), words)
    facts: dict[str, Any] = {"app": "Bangelė", "age_min": 13, "age_advised": 13}
    marks = {"talks_with_strangers": True, "shows_place": True, "costs_money": False}
    guide = AppGuidePage(
        **facts, **marks, checked_on=stage.at.astimezone(VILNIUS).date() - timedelta(days=12)
    )
    stage.both(home, guide, *articles.APP_GUIDE)


def _news(stage: Stage, home: HomePage, today: date) -> None:
    index = stage.both(home, NewsIndexPage(), *articles.NEWS_INDEX)
    for ago, lt, en in NEWS:
        stage.both(index, NewsPage(day=today - timedelta(days=ago)), lt, en)
