"""Requests that no browser sends and that nothing of ours may meet: control characters in the address, the
query or a header.

A NUL reaches no column of PostgreSQL and no file name, a line break no header of an answer; each place that
forgot to look would be a fault of ours. So they are refused here, before anything else, with a plain 400. A
line break or a tab in a query is pasted text and stays.
"""

import re
from collections.abc import Iterable, MutableMapping
from typing import Any

type Scope = MutableMapping[str, Any]
type Header = tuple[bytes, bytes]

IN_PATH = re.compile(r"[\x00-\x1f\x7f-\x9f]")
IN_QUERY = re.compile(rb"[\x00-\x1f\x7f]|%(?:0[0-8bce-f]|1[0-9a-f]|7f)", re.IGNORECASE)
IN_HEADER = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
IN_COOKIE = re.compile(rb"\\(?:0[0-3][0-7]|177)")
"""Within quotes a cookie writes any byte as a backslash and three octal digits (RFC 2109); Django reads them
back."""
LENGTH = re.compile(rb"[0-9]{1,18}")
STANDS_FOR = "\ufffd"


def is_readable(scope: Scope) -> bool:
    """Whether the request may go on."""
    return (
        not IN_PATH.search(scope["path"])
        and not IN_QUERY.search(scope.get("query_string", b""))
        and _are_readable(scope["headers"])
    )


def readable(scope: Scope) -> Scope:
    """The request without what cannot be read, so that the page which refuses it can be drawn: its path leads
    nowhere."""
    path = IN_PATH.sub(STANDS_FOR, scope["path"])
    query = b"" if IN_QUERY.search(scope.get("query_string", b"")) else scope.get("query_string", b"")
    headers = [header for header in scope["headers"] if _is_readable(header)]
    return {**scope, "path": path, "raw_path": path.encode(), "query_string": query, "headers": headers}


def _are_readable(headers: Iterable[Header]) -> bool:
    """Every header by itself, and no way to read the length of the body in two ways (RFC 9112, 6.3)."""
    headers = list(headers)
    lengths = {value for name, value in headers if name.lower() == b"content-length"}
    codings = [value.strip().lower() for name, value in headers if name.lower() == b"transfer-encoding"]
    if len(lengths) > 1 or codings not in ([], [b"chunked"]):
        return False
    return all(map(_is_readable, headers))


def _is_readable(header: Header) -> bool:
    name, value = header[0].lower(), header[1]
    if name == b"content-length":
        return LENGTH.fullmatch(value) is not None
    return not IN_HEADER.search(value) and (name != b"cookie" or not IN_COOKIE.search(value))
