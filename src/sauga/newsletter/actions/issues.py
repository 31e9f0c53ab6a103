"""Writing an issue, and deciding about it: ready, sent by another person, paused, continued, cancelled."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.kernel import audit, live
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.notifications import deliver
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, MoveNotAllowed, lock, move
from sauga.newsletter.mail_text import trial_letter, write
from sauga.newsletter.models import Issue, IssueItem
from sauga.newsletter.permissions import Permission
from sauga.newsletter.queries.issues import pieces
from sauga.newsletter.rules import CHANNEL, LISTS, MOST_PAGES
from sauga.newsletter.states import IssueState
from sauga.newsletter.trail import ZONE, Trail
from sauga.portal.models.base import PortalPage

FARTHEST = timedelta(days=92)
SEND_NOW = "newsletter.send_now"


class NotReady(ActionRefused):
    """Something is missing from the issue."""

    messages = {
        "lists": _("Choose at least one list."),
        "pages": _("Add at least one page first."),
        "unpublished": _(
            "One of the pages is not published in the language of the issue. Publish it or take it out."
        ),
        "many": _("An issue has at most 20 pages. Take one out first."),
        "language": _("The pages are in the language of the issue. Take them out before changing it."),
    }
    fields = {"lists": "lists", "language": "language"}


class OwnIssue(ActionRefused):
    """Who changed the issue last does not send it."""

    message = _(
        "You were the last to change this issue. A colleague who is allowed to send checks it and sends it."
    )


class TimeUnfit(ActionRefused):
    """The time of sending is past, or too far ahead."""

    message = _("Choose a time between now and three months ahead, or leave it empty to send now.")
    field = "send_at"


class MailNotTaken(ActionRefused):
    """The mail server did not take the test mail."""

    message = _("The mail server did not take the test email. Try again in a few minutes.")


def write_issue(
    *, by: PersonActor, language: str, lists: Collection[str], title: str, intro: str, at: datetime
) -> Issue:
    """Begin an issue. Raises PermissionRefused, NotReady."""
    require(by, Permission.WRITE)
    with transaction.atomic():
        issue = Issue.objects.create(
            language=language,
            lists=_known(lists),
            title=title,
            intro=intro,
            editor_id=by.person_id,
            written_at=at,
        )
        _note(by, issue, at)
        return issue


def change_issue(
    *,
    by: PersonActor,
    issue: Issue,
    language: str,
    lists: Collection[str],
    title: str,
    intro: str,
    at: datetime,
) -> Issue:
    """Change what stands above the pages, and for whom it is. Raises PermissionRefused, MoveNotAllowed,
    NotReady."""
    require(by, Permission.WRITE)
    with transaction.atomic():
        row = _draft(issue)
        if language != row.language and row.items.exists():
            raise NotReady("language")
        row.language, row.lists, row.title, row.intro = language, _known(lists), title, intro
        row.save(update_fields=["language", "lists", "title", "intro"])
        return _edited(by, row, at)


def add_page(*, by: PersonActor, issue: Issue, page_id: int, at: datetime) -> Issue:
    """Put a page at the end. Raises PermissionRefused, MoveNotAllowed, NotReady."""
    require(by, Permission.WRITE)
    with transaction.atomic():
        row = _draft(issue)
        page = PortalPage.objects.live().filter(pk=page_id, locale__language_code=row.language).first()
        if page is None:
            raise NotReady("unpublished")
        if row.items.count() >= MOST_PAGES:
            raise NotReady("many")
        last = row.items.aggregate(last=Max("place"))["last"] or 0
        IssueItem.objects.get_or_create(issue=row, page=page, defaults={"place": last + 1})
        return _edited(by, row, at)


def move_page(*, by: PersonActor, issue: Issue, item_id: int, up: bool, at: datetime) -> Issue:
    """Put a page one place up or down. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.WRITE)
    with transaction.atomic():
        row = _draft(issue)
        order = [item.pk for item in row.items.order_by("place", "pk")]
        if item_id in order:
            here = order.index(item_id)
            there = min(max(here + (-1 if up else 1), 0), len(order) - 1)
            order.insert(there, order.pop(here))
            for place, key in enumerate(order, 1):
                IssueItem.objects.filter(pk=key).update(place=place)
        return _edited(by, row, at)


def remove_page(*, by: PersonActor, issue: Issue, item_id: int, at: datetime) -> Issue:
    """Take a page out. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.WRITE)
    with transaction.atomic():
        row = _draft(issue)
        row.items.filter(pk=item_id).delete()
        return _edited(by, row, at)


def copy_issue(*, by: PersonActor, issue: Issue, language: str, at: datetime) -> Issue:
    """Begin another issue with the same lists and, where they are published in the language, the same pages.
    Raises PermissionRefused."""
    require(by, Permission.WRITE)
    with transaction.atomic():
        made = write_issue(
            by=by, language=language, lists=issue.lists, title=issue.title, intro=issue.intro, at=at
        )
        keys = issue.items.filter(page__isnull=False).values_list("page__translation_key", flat=True)
        twins = PortalPage.objects.live().filter(translation_key__in=list(keys))
        found = {one.translation_key: one for one in twins.filter(locale__language_code=language)}
        for place, key in enumerate((key for key in keys if key in found), 1):
            IssueItem.objects.create(issue=made, page=found[key], place=place)
        return made


def discard(*, by: PersonActor, issue: Issue, at: datetime) -> None:
    """Delete a draft. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.WRITE)
    with transaction.atomic():
        row = _draft(issue)
        audit.record(by, Trail.ISSUE_DISCARDED, row, zone=ZONE, at=at)
        row.delete()
        live.signal(CHANNEL)


