"""A worker that dies while it hands a letter over: nothing is lost, and what comes twice can be told from
its Message-ID.
"""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from sauga.kernel import notifications
from sauga.kernel.notifications.actions import IN_FLIGHT, mail_waiting
from sauga.kernel.notifications.models import Notification
from sauga.kernel.notifications.queries import people_to_mail

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2027, 2, 9, 12, tzinfo=UTC)
WORKER = """
import sys
import django
django.setup()
from datetime import datetime
from sauga.kernel.notifications import message_templates
from sauga.kernel.notifications.actions import mail_waiting
message_templates._registered["test.plain"] = "Work waits"
message_templates._registered["test.given"] = "Item %(ref)s was given to you"
mail_waiting(person_id=int(sys.argv[1]), at=datetime.fromisoformat(sys.argv[2]))
"""


def worker(person, at=AT):
    """A worker of its own, on this test's database and mail server."""
    held = connection.settings_dict
    login = f"{quote(held['USER'])}:{quote(held['PASSWORD'])}@" if held["USER"] else ""
    query = f"?host={quote(held['HOST'], safe='')}"
    url = (
        f"postgresql://{login}{':' + str(held['PORT']) if held['PORT'] else ''}/{quote(held['NAME'])}{query}"
    )
    given = {
        "DATABASE_URL": url,
        "SAUGA_SMTP_URL": settings.ENV.smtp_url,
        "SAUGA_DATA": str(settings.ENV.data),
        "SAUGA_BASE_URL": "https://sauga.example",
    }
    environ = {**os.environ, **given, "DJANGO_SETTINGS_MODULE": "sauga.project.settings.test"}
    return subprocess.Popen([sys.executable, "-c", WORKER, str(person.pk), at.isoformat()], env=environ)


def killed_by(post, child):
    """The server takes the letter, and the worker dies before it hears of it."""

    async def handle_DATA(server, session, envelope):
        post.mails.append(envelope)
        os.kill(child[0].pid, signal.SIGKILL)
        return "250 OK"

    post.handle_DATA = handle_DATA


def ids(post):
    return [message_from_bytes(mail.content, policy=policy.default)["Message-ID"] for mail in post.mails]


def bodies(post):
    return [
        message_from_bytes(mail.content, policy=policy.default).get_body().get_content()
        for mail in post.mails
    ]


def die_while_handing_over(ona, post):
    honest, child = post.handle_DATA, []
    killed_by(post, child)
    child.append(worker(ona))
    assert child[0].wait(60) == -signal.SIGKILL
    post.handle_DATA = honest
    until = time.monotonic() + 20
    while _others():
        assert time.monotonic() < until
        time.sleep(0.05)


def _others():
    with connection.cursor() as cursor:
        asked = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
            "pg_backend_pid()"
        )
        cursor.execute(f"{asked} AND state <> 'idle'")
        return cursor.fetchone()[0]


def test_the_same_letter_comes_again_under_the_same_name(ona, post):
    notifications.notify(to=ona, template="test.plain", at=AT)
    die_while_handing_over(ona, post)
    row = Notification.objects.get()
    assert row.mailed_at is None and row.handing_at == AT and row.letter
    notifications.notify(
        to=ona, template="test.given", context={"ref": "K7Q4-M2XN"}, at=AT
    )  # news that came after the crash
    later = AT + IN_FLIGHT
    assert people_to_mail(later) == [ona.pk]
    assert mail_waiting(person_id=ona.pk, at=later).accepted
    assert len(post.mails) == 2 and len(set(ids(post))) == 1 and len(set(bodies(post))) == 1
    assert mail_waiting(person_id=ona.pk, at=later).accepted  # the news since, in a letter of its own
    assert len(set(ids(post))) == 2 and "K7Q4-M2XN" in bodies(post)[2]
    assert mail_waiting(person_id=ona.pk, at=later) is None and people_to_mail(later) == []


def test_nobody_else_sends_it_while_it_may_still_be_on_its_way(ona, post):
    notifications.notify(to=ona, template="test.plain", at=AT)
    die_while_handing_over(ona, post)
    assert mail_waiting(person_id=ona.pk, at=AT + IN_FLIGHT - timedelta(seconds=1)) is None
    assert len(post.mails) == 1


def test_what_was_read_meanwhile_does_not_come_again(ona, post):
    notifications.notify(to=ona, template="test.plain", at=AT)
    die_while_handing_over(ona, post)
    Notification.objects.update(read_at=AT)
    assert mail_waiting(person_id=ona.pk, at=AT + IN_FLIGHT) is None and len(post.mails) == 1


def test_a_worker_that_lives_sends_once(ona, post):
    notifications.notify(to=ona, template="test.plain", at=AT)
    assert worker(ona).wait(60) == 0
    row = Notification.objects.get()
    assert row.mailed_at == AT and row.handing_at is None and len(post.mails) == 1
    assert mail_waiting(person_id=ona.pk, at=AT + IN_FLIGHT) is None


def test_two_workers_at_once_send_one_letter(ona, post):
    notifications.notify(to=ona, template="test.plain", at=AT)
    assert [child.wait(60) for child in [worker(ona), worker(ona)]] == [0, 0]
    assert len(post.mails) == 1


def test_a_server_that_refused_for_now_gets_a_letter_with_a_new_name_and_one_that_fell_silent_the_same(
    ona, post, settings
):
    from dataclasses import replace

    notifications.notify(to=ona, template="test.plain", at=AT)
    post.answer = "451 later"
    assert mail_waiting(person_id=ona.pk, at=AT).temporary
    assert Notification.objects.get().letter == ""
    right = settings.ENV
    settings.ENV = replace(right, smtp_url="smtp://127.0.0.1:1")
    assert mail_waiting(person_id=ona.pk, at=AT).code == 0
    name = Notification.objects.get().letter
    assert name and Notification.objects.get().handing_at is None
    settings.ENV, post.answer = right, "250 OK"
    assert mail_waiting(person_id=ona.pk, at=AT).accepted
    assert name in ids(post)[-1]
