"""Which sheets and columns a file for an event has."""

from collections.abc import Mapping

from sauga.events.planning.rules.sheets import PROGRAMME, Sheets, registrations
from sauga.events.programme.models import Event, said
from sauga.events.registration.models import Question, Ticket
from sauga.kernel import vocab
from sauga.kernel.kit.imports.layout import Column, Layout


def layouts_of(event: Event, kind: Sheets) -> Mapping[str, Layout[Column]]:
    """The layouts of the sheets by their names."""
    if kind == Sheets.PROGRAMME:
        return PROGRAMME
    tickets = [str(said(ticket.name)) for ticket in Ticket.objects.filter(event=event)]
    questions = [(str(said(one.text)), one.is_required) for one in Question.objects.filter(event=event)]
    return {"registrations": registrations(tickets, vocab.choices("headcount_groups"), questions)}
