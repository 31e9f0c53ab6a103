"""Untrusted ZIP files: opened only if they list a reasonable number of members; a member is read only as far
as needed.

A kilobyte can unpack to a gigabyte, and a list of a million members takes seconds to read before they can be
counted.
"""

import io
import zipfile

MOST_LISTED = 20_000
"""Members listed in all, those of archives within the archive included; the reader of the list then applies a
lower limit."""
ENTRY = b"PK\x01\x02"
PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""The two methods that office programs write.

The library unpacks the others (bzip2, LZMA) a whole block at a time, without a bound.
"""


class TooManyMembers(zipfile.BadZipFile):
    """The archive lists more members than anybody would put into one."""


def opened(content: bytes) -> zipfile.ZipFile:
    """The archive. Raises TooManyMembers, zipfile.BadZipFile, ValueError."""
    # Every line of the list begins with this mark, so counting it is a bound from above, without reading the
    # list.
    if content.count(ENTRY) > MOST_LISTED:
        raise TooManyMembers
    return zipfile.ZipFile(io.BytesIO(content))


def beginning(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """The first bytes of a member, `most` at the utmost.

    Raises zipfile.BadZipFile, also for an unusual method of compression.
    """
    if not is_plain(member):
        raise zipfile.BadZipFile("unusual compression")
    with archive.open(member) as part:
        return part.read(most)


def is_plain(member: zipfile.ZipInfo) -> bool:
    """Whether a member can be unpacked piece by piece."""
    return member.compress_type in PLAIN
