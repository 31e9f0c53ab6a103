"""Questions to speakers: asked without a name, read by the organisers, answered by the speaker.

A question is stored alone: no library, page or person beside it, the hour rounded, no audit entry of its
asking. See docs/decisions/0147.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.models import Speaker
from sauga.kernel import audit, live
from sauga.kernel.i18n import typed_text
from sauga.kernel.identity import PermissionRefused, require
from sauga.kernel.rate_limits import RecentCount
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.states import Actor, lock, move
from sauga.training.permissions import Permission
from sauga.training.states import QuestionState
from sauga.training.trail import ZONE, Trail
from sauga.training.webinars.models import Question, Webinar
from sauga.training.webinars.rules import LONGEST_QUESTION, MOST_QUESTIONS_AN_HOUR, Phase

CHANNEL = "training.questions"
ROUNDED = timedelta(minutes=5)
_asked = RecentCount(most_each=MOST_QUESTIONS_AN_HOUR + 1)


class QuestionRefused(ActionRefused):
    """A question cannot be asked now, or not like this."""

    messages = {
        "closed": _("Questions are open from half an hour before the webinar until its end."),
        "long": _("Write it shorter, please: %(most)s characters at most."),
        "many": _("Many questions came from this page. Please wait a little, or tell the organisers."),
    }
    fields = dict.fromkeys(messages, "question")

    def __init__(self, why: str) -> None:
        super().__init__(why, **({"most": LONGEST_QUESTION} if why == "long" else {}))


def ask(*, by: Actor, webinar: Webinar, text: str, page: str, at: datetime) -> Question:
    """Ask the speaker. `page` only slows a flood: it is hashed in memory under a key of the day and never
    stored. The same words in the same five minutes are one question. Raises PermissionRefused, TextMissing,
    QuestionRefused."""
    require(by, Permission.ASK_QUESTION)
    words = typed_text(text).strip()
    if not words:
        raise TextMissing
    if len(words) > LONGEST_QUESTION:
        raise QuestionRefused("long")
    if webinar.is_off or webinar.phase(at) not in (Phase.DOORS, Phase.LIVE):
        raise QuestionRefused("closed")
    if page and _asked.before(page, at) >= MOST_QUESTIONS_AN_HOUR:
        raise QuestionRefused("many")
    with transaction.atomic():
        lock(webinar)
        asked = {"webinar": webinar, "text": words, "asked_at": rounded(at)}
        if found := Question.objects.filter(**asked).first():
            return found
        row = Question.objects.create(**asked)
        live.signal(CHANNEL)
        return row


def rounded(at: datetime) -> datetime:
    """The hour, down to full five minutes."""
    whole = int(ROUNDED.total_seconds())
    return datetime.fromtimestamp(int(at.timestamp()) // whole * whole, tz=at.tzinfo)


def decide(*, by: Actor, question: Question, to: QuestionState, at: datetime) -> Question:
    """Pass a question on to the speaker, leave it out, or take either back. Raises PermissionRefused,
    MoveNotAllowed."""
    require(by, Permission.MODERATE_QUESTIONS, question)
    return _move(by, question, to, at)


def answer(*, by: Actor, speaker: Speaker, question: Question, to: QuestionState, at: datetime) -> Question:
    """The speaker marks a question as answered, or takes it back. Raises PermissionRefused,
    MoveNotAllowed."""
    require(by, Permission.SPEAK_AT_WEBINAR)
    if speaker.event_id != question.webinar.event_id:
        raise PermissionRefused(str(Permission.SPEAK_AT_WEBINAR))
    if QuestionState.ANSWERED not in (to, question.state):
        raise PermissionRefused(str(Permission.SPEAK_AT_WEBINAR))
    return _move(by, question, to, at)


def _move(by: Actor, question: Question, to: QuestionState, at: datetime) -> Question:
    with transaction.atomic():
        row = lock(question)
        move(row, to=to, by=by, at=at)
        facts: dict[str, str | int] = {"to": str(to)}
        audit.record(by, Trail.QUESTION_DECIDED, row, zone=ZONE, at=at, facts=facts)
        live.signal(CHANNEL)
        return row
