"""A message between installations cannot be altered, misdirected, delayed or replayed."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauga.kernel.integration.signed_messages import LARGEST, MessageRefused, Why, sign, verify
from sauga.kernel.sealed.signatures.ed25519 import Signer

pytestmark = pytest.mark.unit
AT = datetime(2026, 9, 14, 10, 41, 7, tzinfo=UTC)
SIGNER, OTHER = Signer(b"1" * 32), Signer(b"2" * 32)
KEYS = {"helpline.installation": [OTHER.public, SIGNER.public]}


def message(body=None, **more):
    given_ = {
        "kind": "helpline.url",
        "sender": "helpline.installation",
        "receiver": "hotline.installation",
        "signer": SIGNER,
        "at": AT,
    } | more
    return sign(body or {"suspected": "CSAM", "n": 1}, **given_)


def check(text, at=AT, receiver="hotline.installation", keys=KEYS, memory=None):
    memory = set() if memory is None else memory

    def seen(sender, nonce):
        known = (sender, nonce) in memory
        memory.add((sender, nonce))
        return known

    return verify(text, keys=keys, receiver=receiver, at=at, seen=seen)


def refused(text, **more):
    with pytest.raises(MessageRefused) as found:
        check(text, **more)
    return found.value.why


def test_a_genuine_message_is_accepted_once():
    memory, text = set(), message()
    found = check(text, memory=memory)
    assert (found.kind, found.sender, found.body) == (
        "helpline.url",
        "helpline.installation",
        {"suspected": "CSAM", "n": 1},
    )
    assert refused(text, memory=memory) is Why.REPLAYED
    assert check(message(), memory=memory)


def test_it_is_for_one_receiver_and_one_moment():
    assert refused(message(), receiver="other.installation") is Why.MISDIRECTED
    assert refused(message(), at=AT + timedelta(minutes=6)) is Why.TOO_OLD
    assert refused(message(), at=AT - timedelta(minutes=6)) is Why.TOO_OLD
    assert check(message(), at=AT + timedelta(minutes=5))


def test_only_known_installations_are_believed():
    assert refused(message(sender="nobody.installation")) is Why.UNKNOWN_SENDER
    assert refused(message(signer=Signer(b"3" * 32))) is Why.SIGNATURE


def test_a_refused_message_does_not_fill_the_memory():
    memory = set()
    refused(message(signer=Signer(b"3" * 32)), memory=memory)
    refused(message(), at=AT + timedelta(days=1), memory=memory)
    assert memory == set()


def test_an_altered_payload_is_refused():
    outer = json.loads(message())
    outer["payload"] = outer["payload"].replace("CSAM", "SPAM")
    assert refused(json.dumps(outer).encode()) is Why.SIGNATURE


def alter(**changes):
    content = json.loads(json.loads(message())["payload"]) | changes
    payload = json.dumps(content)
    return json.dumps({"payload": payload, "signature": "00" * 64}).encode()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"payload": "{}", "signature": ""}',
        b'{"payload": 7, "signature": ""}',
        b'{"payload": "{}", "payload": "{}", "signature": ""}',
        b'{"payload": NaN, "signature": ""}',
        b"[" * 60_000,
        alter(at="yesterday"),
        alter(at="2026-09-14T10:41:07"),
        alter(at=7),
        alter(nonce="ab"),
        alter(body=[]),
        alter(extra=1),
        json.dumps({**json.loads(message()), "signature": "xyz"}).encode(),
        json.dumps({**json.loads(message()), "signature": 7}).encode(),
    ],
)
def test_anything_unreadable_is_refused_without_more_ado(text):
    assert refused(text) is Why.UNREADABLE


def test_a_message_has_a_largest_size():
    assert refused(b" " * (LARGEST + 1)) is Why.TOO_LARGE


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_changes_nothing_that_is_believed(place, change):
    """Most are refused; what only touches the wrapping (a space, the case of a digit) reads as the same
    message, nonce included.
    """
    whole = message()
    text = bytearray(whole)
    text[place % len(text)] ^= change
    try:
        found = check(bytes(text))
    except MessageRefused:
        return
    assert found == check(whole)


@given(st.binary(max_size=300))
def test_noise_meets_only_typed_errors(noise):
    with pytest.raises(MessageRefused):
        check(noise)
