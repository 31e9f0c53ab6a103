"""A small vocabulary of acts for the tests, and rows of a chain made without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from sauga.kernel import audit
from sauga.kernel.audit.chain import NOWHERE, Content, Head, Row, link_hash
from sauga.kernel.states import SystemActor

AT = datetime(2026, 9, 14, 10, 41, 7, tzinfo=UTC)
ANALYST = SystemActor("analyst")


class Act(TextChoices):
    OPENED = "thing:opened", gettext_lazy("Opened")
    JUDGED = "thing:judged", gettext_lazy("Changed")


audit.register(Act, {Act.JUDGED: {"verdict", "count", "sure"}})


def written_chain(length, zone="north", start=NOWHERE):
    """The rows of a chain as they would come out of the database, and its head."""
    rows, last = [], start
    for number in range(start.sequence + 1, start.sequence + length + 1):
        content = Content(
            zone,
            AT + timedelta(hours=number // 7),
            f"p{number % 5}",
            Act.JUDGED,
            "thing",
            f"T{number:04}",
            {"count": number},
        )
        content = content._replace(hour=content.hour.replace(minute=0, second=0))
        last = Head(number, link_hash(last.hash, number, zone, content.digest()))
        rows.append(Row(number, content, content.digest(), last.hash))
    return rows, last


@pytest.fixture
def chain_of():
    return written_chain


@pytest.fixture
def act():
    return Act


@pytest.fixture
def analyst():
    return ANALYST


@pytest.fixture
def write(analyst):
    """Write `count` lines into a zone, each in its own transaction."""

    def write_lines(count, zone="north", at=AT, by=analyst, first=1):
        for number in range(first, first + count):
            audit.record(by, Act.JUDGED, f"T{number:04}", zone=zone, at=at, facts={"count": number})

    return write_lines


@pytest.fixture(autouse=True)
def keys_of_this_test(tmp_path, settings):
    """Signing keys are made in a folder of the test's own."""
    settings.ENV = replace(settings.ENV, data=tmp_path)
    return tmp_path / "keys"
