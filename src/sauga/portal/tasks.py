"""Background jobs of the portal: each calls one action and may run twice without harm."""

from contextlib import suppress

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.portal.actions import (
    feedback,
    outside_links,
    page_gate,
    publication_schedule,
    reviews,
    unfinished_uploads,
)
from sauga.portal.models.base import PortalPage
from sauga.portal.queries import page_gate as gates
from sauga.repository.resources.actions import browser_audit

SCHEDULE = SystemActor("schedule")
SWEEPER = SystemActor("portal")


@app.periodic(cron="* * * * *")
@app.task(
    name="portal.publish_due",
    queue="portal",
    queueing_lock="portal.publish_due",
    lock="portal.publish_due",
    pass_context=False,
)
def publish_due(timestamp: int) -> None:
    """Every minute: publish and unpublish the pages that are due."""
    publication_schedule.publish_due(by=SCHEDULE, at=clock.now())


@app.periodic(cron="5 * * * *")
@app.task(
    name="portal.expire_reviews", queue="portal", queueing_lock="portal.expire_reviews", pass_context=False
)
def expire_reviews(timestamp: int) -> None:
    """Every hour: expire review links that were not answered."""
    reviews.expire_reviews(by=SCHEDULE, at=clock.now())


@app.periodic(cron="10 5 * * 1-5")
@app.task(
    name="portal.tell_of_reviews_due",
    queue="portal",
    queueing_lock="portal.tell_of_reviews_due",
    pass_context=False,
)
def tell_of_reviews_due(timestamp: int) -> None:
    """On working-day mornings: how many pages are due for review."""
    publication_schedule.tell_of_reviews_due(by=SCHEDULE, at=clock.now())


@app.task(
    name="portal.send_review",
    queue="mail",
    pass_context=False,
    retry=RetryStrategy(max_attempts=8, exponential_wait=4),
)
def send_review(review_id: int) -> None:
    """Send the email with a review link, once."""
    reviews.send_review(by=SCHEDULE, review_id=review_id, at=clock.now())


@app.periodic(cron="25 3 * * *")
@app.task(
    name="portal.close_feedback", queue="portal", queueing_lock="portal.close_feedback", pass_context=False
)
def close_feedback(timestamp: int) -> None:
    """Every night: close what was answered thirty days ago, and delete addresses that were never used."""
    feedback.close_quiet(by=SWEEPER, at=clock.now())


@app.periodic(cron="30 3 * * *")
@app.task(
    name="portal.delete_unfinished_uploads",
    queue="portal",
    queueing_lock="portal.delete_unfinished_uploads",
    pass_context=False,
)
def delete_unfinished_uploads(timestamp: int) -> None:
    """Every night: delete uploads to the CMS that were not finished."""
    unfinished_uploads.delete_unfinished_uploads(by=SWEEPER, at=clock.now())


@app.task(name="portal.look_at_page", queue="portal", pass_context=False)
def look_at_page(page_id: int) -> None:
    """Audit the newest version of a page with the browser. Without one it stays “not run”."""
    page = PortalPage.objects.filter(pk=page_id).first()
    if page is None:
        return
    try:
        page_gate.audit_page(by=SWEEPER, page=gates.newest(page), at=clock.now())
    except browser_audit.NoBrowser:
        page_gate.tell(page)


@app.periodic(cron="35 3 * * *")
@app.task(name="portal.judge_live", queue="portal", queueing_lock="portal.judge_live", pass_context=False)
def judge_live(timestamp: int) -> None:
    """Every night: check live pages again, because links break, dates pass and exceptions end."""
    page_gate.judge_live(by=SWEEPER, at=clock.now())


@app.periodic(cron="*/2 * * * *")
@app.task(
    name="portal.look_at_unseen", queue="portal", queueing_lock="portal.look_at_unseen", pass_context=False
)
def look_at_unseen(timestamp: int) -> None:
    """Every two minutes, with a browser: audit two live pages that have not been audited."""
    if settings.CHROMIUM:
        with suppress(browser_audit.NoBrowser):
            page_gate.audit_unseen(by=SWEEPER, at=clock.now())


@app.periodic(cron="50 3 * * *")
@app.task(name="portal.gather_links", queue="portal", queueing_lock="portal.gather_links", pass_context=False)
def gather_links(timestamp: int) -> None:
    """Every night: collect the external links of pages and lists."""
    outside_links.gather_links(by=SWEEPER, at=clock.now())


@app.periodic(cron="*/20 * * * *")
@app.task(
    name="portal.look_at_links",
    queue="portal",
    queueing_lock="portal.look_at_links",
    lock="portal.look_at_links",
    pass_context=False,
)
def look_at_links(timestamp: int) -> None:
    """Every twenty minutes: check a few external links that are due."""
    outside_links.check_links(by=SWEEPER, at=clock.now())
