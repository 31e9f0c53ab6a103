"""What a visitor's page shows beside its own words: doors, news, the next campaign, variants, the partners and the numbers of a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from sauga.kernel.i18n import sort_key
from sauga.portal.models import AudiencePage, CampaignPage, HelpEntry, HomePage, NewsPage, Partner, PortalPage, TopicPage
from sauga.portal.states import Audience, Level, PartnerRole

ORDER = {code: place for place, code in enumerate(Audience.values)}
LEVELS = {code: place for place, code in enumerate(Level.values)}
ROLES = {code: place for place, code in enumerate(PartnerRole.values)}


def twins(page: Page) -> dict[str, str]:
    """Language → address of the same page, for the languages in which it stands; a variant's twin is the other language's main text."""
    found = {other.locale.language_code: other.url for other in page.get_translations(inclusive=True).live().select_related("locale")}
    return {code: href for code, href in found.items() if href}


def variants(page: PortalPage) -> list[PortalPage]:
    """The text's readings, this one too, by level; empty when there is only one."""
    main = page.main_id or page.pk
    found = list(PortalPage.objects.live().filter(Q(pk=main) | Q(main_id=main), locale_id=page.locale_id))
    return sorted(found, key=lambda row: LEVELS.get(row.level, 99)) if len(found) > 1 else []


def doors(home: HomePage) -> list[AudiencePage]:
    """The audiences' doors, in the order of the drawing."""
    found = AudiencePage.objects.child_of(home).live().filter(main__isnull=True)
    return sorted(found, key=lambda row: ORDER.get(row.audience, 99))


def topics(home: HomePage) -> list[TopicPage]:
    """The topics' doors, by title."""
    return sorted(TopicPage.objects.child_of(home).live().filter(main__isnull=True), key=lambda row: sort_key(row.title))


def news(home: Page, number: int) -> list[NewsPage]:
    """The newest news of one language."""
    return list(NewsPage.objects.descendant_of(home).live().filter(main__isnull=True).order_by("-day", "-pk")[:number])


def all_news(index: Page) -> Any:
    """All news of one list, newest first; for paging."""
    return NewsPage.objects.child_of(index).live().filter(main__isnull=True).order_by("-day", "-pk")


def next_campaign(home: Page, day: date) -> CampaignPage | None:
    """The campaign whose day comes next, the day itself included."""
    found: CampaignPage | None = (
        CampaignPage.objects.descendant_of(home).live().filter(day__gte=day, main__isnull=True).order_by("day", "pk").first()
    )
    return found


def under(page: Page) -> list[PortalPage]:
    """The pages below one, as the editor ordered them; variants stand behind their main text."""
    return list(PortalPage.objects.child_of(page).live().filter(main__isnull=True).order_by("path"))


def crumbs(page: Page) -> list[Page]:
    """The way from the first page to this one, without the root and without this one."""
    return list(page.get_ancestors().filter(depth__gt=1).order_by("depth"))


def partners(day: date) -> list[Partner]:
    """Who makes the centre that day, by role and name."""
    return sorted(Partner.objects.on(day), key=lambda row: (ROLES.get(row.role, 99), sort_key(row.name)))


def help_entries(codes: Iterable[str], day: date) -> list[HelpEntry]:
    """Where help is found that day, for some codes or for all when none is named. What nobody has confirmed is left out."""
    wanted = list(codes)
    rows = HelpEntry.objects.on(day).confirmed()
    return list((rows.filter(code__in=wanted) if wanted else rows).order_by("order", "pk"))
