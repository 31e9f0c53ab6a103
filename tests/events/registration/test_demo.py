"""The demo's registrations: a full event with a line and an open offer, a lesson for classes, the books in
order."""

from datetime import timedelta

import pytest
from django.db.models import Sum
from factories.registrations import NOW, STARTS, an_event

from sauga.events.registration import demo
from sauga.events.registration.models import Quota, Registration
from sauga.events.states import SEATED, RegistrationState
from tests.centre import Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def test_the_demo_shows_every_kind_of_registration(centre: Centre):
    events = [an_event(centre, starts=STARTS + timedelta(days=number)) for number in range(3)]
    demo.play(centre.actor("ORGANISER"), NOW + timedelta(days=5))
    states = {event.pk: set(event.registrations.values_list("state", flat=True)) for event in events}
    assert states[events[0].pk] == {
        RegistrationState.CONFIRMED,
        RegistrationState.CANCELLED,
        RegistrationState.OFFERED,
        RegistrationState.WAITLISTED,
    }
    assert states[events[1].pk] == {RegistrationState.CONFIRMED, RegistrationState.WAITLISTED} and states[
        events[2].pk
    ] == {RegistrationState.CONFIRMED}
    for quota in Quota.objects.all():
        seated = Registration.objects.filter(ticket__quotas=quota, state__in=SEATED)
        assert quota.taken == (seated.aggregate(heads=Sum("heads"))["heads"] or 0)
    assert not any(row.created_at < row.event.published_at for row in Registration.objects.all())
