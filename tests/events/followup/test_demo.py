"""The demo's afterwards: letters sent, certificates given, a survey with results."""

from datetime import timedelta

import pytest
from factories.followup import after, came
from factories.registrations import a_ticket, an_event, registered

from sauga.events.followup import demo
from sauga.events.followup.models import Certificate, Mailing, Survey
from sauga.events.followup.queries import certificates, surveys
from sauga.events.states import MailingState, SurveyState
from tests.centre import Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def test_the_demo_shows_what_followed(centre: Centre):
    event = an_event(centre)
    demo.play(lambda _at, role: centre.actor(role), event)
    assert not Survey.objects.exists()  # nobody came yet
    ticket = a_ticket(centre, event, 20)
    for number in range(13):
        came(registered(ticket, f"p{number}"), at=after(event))
    demo.play(lambda _at, role: centre.actor(role), event)
    mailing, survey = Mailing.objects.get(), Survey.objects.get(is_for_classes=False)
    assert (mailing.state, mailing.handed) == (MailingState.SENT, 13)
    assert survey.state == SurveyState.CLOSED and surveys.results(survey).is_shown
    assert Certificate.objects.count() == 8
    days = (event.starts.date(), event.starts.date() + timedelta(days=30))
    assert certificates.issued_between(*days) == {"PERSON": 8}
    assert surveys.answered_between(*days) == {"PERSON": surveys.results(survey).n}
    assert not certificates.issued_between(days[1], days[1]) and not surveys.answered_between(
        days[0], days[0]
    )
