"""Writes rows of registrations that organisers collected on paper: each is a registration like any other,
with the seat or the place in the line that it would have, and its email with the personal link.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.events.planning.models import ImportedFile
from sauga.events.planning.rules.sheets import QUESTION
from sauga.events.programme.models import Event
from sauga.events.registration.actions.registrations import (
    REGISTRANT,
    RegisteredAlready,
    RegistrationData,
    register,
)
from sauga.events.registration.models import Question, Ticket
from sauga.events.registration.presenters import STATES
from sauga.events.registration.queries.details import Details
from sauga.kernel import vocab
from sauga.kernel.i18n import fold, languages
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.identity import PersonActor
from sauga.kernel.refusals import ActionRefused


class RowUnfit(ActionRefused):
    """A ticket, a language or an answer that the event does not have."""

    messages = {
        "ticket": _("The event has no ticket of this name. It has: %(names)s."),
        "language": _("Emails are written in one of these languages: %(names)s."),
        "answer": _("This is none of the answers: %(names)s."),
    }
    fields = {"ticket": "ticket", "language": "language"}

    def __init__(self, why: str, names: list[str], column: str = "") -> None:
        super().__init__(why, names=", ".join(names) or "–")
        self.field = column or self.field


class RegistrationWriter:
    """Writes one row after the other."""

    def __init__(self, *, by: PersonActor, event: Event, file: ImportedFile, at: datetime) -> None:
        self.event, self.file, self.at = event, file, at
        self.tickets = list(Ticket.objects.filter(event=event).prefetch_related("quotas"))
        self.questions = list(Question.objects.filter(event=event))
        self.groups = [code for code, _label in vocab.choices("headcount_groups")]

    def write(self, _sheet: str, number: int, content: Mapping[str, Any]) -> tuple[bool, str]:
        """Write one row; whether it was new, and where it stands then. Raises what registering raises, and
        RowUnfit."""
        ticket = self._ticket(content.get("ticket", ""))
        details = Details(
            content["name"],
            normal_address(content["email"]),
            school=content.get("school", ""),
            class_name=content.get("class", ""),
            guardian=normal_address(content.get("guardian", "")),
            answers=self._answers(content),
        )
        data = RegistrationData(
            details=details,
            language=self._language(content.get("language", "")),
            sending=hashlib.sha256(f"{self.file.ref}:{number}".encode()).hexdigest()[:32],
            groups={code: content[code] for code in self.groups if content.get(code)},
            needs=content.get("needs", ""),
            photo=content.get("photo", ""),
        )
        try:
            row = register(by=REGISTRANT, ticket=ticket, data=data, at=self.at, is_vouched=True)
        except RegisteredAlready as known:
            return False, str(STATES[known.registration.state].text)
        return True, str(STATES[row.state].text)

    def column_of(self, _sheet: str, field: str) -> str:
        """The column that a refusal concerns; that of heads is the row."""
        return "" if field == "heads" else field

    def _ticket(self, name: str) -> Ticket:
        if not name and len(self.tickets) == 1:
            return self.tickets[0]
        wanted = fold(name)
        for ticket in self.tickets:
            if name and wanted in map(fold, filter(None, ticket.name.values())):
                return ticket
        raise RowUnfit("ticket", [str(ticket) for ticket in self.tickets])

    def _language(self, code: str) -> str:
        known = [row.code for row in languages.for_letters()]
        if code and code not in known:
            raise RowUnfit("language", known)
        return code or languages.DEFAULT

    def _answers(self, content: Mapping[str, Any]) -> dict[str, str]:
        found = {}
        for number, question in enumerate(self.questions, 1):
            column = f"{QUESTION}{number}"
            if typed := content.get(column, ""):
                found[question.ref] = _answer(question, typed, column)
        return found


def _answer(question: Question, typed: str, column: str) -> str:
    """An answer as it is stored: yes or no, or the number of a choice. Raises RowUnfit."""
    wanted = fold(typed)
    if question.kind == "YES_NO":
        known = {"yes": "yes", "taip": "yes", "no": "no", "ne": "no"}
        if wanted not in known:
            raise RowUnfit("answer", ["taip", "ne"], column)
        return known[wanted]
    if question.kind == "CHOICE":
        for lines in question.choices.values():
            for number, line in enumerate(lines):
                if fold(line) == wanted:
                    return str(number)
        raise RowUnfit("answer", list(question.choices.get(languages.DEFAULT, ())), column)
    return typed
