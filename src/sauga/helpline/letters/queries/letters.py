"""Letters at the desk: the list with its deadlines, and one letter opened with the counsellor's own vault."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from sauga.helpline.letters import rules
from sauga.helpline.letters.models import UNANSWERED, Letter, LetterDraft, LetterPart, LetterSet
from sauga.helpline.letters.queries.thread import ZONE, Part, asked_at, read_parts
from sauga.helpline.letters.rules import Ground
from sauga.helpline.permissions import Permission
from sauga.helpline.records.models import Attempt
from sauga.helpline.rota.queries.opening_hours import plan
from sauga.helpline.states import LetterState
from sauga.helpline.volunteers.models import Volunteer
from sauga.kernel import sealed, statements, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, allowed
from sauga.kernel.ids import normalise_reference

DRAFTS = "helpline.letterdraft"
APPROVED = "APPROVED"


class View(StrEnum):
    """Saved views, in the order of their number keys."""

    SCREEN = "read"
    ANSWER = "answer"
    MINE = "mine"
    REVIEW = "review"
    WAITING = "answered"
    UNTAKEN = "untaken"
    ALL = "all"


VIEW_STATES: Mapping[View, Sequence[LetterState]] = {
    View.SCREEN: (LetterState.RECEIVED, LetterState.REPLIED),
    View.ANSWER: (LetterState.SCREENED, LetterState.REPLIED),
    View.REVIEW: (LetterState.IN_REVIEW,),
    View.WAITING: rules.ANSWERED,
    View.UNTAKEN: (LetterState.RECEIVED, LetterState.SCREENED, LetterState.REPLIED),
    View.ALL: (*UNANSWERED, *rules.ANSWERED),
}


@dataclass(frozen=True)
class Row:
    """One line of the list: nothing of the words but how many texts there are."""

    letter: Letter
    parts: int
    holder: str
    is_mine: bool
    asked_at: datetime


@dataclass(frozen=True)
class Draft:
    """One version of an answer, opened. `remark` is why it was returned."""

    version: int
    author: str
    text: str = field(repr=False)
    saved_at: datetime
    verdict: str
    reviewer: str
    remark: str = field(repr=False)


@dataclass(frozen=True)
class LetterPage:
    """The letter page; parts and drafts are None while the vault is locked, and for people who only see that
    the letter is there.
    """

    letter: Letter
    ground: Ground
    parts: list[Part] | None
    drafts: list[Draft] | None
    holder: str
    asked_at: datetime
    to_record: Attempt | None


def reads_letters(by: PersonActor) -> bool:
    """Whether letters exist for this person at all."""
    return allowed(by, Permission.ANSWER_LETTER) or allowed(by, Permission.REVIEW_LETTER)


def _visible(*, answers: bool) -> LetterSet:
    """What stands in a person's list: a reviewer who does not answer sees letters in review only."""
    return Letter.objects.all() if answers else Letter.objects.filter(state=LetterState.IN_REVIEW)


def letters(*, by: PersonActor, view: View = View.ALL, **narrowed: str) -> LetterSet:
    """The letters of a view in the order in which they are answered.

    `narrowed` compares columns: band, audience, language. Raises Http404.
    """
    if not reads_letters(by):
        raise Http404
    found = _view(view, by.person_id, answers=allowed(by, Permission.ANSWER_LETTER))
    return found.filter(**{name: value for name, value in narrowed.items() if value}).in_order()


def rows_of(*, by: PersonActor, letters: Sequence[Letter]) -> list[Row]:
    """Rows for these letters: how many texts each has, since when it waits, in whose hand it is
    under which name.
    """
    held = Letter.objects.filter(pk__in=[letter.pk for letter in letters]).annotate(
        count=Count("parts"), asked=_ASKED
    )
    more = {pk: (count, asked) for pk, count, asked in held.values_list("pk", "count", "asked")}
    names = aliases([letter.claimed_by_id for letter in letters if letter.claimed_by_id])
    return [
        Row(
            letter=letter,
            parts=more[letter.pk][0],
            holder=names.get(letter.claimed_by_id or 0, ""),
            is_mine=letter.claimed_by_id == by.person_id,
            asked_at=more[letter.pk][1] or letter.received_at,
        )
        for letter in letters
    ]


def next_to_read(*, by: PersonActor) -> Letter | None:
    """The letter that should be read for risk first: it is not answered before. Raises Http404."""
    if not allowed(by, Permission.ANSWER_LETTER):
        raise Http404
    found: Letter | None = _visible(answers=True).filter(state=LetterState.RECEIVED).in_order().first()
    return found


# The instant of the first words after the last answer, from which the clock runs.
_LAST_ANSWER = (
    LetterPart.objects.filter(letter=OuterRef("letter"), from_child=False)
    .order_by("-number")
    .values("number")[:1]
)
_ASKED = Subquery(
    LetterPart.objects.filter(letter=OuterRef("pk"), number__gt=Coalesce(Subquery(_LAST_ANSWER), 0))
    .order_by("number")
    .values("at")[:1]
)


