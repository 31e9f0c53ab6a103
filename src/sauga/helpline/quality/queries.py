"""Reading quality reviews: the list, one review with its redacted text, and the rubric over many reviews."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.http import Http404

from sauga.helpline.chat.models import Conversation, Transfer
from sauga.helpline.chat.queries.conversations import ZONE, messages_after
from sauga.helpline.letters.models import Letter, LetterDraft
from sauga.helpline.letters.queries.thread import read_parts
from sauga.helpline.line.rules import redaction
from sauga.helpline.quality import rules
from sauga.helpline.quality.models import Review
from sauga.helpline.volunteers.queries.volunteers import short_names
from sauga.kernel import sealed, vocab
from sauga.kernel.identity import PersonActor
from sauga.kernel.ids import normalise_reference

TABLE = "helpline.review"
VIEWS = ("open", "critical", "done")
MOST = 200
PERIOD = timedelta(days=90)
PURGE_NEAR = timedelta(days=21)


@dataclass(frozen=True)
class Line:
    """One thing said, without what identifies a person. `author`: CHILD, COUNSELLOR, LINE; what the line
    said is an `event`.
    """

    author: str
    text: str = field(repr=False)
    event: str
    at: datetime


class Row(NamedTuple):
    """One review in the list. `reviewer` is an alias; the counsellor is not named."""

    review: Review
    language: str
    band: str
    reviewer: str
    is_mine: bool
    is_late: bool


@dataclass(frozen=True)
class Summary:
    """The rubric over a period.

    `tallies` is empty while there are fewer than `fewest` reviews: too few would point at a person.
    """

    since: datetime
    reviews: int
    fewest: int
    critical: int
    by_why: Sequence[tuple[str, int]]
    tallies: Sequence[rules.Tally]


def items(channel: str, at: datetime) -> list[rules.Item]:
    """The rubric's items of a channel as valid on that day."""
    return rules.items_of(channel, all_items(at))


def all_items(at: datetime) -> list[rules.Item]:
    """The whole rubric."""
    return [
        rules.Item(
            term.code,
            term.label,
            term.extra["section"],
            tuple(term.extra["channels"]),
            bool(term.extra["critical"]),
        )
        for term in vocab.terms("qa_item", at=at)
    ]


def had_part(review: Review) -> set[int]:
    """Everybody who spoke, wrote, read or led in the contact; empty when the contact is gone."""
    if review.conversation is not None:
        passed = Transfer.objects.filter(conversation=review.conversation).values_list("giver_id", "taker_id")
        people = {review.conversation.owner_id, *(person for pair in passed for person in pair)}
    elif review.letter is not None:
        drafts = LetterDraft.objects.filter(letter=review.letter).values_list("author_id", "reviewer_id")
        people = {review.letter.claimed_by_id, *(person for pair in drafts for person in pair)}
    else:
        people = set()
    return {person for person in people if person is not None}


def _visible(by: PersonActor) -> QuerySet[Review]:
    """Every review but those of contacts in which one had part."""
    own = Q(conversation__owner_id=by.person_id) | Q(letter__claimed_by_id=by.person_id)
    talks = Transfer.objects.filter(Q(giver_id=by.person_id) | Q(taker_id=by.person_id)).values(
        "conversation_id"
    )
    letters = LetterDraft.objects.filter(Q(author_id=by.person_id) | Q(reviewer_id=by.person_id)).values(
        "letter_id"
    )
    own_ids = Review.objects.filter(own | Q(conversation_id__in=talks) | Q(letter_id__in=letters)).values(
        "pk"
    )
    return Review.objects.exclude(pk__in=own_ids)


def _view(rows: QuerySet[Review], view: str) -> QuerySet[Review]:
    if view == "open":
        return rows.filter(done_at=None).exclude(conversation=None, letter=None).order_by("drawn_at", "pk")
    if view == "critical":
        return rows.filter(is_critical=True, settled_at=None).order_by("done_at", "pk")
    return rows.exclude(done_at=None).order_by("-done_at", "-pk")


def reviews(*, by: PersonActor, view: str) -> QuerySet[Review]:
    """One of the lists, the oldest first where work waits."""
    return _view(_visible(by), view).select_related("conversation", "letter")


def rows_of(*, by: PersonActor, reviews: Sequence[Review], at: datetime) -> list[Row]:
    """These reviews with their reviewers."""
    names = short_names([review.reviewer_id for review in reviews])
    return [_row(by, review, names.get(review.reviewer_id or 0, ""), at) for review in reviews]


def _row(by: PersonActor, review: Review, reviewer: str, at: datetime) -> Row:
    contact: Conversation | Letter | None = review.conversation or review.letter
    late = review.done_at is None and review.drawn_at <= at - PURGE_NEAR
    language, band = (contact.language, contact.band) if contact else ("", "")
    return Row(review, language, band, reviewer, review.reviewer_id == by.person_id, late)


def counts(*, by: PersonActor) -> dict[str, int]:
    """How many stand in each list."""
    return {view: _view(_visible(by), view).count() for view in VIEWS}


def review_for(by: PersonActor, ref: str) -> Review:
    """The review behind a reference; one's own contact is as if it did not exist. Raises Http404."""
    found = _visible(by).filter(ref=normalise_reference(ref)).select_related("conversation", "letter").first()
    if found is None:
        raise Http404
    return found


def text_of(review: Review, vault: sealed.Vault) -> list[Line] | None:
    """What was said, redacted; None when the contact or its key is gone."""
    contact: Conversation | Letter | None = review.conversation or review.letter
    key = sealed.open_data_keys(ZONE, [contact.holder], vault).get(contact.holder) if contact else None
    if contact is None or key is None:
        return None
    if isinstance(contact, Conversation):
        return [
            Line(said.author, redaction.redacted(said.text), said.event, said.at)
            for said in messages_after(contact, key, 0)
        ]
    parts = read_parts(contact, key)
    return [
        Line("CHILD" if part.from_child else "COUNSELLOR", redaction.redacted(part.text), "", part.at)
        for part in parts
    ]


def remark_of(review: Review, vault: sealed.Vault) -> str:
    """The reviewer's remark; empty when there is none or its time is over."""
    if not review.remark:
        return ""
    key = sealed.open_data_keys(ZONE, [review.holder], vault).get(review.holder)
    return (
        sealed.unseal(key, table=TABLE, row=review.ref, field="remark", envelope=bytes(review.remark))
        if key
        else ""
    )


def reviewer_names(review: Review) -> tuple[str, str]:
    """Aliases of who reviewed and who settled."""
    names = short_names([review.reviewer_id, review.settled_by_id])
    return names.get(review.reviewer_id or 0, ""), names.get(review.settled_by_id or 0, "")


def summary(*, at: datetime) -> Summary:
    """The last 90 days: every item over all reviews. No person, no shift, no order of people."""
    since = at - PERIOD
    found = list(Review.objects.filter(done_at__gte=since).only("scores", "why", "is_critical"))
    fewest = int(vocab.policy("policy.quality", at=at)["fewest_shown"])
    return Summary(
        since=since,
        reviews=len(found),
        fewest=fewest,
        critical=sum(review.is_critical for review in found),
        by_why=[
            (term.label, sum(review.why == term.code for review in found))
            for term in vocab.terms("quality_why", at=at)
        ],
        tallies=rules.tally((review.scores for review in found), all_items(at))
        if len(found) >= fewest
        else [],
    )
