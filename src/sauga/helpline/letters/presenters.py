"""Letters at the desk in words: marks, deadlines, and which actions are offered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from sauga.helpline.letters import rules
from sauga.helpline.letters.models import UNANSWERED, Letter
from sauga.helpline.letters.queries.letters import LetterPage, Row
from sauga.helpline.letters.rules import Ground
from sauga.helpline.line.rules import triage
from sauga.helpline.permissions import Permission
from sauga.helpline.states import LetterState
from sauga.kernel import i18n, vocab
from sauga.kernel.i18n import languages
from sauga.kernel.identity import PersonActor
from sauga.kernel.kit.lists import Mark, TimeLeft
from sauga.kernel.ui import components

BANDS = {
    "NONE": ("calm", "ring"),
    "SOME": ("wait", "half"),
    "HIGH": ("wait", "triangle"),
    "IMMEDIATE": ("bad", "diamond"),
}
STATES = {
    LetterState.RECEIVED: ("wait", "dashed"),
    LetterState.SCREENED: ("wait", "half"),
    LetterState.CLAIMED: ("act", "target"),
    LetterState.DRAFTED: ("act", "target"),
    LetterState.IN_REVIEW: ("info", "rings"),
    LetterState.RETURNED: ("wait", "triangle"),
    LetterState.APPROVED: ("good", "tick"),
    LetterState.DELIVERED: ("good", "tick"),
    LetterState.READ: ("good", "dot"),
    LetterState.REPLIED: ("wait", "bars"),
    LetterState.CLOSED: ("calm", "dash"),
    LetterState.CLOSED_NONDATA: ("calm", "dash"),
}


@dataclass(frozen=True)
class Line:
    """A line of the list, ready to be drawn."""

    ref: str
    href: str
    band: Mark
    age: str
    who: str
    texts: int
    from_chat: bool
    state: Mark
    holder: str
    is_mine: bool
    clock: TimeLeft | None


def band(code: str) -> Mark:
    """A band of risk as a mark."""
    tone, shape = BANDS[code]
    return Mark(tone, shape, vocab.label("risk", code))


def state(code: str) -> Mark:
    """A state as a mark."""
    tone, shape = STATES.get(LetterState(code), ("calm", "dash"))
    return Mark(tone, shape, vocab.label("state.letter", code))


def clock_of(letter: Letter, asked_at: datetime, at: datetime) -> TimeLeft | None:
    """Time left to the answer; none when nothing is owed."""
    if letter.state not in UNANSWERED:
        return None
    whole = max((letter.due_at - asked_at).total_seconds(), 60)
    share = min(1.0, max(0.0, (at - asked_at).total_seconds() / whole))
    tone = "late" if at >= letter.due_at or share > 0.85 else "wait" if share > 0.6 else ""
    return TimeLeft(i18n.left(letter.due_at, at), share, tone)


def read_by(letter: Letter, asked_at: datetime, at: datetime, until: datetime | None) -> TimeLeft | None:
    """Time left for reading it for risk; none once it was read."""
    if letter.state != LetterState.RECEIVED or until is None:
        return None
    share = min(1.0, max(0.0, (at - asked_at) / max(until - asked_at, timedelta(minutes=1))))
    return TimeLeft(
        gettext("Read: %(left)s") % {"left": i18n.left(until, at)}, share, "late" if at >= until else "wait"
    )


def line(row: Row, at: datetime, until: datetime | None = None) -> Line:
    """One row of the list in words. While it is unread, the clock of reading runs."""
    letter = row.letter
    return Line(
        ref=letter.ref,
        href=reverse("helpline-letter-desk", args=[letter.ref]),
        band=band(letter.band),
        age=i18n.age_from_day(letter.received_at, at)
        if letter.closed_at
        else i18n.duration(at - letter.received_at),
        who=who(letter),
        texts=row.parts,
        from_chat=letter.from_chat,
        state=state(letter.state),
        holder=row.holder or (pgettext("holder", "a colleague") if letter.claimed_by_id else ""),
        is_mine=row.is_mine,
        clock=read_by(letter, row.asked_at, at, until) or clock_of(letter, row.asked_at, at),
    )


def who(letter: Letter) -> str:
    """Child or adult, and the language."""
    return f"{vocab.label('letter_door', letter.audience)} · {vocab.label('language', letter.language)}"


def why(letter: Letter) -> str:
    """Why the rules propose the band, in one plain sentence."""
    return triage.sentence(tuple(letter.band_rules), languages.active().code) if letter.band_rules else ""


def thread(page: LetterPage) -> list[components.Message]:
    """The thread as the desk sees it; the line's own answers stand on the right."""
    writer = vocab.label("letter_door", page.letter.audience)
    return [
        components.Message(
            text=part.text,
            by=writer if part.from_child else pgettext("letter", "The line"),
            when=part.at,
            mine=not part.from_child,
        )
        for part in page.parts or []
    ]


def moments(letter: Letter, page: LetterPage, at: datetime) -> list[components.Moment]:
    """The steps of this letter, from its own record."""
    steps = letter.steps.order_by("pk")
    found = [
        components.Moment(text=vocab.label("state.letter", step.after), when=step.at, note=_because(step.why))
        for step in steps
    ]
    if letter.state in UNANSWERED:
        found.append(
            components.Moment(
                text=gettext("Answer due"), when=letter.due_at, kind="bad" if letter.due_at < at else "next"
            )
        )
    return found


def _because(code: str) -> str:
    return {
        "LOWERED": gettext("judged less serious than proposed"),
        "RAISED": gettext("judged more serious than proposed"),
        "GIVEN_BACK": gettext("given back"),
        "IDLE": gettext("left alone for too long"),
        "TAKEN_BACK": gettext("taken back by the author"),
    }.get(code, "")


def what_may_be_done(letter: Letter, ground: Ground, by: PersonActor) -> dict[str, bool]:
    """Which acts the page offers. The actions check again."""
    answers, mine = by.can(Permission.ANSWER_LETTER), ground is Ground.ANSWER
    may_write = mine and letter.state in rules.IN_HAND
    return {
        "may_screen": answers and letter.state in {LetterState.RECEIVED, LetterState.REPLIED} and not mine,
        "may_claim": answers and letter.state in rules.CLAIMABLE,
        "may_write": may_write,
        "may_give_back": may_write,
        "may_take_back": mine and letter.state == LetterState.IN_REVIEW,
        "may_review": ground is Ground.REVIEW,
        "may_put_aside": answers
        and letter.band in {"NONE", "SOME"}
        and (letter.state in rules.CLAIMABLE or may_write),
    }
