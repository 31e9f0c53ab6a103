"""What followed the demo's last conference: a letter of thanks, certificates, a survey that is closed. By the
product's own actions; the letters are handed to a server that takes and forgets them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sauga.events.followup.actions import certificates, delivery, mailings, surveys
from sauga.events.followup.actions.surveys import ATTENDEE
from sauga.events.followup.models import Survey
from sauga.events.followup.queries.certificates import attendees
from sauga.events.followup.rules.mailings import Group, Kind
from sauga.events.followup.rules.questionnaires import QuestionKind
from sauga.events.followup.rules.starters import starters
from sauga.events.programme.models import Event
from sauga.events.registration.models import Registration
from sauga.kernel.identity import PersonActor
from sauga.kernel.notifications import OutgoingMail
from sauga.kernel.outbound import MailResult
from sauga.kernel.states import SystemActor

WORKER = SystemActor("events")
TAKEN = MailResult(accepted=True, code=250, text="OK")
TEXTS = {
    "lt": (
        "Daugiau laiko klausimams po pranešimų.",
        "Praktinių užsiėmimų galėtų būti daugiau.",
        "Labai naudinga, ačiū!",
        "Norėtųsi medžiagos iš karto po pranešimo.",
    ),
    "en": ("More time for questions, please.", "Very useful, thank you."),
}

type Staff = Callable[[datetime, str], PersonActor]


def play(staff: Staff, event: Event) -> None:
    """Nothing where no participant came."""
    people = list(attendees(event).filter(groups={}))
    if not people:
        return
    evening = event.ends + timedelta(hours=2)
    by = staff(evening, "ORGANISER")
    certificates.set_certificates(by=by, event=event, minutes=None, at=evening)
    closes = event.ends + timedelta(days=14)
    kinds = (True, False) if attendees(event).exclude(groups={}).exists() else (False,)
    for is_for_classes in kinds:
        survey = surveys.begin_survey(by=by, event=event, is_for_classes=is_for_classes, at=evening)
        surveys.open_survey(by=by, survey=survey, closes_at=closes, at=evening)
    _thank(by, event, evening)
    for number, row in enumerate(people):
        at = evening + timedelta(hours=3 + number)
        if number % 3:
            certificates.issue(by=ATTENDEE, registration=row, at=at)
        if number % 8 != 5:
            _answer(survey, row, number, at)
    surveys.close_due(by=WORKER, at=closes)


def _thank(by: PersonActor, event: Event, at: datetime) -> None:
    row = mailings.write_mailing(
        by=by, event=event, kind=Kind.THANKS, groups=[Group.ATTENDED], words=starters()[Kind.THANKS], at=at
    )
    mailings.send(by=by, mailing=row, at=at)
    delivery.send_due(by=WORKER, at=at + timedelta(minutes=1), connect=_connected)


@contextmanager
def _connected() -> Iterator[Callable[[OutgoingMail], MailResult]]:
    yield lambda _letter: TAKEN


def _answer(survey: Survey, row: Registration, number: int, at: datetime) -> None:
    """Mostly content, some less so; not everybody answers everything."""
    texts = TEXTS.get(row.language, TEXTS["lt"])
    answers: dict[str, object] = {}
    for place, question in enumerate(survey.questions.all()):
        if place and (number + place) % 9 == 4:
            continue
        match question.kind:
            case QuestionKind.SCALE:
                answers[question.ref] = (5, 4, 5, 3, 4, 4, 5, 2)[(number + 3 * place) % 8]
            case QuestionKind.CHOICE:
                answers[question.ref] = (0, 1, 0, 3, 0, 1)[number % 6]
            case QuestionKind.SEVERAL:
                answers[question.ref] = sorted({number % 4, (number // 2) % 4})
            case _ if number % 2 == 0:
                answers[question.ref] = texts[(number // 2) % len(texts)]
    surveys.answer_survey(by=ATTENDEE, registration=row, answers=answers, at=at)
