"""The addressee's answer: a draft by the link, sent with a reason in plain words, read by the authors at
once, public the next working day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live
from sauga.kernel.clock import local_day
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused, ChangedMeanwhile
from sauga.kernel.states import Actor, SystemActor, lock
from sauga.panel.permissions import Permission
from sauga.panel.trail import VOICE_CHANNEL, ZONE, Trail
from sauga.panel.voice.actions import risk_checks
from sauga.panel.voice.actions.moves import authors_of, go, require_state
from sauga.panel.voice.actions.people import checked_by_adult, require_link
from sauga.panel.voice.models import Answer, Proposal, Question
from sauga.panel.voice.rules import answers, decisions
from sauga.panel.voice.rules.answers import Verdict
from sauga.panel.voice.rules.states import WAITING
from sauga.panel.voice.rules.words import LONGEST_PART

MOST_QUESTIONS = 3


class AnswerRefused(ActionRefused):
    """What an answer needs is missing."""

    messages = {
        "verdict": _("Choose one of the four answers."),
        "reason": _("Write the reason in at least two sentences. An answer without a reason cannot be sent."),
        "hard": _("Young people would not understand this. Use shorter sentences and everyday words."),
        "who": _("Write who answers: name and position. Both will be public."),
        "tasks": _("Say what will be done, and by when: at least one piece of work with a date ahead."),
        "decides": _("Write who decides about this."),
        "many": _("You have asked three times. Please call us instead."),
        "sent": _("The answer was sent already."),
        "early": _("It is not time yet."),
    }
    fields = {
        "verdict": "verdict",
        "reason": "reason",
        "hard": "reason",
        "who": "who",
        "tasks": "what_1",
        "decides": "decides",
    }


@dataclass(frozen=True)
class Task:
    """A piece of work that an addressee promises, and by when."""

    what: str
    by: date | None


@dataclass(frozen=True)
class Given:
    """An answer as it was typed; `revision` is the draft that was seen."""

    verdict: str
    reason: str
    who: str
    decides: str = ""
    tasks: Sequence[Task] = ()
    revision: int = 0


def save_answer(*, by: Actor, proposal: Proposal, given: Given, at: datetime) -> Answer:
    """Keep a draft, which only the holder of the link sees. Raises PermissionRefused, TextRefused,
    ChangedMeanwhile, MoveNotAllowed."""
    require_link(by, proposal)
    with transaction.atomic():
        row = lock(proposal)
        require_state(row, *WAITING)
        return _kept(row, given)


def send_answer(*, by: Actor, proposal: Proposal, given: Given, at: datetime) -> Proposal:
    """Send the answer: its authors read it now, everybody from the next working day on. Raises
    PermissionRefused, AnswerRefused, TextRefused, ChangedMeanwhile, MoveNotAllowed."""
    require_link(by, proposal)
    with transaction.atomic():
        row = lock(proposal)
        require_state(row, *WAITING)
        require_whole(row, given, at)
        answer = _kept(row, given)
        answer.received_at, answer.public_on = at, answers.public_from(at)
        answer.save(update_fields=["received_at", "public_on"])
        return go(by, row, answers.STATE_AFTER[Verdict(given.verdict)], at)


def ask_panel(*, by: Actor, proposal: Proposal, text: str, at: datetime) -> Question:
    """The addressee asks before answering. Raises PermissionRefused, AnswerRefused, TextRefused,
    MoveNotAllowed."""
    require_link(by, proposal)
    fit = checked_by_adult(text, most=LONGEST_PART, field="text")
    with transaction.atomic():
        row = lock(proposal)
        require_state(row, *WAITING)
        if row.questions.count() >= MOST_QUESTIONS:
            raise AnswerRefused("many")
        asked = Question.objects.create(proposal=row, text=fit, asked_at=at)
        audit.record(by, Trail.QUESTION_ASKED, row, zone=ZONE, at=at)
        risk_checks.tell(authors_of(row), "QUESTION", at, row)
        live.signal(VOICE_CHANNEL)
        return asked


def reply_to_addressee(*, by: Actor, question: Question, reply: str, at: datetime) -> Question:
    """What the panel says to a question of an addressee, written by a facilitator with the authors. Raises
    PermissionRefused, TextRefused."""
    require(by, Permission.SEND_TO_ADDRESSEE)
    fit = checked_by_adult(reply, most=LONGEST_PART, field="reply")
    with transaction.atomic():
        row = lock(question)
        row.reply, row.replied_at = fit, at
        row.save(update_fields=["reply", "replied_at"])
        audit.record(by, Trail.QUESTION_ANSWERED, row.proposal, zone=ZONE, at=at)
        risk_checks.seen_by_two(by, "REPLIED_TO_ADDRESSEE", f"proposal:{row.proposal.ref}", at)
        live.signal(VOICE_CHANNEL)
        return row


def write_note(*, by: Actor, proposal: Proposal, note: str, at: datetime) -> Answer:
    """The desk's own words about an answer, which no others read. Raises PermissionRefused,
    TextRefused."""
    require(by, Permission.PUBLISH_ANSWER)
    fit = checked_by_adult(note, most=LONGEST_PART, field="note", may_be_empty=True)
    with transaction.atomic():
        row: Answer = lock(proposal.answer)
        row.note = fit
        row.save(update_fields=["note"])
        audit.record(by, Trail.ANSWER_NOTED, proposal, zone=ZONE, at=at)
        return row


def publish_answer(*, by: Actor, proposal: Proposal, at: datetime) -> Answer:
    """Make an answer public: staff at any time, the job once its day has come. Raises PermissionRefused,
    AnswerRefused, MoveNotAllowed."""
    with transaction.atomic():
        row = lock(proposal)
        answer: Answer = lock(row.answer)
        if not isinstance(by, SystemActor):
            require(by, Permission.PUBLISH_ANSWER)
        else:
            require(by, Permission.ADVANCE_VOICE)
        why = decisions.why_not_made_public(
            row.state,
            local_day(at),
            public_on=answer.public_on,
            is_published=answer.published_at is not None,
            by_itself=isinstance(by, SystemActor),
        )
        if why:
            raise AnswerRefused(why)
        answer.published_at = at
        answer.save(update_fields=["published_at"])
        audit.record(by, Trail.ANSWER_PUBLISHED, row, zone=ZONE, at=at)
        risk_checks.seen_by_two(by, "PUBLISHED_ANSWER", f"proposal:{row.ref}", at)
        live.signal(VOICE_CHANNEL)
        return answer


def _kept(row: Proposal, given: Given) -> Answer:
    answer: Answer = lock(row.answer)
    if answer.received_at is not None:
        raise AnswerRefused("sent")
    if given.revision != answer.revision:
        raise ChangedMeanwhile
    answer.verdict = given.verdict if given.verdict in Verdict.values else ""
    answer.reason = checked_by_adult(
        given.reason, most=answers.LONGEST_REASON, field="reason", may_be_empty=True
    )
    answer.decides = " ".join(given.decides.split())[:160]
    answer.who = " ".join(given.who.split())[: answers.LONGEST_WHO]
    answer.tasks = [
        {"what": checked_by_adult(one.what, most=answers.LONGEST_TASK, field="what_1"), "by": _iso(one.by)}
        for one in given.tasks[: answers.MOST_TASKS]
        if one.what.strip()
    ]
    answer.revision += 1
    answer.save()
    return answer


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def require_whole(row: Proposal, given: Given, at: datetime) -> None:
    """Pass in silence where an answer has everything that it needs. Raises AnswerRefused."""
    language = row.addressee.language if row.addressee is not None else "lt"
    why = decisions.why_not_whole(
        given.verdict,
        answers.readability(given.reason, language).ease,
        who=given.who,
        decides=given.decides,
        promises=[one.by for one in given.tasks if one.what.strip()],
        today=local_day(at),
    )
    if why:
        raise AnswerRefused(why)
