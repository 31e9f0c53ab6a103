"""`sauga work` outlives a restart of its database, and whoever asks learns when nobody works."""

import signal
import time
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.test import Client
from rig.installation import new_installation, wait_for

from sauga.kernel import clock
from sauga.project.commands import check

WORKERS = "SELECT max(id), max(last_heartbeat) FROM procrastinate_workers"
DONE = "SELECT max(at) FROM procrastinate_events WHERE type = 'succeeded'"


@pytest.fixture(scope="module")
def installation():
    with new_installation(people=()) as made:
        yield made


def ask(installation, question):
    """The first row; nothing while the database does not answer."""
    try:
        with installation.connect() as line:
            return line.execute(question).fetchone()
    except psycopg.Error:
        return (None, None)


@pytest.mark.slow("the database is away for three seconds, and the next periodic job comes within fifteen")
def test_a_worker_outlives_a_restart_of_the_database(installation):
    """Of a server that is shut down in order, and of one that is killed; then it stops when it is told to."""
    worker = installation.start("-m", "sauga", "work")
    wait_for(lambda: ask(installation, DONE)[0], 60, "a job that is done")
    before = ask(installation, WORKERS)[0]
    with installation.without_database():
        time.sleep(3)
    back = ask(installation, "SELECT now()")[0]
    wait_for(lambda: (ask(installation, WORKERS)[0] or 0) > before, 60, "the worker, again")
    wait_for(lambda: (ask(installation, DONE)[0] or back) > back, 60, "a job that is done")
    assert worker.poll() is None, "the same process, not one that somebody had to start"
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0


@pytest.mark.slow("a worker's patience")
def test_a_worker_that_the_database_leaves_for_good_ends_with_an_error(installation):
    code = (
        "from sauga.project import cli; from sauga.project.processes import worker_sessions; "
        "worker_sessions.PATIENCE = 1.0; cli.main(['work'])"
    )
    worker = installation.start("-c", code)
    wait_for(lambda: ask(installation, WORKERS)[0], 60, "the worker")
    with installation.without_database():
        assert worker.wait(120) == 2
    assert "the database went away" in installation.log.read_text(encoding="utf-8")


@pytest.mark.django_db
class TestWithoutAWorker:
    def ready(self):
        answer = Client().get("/-/ready")
        return answer.status_code, answer.json()

    def test_where_there_has_never_been_one(self):
        assert self.ready() == (
            200,
            {"ready": True, "database": True, "worker": False, "no_worker_since": None},
        )
        assert "none reports and none ever has" in next(check._worker()).text

    def test_since_when_none_reports(self):
        silent = clock.now().replace(microsecond=0) - timedelta(minutes=5)
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [silent])
        status, said = self.ready()
        assert (status, said["worker"], said["no_worker_since"]) == (200, False, silent.isoformat())
        assert f"since {silent:%Y-%m-%d %H:%M:%S} UTC" in next(check._worker()).text
        assert next(check._worker()).grade is check.Grade.BAD

    def test_one_that_ended_in_order_is_known_by_what_it_did_last(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock) "
                "VALUES ('q', 't', NULL, NULL) RETURNING id"
            )
            (job,) = cursor.fetchone()
            cursor.execute(
                "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'succeeded', "
                "'2026-05-04 03:02:01+00'), (%s, 'deferred', now())",
                [job, job],
            )
        assert self.ready()[1]["no_worker_since"] == "2026-05-04T03:02:01+00:00"

    def test_one_that_reports(self):
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
        assert self.ready()[1] == {"ready": True, "database": True, "worker": True}
        assert next(check._worker()).grade is check.Grade.GOOD
