"""What the head of every request must be before anything else looks at it, whatever its address: one host
name of ours, one framing.

Outermost, in front of kept pages, so that no address is served under a foreign name (RFC 9112 §3.2: a request
without Host, or with two, is answered 400) and no body whose length two programs could read differently (RFC
9112 §6.1, §6.3).
"""

from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from sauga.project.requests.limits import App, Receive, Send

ANSWER = "This request cannot be served here.\nČia šios užklausos įvykdyti negalima.\n".encode()


class RequestHead:
    """ASGI application around all others. Answers 400 itself and closes the connection."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_acceptable(scope["headers"]):
            await _refuse(send)
        else:
            await self.app(scope, receive, send)


def is_acceptable(headers: list[tuple[bytes, bytes]]) -> bool:
    """Whether a request with these headers may be looked at."""
    given: dict[bytes, list[bytes]] = {b"host": [], b"transfer-encoding": [], b"content-length": []}
    for name, value in headers:
        if (found := given.get(name.lower())) is not None:
            found.append(value)
    return _is_ours(given[b"host"]) and _is_framed_once(given[b"transfer-encoding"], given[b"content-length"])


def _is_ours(hosts: list[bytes]) -> bool:
    if len(hosts) != 1:
        return False
    domain, _port = split_domain_port(hosts[0].decode("latin1"))
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _is_framed_once(encodings: list[bytes], lengths: list[bytes]) -> bool:
    if encodings:
        return not lengths and len(encodings) == 1 and encodings[0].strip().lower() == b"chunked"
    return len(lengths) <= 1 and all(length.isdigit() and len(length) < 19 for length in lengths)


async def _refuse(send: Send) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(ANSWER)).encode()),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", b"default-src 'none'"),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 400, "headers": headers})
    await send({"type": "http.response.body", "body": ANSWER})
