"""The signing key: made once, kept in a file of the owner's, and useless to whoever changes a byte."""

import threading

import pytest

from sauga.kernel.sealed.signatures.ed25519 import Signer, SigningKeyUnreadable, verify

pytestmark = pytest.mark.unit


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    path = tmp_path / "keys" / "audit"
    signer = Signer.from_file(path)
    assert Signer.from_file(path) == signer
    assert path.stat().st_mode & 0o777 == 0o600
    assert signer.seed.hex() not in repr(signer)


def test_two_processes_agree_on_one_key(tmp_path):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(Signer.from_file(tmp_path / "audit").public))
        for _ in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16
    assert len(set(found)) == 1


@pytest.mark.parametrize("held", ["", "xyz", "00" * 31, "00" * 33, "ž"])
def test_a_damaged_key_file_is_refused(tmp_path, held):
    (tmp_path / "audit").write_text(held, encoding="utf-8")
    with pytest.raises(SigningKeyUnreadable):
        Signer.from_file(tmp_path / "audit")


def test_a_signature_holds_for_one_message_and_one_key():
    signer, other = Signer(b"1" * 32), Signer(b"2" * 32)
    signature = signer.sign(b"message")
    assert verify(signer.public, b"message", signature)
    assert not verify(signer.public, b"massage", signature)
    assert not verify(other.public, b"message", signature)
    assert not verify(signer.public, b"message", signature[:-1])
    assert not verify(b"", b"message", signature)
    assert not verify(signer.public, b"message", bytes(64))
