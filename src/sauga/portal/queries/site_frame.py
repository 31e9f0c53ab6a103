"""The head and the foot of public pages: what of them staff keep, today and in the language spoken."""

from datetime import date
from typing import Any

from django.apps import apps
from django.utils.translation import gettext, pgettext

from sauga.kernel import statements
from sauga.kernel.organisations.queries.roles import holders_on
from sauga.kernel.ui.frame import Frame, FrameLink, Funding
from sauga.kernel.ui.hrefs import address
from sauga.portal.models.addresses import addresses_of
from sauga.portal.models.articles import PartnersPage
from sauga.portal.models.base import PortalPage
from sauga.portal.models.footer import FooterEntry
from sauga.portal.queries.page_links import COLUMNS, PageLink, links
from sauga.portal.states import FooterKind, Level

TRANSLATED = {"lt", "en"}
SIGN_LANGUAGE = "signLanguage"


def site_frame(language: str, day: date) -> Frame:
    """The frame as a visitor sees it on a day; the language is active."""
    rows = _entries(day=day)
    links = {
        kind: tuple(FrameLink(row.text(language), row.address) for row in rows if row.kind == kind)
        for kind in (FooterKind.CONTACT, FooterKind.SOCIAL)
    }
    return Frame(
        pages=_pages(language),
        contacts=links[FooterKind.CONTACT],
        social=links[FooterKind.SOCIAL],
        partners=_partners(day),
        funding=tuple(
            Funding(row.text(language), row.has_emblem, "" if language in TRANSLATED else "en")
            for row in rows
            if row.kind == FooterKind.FUNDING
        ),
        readings=_readings(language),
    )


@statements.fetched
def _entries(*, day: date) -> Any:
    return FooterEntry.objects.on(day).order_by("order", "pk")


def _pages(language: str) -> tuple[FrameLink, ...]:
    """Pages that an editor shows in menus, and the one about the partners."""
    rows = _in_menus(language=language)
    hrefs = addresses_of([url_path for _path, _title, url_path in rows])
    shown = zip(rows, hrefs, strict=True)
    return tuple(FrameLink(title, href) for (_path, title, _url_path), href in shown if href)


@statements.prepared
def _in_menus(*, language: str) -> Any:
    live = PortalPage.objects.live().filter(locale__language_code=language).order_by()
    chosen = live.filter(main__isnull=True, show_in_menus=True)
    partners = live.filter(pk__in=PartnersPage.objects.values("pk"))
    # a union and not an “or”: each half is found by its index
    columns = ("path", "title", "url_path")
    return chosen.values_list(*columns).union(partners.values_list(*columns)).order_by("path")


def _partners(day: date) -> tuple[FrameLink, ...]:
    """Each partner of today once, with its site."""
    return tuple(FrameLink(holder.name, holder.website) for holder in holders_on(day))


def _readings(language: str) -> tuple[FrameLink, ...]:
    """Other ways to read, where there is something: easy to read, sign language."""
    found = []
    if language in TRANSLATED and _any_easy(language=language):
        found.append(FrameLink(pgettext("menu", "Easy to read"), address("portal-easy")))
    if apps.is_installed("sauga.repository"):
        from sauga.repository.catalogue.queries.catalogue import has_feature

        resources = address("repository-resources")
        if resources and has_feature(SIGN_LANGUAGE):
            found.append(FrameLink(gettext("Sign language"), f"{resources}?access={SIGN_LANGUAGE}"))
    return tuple(found)


def easy_pages(language: str) -> list[PageLink]:
    """The pages in easy language, in the order of the site."""
    return links(_easy(language=language))


def _in_easy_language(language: str) -> Any:
    return PortalPage.objects.live().filter(locale__language_code=language, level=Level.EASY)


@statements.prepared
def _easy(*, language: str) -> Any:
    return _in_easy_language(language).order_by("path").values_list(*COLUMNS)


@statements.prepared
def _any_easy(*, language: str) -> Any:
    return _in_easy_language(language).order_by().values_list("pk")[:1]
