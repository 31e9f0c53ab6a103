"""Signed archives: a ZIP whose manifest lists the digest of every file and carries an Ed25519 signature
beside it. Pure functions.

The recipient checks it with `sauga check handover FILE`, or with OpenSSL and the public key that the
sender published before.
"""

import base64
import json
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

from sauga.kernel.sealed.signatures.ed25519 import Signer, verify

MANIFEST, SIGNATURE, PUBLIC_KEY, SUMS = "manifest.json", "manifest.sig", "public-key.pem", "SHA256SUMS"
OURS = frozenset({MANIFEST, SIGNATURE, PUBLIC_KEY, SUMS})
LARGEST = 16 * 1024**2
"""Bytes of an archive, packed and unpacked."""
MOST_FILES = 20
FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes
SPKI_OF_ED25519 = bytes.fromhex(
    "302a300506032b6570032100"
)  # RFC 8410, section 4: what stands before the 32 public bytes


class ArchiveRefused(Exception):
    """The archive is not what its sender signed, or cannot be read; the text says which."""


@dataclass(frozen=True)
class Checked:
    """An archive that is whole and signed by a trusted key."""

    about: Mapping[str, Any]
    files: Mapping[str, bytes]
    public: bytes
    digest: str


def public_pem(public: bytes) -> bytes:
    """An Ed25519 public key as OpenSSL reads it."""
    return (
        b"-----BEGIN PUBLIC KEY-----\n"
        + base64.b64encode(SPKI_OF_ED25519 + public)
        + b"\n-----END PUBLIC KEY-----\n"
    )


def pack(files: Mapping[str, bytes], *, about: Mapping[str, Any], signer: Signer) -> tuple[bytes, str]:
    """The archive and the SHA-256 of its manifest. `about` stands at the top of the manifest.

    Raises ValueError for a name that is no plain file name or is one of the archive's own, and for too many
    or too large files.
    """
    if any(not _is_plain(name) or name in OURS for name in files) or len(files) + len(OURS) > MOST_FILES:
        raise ValueError("these files cannot be packed")
    sums = {name: sha256(content).hexdigest() for name, content in sorted(files.items())}
    listed = "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()
    manifest = json.dumps(
        {**about, "files": {**sums, SUMS: sha256(listed).hexdigest()}},
        ensure_ascii=False,
        indent=2,
        sort_keys=True,
    )
    signed = manifest.encode()
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            (MANIFEST, signed),
            (SIGNATURE, signer.sign(signed)),
            (PUBLIC_KEY, public_pem(signer.public)),
            (SUMS, listed),
            *sorted(files.items()),
        ):
            archive.writestr(zipfile.ZipInfo(name, FIXED_DATE), content, zipfile.ZIP_DEFLATED)
    if len(out.getvalue()) > LARGEST or sum(map(len, files.values())) > LARGEST:
        raise ValueError("these files are too large")
    return out.getvalue(), sha256(signed).hexdigest()


def check(archive: bytes, *, trusted: Collection[bytes]) -> Checked:
    """The contents, if one of the `trusted` public keys signed them and nothing was added, changed or taken
    out. Raises ArchiveRefused."""
    held = _read(archive)
    if MANIFEST not in held or SIGNATURE not in held:
        raise ArchiveRefused("the manifest or its signature is missing")
    public = next((key for key in trusted if verify(key, held[MANIFEST], held[SIGNATURE])), None)
    if public is None:
        raise ArchiveRefused("the manifest is not signed by this key")
    about, sums = _manifest(held[MANIFEST])
    files = {name: content for name, content in held.items() if name not in {MANIFEST, SIGNATURE, PUBLIC_KEY}}
    if files.keys() != sums.keys():
        raise ArchiveRefused("a file is missing, or one was added")
    for name, content in files.items():
        if sha256(content).hexdigest() != sums[name]:
            raise ArchiveRefused(f"{name} was changed")
    return Checked(about, files, public, sha256(held[MANIFEST]).hexdigest())


def _manifest(text: bytes) -> tuple[dict[str, Any], dict[str, str]]:
    try:
        about = json.loads(text)
        sums = about.pop("files")
        return about, {str(name): str(digest) for name, digest in sums.items()}
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise ArchiveRefused("the manifest cannot be read") from error


def _read(archive: bytes) -> dict[str, bytes]:
    """Every file of the archive, within the limits. Raises ArchiveRefused."""
    if len(archive) > LARGEST:
        raise ArchiveRefused("the file is too large")
    try:
        with zipfile.ZipFile(BytesIO(archive)) as opened:
            entries = opened.infolist()
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > LARGEST:
                raise ArchiveRefused("the archive holds too much")
            names = [entry.filename for entry in entries]
            if len(set(names)) != len(names) or not all(map(_is_plain, names)):
                raise ArchiveRefused("the archive holds a name twice, or a path")
            return {entry.filename: opened.read(entry) for entry in entries}
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as error:
        raise ArchiveRefused("this is no ZIP file, or a damaged one") from error


def _is_plain(name: str) -> bool:
    return (
        bool(name)
        and name.isascii()
        and name.isprintable()
        and not set(name) & set("/\\:")
        and not name.startswith(".")
    )