def counts(*, by: PersonActor) -> dict[View, int]:
    """How many letters stand in each view."""
    return _counts(person_id=by.person_id, answers=allowed(by, Permission.ANSWER_LETTER))


@statements.counted()
def _counts(*, person_id: int, answers: bool) -> Mapping[View, QuerySet[Letter]]:
    return {view: _view(view, person_id, answers=answers) for view in View}


def _view(view: View, person_id: int, *, answers: bool) -> LetterSet:
    if view is View.MINE:
        mine = Q(claimed_by_id=person_id, state__in=(*UNANSWERED, *rules.ANSWERED))
        return _visible(answers=answers).filter(mine)
    found = _visible(answers=answers).filter(state__in=VIEW_STATES[view])
    if view is View.REVIEW:  # authors are not offered their own answers
        return found.exclude(claimed_by_id=person_id)
    return found


def aliases(people: Sequence[int]) -> dict[int, str]:
    """The names under which volunteers work, by person; those without an alias have none."""
    return dict(Volunteer.objects.filter(person_id__in=people).values_list("person_id", "alias"))


def letter_for(by: PersonActor, ref: str) -> tuple[Letter, Ground]:
    """The letter behind a reference and why this person may open it. Raises Http404 for strangers and unknown
    references alike.
    """
    letter = Letter.objects.filter(ref=normalise_reference(ref)).first() if reads_letters(by) else None
    if letter is None:
        raise Http404
    found = rules.ground(
        can=by.can,
        state=letter.state,
        is_mine=letter.claimed_by_id == by.person_id,
        is_author=by.person_id in authors_of(letter),
    )
    if found is None:
        raise Http404
    return letter, found


def _versions(letter: Letter) -> QuerySet[LetterDraft]:
    """Versions of the answer that is on its way, oldest first."""
    done = (
        letter.drafts.filter(verdict=APPROVED).order_by("-version").values_list("version", flat=True).first()
        or 0
    )
    return letter.drafts.filter(version__gt=done).order_by("version")


def authors_of(letter: Letter) -> set[int | None]:
    """Everybody who wrote a version of the answer that is on its way."""
    return set(_versions(letter).values_list("author_id", flat=True))


def letter_page(*, by: PersonActor, letter: Letter, ground: Ground) -> LetterPage:
    """Gather the letter page for the person whose ground `letter_for` has found."""
    parts = drafts = None
    if by.vault is not None and ground is not Ground.LISTED:
        keys = sealed.open_data_keys(ZONE, [letter.holder, letter.desk_holder], by.vault)
        parts = read_parts(letter, keys[letter.holder]) if letter.holder in keys else None
        drafts = (
            _drafts(letter, keys[letter.desk_holder])
            if letter.desk_holder in keys and ground is not Ground.SCREEN
            else None
        )
    names = aliases([letter.claimed_by_id] if letter.claimed_by_id else [])
    return LetterPage(
        letter,
        ground,
        parts,
        drafts,
        names.get(letter.claimed_by_id or 0, ""),
        asked_at(letter),
        _to_record(letter, ground),
    )


def _to_record(letter: Letter, ground: Ground) -> Attempt | None:
    """The answered attempt whose record its author still owes."""
    if ground not in {Ground.OWN, Ground.OWN_CLOSED}:
        return None
    return letter.attempts.filter(outcome="ANSWERED", record__isnull=True).order_by("pk").first()


def _drafts(letter: Letter, key: sealed.DataKey) -> list[Draft]:
    rows = list(_versions(letter))
    names = aliases([person for row in rows for person in (row.author_id, row.reviewer_id) if person])
    return [
        Draft(
            version=row.version,
            author=names.get(row.author_id or 0, ""),
            text=_open(key, row, "body", row.body),
            saved_at=row.saved_at,
            verdict=row.verdict,
            reviewer=names.get(row.reviewer_id or 0, ""),
            remark=_open(key, row, "remark", row.remark),
        )
        for row in rows
    ]


def _open(key: sealed.DataKey, row: LetterDraft, name: str, envelope: bytes | memoryview) -> str:
    return (
        sealed.unseal(key, table=DRAFTS, row=row.ref, field=name, envelope=bytes(envelope))
        if envelope
        else ""
    )


def attempts_of(person_id: int) -> Q:
    """Filters attempts: those that this person writes up."""
    return Q(letter__in=LetterDraft.objects.filter(author_id=person_id).values("letter"))


CHANNELS = ("PHONE", "CHAT")
AHEAD = 3


def read_by(unread: Mapping[int, datetime], at: datetime) -> dict[int, datetime]:
    """Until when each letter must have been read for risk.

    `unread` says when the words of each came in; three queries at most.
    """
    if not unread:
        return {}
    first = min(unread.values()).astimezone(VILNIUS).date()
    made = plan(at, first)
    days = (made.today - first).days + AHEAD
    spans = sorted(
        {
            (span.begins, span.ends)
            for channel in CHANNELS
            for span in made.spans(channel, first - timedelta(days=1), days)
        }
    )
    length = rules.terms(vocab.policy(rules.POLICY)).screen
    return {pk: rules.after_open_time(begin, length, spans) for pk, begin in unread.items()}
