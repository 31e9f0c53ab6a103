"""“Is a child in danger now?”: yes, no and not stated are three answers, for the reporter and
for the analyst.
"""

from importlib import import_module

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from sauga.hotline.reports.models import Report
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.hotline.reports.test_public_pages import ADD, hidden, send


@pytest.mark.parametrize(
    ("given", "stored", "said"),
    [
        ("yes", "YES", "taip"),
        ("no", "NO", "ne"),
        ("unknown", "NOT_STATED", "nenurodyta"),
        ("", "NOT_STATED", "nenurodyta"),
    ],
)
def test_each_answer_is_kept_and_read_as_it_was_given(centre: Centre, given: str, stored: str, said: str):
    client = Client()
    page = send(client)[0].content.decode()
    for step in ("danger", "path", "circumstances", "note", "contact"):
        answer = {"danger": given} if step == "danger" and given else {"skip": "1"}
        page = client.post(ADD, {"pass": hidden(page, "pass"), "step": step, **answer}).content.decode()
    report = Report.objects.get()
    assert report.child_in_danger == stored and (report.priority == "P1") == (given == "yes")
    assert f"<dd>{said}</dd>" in page
    desk = sign_in(centre, "ANALYST").get(f"/desk/hotline/reports/{report.ref}/").content.decode()
    with translation.override("lt"):
        assert said in desk.split("Vaikui gresia pavojus")[1][:250]


@pytest.mark.django_db
def test_what_was_stored_as_false_becomes_not_stated():
    migration = import_module("sauga.hotline.migrations.0002_child_in_danger_states")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE hotline_report (id integer, child_in_danger boolean NOT NULL) "
            "ON COMMIT DROP"
        )
        cursor.execute("INSERT INTO hotline_report VALUES (1, true), (2, false)")
        cursor.execute(migration.TO_CODES)
        cursor.execute("SELECT child_in_danger FROM hotline_report ORDER BY id")
        assert cursor.fetchall() == [("YES",), ("NOT_STATED",)]
        cursor.execute(migration.TO_BOOLEAN)
        cursor.execute("SELECT child_in_danger FROM hotline_report ORDER BY id")
        assert cursor.fetchall() == [(True,), (False,)]
