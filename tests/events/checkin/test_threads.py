"""Phones that send at the same time, on real PostgreSQL."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from factories.checkin import HOUR, MINUTE, a_day, scan, sent
from factories.registrations import STARTS, registered

from sauga.events.checkin.models import CheckIn
from sauga.events.states import RegistrationState
from tests.centre import Centre, centre  # noqa: F401  a fixture

DOORS = STARTS - HOUR


@pytest.mark.django_db(transaction=True)
def test_four_phones_at_once_lose_nothing_and_let_nobody_in_twice(centre: Centre):
    event, ticket = a_day(centre, STARTS)
    rows = [registered(ticket, f"Ona{n}", at=STARTS - timedelta(days=30)) for n in range(6)]
    scans = {name: [scan(row, DOORS + n * MINUTE) for n, row in enumerate(rows)] for name in "abcd"}
    wrong: list[BaseException] = []

    def phone(name: str) -> None:
        try:
            for _again in range(2):
                sent(centre, event, *scans[name], at=DOORS + HOUR, device=f"phone-{name}")
        except BaseException as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=phone, args=(name,)) for name in scans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == [] and CheckIn.objects.count() == 24
    for row in rows:
        outcomes = sorted(CheckIn.objects.filter(registration=row).values_list("outcome", flat=True))
        row.refresh_from_db()
        assert outcomes == ["CONFLICT"] * 3 + ["COUNTED"]
        assert (row.state, row.attended_heads) == (RegistrationState.CHECKED_IN, 1)
