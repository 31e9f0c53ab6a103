"""Wrong receipts are slowed by how they begin, however they are typed, and nobody else waits."""

from datetime import UTC, datetime, timedelta

import pytest

from sauga.kernel import rate_limits, sealed

pytestmark = pytest.mark.unit
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
TARGET = bytes(range(11))


def guesses(count, language="lt"):
    """Receipts that begin like the target."""
    return [sealed.new_receipt(TARGET[:3] + bytes([number] * 8), language) for number in range(count)]


@pytest.mark.parametrize(
    "typed",
    [
        lambda receipt: " ".join(receipt.words),
        lambda receipt: ", ".join(receipt.words).upper(),
        lambda receipt: receipt.code,
        lambda receipt: receipt.code.replace("-", "").lower(),
    ],
    ids=["words", "capitals and commas", "code", "code without hyphens"],
)
def test_guesses_at_one_prefix_wait_in_whatever_way_they_are_typed(typed):
    held = rate_limits.ReceiptThrottle()
    waits = []
    for receipt in guesses(8):
        waits.append(held.wait(typed(receipt), NOON))
        held.missed(typed(receipt), NOON)
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8]
    target = sealed.new_receipt(TARGET, "en")
    assert held.wait(target.code, NOON) == held.wait(" ".join(target.words), NOON) == 16
    other = sealed.new_receipt(b"another one", "lt")
    assert held.wait(other.code, NOON) == 0 and held.wait(" ".join(other.words), NOON) == 0


def test_letters_that_are_no_receipt_go_by_their_beginning():
    held = rate_limits.ReceiptThrottle()
    for number in range(5):
        held.missed(f"ABCDE-{number}", NOON)
        held.missed(f"obuolys medis {number}", NOON)
    assert held.wait("abcde fghij", NOON) == 2 and held.wait("Obuolys medis namas", NOON) == 2
    assert held.wait("abcdf", NOON) == held.wait("obuolys namas medis", NOON) == 0


def test_all_is_forgotten_after_an_hour_and_memory_stays_small():
    held = rate_limits.ReceiptThrottle()
    for _ in range(20):
        held.missed("a b c", NOON)
    assert held.wait("a b d", NOON) == 60
    assert held.wait("a b d", NOON + timedelta(minutes=61)) == 0
    held._tries.most = 3
    for number in range(9):
        held.missed(f"word{number} x", NOON)
    assert len(held._tries) == 3
