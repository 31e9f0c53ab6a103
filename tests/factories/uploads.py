"""Files for tests of uploads: small, neutral, and real enough for a decoder."""

import io
import struct
import zipfile
from typing import Any

from PIL import Image

from factories import sheets

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def image(form: str = "PNG", size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    """A picture of a gradient; JPEG and WebP also with `exif`."""
    held = io.BytesIO()
    made = Image.linear_gradient("L").resize(size).convert("RGB")
    made.save(held, form, **more)
    return held.getvalue()


def photo(size: tuple[int, int] = (60, 40), turned: int = 1) -> bytes:
    """A JPEG with what a telephone writes into it: a maker, a place, and how it was held."""
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "Telefonas", turned
    exif[GPS] = {1: "N", 2: (54.0, 41.0, 0.0), 3: "E", 4: (25.0, 16.0, 0.0)}
    return image("JPEG", size, exif=exif, comment=b"pastaba")


def pdf(*objects: str, catalog: str = "", pages: int = 1, box: str = "0 0 595 842") -> bytes:
    """A PDF of so many pages with further objects (from number 20) and further entries of the catalogue."""
    kids = " ".join(f"{3 + n} 0 R" for n in range(pages))
    parts = {1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>"}
    parts[2] = f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>"
    for n in range(pages):
        parts[3 + n] = f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] >>"
    parts |= {20 + n: text for n, text in enumerate(objects)}
    held, places = bytearray(b"%PDF-1.7\n"), {}
    for number, text in parts.items():
        places[number] = len(held)
        held += f"{number} 0 obj\n{text}\nendobj\n".encode()
    start = len(held)
    for number, place in places.items():
        held += (b"xref\n" if number == 1 else b"") + f"{number} 1\n{place:010} 00000 n \n".encode()
    held += f"trailer\n<< /Size {max(parts) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(held)


def sheet() -> bytes:
    """A page with words, tagged, with its language."""
    return sheets.sheet("Atmintinė", "Trumpas tekstas.", "lt")


def box(kind: bytes, content: bytes = b"") -> bytes:
    """One box of MP4."""
    return struct.pack(">I4s", 8 + len(content), kind) + content


def film(length: int = 400) -> bytes:
    """The parts of an MP4 file."""
    return (
        box(b"ftyp", b"isom\0\0\2\0isomiso2")
        + box(b"moov", box(b"mvhd", bytes(100)))
        + box(b"mdat", bytes(length))
    )


def element(code: int, content: bytes) -> bytes:
    """One element of WebM, with a size of eight bytes."""
    return (
        code.to_bytes((code.bit_length() + 7) // 8, "big") + b"\1" + len(content).to_bytes(7, "big") + content
    )


def webm() -> bytes:
    """The parts of a WebM file."""
    head = element(0x1A45DFA3, element(0x4282, b"webm"))
    return head + element(0x18538067, element(0x1654AE6B, b"\xae\x80") + element(0x1F43B675, bytes(40)))


def recording(frames: int = 5) -> bytes:
    """MP3: a tag and silent frames."""
    return b"ID3\4\0\0\0\0\0\5" + bytes(5) + (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def packed(**members: bytes) -> bytes:
    """A ZIP archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()
