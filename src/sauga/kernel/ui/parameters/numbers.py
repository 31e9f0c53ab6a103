"""Whole numbers from a request (positions in a list, counts in a form), which may hold anything."""

LONGEST = 18
"""Digits: more than that fits no column, and Python refuses to read more than 4,300 at all."""


def whole(text: str | None, most: int = 10**LONGEST - 1, otherwise: int = 0) -> int:
    """The number that `text` writes in ASCII digits, at most `most`; for anything else `otherwise`.

    >>> whole("50"), whole("9" * 5000, 100), whole("²"), whole("-1"), whole(None, otherwise=1)
    (50, 100, 0, 0, 1)
    """
    if not text or not text.isascii() or not text.isdigit():
        return otherwise
    digits = text.lstrip("0")
    return min(int(digits or "0"), most) if len(digits) <= LONGEST else most
