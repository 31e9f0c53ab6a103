"""Signed heads by mail: one a day to the person named, the latest of each zone, readable by the check."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.db import connection

from sauga.kernel import audit
from sauga.kernel.audit import delivery
from sauga.kernel.audit.seals import trusted
from sauga.kernel.audit.trail import Trail
from sauga.kernel.notifications.head_mail import BY_MAIL, NAME
from sauga.kernel.states import SystemActor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
READER = "auditor@partner.example"


@pytest.fixture(autouse=True)
def by_mail_alone(db, monkeypatch, settings, post, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS audit_chain_line IMMEDIATE")  # as at commit
    monkeypatch.setattr(delivery, "_destinations", {"mail": BY_MAIL})
    settings.ENV = replace(settings.ENV, witness_mail=READER, data=tmp_path)


def written(zone, at):
    audit.record(SystemActor("audit"), Trail.KEY_ROTATED, None, zone=zone, at=at, facts={"key": "x"})
    audit.sign_heads(at, force=True)


def test_once_a_day_the_latest_head_of_each_zone_is_mailed(post):
    written("north", AT)
    assert audit.deliver_heads(AT) == {"mail": 1}
    written("north", AT + timedelta(hours=1))
    written("south", AT + timedelta(hours=2))
    assert audit.deliver_heads(AT + timedelta(hours=3)) == {"mail": 0}
    assert audit.deliver_heads(AT + timedelta(hours=25))["mail"] >= 2
    assert [mail.rcpt_tos for mail in post.mails] == [[READER], [READER]]
    letter = message_from_bytes(post.mails[1].content, policy=default)
    (file,) = letter.iter_attachments()
    assert file.get_filename() == NAME and letter["Subject"].startswith("Sauga: ")
    heads, forged = audit.read_heads(file.get_content().decode().splitlines(), trusted())
    assert not forged and len({head.zone for head in heads}) == len(heads) == 3
    words = letter.get_body(("plain",)).get_content()
    assert "sauga check audit --witness" in words and "Keep the message" in words and "žurnal" in words


def test_a_server_that_refuses_is_asked_again(post):
    written("north", AT)
    post.answer = "451 later"
    assert audit.deliver_heads(AT) == {}
    post.answer = "250 OK"
    assert audit.deliver_heads(AT + timedelta(minutes=1)) == {"mail": 1}
