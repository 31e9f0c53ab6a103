"""The structure of audio and video files: the parts that a player needs are there and lie within the file.

Nothing is decoded. MP4 and M4A: ISO/IEC 14496-12 (boxes). WebM: RFC 8794 (EBML) and RFC 9559 (Matroska).
MP3: ISO/IEC 11172-3 (frames). A file that is cut off is found here and not by the person who plays it.
"""

import struct
from collections.abc import Iterator

from sauga.kernel.media.refusals import FileRefused

MOST_PARTS, MOST_TAGS, MOST_PADDING = 200_000, 4, 64 * 1024
EBML, SEGMENT, CLUSTER, TRACKS, DOC_TYPE = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0x1654AE6B, 0x4282
MP3_FRAMES = 3
"""Frames in a row that show that a file is MP3 and not two bytes that look like it."""
BITRATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Kilobits a second by MPEG version (3: version 1; else: version 2), layer III."""
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def check(content: bytes, mime: str) -> None:
    """Refuse an audio or video file whose structure is incomplete. Raises FileRefused("damaged")."""
    if mime in {"video/mp4", "audio/mp4"}:
        _mp4(content)
    elif mime == "video/webm":
        _webm(content)
    elif mime == "audio/mpeg":
        _mp3(content)


def _mp4(content: bytes) -> None:
    seen = [kind for kind, _start, _end in _boxes(content)]
    if seen[:1] != [b"ftyp"] or b"moov" not in seen or not {b"mdat", b"moof"} & set(seen):
        raise FileRefused("damaged")


def _boxes(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The boxes at the top: type, start and end of each."""
    place = 0
    for _count in range(MOST_PARTS):
        if place == len(content):
            return
        if place + 8 > len(content):
            break
        size, kind = struct.unpack_from(">I4s", content, place)
        header = 8
        if size == 1 and place + 16 <= len(content):
            size, header = struct.unpack_from(">Q", content, place + 8)[0], 16
        end = len(content) if size == 0 else place + size
        if end < place + header or end > len(content):
            break
        yield kind, place + header, end
        place = end
    raise FileRefused("damaged")


def _webm(content: bytes) -> None:
    found: set[int] = set()
    for code, start, end in _elements(content, 0, len(content)):
        found.add(code)
        if code == EBML:
            names = [content[a:b] for one, a, b in _elements(content, start, end) if one == DOC_TYPE]
            if names[:1] not in ([b"webm"], [b"matroska"]):
                raise FileRefused("damaged")
        elif code == SEGMENT:
            found |= {one for one, _a, _b in _elements(content, start, end)}
    if not {EBML, SEGMENT, TRACKS, CLUSTER} <= found:
        raise FileRefused("damaged")


def _elements(content: bytes, place: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The elements between two places: code, start and end of each. One of unknown size reaches to the end
    of what it stands in, or to the next cluster (RFC 8794 §6.2)."""
    for _count in range(MOST_PARTS):
        if place == end:
            return
        code, start = _number(content, place, end, keep=True)
        size, start = _number(content, start, end)
        unknown = size < 0
        last = end if unknown else start + size
        if last > end:
            break
        yield code, start, last
        if unknown and code == CLUSTER:
            following = content.find(CLUSTER.to_bytes(4, "big"), start, end)
            last = following if following >= 0 else end
        place = last
    raise FileRefused("damaged")


def _number(content: bytes, place: int, end: int, *, keep: bool = False) -> tuple[int, int]:
    """A number of variable length, and where it ends; -1 for a size that is not known. `keep`: an element's
    code keeps the mark of its length."""
    if place >= end or content[place] == 0:
        raise FileRefused("damaged")
    length = 9 - content[place].bit_length()
    if place + length > end:
        raise FileRefused("damaged")
    value = int.from_bytes(content[place : place + length], "big")
    if keep:
        return value, place + length
    value &= (1 << (7 * length)) - 1
    return (-1 if value == (1 << (7 * length)) - 1 else value), place + length


def _mp3(content: bytes) -> None:
    place, end = 0, len(content)
    for _tag in range(MOST_TAGS):
        if content[place : place + 3] != b"ID3" or place + 10 > end:
            break
        size = 0
        for byte in content[place + 6 : place + 10]:
            size = size << 7 | (byte & 0x7F)
        place += 10 + size + (10 if content[place + 5] & 0x10 else 0)
    padding = content[place : place + MOST_PADDING]  # between the tag and the first frame
    place += len(padding) - len(padding.lstrip(b"\0"))
    for _frame in range(MP3_FRAMES):
        length = _frame_length(content[place : place + 4])
        if not length or place + length > end:
            raise FileRefused("damaged")
        place += length


def _frame_length(header: bytes) -> int:
    """Bytes of a frame of layer III; 0 where this is no header of one."""
    if len(header) != 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    version, bitrate, rate = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or bitrate in {0, 15} or rate == 3:
        return 0
    slots = 144 if version == 3 else 72
    return slots * BITRATES[3 if version == 3 else 2][bitrate] * 1000 // RATES[version][rate] + (
        header[2] >> 1 & 1
    )
