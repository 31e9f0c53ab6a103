"""Where the ends of the guided choice “Something happened” are in this installation: pages of services by
name, topic pages by code, help services from the list.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sauga.kernel import statements
from sauga.kernel.ui.hrefs import address
from sauga.portal.models.addresses import address_of
from sauga.portal.models.articles import LetterPage
from sauga.portal.models.landing_pages import TopicPage
from sauga.portal.models.network import HelpEntry
from sauga.portal.queries import public_pages
from sauga.portal.rules import readers
from sauga.portal.rules.something_happened import PLATFORM_TOPIC, Goal
from sauga.portal.states import HelpCode

CHILD_LINE, EMERGENCY_NUMBER = "tel:116111", "tel:112"
OWN_PAGES = {Goal.TALK: "helpline-help", Goal.PICTURE: "hotline-own-picture", Goal.REPORT: "hotline-report"}
"""Pages of services that may be missing here; by name, since the portal imports no case service."""


@dataclass(frozen=True)
class Destination:
    """One end as a link; `title` is the name of the topic's page, where it leads to one."""

    href: str
    title: str = ""

    @property
    def is_call(self) -> bool:
        return self.href.startswith("tel:")

    @property
    def is_outside(self) -> bool:
        return not self.is_call and not self.href.startswith("/")


def destinations(*, language: str, topic: str, day: date, reader: str = "") -> dict[Goal, Destination]:
    """The ends that exist here, for a path about a topic: always a person, the police and advice. Pages of
    topics open at the advice for `reader`, a group of readers, where it is known."""
    pages = {
        code: replace(page, href=readers.opened(page.href, reader))
        for code, page in topic_pages((topic, PLATFORM_TOPIC), language).items()
    }
    services = public_pages.help_entries((HelpCode.POLICE, HelpCode.HOTLINE), day)
    found = {
        goal: Destination(href)
        for goal, name in OWN_PAGES.items()
        if (href := address(name)) or (href := _elsewhere(goal, services))
    }
    found[Goal.EMERGENCY] = Destination(EMERGENCY_NUMBER)
    found[Goal.POLICE] = Destination(_website(HelpCode.POLICE, services) or EMERGENCY_NUMBER)
    found[Goal.ADVICE] = pages.get(topic) or advice_in_general()
    if PLATFORM_TOPIC in pages:
        found[Goal.PLATFORM] = pages[PLATFORM_TOPIC]
    return found


def advice_in_general() -> Destination:
    """Advice about no topic: the resources, or the home page where there are none."""
    return Destination(address("repository-resources") or address("portal-home"))


def topic_pages(codes: Iterable[str], language: str) -> dict[str, Destination]:
    """Topic code → its live page in a language, of those codes that have one."""
    found = {}
    for code, path, title in _topic_pages(codes=list(codes), language=language):
        if href := address_of(path):
            found[code] = Destination(href, title)
    return found


@statements.prepared
def _topic_pages(*, codes: list[str], language: str) -> Any:
    rows = TopicPage.objects.live().filter(
        topic__any_of=codes, locale__language_code=language, main__isnull=True
    )
    return rows.order_by("-pk").values_list("topic", "url_path", "title")


def letter_page(language: str) -> str:
    """The live page of the letter builder in a language; empty where there is none."""
    return next((address_of(path) for (path,) in _letter_pages(language=language)), "")


@statements.prepared
def _letter_pages(*, language: str) -> Any:
    rows = LetterPage.objects.live().filter(locale__language_code=language, main__isnull=True)
    return rows.order_by("pk").values_list("url_path")[:1]


def _elsewhere(goal: Goal, services: Iterable[HelpEntry]) -> str:
    """Where others do it when this installation does not."""
    if goal is Goal.TALK:
        return CHILD_LINE
    return _website(HelpCode.HOTLINE, services) if goal is Goal.REPORT else ""


def _website(code: HelpCode, services: Iterable[HelpEntry]) -> str:
    return next((row.website for row in services if row.code == code and row.website), "")
