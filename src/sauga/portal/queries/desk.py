"""What editors see at the desk: requested reviews, pages due for review, outdated translations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from sauga.kernel.identity import PersonActor, home
from sauga.portal.models.base import PortalPage
from sauga.portal.models.reviews import ReviewRequest
from sauga.portal.states import ReviewState

SALT = "portal.review"
MAIN = "lt"
MOST_WORDS = 6000
ALL, SENT = "all", "sent"
OWN_TEXTS = ("answer", "motto")
"""Texts that only some kinds of page have."""


@dataclass(frozen=True)
class Behind:
    """A translation whose source has changed since, or that is not compared yet."""

    page: PortalPage
    source: PortalPage
    changed_at: datetime | None


def token_of(review: ReviewRequest) -> str:
    """The token of the email's link; signed, so that nobody can guess another."""
    return signing.Signer(salt=SALT).sign(review.ref)


def review_of(token: str) -> ReviewRequest | None:
    """The review of a link, or None when the token is not ours or the review is gone."""
    try:
        ref = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return ReviewRequest.objects.select_related("page", "revision").filter(ref=ref).first()


def reviews(view: str = ALL) -> QuerySet[ReviewRequest]:
    """All stored reviews, or those without an answer, newest first."""
    rows = ReviewRequest.objects.select_related("page__locale").order_by("-asked_at", "-pk")
    return rows.filter(state=ReviewState.SENT) if view == SENT else rows


def review_for(by: PersonActor, ref: str) -> ReviewRequest:
    """One of them. Raises Http404."""
    found = ReviewRequest.objects.filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def page_for(by: PersonActor, key: int) -> PortalPage:
    """A page by its number in Wagtail. Raises Http404."""
    found: PortalPage | None = (
        PortalPage.objects.filter(pk=key).select_related("locale", "latest_revision").first()
    )
    if found is None:
        raise Http404
    return found


def other_readings(page: PortalPage) -> list[PortalPage]:
    """The main text and the simplified versions of the same text, drafts too, without this one."""
    main = page.main_id or page.pk
    return list(
        PortalPage.objects.filter(Q(pk=main) | Q(main_id=main)).exclude(pk=page.pk).order_by("level", "pk")
    )


def reviews_open(by: PersonActor, at: datetime) -> int:
    """How many reviews wait for an answer."""
    return home.count_of(reviews(SENT))


def due(at: date) -> "QuerySet[PortalPage]":
    """Live pages due for review, the longest overdue first."""
    found: QuerySet[PortalPage] = PortalPage.objects.live().filter(review_by__lt=at)
    return found.select_related("locale").order_by("review_by", "path")


def due_count(by: PersonActor, at: datetime) -> int:
    """How many."""
    late = Q(review_by__lt=at.date()) | (Q(gate_word__isnull=False) & ~Q(gate_word__failing=[]))
    return home.count_of(PortalPage.objects.live().filter(late))


def behind() -> list[Behind]:
    """Outdated translations, in tree order. Two queries."""
    pages = (
        PortalPage.objects.exclude(locale__language_code=MAIN)
        .filter(depth__gt=2)
        .select_related("locale")
        .order_by("path")
    )
    sources = {
        row.translation_key: row
        for row in PortalPage.objects.filter(
            locale__language_code=MAIN, live=True, depth__gt=2
        ).select_related("live_revision")
    }
    found = []
    for page in pages:
        source = sources.get(page.translation_key)
        if source is not None and source.live_revision_id != page.translated_from_id:
            found.append(Behind(page, source, source.last_published_at))
    return found


def to_confirm(by: PersonActor) -> "QuerySet[PortalPage]":
    """Pages of which a person must still confirm something, live ones first: visitors read those already."""
    found: QuerySet[PortalPage] = PortalPage.objects.exclude(to_confirm="").select_related("locale")
    return found.order_by("-live", "path")


def to_confirm_count(by: PersonActor, at: datetime) -> int:
    """How many."""
    return home.count_of(to_confirm(by))


def behind_count(by: PersonActor, at: datetime) -> int:
    """How many."""
    return len(behind())


def source_of(page: PortalPage) -> PortalPage:
    """The Lithuanian source of this page. Raises Http404."""
    twins = PortalPage.objects.filter(translation_key=page.translation_key, locale__language_code=MAIN)
    found: PortalPage | None = twins.select_related("live_revision").first()
    if found is None or found.pk == page.pk or found.live_revision is None:
        raise Http404
    return found


class _Words(HTMLParser):
    """The text of rich text, one line per paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"p", "li", "h3"}:
            self.parts.append("\n")


def text_of(revision: Any) -> str:
    """Everything readers see in one version of a page, as lines."""
    return "" if revision is None else text_of_page(revision.as_object())


def text_of_page(page: PortalPage) -> str:
    """The same of the version that the object holds."""
    lines = [
        page.title,
        page.summary,
        *(str(getattr(page, name, "")) for name in OWN_TEXTS),
        *said_in(page.body.get_prep_value()),
    ]
    return "\n".join(line.strip() for line in lines if line.strip())


def said_in(value: Any) -> Iterator[str]:
    """The texts of stored blocks; codes and slugs of resources are not texts."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in {"id", "type", "tone", "kind", "reader", "service", "services", "slugs"}:
                yield from said_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from said_in(inner)
    elif isinstance(value, str):
        words = _Words()
        words.feed(value)
        yield "".join(words.parts)


def difference(before: str, after: str) -> SafeString:
    """The second text with removals and additions marked, word by word. Very long texts are compared line by
    line.
    """
    split = (
        _tokens
        if max(len(before), len(after)) < MOST_WORDS * 8
        else (lambda text: text.splitlines(keepends=True))
    )
    old, new = split(before), split(after)
    parts: list[SafeString] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(conditional_escape("".join(old[i1:i2])))
            continue
        if i2 > i1:
            parts.append(format_html("<del>{}</del>", "".join(old[i1:i2])))
        if j2 > j1:
            parts.append(format_html("<ins>{}</ins>", "".join(new[j1:j2])))
    return format_html_join("", "{}", ((part,) for part in parts))


def _tokens(text: str) -> list[str]:
    """Words and what is between them; joined, they are the text again."""
    return re.findall(r"\w+|\s+|[^\w\s]", text)
