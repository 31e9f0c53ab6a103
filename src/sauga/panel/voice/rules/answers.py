"""Sending a proposal and answering it: terms, what an answer needs, and when it is public."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sauga.kernel.clock import VILNIUS, add_working_days
from sauga.kernel.i18n import readability as text_difficulty
from sauga.panel.voice.rules.states import ProposalState

ANSWER_WITHIN = timedelta(days=30)
LONGEST_TERM = timedelta(days=90)
MORE_TIME = timedelta(days=14)
"""An addressee may ask for it once."""
REMIND_BEFORE = (14, 3, 0)
"""Days before the date on which the addressee is reminded."""
ARCHIVED_AFTER = timedelta(days=30)
PUBLISHED_AFTER_DAYS = 1
"""Working days after which an answer is public; its authors read it at once."""
SHORTEST_REASON, LONGEST_REASON, LONGEST_TASK, MOST_TASKS, LONGEST_WHO = 60, 2400, 160, 3, 160
LEAST_SENTENCES, FEWEST_IN_SENTENCE = 2, 2
"""So many sentences are a reason, and so many words a sentence; one long sentence is a reason, too."""
HARDEST = text_difficulty.Level.ADULT
"""An answer harder than what adults read with ease is refused; young people need `WISHED`."""
WISHED = text_difficulty.Level.TEEN


class Verdict(TextChoices):
    """What an addressee answers."""

    ACCEPTED = "ACCEPTED", _("We agree")
    PARTLY = "PARTLY", _("We agree in part")
    DECLINED = "DECLINED", _("We do not agree")
    OTHER = "OTHER", _("Somebody else decides")


STATE_AFTER = {
    Verdict.ACCEPTED: ProposalState.ANSWERED_ACCEPTED,
    Verdict.PARTLY: ProposalState.ANSWERED_PARTLY,
    Verdict.DECLINED: ProposalState.ANSWERED_DECLINED,
    Verdict.OTHER: ProposalState.ANSWERED_DECLINED,
}
PROMISES = (Verdict.ACCEPTED, Verdict.PARTLY)
"""Whoever agrees says what will be done, and by when."""


class Ease(StrEnum):
    """How easily young people read an answer."""

    SHORT = "SHORT"
    PLAIN = "PLAIN"
    HARD = "HARD"
    TOO_HARD = "TOO_HARD"


@dataclass(frozen=True)
class Readability:
    """An answer on the scale: `words` in a sentence and `most` wished for, the longest sentences."""

    ease: Ease
    words: int
    most: int
    long_sentences: tuple[str, ...] = ()


def readability(text: str, language: str) -> Readability:
    """How an answer reads. It is too hard where its whole is above what adults read with ease; what
    is neither two sentences nor one long one is no reason."""
    counted = text_difficulty.measure(text, language)
    hard = text_difficulty.troubles(text, language, HARDEST)
    wished = text_difficulty.troubles(text, language, WISHED)
    mean = round(counted.words / counted.sentences) if counted.sentences else 0
    whole = sum(
        len(text_difficulty.words(one)) >= FEWEST_IN_SENTENCE for one in text_difficulty.sentences(text)
    )
    is_long = len(text) >= SHORTEST_REASON and counted.words >= text_difficulty.FEWEST_WORDS // 2
    if whole < LEAST_SENTENCES and not is_long:
        ease = Ease.SHORT
    elif any(one.why == "whole" for one in hard):
        ease = Ease.TOO_HARD
    else:
        ease = Ease.HARD if any(one.why == "whole" for one in wished) else Ease.PLAIN
    most = text_difficulty.longest_sentence(text_difficulty.BOUNDS[WISHED], language)
    longest = tuple(one.text for one in wished if one.why == "sentence")[:3]
    return Readability(ease, mean, most, longest)


def due_after(sent_on: date) -> date:
    """The day by which an addressee answers, unless the facilitator sets another."""
    return sent_on + ANSWER_WITHIN


def is_fit_term(due_on: date, today: date) -> bool:
    """Whether the addressee has at least two weeks and at most ninety days."""
    return today + MORE_TIME <= due_on <= today + LONGEST_TERM


def public_from(received_at: datetime) -> date:
    """The day on which an answer that came now is public."""
    return add_working_days(received_at.astimezone(VILNIUS).date(), PUBLISHED_AFTER_DAYS)


def is_overdue(due_on: date, today: date) -> bool:
    """Whether the day has passed."""
    return today > due_on


def reminder_due(due_on: date, today: date, sent: int) -> bool:
    """Whether the next reminder (`sent` went out already) is due. One day missed is made up for by one mail,
    not by several."""
    reached = sum((due_on - today).days <= days for days in REMIND_BEFORE)
    return reached > sent


def reminders_reached(due_on: date, today: date) -> int:
    """How many reminders are behind us on a day."""
    return sum((due_on - today).days <= days for days in REMIND_BEFORE)