def send_test(*, by: PersonActor, issue: Issue, at: datetime) -> None:
    """Send the issue to one's own address. Raises PermissionRefused, MailNotTaken."""
    require(by, Permission.WRITE)
    letter = trial_letter(write(issue, pieces(issue)), by.person.email, at)
    if not deliver(letter).accepted:
        raise MailNotTaken
    audit.record(by, Trail.TEST_SENT, issue, zone=ZONE, at=at)


def mark_ready(*, by: PersonActor, issue: Issue, at: datetime) -> Issue:
    """The issue is written; a second person may send it. Raises PermissionRefused, MoveNotAllowed,
    NotReady."""
    require(by, Permission.WRITE)
    with transaction.atomic():
        row = lock(issue)
        _check(row)
        return move_issue(by, row, IssueState.READY, at)


def take_back(*, by: PersonActor, issue: Issue, at: datetime) -> Issue:
    """Back to writing, before the first mail. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.WRITE)
    with transaction.atomic():
        row = move_issue(by, lock(issue), IssueState.DRAFT, at)
        row.send_at = None
        row.save(update_fields=["send_at"])
        return row


def approve(*, by: PersonActor, issue: Issue, send_at: datetime | None, at: datetime) -> Issue:
    """Send an issue that another person wrote, now or at a time. Raises PermissionRefused, OwnIssue,
    NotReady, TimeUnfit, MoveNotAllowed."""
    require(by, Permission.SEND)
    if send_at is not None and not at < send_at <= at + FARTHEST:
        raise TimeUnfit
    with transaction.atomic():
        row = lock(issue)
        if row.editor_id == by.person_id:
            raise OwnIssue
        _check(row)
        row = move_issue(by, row, IssueState.SCHEDULED, at)
        row.send_at = send_at or at
        row.save(update_fields=["send_at"])
        if send_at is None:
            app.configure_task(SEND_NOW, queue="newsletter").defer()
        return row


def pause(*, by: PersonActor, issue: Issue, at: datetime) -> Issue:
    """No further mail until it is continued. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.SEND)
    with transaction.atomic():
        return move_issue(by, lock(issue), IssueState.PAUSED, at)


def resume(*, by: PersonActor, issue: Issue, at: datetime) -> Issue:
    """Continue where it was paused. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.SEND)
    with transaction.atomic():
        row = lock(issue)
        if row.state != IssueState.PAUSED:  # from SCHEDULED only the job begins to send
            raise MoveNotAllowed(row.state, IssueState.SENDING)
        move_issue(by, row, IssueState.SENDING, at)
        app.configure_task(SEND_NOW, queue="newsletter").defer()
        return row


def cancel(*, by: PersonActor, issue: Issue, at: datetime) -> Issue:
    """Stop sending; what was sent stays sent. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.SEND)
    with transaction.atomic():
        row = move_issue(by, lock(issue), IssueState.CANCELLED, at)
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        row.deliveries.filter(sent_at__isnull=True, failed_at__isnull=True).delete()
        return row


def move_issue(by: Actor, row: Issue, to: IssueState, at: datetime) -> Issue:
    """Move a locked issue, with its audit entry and the signal to open pages."""
    move(row, to=to, by=by, at=at)
    audit.record(by, Trail.ISSUE_MOVED, row, zone=ZONE, at=at, facts={"to": str(to)})
    live.signal(CHANNEL)
    return row


def _check(row: Issue) -> None:
    shown = pieces(row)
    if not shown:
        raise NotReady("pages")
    if not all(piece.is_fit for piece in shown):
        raise NotReady("unpublished")


def _draft(issue: Issue) -> Issue:
    row = lock(issue)
    if row.state != IssueState.DRAFT:
        raise MoveNotAllowed(row.state, IssueState.DRAFT)
    return row


def _edited(by: PersonActor, row: Issue, at: datetime) -> Issue:
    row.editor_id, row.written_at = by.person_id, at
    row.save(update_fields=["editor_id", "written_at"])
    _note(by, row, at)
    return row


def _note(by: Actor, row: Issue, at: datetime) -> None:
    audit.record(by, Trail.ISSUE_WRITTEN, row, zone=ZONE, at=at)
    live.signal(CHANNEL)


def _known(lists: Collection[str]) -> list[str]:
    known = [code for code, _name in LISTS if code in lists]
    if not known:
        raise NotReady("lists")
    return known
