"""Freezing: a period that is over and finished becomes final; what is still in hand is named and waits."""

from datetime import date

import pytest
from django.test import Client
from factories.people import hire, sign_in

from sauga.helpline.records.models import Attempt
from sauga.kernel.figures import Period, PeriodKind, frozen
from sauga.statistics import queries
from tests.markup import tidy

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


def seen(client: Client) -> str:
    """The mark of what the preview shows."""
    page = client.get(f"/desk/statistics/freeze/helpline/{last().code}/preview/").content.decode()
    return page.partition('name="seen" value="')[2].partition('"')[0]


def freeze(client: Client, mark: str):
    return client.post(f"/desk/statistics/freeze/helpline/{last().code}/", {"seen": mark})


def test_nothing_is_frozen_that_nobody_has_looked_at(client):
    page = client.get("/desk/statistics/").content.decode()
    preview = f"/desk/statistics/freeze/helpline/{last().code}/preview/"
    assert (
        f'href="{preview}"' in page and "<form" not in page.partition("<tbody>")[2].partition("</tbody>")[0]
    )
    for mark in ("", "x" * 32):
        assert freeze(client, mark).headers["Location"] == preview
    assert frozen("helpline.attempted", last()) is None
    mark = seen(client)
    Attempt.objects.create(channel="CHAT", language="lt", day=last().start, hour=3, outcome="ABANDONED")
    assert freeze(client, mark).headers["Location"] == preview, (
        "the figures have changed since they were looked at"
    )
    assert frozen("helpline.attempted", last()) is None


def test_the_preview_shows_what_would_be_written_and_hides_small_cells(client):
    shown = client.get(f"/desk/statistics/freeze/helpline/{last().code}/preview/").content.decode()
    assert "helpline.attempted" in shown and "1 redakcija" in shown and "To atšaukti negalima" in shown
    Attempt.objects.create(channel="CHAT", language="lt", day=last().start, hour=3, outcome="ABANDONED")
    row = tidy(client.get(f"/desk/statistics/freeze/helpline/{last().code}/preview/").content.decode())
    row = row.partition("helpline.attempted</span>")[2].partition("</tr>")[0]
    assert ">keli<" in row
    freeze(client, seen(client))
    assert (
        "nepakitęs" in client.get(f"/desk/statistics/freeze/helpline/{last().code}/preview/").content.decode()
    )


@pytest.mark.parametrize("where", ["nobody/2026-Q3", "hotline/2026-Q9"])
def test_a_preview_of_nothing_is_not_found(client, where):
    assert client.get(f"/desk/statistics/freeze/{where}/preview/").status_code == 404


def test_a_finished_period_is_frozen_once(client):
    page = client.get("/desk/statistics/")
    assert page.status_code == 200 and "Galima fiksuoti" in page.content.decode()
    freeze(client, seen(client))
    assert frozen("helpline.attempted", last()).revision == 1
    assert frozen("hotline.received", last()) is None, "one service's button freezes that service's figures"
    freeze(client, seen(client))
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


def test_services_are_named_and_not_shown_by_their_codes(client):
    cells = client.get("/desk/statistics/").content.decode().partition("<tbody>")[2]
    for code, name in (
        ("helpline", "Pagalbos linija"),
        ("hotline", "Karštoji linija"),
        ("repository", "Ištekliai"),
    ):
        assert f"<td>{name}</td>" in cells and f"<td>{code}</td>" not in cells
