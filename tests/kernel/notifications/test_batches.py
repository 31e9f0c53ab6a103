"""Mail in batches: one limit for each minute for all services together, shared where several have mail
waiting; a row that says what came of each mail; an end where no server answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from sauga.kernel.notifications import batches
from sauga.kernel.notifications.batches import MassMail
from sauga.kernel.outbound import MailResult

AT = datetime(2027, 2, 9, 12, 0, 30, tzinfo=UTC)
TAKEN = MailResult(accepted=True, code=250, text="OK")
LATER = MailResult(accepted=False, code=451, text="4.7.1 later", temporary=True)
NOBODY = MailResult(accepted=False, code=0, text="", temporary=True)
NEVER = MailResult(accepted=False, code=550, text="5.1.1 unknown")


class Service:
    """A service with mail: so many wait, so many were taken in this minute."""

    def __init__(self, code: str, waiting: int, limit: int | None = None) -> None:
        self.code, self.waiting, self.taken = code, waiting, 0
        batches.register_mass_mail(
            MassMail(
                code,
                lambda _begun, _ended: self.taken,
                lambda _at: self.waiting > 0,
                (lambda: limit) if limit is not None else None,
            )
        )

    def run(self) -> int:
        def send_one(_key, _held, _hand_over):
            self.waiting, self.taken = self.waiting - 1, self.taken + 1
            return TAKEN

        due = ((n, "") for n in range(self.waiting))
        return batches.send(self.code, due, send_one, at=AT, connect=nobody)


@contextmanager
def nobody() -> Iterator[None]:
    yield None


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """No service but those of the test."""
    monkeypatch.setattr(batches, "_known", {})


@pytest.mark.unit
def test_one_service_alone_has_the_whole_minute():
    service = Service("a", 500, limit=100)
    Service("b", 0)
    assert service.run() == 100 and service.run() == 0 and service.waiting == 400


@pytest.mark.unit
def test_two_share_the_minute_and_neither_waits_for_the_other():
    first, second = Service("a", 500, limit=101), Service("b", 30)
    assert first.run() == 51 and second.run() == 30  # half each, and less where less is waiting
    assert first.run() == 20 and first.taken + second.taken == 101


@pytest.mark.unit
def test_whoever_begins_later_gets_its_part_within_the_limit():
    first = Service("a", 90, limit=100)
    assert first.run() == 90
    first.waiting = 50
    second = Service("b", 50)
    assert second.run() == 10 and first.run() == 0


@pytest.mark.unit
def test_a_run_notices_that_another_service_begins():
    first, second = Service("a", 500, limit=100), Service("b", 0)

    def send_one(_key, _held, _hand_over):
        first.taken += 1
        if first.taken == 25:
            second.waiting = 40
        return TAKEN

    batches.send("a", ((n, "") for n in range(500)), send_one, at=AT, connect=nobody)
    assert first.taken == 50  # recounted at 40: half of the minute is the other's


@pytest.mark.unit
def test_without_a_stated_limit_there_is_one():
    Service("a", 1)
    assert batches.per_minute() == batches.PER_MINUTE
    Service("b", 1, limit=7)
    Service("c", 1, limit=9)
    assert batches.per_minute() == 7 and batches.allowance("a", AT) == 3


@pytest.mark.unit
def test_what_is_skipped_counts_not_and_no_answer_ends_the_run():
    answers = [None, TAKEN, LATER, NOBODY, TAKEN]
    asked = []

    def send_one(key, _held, _hand_over):
        asked.append(key)
        return answers[key]

    Service("a", 0)
    assert batches.send("a", ((n, "") for n in range(5)), send_one, at=AT, connect=nobody) == 1
    assert asked == [0, 1, 2, 3]


@pytest.mark.unit
def test_a_run_ends_in_time():
    Service("a", 5)
    due = ((n, "") for n in range(5))
    assert batches.send("a", due, lambda *_: TAKEN, at=AT, until=0.0, connect=nobody) == 0


@pytest.mark.unit
def test_a_row_says_what_came_of_it():
    def row(**more):
        return SimpleNamespace(pk=1, attempts=0, sent_at=None, failed_at=None, next_at=AT, **more)

    one = row()
    assert batches.keep(one, NOBODY, AT) == [] and one.attempts == 0
    assert batches.keep(one, LATER, AT) == ["attempts", "failed_at", "next_at"]
    assert (one.attempts, one.failed_at, one.next_at) == (1, None, AT + timedelta(minutes=5))
    assert batches.keep(one, TAKEN, AT) == ["attempts", "sent_at"] and (one.attempts, one.sent_at) == (2, AT)
    gone = row()
    batches.keep(gone, NEVER, AT)
    assert gone.failed_at == AT


@pytest.mark.unit
def test_steps_read_each_mail_once():
    held = [SimpleNamespace(pk=n) for n in (1, 4, 5, 9)]
    steps = list(batches.by_steps(lambda last: [row for row in held if row.pk > last][:3]))
    assert [[row.pk for row in step] for step in steps] == [[1, 4, 5], [9]]
