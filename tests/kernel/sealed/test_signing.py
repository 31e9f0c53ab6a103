"""Signatures hold for their message and key only."""

import pytest

from sauga.kernel.sealed.signatures.ed25519 import Signer, SigningKeyUnreadable, verify


def test_signature_holds_for_its_message_and_key_only(tmp_path):
    signer, other = Signer.from_file(tmp_path / "keys" / "a"), Signer.from_file(tmp_path / "keys" / "b")
    signature = signer.sign(b"words")
    assert verify(signer.public, b"words", signature)
    assert Signer.from_file(tmp_path / "keys" / "a").public == signer.public
    assert not verify(signer.public, b"other words", signature)
    assert not verify(other.public, b"words", signature)
    assert not verify(signer.public[:31], b"words", signature)
    assert not verify(signer.public, b"words", signature + b"x")
    assert signer.seed.hex() not in repr(signer)


@pytest.mark.parametrize("held", ["", "no hexadecimal", "abcd"])
def test_broken_key_file_is_never_replaced(tmp_path, held):
    path = tmp_path / "a"
    path.write_text(held)
    with pytest.raises(SigningKeyUnreadable):
        Signer.from_file(path)
    assert path.read_text() == held
