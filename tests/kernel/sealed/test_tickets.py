"""Tickets and passes: accepted once made, refused when forged, of another form, or old."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauga.kernel.sealed import (
    TicketError,
    TicketExpired,
    TicketInvalid,
    Zone,
    new_pass,
    new_receipt,
    new_ticket,
    new_visit,
    read_pass,
    read_ticket,
    read_visit,
    receipt_keys,
)

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
AGE = timedelta(hours=4)


def test_ticket_gives_the_same_receipt_each_time():
    ticket = new_ticket("hotline-report", AT)
    one, two = (read_ticket(ticket, "hotline-report", AT + timedelta(minutes=m), AGE) for m in (1, 2))
    assert one == two and len(one.receipt_entropy) == 11 and len(one.nonce) == 16
    assert new_receipt(one.receipt_entropy, "lt") == new_receipt(two.receipt_entropy, "lt")
    other = read_ticket(new_ticket("hotline-report", AT), "hotline-report", AT, AGE)
    assert other.nonce != one.nonce and other.receipt_entropy != one.receipt_entropy


def test_receipt_entropy_does_not_show():
    ticket = read_ticket(new_ticket("x", AT), "x", AT, AGE)
    assert str(ticket.receipt_entropy) not in repr(ticket)


def test_ticket_of_another_form_is_refused():
    with pytest.raises(TicketInvalid):
        read_ticket(new_ticket("hotline-report", AT), "hotline-return", AT, AGE)


def test_old_and_future_tickets_are_refused():
    ticket = new_ticket("x", AT)
    assert read_ticket(ticket, "x", AT + AGE, AGE)
    with pytest.raises(TicketExpired):
        read_ticket(ticket, "x", AT + AGE + timedelta(seconds=1), AGE)
    with pytest.raises(TicketInvalid):
        read_ticket(ticket, "x", AT - timedelta(minutes=3), AGE)


def test_every_changed_letter_is_refused():
    ticket = new_ticket("x", AT)
    for place, letter in enumerate(ticket):
        with pytest.raises(TicketInvalid):
            read_ticket(ticket[:place] + ("A" if letter != "A" else "B") + ticket[place + 1 :], "x", AT, AGE)


def test_ticket_of_another_installation_is_refused(settings, tmp_path):
    from dataclasses import replace

    ticket = new_ticket("x", AT)
    settings.ENV = replace(settings.ENV, data=tmp_path / "other")
    with pytest.raises(TicketInvalid):
        read_ticket(ticket, "x", AT, AGE)


@given(st.text(max_size=80))
def test_noise_gives_typed_errors_only(text):
    with pytest.raises(TicketError):
        read_ticket(text, "x", AT, AGE)
    with pytest.raises(TicketError):
        read_pass(text, AT, AGE)


def test_pass_carries_the_keys():
    keys = receipt_keys(new_receipt(None, "lt"), Zone.HOTLINE)
    read = read_pass(new_pass(keys, AT), AT, AGE)
    assert (read.zone, read.lookup, read.key) == (keys.zone, keys.lookup, keys.key)
    with pytest.raises(TicketExpired):
        read_pass(new_pass(keys, AT), AT + 2 * AGE, AGE)


def test_visit_carries_the_keys_and_the_receipt():
    receipt = new_receipt(None, "lt")
    keys = receipt_keys(receipt, Zone.HELPLINE)
    text = new_visit(receipt, keys, AT)
    read = read_visit(text, AT, AGE)
    assert (read.keys.zone, read.keys.lookup, read.keys.key) == (keys.zone, keys.lookup, keys.key)
    assert (read.receipt.words, read.receipt.language) == (receipt.words, "lt")
    with pytest.raises(TicketExpired):
        read_visit(text, AT + 2 * AGE, AGE)
    with pytest.raises(TicketInvalid):
        read_visit(new_pass(keys, AT), AT, AGE)
    with pytest.raises(TicketInvalid):
        read_pass(text, AT, AGE)


def test_a_ticket_is_no_pass_and_a_pass_no_ticket():
    keys = receipt_keys(new_receipt(None, "lt"), Zone.HOTLINE)
    with pytest.raises(TicketInvalid):
        read_pass(new_ticket("x", AT), AT, AGE)
    with pytest.raises(TicketInvalid):
        read_ticket(new_pass(keys, AT), "x", AT, AGE)
