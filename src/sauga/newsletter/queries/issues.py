"""What is read of issues: the list, one issue, its pages, what may be added, whom it goes to, how far it
is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from sauga.kernel.identity import PersonActor, home
from sauga.kernel.ui.formats.feeds import MOST, Entry
from sauga.newsletter.models import Delivery, Issue, IssueItem, Subscription
from sauga.newsletter.permissions import Permission
from sauga.newsletter.states import IssueState
from sauga.portal.models.articles import NewsIndexPage
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import HomePage, TopicIndexPage

OPEN, READY, DONE = "open", "ready", "done"
_ENDED = (IssueState.SENT, IssueState.CANCELLED)
OFFERED = 12
INDEXES = (HomePage, NewsIndexPage, TopicIndexPage)


@dataclass(frozen=True)
class Piece:
    """A page as an issue shows it: as it was sent, or as it is now. `is_fit`: published in the issue's
    language."""

    pk: int
    place: int
    title: str
    summary: str
    path: str
    is_fit: bool
    page_id: int | None


@dataclass(frozen=True)
class Progress:
    """How far the sending of an issue is."""

    total: int
    handed: int
    failed: int
    waiting: int
    next_at: datetime | None

    @property
    def done(self) -> int:
        """Mails that need nothing more."""
        return self.handed + self.failed


def issues(by: PersonActor, view: str) -> QuerySet[Issue]:
    """The issues that are at work, those that this person may check and send, or those that are done."""
    found = Issue.objects.all()
    if view == READY:
        return found.filter(state=IssueState.READY).exclude(editor_id=by.person_id)
    return found.filter(state__in=_ENDED) if view == DONE else found.exclude(state__in=_ENDED)


def counts(by: PersonActor) -> dict[str, int]:
    """How many there are of each."""
    return {view: issues(by, view).count() for view in (OPEN, READY, DONE)}


def issue_for(by: PersonActor, ref: str) -> Issue:
    """One issue. Raises Http404 where there is none, and where the actor may not see it."""
    found = Issue.objects.filter(ref=ref).first() if by.can(Permission.WRITE) else None
    if found is None:
        raise Http404
    return found


def waiting_for_second(by: PersonActor, _at: datetime) -> int:
    """Issues that this person may check and send."""
    return home.count_of(issues(by, READY))


def pieces(issue: Issue) -> list[Piece]:
    """The pages of an issue in their order."""
    rows = IssueItem.objects.filter(issue=issue).select_related("page__locale")
    if issue.started_at is not None:
        return [
            Piece(row.pk, row.place, row.title, row.summary, row.path, bool(row.title), row.page_id)
            for row in rows
            if row.title
        ]
    return [_piece(issue, row) for row in rows]


def _piece(issue: Issue, row: IssueItem) -> Piece:
    page = row.page
    if page is None:
        return Piece(row.pk, row.place, "", "", "", False, None)
    path = page.get_url() or ""
    is_fit = bool(path) and page.live and page.locale.language_code == issue.language
    return Piece(row.pk, row.place, page.title, page.summary, path, is_fit, page.pk)


def offered(issue: Issue, words: str) -> list[PortalPage]:
    """Published pages in the issue's language that it does not have, those published last first; with words,
    those that have them in title or summary."""
    rows = PortalPage.objects.live().filter(locale__language_code=issue.language, main__isnull=True)
    rows = rows.not_exact_type(*INDEXES).exclude(pk__in=_held(issue))
    for word in words.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    return list(rows.order_by("-last_published_at", "-pk")[:OFFERED])


def _held(issue: Issue) -> list[int]:
    found = IssueItem.objects.filter(issue=issue, page__isnull=False)
    return [key for key in found.values_list("page_id", flat=True) if key is not None]


def recipients(language: str, lists: Collection[str]) -> QuerySet[Subscription]:
    """Whom an issue goes to: everybody who chose its language and one of its lists, once."""
    return Subscription.objects.filter(language=language, lists__overlap=list(lists))


def waiting(issue_id: int) -> QuerySet[Delivery]:
    """The mails of an issue that are to be handed over."""
    return Delivery.objects.filter(issue_id=issue_id, sent_at__isnull=True, failed_at__isnull=True)


def sent(begun: datetime, ended: datetime) -> int:
    """How many mails were taken from one instant up to another."""
    return Delivery.objects.filter(sent_at__gte=begun, sent_at__lt=ended).count()


def is_waiting(at: datetime) -> bool:
    """Whether a mail is to be sent now."""
    rows = Delivery.objects.filter(sent_at__isnull=True, failed_at__isnull=True, next_at__lte=at)
    return rows.filter(issue__state=IssueState.SENDING).exists()


def progress(issue: Issue) -> Progress:
    """How far it is."""
    rows = Delivery.objects.filter(issue=issue).aggregate(
        handed=Count("pk", filter=Q(sent_at__isnull=False)),
        failed=Count("pk", filter=Q(failed_at__isnull=False)),
        all=Count("pk"),
        next=Max("next_at", filter=Q(sent_at__isnull=True, failed_at__isnull=True, attempts__gt=0)),
    )
    left = rows["all"] - rows["handed"] - rows["failed"]
    if not rows["all"]:  # its rows were deleted after two months; the numbers of the issue stay
        return Progress(issue.total, issue.handed, issue.failed, 0, None)
    total = issue.total if issue.state == IssueState.CANCELLED else rows["all"]
    return Progress(total, rows["handed"], rows["failed"], left, rows["next"])


def published(language: str) -> QuerySet[Issue]:
    """The issues of a language that people received, the latest first."""
    return Issue.objects.public().filter(language=language).order_by("-started_at", "-pk")


def published_issue(language: str, ref: str) -> Issue:
    """One of them. Raises Http404."""
    found = published(language).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def entries(language: str) -> list[Entry]:
    """The latest of them, for the feed."""
    return [
        Entry(
            title=row.title,
            path=reverse("newsletter-issue", args=[row.ref]),
            published=row.started_at,
            updated=row.started_at,
            summary=row.intro,
        )
        for row in published(language)[:MOST]
        if row.started_at is not None
    ]


def changed_at(language: str) -> datetime | None:
    """When an issue of a language was last begun."""
    last: datetime | None = published(language).aggregate(last=Max("started_at"))["last"]
    return last
