"""Readers and issues of the newsletter for tests, made by the same actions as real ones."""

from datetime import datetime
from typing import Any

from sauga.kernel import clock
from sauga.kernel.i18n.normal import normal_address
from sauga.newsletter.actions import issues, subscriptions
from sauga.newsletter.actions.subscriptions import SUBSCRIBER
from sauga.newsletter.models import Issue, Subscription
from sauga.portal.models.articles import NewsPage
from tests.centre import Centre

NOW = clock.now().replace(second=1)


def subscribed(
    address: str, language: str = "lt", lists: tuple[str, ...] = ("general_public",), at: datetime = NOW
) -> Subscription:
    """A confirmed reader."""
    row = subscriptions.ask(
        by=SUBSCRIBER, address=normal_address(address), language=language, lists=lists, at=at
    )
    return subscriptions.confirm(by=SUBSCRIBER, sign_up=row, at=at)


def written(centre: Centre, *, language: str = "lt", title: str = "Lapkritis", **more: Any) -> Issue:
    """A draft of the editor with the two latest news."""
    given: dict[str, Any] = {"lists": ["general_public"], "intro": "Sveiki.\n\nTai & tai.", **more}
    by = centre.actor("EDITOR")
    issue = issues.write_issue(by=by, language=language, title=title, at=NOW, **given)
    for page in NewsPage.objects.live().filter(locale__language_code=language).order_by("-day")[:2]:
        issues.add_page(by=by, issue=issue, page_id=page.pk, at=NOW)
    return issue


def approved(centre: Centre, issue: Issue, send_at: datetime | None = None, at: datetime = NOW) -> Issue:
    """Ready, and sent by the publisher."""
    issues.mark_ready(by=centre.actor("EDITOR"), issue=issue, at=at)
    return issues.approve(by=centre.actor("PUBLISHER"), issue=issue, send_at=send_at, at=at)
