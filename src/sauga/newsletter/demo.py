"""The demo's newsletter: readers, an issue in each language that was sent, one to be checked and a draft."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from sauga.kernel.identity import PersonActor
from sauga.kernel.kit.demo import Cast, Staff, seeds
from sauga.kernel.notifications.batches import HandOver
from sauga.kernel.outbound import MailResult
from sauga.kernel.states import SystemActor
from sauga.newsletter.actions import delivery, issues, subscriptions
from sauga.newsletter.actions.subscriptions import SUBSCRIBER
from sauga.newsletter.models import Issue
from sauga.portal.models.articles import NewsPage
from sauga.portal.models.base import PortalPage

AFTER = ("portal",)
"""The issues are composed of the demo's pages."""
WORKER = SystemActor("newsletter")
READERS = (
    ("lt", "general_public", 14),
    ("lt", "parents_carers", 9),
    ("lt", "teachers", 12),
    ("en", "general_public", 11),
)
WORDS = {
    "lt": (
        "Rudens naujienos",
        "Sveiki,\n\nšiame numeryje – kas naujo centre ir kuo galite pasinaudoti pamokose ar namuose.",
    ),
    "en": (
        "News of autumn",
        "Hello,\n\nin this issue: what is new at the centre, and what you can use in class or at home.",
    ),
}
NEXT = {
    "lt": (
        "Ruošiamės Saugesnio interneto dienai",
        "Sveiki,\n\npats laikas susiplanuoti Saugesnio interneto dieną: siūlome keletą idėjų.",
    ),
    "en": (
        "Getting ready for Safer Internet Day",
        "Hello,\n\nit is time to plan Safer Internet Day: here are some ideas.",
    ),
}


@seeds(unless=Issue.objects.exists)
def seed(at: datetime, staff: Staff) -> None:
    """The newsletter up to `at`."""
    with app.replace_connector(InMemoryConnector()):  # no job of the past is left to the demo's worker
        _happen(Cast(staff), at)


def _happen(cast: Cast, at: datetime) -> None:
    begun = at - timedelta(days=40)
    number = 0
    for language, code, count in READERS:
        for _one in range(count):
            number += 1
            when = begun + timedelta(hours=13 * number)
            row = subscriptions.ask(
                by=SUBSCRIBER,
                address=f"skaitytojas{number}@skaitytojai.example",
                language=language,
                lists=[code],
                at=when,
            )
            subscriptions.confirm(by=SUBSCRIBER, sign_up=row, at=when)
    editor, publisher = (cast.actor(role, at) for role in ("EDITOR", "PUBLISHER"))
    for language, words in WORDS.items():
        sent = at - timedelta(days=6)
        issue = _written(editor, language, words, sent)
        issues.mark_ready(by=editor, issue=issue, at=sent)
        issues.approve(by=publisher, issue=issue, send_at=None, at=sent)
    delivery.send_due(by=WORKER, at=at - timedelta(days=6), connect=_nowhere)
    ready = _written(editor, "lt", NEXT["lt"], at - timedelta(hours=3))
    issues.mark_ready(by=editor, issue=ready, at=at - timedelta(hours=2))
    _written(editor, "en", NEXT["en"], at - timedelta(hours=1))


def _written(by: PersonActor, language: str, words: tuple[str, str], at: datetime) -> Issue:
    title, intro = words
    row = issues.write_issue(
        by=by, language=language, lists=["general_public", "teachers"], title=title, intro=intro, at=at
    )
    for page in _pages(language):
        issues.add_page(by=by, issue=row, page_id=page.pk, at=at)
    return row


def _pages(language: str) -> list[PortalPage]:
    """The three latest news and the three pages that were published last."""
    news = list(NewsPage.objects.live().filter(locale__language_code=language).order_by("-day", "-pk")[:3])
    others = PortalPage.objects.live().filter(locale__language_code=language, main__isnull=True, depth__gt=3)
    others = others.exclude(pk__in=[page.pk for page in news]).not_exact_type(NewsPage)
    return [*news, *others.order_by("-last_published_at", "-pk")[:3]]


@contextmanager
def _nowhere() -> Iterator[HandOver]:
    """A mail server that takes everything and delivers nothing."""
    yield lambda _letter: MailResult(accepted=True, code=250, text="OK")
