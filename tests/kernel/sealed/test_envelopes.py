"""Envelopes open only where they were sealed, unchanged; everything else is a typed error."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nacl.bindings import crypto_box_keypair, crypto_scalarmult_base

from sauga.kernel.sealed import (
    ContextInvalid,
    DataKey,
    EnvelopeDamaged,
    EnvelopeError,
    EnvelopeUnknown,
    TextNotSealable,
    WeakPublicKey,
    Zone,
    seal,
    unseal,
)
from sauga.kernel.sealed.primitives.envelopes import (
    HEADER,
    SUITE_SEALED_BOX,
    SUITE_XCHACHA,
    VERSION,
    context,
    decrypt,
    decrypt_with,
    encrypt,
    encrypt_to,
    key_version,
    public_half,
)
from sauga.kernel.sealed.primitives.padding import pad, unpad

KEY = bytes(range(32))
DATA = DataKey(Zone.HOTLINE, "report:K7Q4", KEY)
PLACE = {"table": "hotline_report", "row": "R1", "field": "words"}
LOW_ORDER = [
    bytes(32),
    b"\1" + bytes(31),
    bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
    b"\xec" + b"\xff" * 30 + b"\x7f",
]


@given(st.text())
@example("ąčęėįšųūž ĄČĘ \x00 \u202e 👧🏽 ")
@example("")
def test_any_text_comes_back_as_it_was(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    assert unseal(DATA, **PLACE, envelope=seal(DATA, **PLACE, text=text)) == text


def test_half_a_surrogate_pair_is_refused_before_sealing():
    with pytest.raises(TextNotSealable):
        seal(DATA, **PLACE, text="\ud800")


@pytest.mark.parametrize(
    "length, padded",
    [
        (0, 256),
        (255, 256),
        (256, 1024),
        (1023, 1024),
        (1024, 4096),
        (5000, 16384),
        (20000, 65536),
        (65535, 65536),
        (65536, 131072),
        (140000, 196608),
    ],
)
def test_length_shows_only_the_step(length, padded):
    assert len(pad(b"x" * length)) == padded
    assert unpad(pad(b"x" * length)) == b"x" * length
    overhead = HEADER.size + 24 + 16
    assert len(seal(DATA, **PLACE, text="x" * length)) == padded + overhead


@pytest.mark.parametrize(
    "other",
    [
        {"data": DataKey(Zone.HOTLINE, "report:OTHER", KEY)},
        {"data": DataKey(Zone.HELPLINE, "report:K7Q4", KEY)},
        {"table": "hotline_item"},
        {"row": "R2"},
        {"field": "contact"},
        {"data": DataKey(Zone.HOTLINE, "report:K7Q4", bytes(32))},
    ],
)
def test_swapped_ciphertext_is_refused(other):
    envelope = seal(DATA, **PLACE, text="a word")
    place = {**PLACE, **other}
    with pytest.raises(EnvelopeDamaged):
        unseal(place.pop("data", DATA), **place, envelope=envelope)


def test_every_flipped_byte_is_refused():
    envelope = seal(DATA, **PLACE, text="a word")
    for place in range(len(envelope)):
        for bit in (1, 0x80):
            changed = bytearray(envelope)
            changed[place] ^= bit
            with pytest.raises(EnvelopeError):
                unseal(DATA, **PLACE, envelope=bytes(changed))


def test_every_flipped_byte_of_a_wrapped_key_is_refused():
    public, private = crypto_box_keypair()
    envelope = encrypt_to(public, b"here", KEY, key_version=3)
    assert decrypt_with(private, b"here", envelope) == KEY
    assert key_version(envelope) == 3
    for place in range(len(envelope)):
        for bit in (1, 0x80):
            changed = bytearray(envelope)
            changed[place] ^= bit
            with pytest.raises(EnvelopeError):
                decrypt_with(private, b"here", bytes(changed))
    with pytest.raises(EnvelopeDamaged):
        decrypt_with(private, b"there", envelope)


@pytest.mark.parametrize(
    "version, suite",
    [(0, SUITE_XCHACHA), (2, SUITE_XCHACHA), (VERSION, 0), (VERSION, SUITE_SEALED_BOX), (VERSION, 99)],
)
def test_downgraded_or_unknown_version_is_refused(version, suite):
    envelope = encrypt(KEY, b"here", b"x")
    with pytest.raises(EnvelopeUnknown):
        decrypt(KEY, b"here", bytes([version, suite]) + envelope[2:])


@given(st.binary(max_size=200))
def test_noise_gives_typed_errors_only(noise):
    private = bytes(range(32))
    for head in (b"", bytes([1, 1, 0, 1]), bytes([1, 2, 0, 1])):
        with pytest.raises(EnvelopeError):
            unseal(DATA, **PLACE, envelope=head + noise)
        with pytest.raises(EnvelopeError):
            decrypt_with(private, b"here", head + noise)


@given(st.data())
def test_mutated_envelopes_give_typed_errors_only(data):
    envelope = seal(DATA, **PLACE, text="a word")
    cut = data.draw(st.integers(0, len(envelope)))
    mutated = (
        envelope[:cut]
        + data.draw(st.binary(max_size=8))
        + envelope[data.draw(st.integers(cut, len(envelope))) :]
    )
    if mutated == envelope:
        return
    with pytest.raises(EnvelopeError):
        unseal(DATA, **PLACE, envelope=mutated)


def test_sealed_by_something_else_is_damaged():
    bound = context(DATA.zone, PLACE["table"], DATA.holder, PLACE["row"], PLACE["field"])
    from sauga.kernel.sealed.content import _row_key

    for plain in (b"no padding", b"\xff\xfe\x80", b""):
        with pytest.raises(EnvelopeDamaged):
            unseal(DATA, **PLACE, envelope=encrypt(_row_key(DATA, PLACE["row"]), bound, plain))


@pytest.mark.parametrize("public", [*LOW_ORDER, b"", b"x" * 31, b"x" * 33])
def test_low_order_and_misshapen_public_keys_are_refused(public):
    with pytest.raises(WeakPublicKey):
        encrypt_to(public, b"here", KEY, key_version=1)


def test_ephemeral_key_of_low_order_is_refused():
    public, private = crypto_box_keypair()
    envelope = encrypt_to(public, b"here", KEY, key_version=1)
    for weak in LOW_ORDER:
        with pytest.raises(EnvelopeDamaged):
            decrypt_with(private, b"here", envelope[: HEADER.size] + weak + envelope[HEADER.size + 32 :])


@pytest.mark.parametrize("parts", [("a|b",), ("",), ("a", "", "b"), ("\ud800",)])
def test_ambiguous_context_is_refused(parts):
    with pytest.raises(ContextInvalid):
        context(*parts)


def test_context_reads_as_documented():
    assert (
        context("hotline", "hotline_report", "report:K7Q4", "R1", "words")
        == b"v1|hotline|hotline_report|report:K7Q4|R1|words"
    )


def test_no_nonce_repeats():
    assert len({seal(DATA, **PLACE, text="a word")[4:28] for _ in range(2000)}) == 2000


def test_too_short_for_a_key_version():
    with pytest.raises(EnvelopeDamaged):
        key_version(b"\1")


def test_public_half_is_the_curve_s():
    assert public_half(KEY) == crypto_scalarmult_base(KEY)


def test_secrets_do_not_show():
    import pickle

    assert KEY.hex() not in repr(DATA) and str(KEY) not in repr(DATA)
    with pytest.raises(TypeError):
        pickle.dumps(DATA)
