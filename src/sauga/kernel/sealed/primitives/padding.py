"""Padding: an encrypted text reveals only which of a few length steps it falls into."""

from sauga.kernel.sealed.errors import EnvelopeDamaged

STEPS = (256, 1024, 4096, 16384, 65536)
"""Padded lengths in bytes; beyond the last one, its multiples."""
MARK = b"\x80"


def pad(plain: bytes) -> bytes:
    """Append the mark 0x80 and zeros up to the next step (ISO/IEC 7816-4)."""
    length = len(plain) + 1
    target = next((step for step in STEPS if length <= step), -(-length // STEPS[-1]) * STEPS[-1])
    return plain + MARK + bytes(target - length)


def unpad(padded: bytes) -> bytes:
    """Take the padding off.

    Raises EnvelopeDamaged when there is none: the content was sealed by something else.
    """
    plain = padded.rstrip(b"\x00")
    if not plain.endswith(MARK):
        raise EnvelopeDamaged("no padding")
    return plain[:-1]
