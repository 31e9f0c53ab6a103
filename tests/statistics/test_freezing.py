"""Freezing: a period that is over and finished becomes final; what is still in hand is named and waits."""

from datetime import date

import pytest
from django.test import Client
from factories.people import hire, sign_in

from sauga.helpline.models import Attempt
from sauga.kernel.figures import Period, PeriodKind, frozen
from sauga.statistics import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db) -> Client:
    """A statistician at the desk."""
    made = Client()
    sign_in(made, hire("Statistikė Pavyzdė", "STATISTICIAN"))
    yield made
    queries.forget()


def last() -> Period:
    return Period.of(PeriodKind.QUARTER, date.today()).previous


def test_a_finished_period_is_frozen_once(client):
    page = client.get("/desk/statistics/")
    assert page.status_code == 200 and "Galima fiksuoti" in page.content.decode()
    client.post(f"/desk/statistics/freeze/helpline/{last().code}/")
    assert frozen("helpline.attempted", last()).revision == 1
    assert frozen("hotline.received", last()) is None, "one service's button freezes that service's figures"
    client.post(f"/desk/statistics/freeze/helpline/{last().code}/")
    assert frozen("helpline.attempted", last()).revision == 1
    assert "Užfiksuota, 1 redakcija" in client.get("/desk/statistics/").content.decode()


def test_cases_in_hand_are_named_and_nothing_is_frozen(client):
    Attempt.objects.create(channel="CHAT", language="lt", day=last().start, hour=3)
    assert "1 nebaigtas atvejis" in client.get("/desk/statistics/").content.decode()
    shown = client.post(f"/desk/statistics/freeze/helpline/{last().code}/", follow=True).content.decode()
    assert "1 šio laikotarpio atvejis dar nebaigtas" in shown
    assert frozen("helpline.attempted", last()) is None


def test_a_running_period_is_never_final(client):
    running = Period.of(PeriodKind.QUARTER, date.today())
    shown = client.post(f"/desk/statistics/freeze/hotline/{running.code}/", follow=True).content.decode()
    assert "dar nesibaigė" in shown
    assert frozen("hotline.received", running) is None


@pytest.mark.parametrize("where", ["nobody/2026-Q3", "hotline/2026-Q9", "hotline/soon"])
def test_what_is_not_there_is_not_found(client, where):
    assert client.post(f"/desk/statistics/freeze/{where}/").status_code == 404
