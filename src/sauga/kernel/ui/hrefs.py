"""Addresses as somebody wrote them into a page, a form or a header: taken apart, or none where nobody could read them."""

from urllib.parse import SplitResult, urlsplit


def parts_of(text: str) -> SplitResult | None:
    """The parts of an address; None for one that is broken, as `http://[`, or whose port is no number.

    >>> parts_of("https://a.example/b").netloc, parts_of("http://["), parts_of("http://a.example:x/")
    ('a.example', None, None)
    """
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts
