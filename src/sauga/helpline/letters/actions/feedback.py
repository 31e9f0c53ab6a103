"""Feedback about the answer to a letter: once for each answer."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from sauga.helpline.letters.models import Letter
from sauga.helpline.permissions import Permission
from sauga.helpline.records.actions.feedback import give_feedback
from sauga.helpline.records.models import Feedback
from sauga.kernel.identity import require
from sauga.kernel.states import Actor, lock


def may_rate(letter: Letter) -> bool:
    """Whether an answer has come about which nothing was ticked yet."""
    return _last_answer(letter) > letter.rated


def rate_letter(*, by: Actor, letter: Letter, mood: str, answers: Mapping[str, str], at: datetime) -> Feedback | None:
    """Store the ticks about the last answer, once: pressed again, or in two windows, it is counted once (None). Raises AnswerUnknown."""
    require(by, Permission.VISIT)
    with transaction.atomic():
        letter = lock(letter)
        if not may_rate(letter):
            return None
        letter.rated = _last_answer(letter)
        letter.save(update_fields=["rated"])
        return give_feedback(by=by, channel="LETTER", language=letter.language, mood_after=mood, answers=answers, at=at)


def _last_answer(letter: Letter) -> int:
    """The number of the last answer that was delivered; 0 when none was."""
    return letter.parts.filter(from_child=False).order_by("-number").values_list("number", flat=True).first() or 0
