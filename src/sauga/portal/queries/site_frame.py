"""The head and the foot of public pages: what of them staff keep, today and in the language spoken."""

from datetime import date
from typing import Any, NamedTuple

from django.apps import apps
from django.utils.translation import gettext, pgettext

from sauga.kernel import statements
from sauga.kernel.organisations.queries.roles import holders, holders_sets
from sauga.kernel.ui.hrefs import address
from sauga.kernel.ui.public_frame.frame import Frame, FrameLink, Funding
from sauga.portal.models.addresses import addresses_of
from sauga.portal.models.articles import PartnersPage
from sauga.portal.models.base import PortalPage
from sauga.portal.models.footer import FooterEntry
from sauga.portal.queries.page_links import COLUMNS, PageLink, links
from sauga.portal.states import FooterKind, Level

TRANSLATED = {"lt", "en"}
SIGN_LANGUAGE = "signLanguage"


def site_frame(language: str, day: date) -> Frame:
    """The frame as a visitor sees it on a day; the language is active. One query for all of it."""
    found = _asked(language=language, day=day, has_resources=apps.is_installed("sauga.repository"))
    entries = [_Entry(*row) for row in found["entries"]]
    links = {
        kind: tuple(FrameLink(row.text(language), row.address) for row in entries if row.kind == kind)
        for kind in (FooterKind.CONTACT, FooterKind.SOCIAL)
    }
    return Frame(
        pages=_pages(found["menus"]),
        contacts=links[FooterKind.CONTACT],
        social=links[FooterKind.SOCIAL],
        partners=tuple(FrameLink(holder.name, holder.website) for holder in holders(found)),
        funding=tuple(
            Funding(row.text(language), row.has_emblem, "" if language in TRANSLATED else "en")
            for row in entries
            if row.kind == FooterKind.FUNDING
        ),
        readings=_readings(
            is_easy=language in TRANSLATED and bool(found["easy"]), is_signed=bool(found.get("signed"))
        ),
    )


@statements.united
def _asked(*, language: str, day: date, has_resources: bool) -> dict[str, Any]:
    found = {
        "entries": FooterEntry.objects.on(day).order_by("order", "pk").values_list(*_Entry._fields),
        "menus": _in_menus(language),
        "easy": _in_easy_language(language).order_by().values_list("pk")[:1],
        **holders_sets(day),
    }
    if has_resources:
        from sauga.repository.catalogue.queries.facets import having

        found["signed"] = having(f"access:{SIGN_LANGUAGE}")
    return found


class _Entry(NamedTuple):
    kind: str
    text_lt: str
    text_en: str
    address: str
    has_emblem: bool

    def text(self, language: str) -> str:
        """The text in a language; English where it is neither."""
        return self.text_lt if language == "lt" else self.text_en


def _pages(rows: list[tuple[Any, ...]]) -> tuple[FrameLink, ...]:
    """Pages that an editor shows in menus, and the one about the partners."""
    hrefs = addresses_of([url_path for _path, _title, url_path in rows])
    shown = zip(rows, hrefs, strict=True)
    return tuple(FrameLink(title, href) for (_path, title, _url_path), href in shown if href)


def _in_menus(language: str) -> Any:
    live = PortalPage.objects.live().filter(locale__language_code=language).order_by()
    chosen = live.filter(main__isnull=True, show_in_menus=True)
    partners = live.filter(pk__in=PartnersPage.objects.values("pk"))
    # a union and not an “or”: each half is found by its index
    columns = ("path", "title", "url_path")
    return chosen.values_list(*columns).union(partners.values_list(*columns)).order_by("path")


def _readings(*, is_easy: bool, is_signed: bool) -> tuple[FrameLink, ...]:
    """Other ways to read, where there is something: easy to read, sign language."""
    found = []
    if is_easy:
        found.append(FrameLink(pgettext("menu", "Easy to read"), address("portal-easy")))
    if is_signed and (resources := address("repository-resources")):
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
