"""A film for the demo that really plays: one still picture for some seconds, as MP4 with H.264.

The picture is written uncompressed (I_PCM macroblocks of ITU-T H.264, §7.3.5), so that no encoder is needed;
the boxes follow ISO/IEC 14496-12 and 14496-15.
"""

import struct
from collections.abc import Iterable

WIDE, HIGH = 10, 6
"""The picture in macroblocks of 16 by 16 points."""
SECONDS, SCALE = 4, 1000
UNITY = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
PROFILE, LEVEL = b"\x42\xc0", b"\x0b"


class _Bits:
    """Writes numbers as H.264 does: of fixed length, or in Exp-Golomb code."""

    def __init__(self) -> None:
        self.text = ""

    def fixed(self, value: int, length: int) -> "_Bits":
        self.text += f"{value:0{length}b}"
        return self

    def coded(self, *values: int) -> "_Bits":
        for value in values:
            digits = f"{value + 1:b}"
            self.text += "0" * (len(digits) - 1) + digits
        return self

    def aligned(self, *, ended: bool) -> bytes:
        """The bytes so far, filled up with zeros; after the mark of the end where it `ended`."""
        text = self.text + ("1" if ended else "")
        text += "0" * (-len(text) % 8)
        return int(text, 2).to_bytes(len(text) // 8, "big")


def film(note: bytes) -> bytes:
    """An MP4 file with `note` in a box that players skip."""
    picture = _unit(b"\x65", _slice())
    sample = struct.pack(">I", len(picture)) + picture
    head = _box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41") + _box(b"free", note)
    place = len(head) + len(_movie(0, len(sample))) + 8
    return head + _movie(place, len(sample)) + _box(b"mdat", sample)


def _sequence() -> bytes:
    bits = _Bits().coded(0, 0, 2, 0).fixed(0, 1).coded(WIDE - 1, HIGH - 1).fixed(0b1100, 4)
    return _unit(b"\x67", PROFILE + LEVEL + bits.aligned(ended=True))


def _parameters() -> bytes:
    bits = _Bits().coded(0, 0).fixed(0, 2).coded(0, 0, 0).fixed(0, 3).coded(0, 0, 0).fixed(0b100, 3)
    return _unit(b"\x68", bits.aligned(ended=True))


def _slice() -> bytes:
    """The picture: a light sheet with a darker band, as macroblocks of plain samples."""
    bits = _Bits().coded(0, 7, 0).fixed(0, 4).coded(0).fixed(0, 2).coded(0, 1)
    made = b""
    for number in range(WIDE * HIGH):
        light = 120 if number // WIDE == HIGH // 2 else 235
        made += (
            bits.coded(25).aligned(ended=False) + bytes([light]) * 256 + bytes([120]) * 64 + bytes([138]) * 64
        )
        bits = _Bits()
    return made + b"\x80"


def _unit(head: bytes, content: bytes) -> bytes:
    """A unit in which no byte sequence looks like the beginning of another one."""
    made = bytearray(head)
    zeros = 0
    for byte in content:
        if zeros == 2 and byte <= 3:
            made.append(3)
            zeros = 0
        made.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes(made)


def _movie(place: int, size: int) -> bytes:
    length, wide, high = SECONDS * SCALE, WIDE * 16, HIGH * 16
    sequence, parameters = _sequence(), _parameters()
    settings = b"\1" + PROFILE + LEVEL + b"\xff\xe1" + _counted(sequence) + b"\1" + _counted(parameters)
    entry = (
        bytes(6)
        + struct.pack(">H", 1)
        + bytes(16)
        + struct.pack(">HHIIIH", wide, high, 72 << 16, 72 << 16, 0, 1)
    )
    entry += bytes(32) + struct.pack(">Hh", 24, -1) + _box(b"avcC", settings)
    table = [
        _full(b"stsd", struct.pack(">I", 1) + _box(b"avc1", entry)),
        _full(b"stts", struct.pack(">III", 1, 1, length)),
        _full(b"stsc", struct.pack(">IIII", 1, 1, 1, 1)),
        _full(b"stsz", struct.pack(">III", 0, 1, size)),
        _full(b"stco", struct.pack(">II", 1, place)),
    ]
    here = _box(b"dinf", _full(b"dref", struct.pack(">I", 1) + _full(b"url ", b"", flags=1)))
    media = [
        _full(b"mdhd", struct.pack(">IIIIHH", 0, 0, SCALE, length, 0x55C4, 0)),
        _full(b"hdlr", bytes(4) + b"vide" + bytes(13)),
        _box(b"minf", _full(b"vmhd", bytes(8), flags=1) + here + _joined(b"stbl", table)),
    ]
    track = _full(
        b"tkhd",
        struct.pack(">IIIIIQHHHH", 0, 0, 1, 0, length, 0, 0, 0, 0, 0)
        + UNITY
        + struct.pack(">II", wide << 16, high << 16),
        flags=3,
    )
    movie = struct.pack(">IIIIIH", 0, 0, SCALE, length, 0x10000, 0x100) + bytes(10) + UNITY + bytes(24)
    head = _full(b"mvhd", movie + struct.pack(">I", 2))
    return _box(b"moov", head + _box(b"trak", track + _joined(b"mdia", media)))


def _counted(content: bytes) -> bytes:
    return struct.pack(">H", len(content)) + content


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def _full(kind: bytes, content: bytes, *, flags: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", flags) + content)


def _joined(kind: bytes, parts: Iterable[bytes]) -> bytes:
    return _box(kind, b"".join(parts))
