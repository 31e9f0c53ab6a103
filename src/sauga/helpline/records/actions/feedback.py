"""What somebody ticks after a contact: how they feel, whether it helped. Kept for sums only, without any link to who ticked it."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sauga.helpline.permissions import Permission
from sauga.helpline.records.models import Feedback
from sauga.kernel import clock, vocab
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor


class AnswerUnknown(ActionRefused):
    """A question or an answer that the line does not ask for."""

    message = _("Choose one of the answers.")


def give_feedback(
    *, by: Actor, channel: str, language: str, mood_before: str = "", mood_after: str = "", answers: Mapping[str, str], at: datetime
) -> Feedback:
    """Store the ticks. `answers` maps codes of feedback_question to codes of the question's scale. Raises AnswerUnknown."""
    require(by, Permission.VISIT)
    if any(mood and not vocab.has_term("mood", mood) for mood in (mood_before, mood_after)):
        raise AnswerUnknown
    for question, answer in answers.items():
        if not vocab.has_term("feedback_question", question):
            raise AnswerUnknown
        scale = vocab.term("feedback_question", question).extra["scale"]
        if not vocab.has_term(scale, answer):
            raise AnswerUnknown
    return Feedback.objects.create(
        day=at.astimezone(clock.VILNIUS).date(),
        channel=channel,
        language=language,
        mood_before=mood_before,
        mood_after=mood_after,
        answers=dict(answers),
    )
