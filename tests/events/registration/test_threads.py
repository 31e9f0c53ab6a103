"""Real threads on real PostgreSQL: what they leave behind is read step by step and must be what the rules
allow in exactly that order."""

import random
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from factories.registrations import (
    NOW,
    REGISTRANT,
    a_ticket,
    advanced,
    an_event,
    registered,
    registration_data,
)
from repetition import often

from sauga.events.programme.models import Event
from sauga.events.registration.actions import own, registrations, seats
from sauga.events.registration.actions.seats import TooBusy
from sauga.events.registration.models import Quota, Registration, RegistrationStep, Ticket
from sauga.events.registration.queries.holds import HOLD_LASTS
from sauga.events.registration.rules import CommandRefused
from sauga.events.states import SEATED, UNPROVEN, RegistrationState
from tests.centre import Centre, centre  # noqa: F401  a fixture

THREADS, ACTS, SIZE = 4, often(60, 4000), 12


def run_all(*works) -> list[BaseException]:
    """Run functions at the same time; what went wrong."""
    wrong: list[BaseException] = []

    def guarded(work) -> None:
        try:
            work()
        except BaseException as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return wrong


def visitor(seed: int, event: Event, people: Ticket, classes: Ticket):
    """One thread's acts: registering most of all, cancelling, accepting, making offers."""
    rng = random.Random(seed)

    def command(number: int) -> None:
        drawn = rng.random()
        if drawn < 0.55:
            pupils = rng.choice((0, 0, 0, 2, 3))
            given = registration_data(
                f"T{seed} {number}", pupils=pupils, address=f"t{seed}.{number}@mokykla.example"
            )
            registrations.register(by=REGISTRANT, ticket=classes if pupils else people, data=given, at=NOW)
        elif drawn < 0.7:
            keys = list(Registration.objects.open().filter(event=event).values_list("pk", flat=True))
            if keys:
                row = Registration.objects.select_related("ticket").get(pk=rng.choice(keys))
                own.cancel(by=REGISTRANT, registration=row, at=NOW)
        elif drawn < 0.85:
            row = (
                Registration.objects.filter(event=event, state__in=UNPROVEN).select_related("ticket").first()
            )
            if row is not None:
                own.confirm(by=REGISTRANT, registration=row, at=NOW)
        elif drawn < 0.9:
            row = (
                Registration.objects.filter(event=event, state=RegistrationState.OFFERED)
                .select_related("ticket")
                .first()
            )
            if row is not None:
                own.accept(by=REGISTRANT, registration=row, at=NOW)
        else:
            advanced(event, NOW + rng.choice((timedelta(), HOLD_LASTS, timedelta(hours=47))))

    def work() -> None:
        for number in range(ACTS):
            try:
                command(number)
            except CommandRefused:  # somebody was quicker
                continue

    return work


@pytest.mark.prove
@pytest.mark.django_db(transaction=True)
def test_what_threads_leave_behind_is_what_the_rules_allow_in_that_order(centre: Centre):
    event = an_event(centre)
    people = a_ticket(centre, event, SIZE)
    classes = a_ticket(centre, event, classes=True, quotas=people.quotas.all())
    assert run_all(*(visitor(seed, event, people, classes) for seed in range(THREADS))) == []
    rows = {row.pk: row for row in Registration.objects.all()}
    assert len(rows) > THREADS * ACTS / 3
    line: list[int] = []
    seated: dict[int, int] = {}
    for step in RegistrationStep.objects.order_by("pk"):
        key, heads = step.subject_id, rows[step.subject_id].heads
        free = SIZE - sum(seated.values())
        fits = not line and free >= heads
        if step.before == RegistrationState.STARTED:
            assert step.after == (RegistrationState.HELD if fits else RegistrationState.UNCONFIRMED)
        if step.before == RegistrationState.UNCONFIRMED and step.after != RegistrationState.REJECTED:
            assert step.after == (RegistrationState.CONFIRMED if fits else RegistrationState.WAITLISTED)
        if step.after == RegistrationState.OFFERED:
            assert line[0] == key and free >= heads  # strictly the first in line
        if step.before == RegistrationState.WAITLISTED:
            line.remove(key)
        if step.before in SEATED and step.after not in SEATED:
            del seated[key]
        if step.after in SEATED:
            seated[key] = heads
        if step.after == RegistrationState.WAITLISTED:
            line.append(key)
        assert sum(seated.values()) <= SIZE and not set(line) & set(seated)
    quota = Quota.objects.get()
    assert (quota.taken, quota.waiting) == (sum(seated.values()), len(line))
    assert {key for key in seated} == {key for key, row in rows.items() if row.state in SEATED}
    assert [row.pk for row in Registration.objects.waiting()] == line


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_by_many_threads_at_once_is_one_seat(centre: Centre):
    ticket, given = a_ticket(centre, an_event(centre), 3), registration_data("Ona")

    def click() -> None:
        registrations.register(by=REGISTRANT, ticket=ticket, data=given, at=NOW)

    assert run_all(*[click] * 6) == []
    assert Registration.objects.count() == 1 and Quota.objects.get().taken == 1


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_is_not_given_in_time_is_no_error_and_loses_nothing(centre: Centre, monkeypatch):
    from django.test import Client

    ticket = a_ticket(centre, an_event(centre), 3)
    monkeypatch.setattr(seats, "PATIENCE", "50ms")
    monkeypatch.setattr("sauga.events.registration.views.public.clock.now", lambda: NOW)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with seats.seat_transaction(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM events_quota FOR UPDATE")
            held.set()
            done.wait(20)

    holder = threading.Thread(target=lambda: (hold(), connections.close_all()))
    holder.start()
    assert held.wait(20)
    try:
        with pytest.raises(TooBusy):
            registered(ticket, "Ieva")
        page = f"/en/events/{ticket.event.slug}/register/{ticket.ref}/"
        form = {
            "name": "Ona",
            "email": "ona@mokykla.example",
            "needs": "Vietos vežimėliui",
            "sending": "a" * 32,
        }
        answer = Client().post(page, form)
    finally:
        done.set()
        holder.join()
    assert answer.status_code == 429 and "Nearly sent" in answer.text and "Vietos vežimėliui" in answer.text
    assert 'value="' + "a" * 32 + '"' in answer.text and not Registration.objects.exists()
    assert Client().post(page, form).status_code == 302  # sent again, it is taken
    assert Registration.objects.count() == 1
