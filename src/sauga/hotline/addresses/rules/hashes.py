"""Fingerprints of pictures as text: MD5, SHA-1, SHA-256 and PDQ.

None is computed here, and no picture ever arrives.

PDQ (Meta, 2019) and SHA-256 both have 64 hexadecimal digits; a label before it says which; without one it is
read as SHA-256.
"""

import re

MOST = 50
LENGTHS = {32: "md5", 40: "sha1", 64: "sha256"}
LINE = re.compile(r"(?:(md5|sha-?1|sha-?256|pdq)[\s:=]+)?([0-9a-f]+)", re.I)


class HashRefused(ValueError):
    """A line is not a fingerprint; `line` (from 1) says which. 0: too many lines."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def split_hashes(block: str) -> list[str]:
    """Fingerprints as `kind:digits`, one a line, duplicates dropped, order kept. Raises HashRefused."""
    found: dict[str, None] = {}
    for number, line in enumerate(block.splitlines(), 1):
        if line.strip():
            found[_read(line.strip(), number)] = None
    if len(found) > MOST:
        raise HashRefused(0)
    return list(found)


def _read(line: str, number: int) -> str:
    read = LINE.fullmatch(line)
    if read is None:
        raise HashRefused(number)
    said, digits = (read[1] or "").lower().replace("-", ""), read[2].lower()
    kind = said or LENGTHS.get(len(digits), "")
    if kind not in {*LENGTHS.values(), "pdq"} or (
        LENGTHS.get(len(digits)) != kind and not (kind == "pdq" and len(digits) == 64)
    ):
        raise HashRefused(number)
    return f"{kind}:{digits}"
