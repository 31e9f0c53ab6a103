"""A signed archive is taken whole or refused: with our own check, and with OpenSSL as the
documentation says.
"""

import io
import shutil
import subprocess
import time
import zipfile

import pytest

from sauga.kernel.sealed.signatures import archives
from sauga.kernel.sealed.signatures.ed25519 import Signer

pytestmark = pytest.mark.unit
SIGNER, STRANGER = Signer(b"\x01" * 32), Signer(b"\x02" * 32)
FILES = {"items.json": b'[{"address": "https://pavyzdys.example/"}]', "read-me.txt": "Ąžuolas".encode()}


def packed(signer: Signer = SIGNER) -> bytes:
    return archives.pack(FILES, about={"format": "test", "items": ["A", "B"]}, signer=signer)[0]


def rewritten(archive: bytes, **changed: bytes | None) -> bytes:
    """The archive with some files replaced, added or (None) taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        held = {name: old.read(name) for name in old.namelist()} | {
            name.replace("_json", ".json"): what for name, what in changed.items()
        }
        for name, content in held.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def test_what_was_packed_comes_back():
    archive, digest = archives.pack(FILES, about={"format": "test"}, signer=SIGNER)
    found = archives.check(archive, trusted=[STRANGER.public, SIGNER.public])
    assert {name: found.files[name] for name in FILES} == FILES and found.about == {"format": "test"}
    assert (found.public, found.digest) == (SIGNER.public, digest)
    assert archives.pack(FILES, about={"format": "test"}, signer=SIGNER)[0] == archive


@pytest.mark.parametrize(
    "changed",
    [
        {"items_json": b"[]"},
        {"items_json": None},
        {"more": b"x"},
        {"manifest_json": b"{}"},
        {"SHA256SUMS": b""},
        {"../up": b"x"},
    ],
)
def test_a_changed_missing_or_added_file_is_refused(changed: dict):
    with pytest.raises(archives.ArchiveRefused):
        archives.check(rewritten(packed(), **changed), trusted=[SIGNER.public])


def test_a_strangers_signature_is_refused():
    with pytest.raises(archives.ArchiveRefused, match="not signed"):
        archives.check(packed(STRANGER), trusted=[SIGNER.public])


@pytest.mark.parametrize("size", [64 * 1024, 1024 * 1024])
@pytest.mark.parametrize("bytes_", [b"\x00", b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\xff"])
def test_hostile_bytes_are_refused_in_time(size: int, bytes_: bytes):
    start = time.perf_counter()
    with pytest.raises(archives.ArchiveRefused):
        archives.check((bytes_ * (size // len(bytes_) + 1))[:size], trusted=[SIGNER.public])
    assert time.perf_counter() - start < 2


def test_an_archive_that_unpacks_to_far_more_is_refused_unread():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("manifest.json", b"0" * (archives.LARGEST + 1))
    with pytest.raises(archives.ArchiveRefused, match="too much"):
        archives.check(out.getvalue(), trusted=[SIGNER.public])


@pytest.mark.parametrize("name", ["", "a/b", "manifest.json", ".hidden", "ą.txt"])
def test_only_plain_names_are_packed(name: str):
    with pytest.raises(ValueError, match="packed"):
        archives.pack({name: b""}, about={}, signer=SIGNER)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command")
def test_openssl_checks_it_too(tmp_path):
    with zipfile.ZipFile(io.BytesIO(packed())) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "known.pem").write_bytes(archives.public_pem(SIGNER.public))
    command = "pkeyutl -verify -pubin -inkey known.pem -rawin -in manifest.json -sigfile manifest.sig"
    done = subprocess.run(["openssl", *command.split()], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    (tmp_path / "manifest.json").write_bytes(b"{}")
    assert (
        subprocess.run(
            ["openssl", *command.split()], cwd=tmp_path, capture_output=True, check=False
        ).returncode
        != 0
    )
