"""Maps the exceptions of a failed request to a kind of failure."""

import ssl
from collections.abc import Iterator

import aiohttp

from sauga.kernel.outbound.http.transport import NoAnswer, NoSuchName
from sauga.kernel.outbound.results import ProbeError
from sauga.kernel.outbound.ssrf_guard import BadUrl, GuardRefused

_CAUSES: tuple[tuple[type[BaseException], ProbeError], ...] = (
    (TimeoutError, ProbeError.TIMEOUT),
    (BadUrl, ProbeError.BAD_URL),
    (GuardRefused, ProbeError.GUARD),
    (NoSuchName, ProbeError.DNS_NXDOMAIN),
    (NoAnswer, ProbeError.DNS_FAILURE),
    (ssl.SSLError, ProbeError.TLS),
    (ssl.CertificateError, ProbeError.TLS),
    (ConnectionRefusedError, ProbeError.REFUSED),
)
_SURFACE: tuple[tuple[type[BaseException], ProbeError], ...] = (
    (aiohttp.InvalidURL, ProbeError.BAD_URL),
    (aiohttp.ClientResponseError, ProbeError.HTTP),
    (aiohttp.ClientPayloadError, ProbeError.HTTP),
    (aiohttp.ClientConnectorError, ProbeError.REFUSED),
    (aiohttp.ClientConnectionError, ProbeError.RESET),
    (OSError, ProbeError.RESET),
)


def kind_of(error: BaseException, *, secure: bool) -> tuple[ProbeError, str]:
    """The kind of a failure and a few words that hold neither address nor content.

    `secure`: it happened on a TLS line.
    """
    for cause in _chain(error):
        for type_, kind in _CAUSES:
            if isinstance(cause, type_):
                return kind, _words(cause)
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, ConnectionError):
        # Hung up on after the connection stood: with TLS, during the handshake.
        return (ProbeError.TLS, "handshake") if secure else (ProbeError.RESET, "")
    kind = next((kind for type_, kind in _SURFACE if isinstance(error, type_)), ProbeError.HTTP)
    return kind, type(error).__name__


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = getattr(seen, "os_error", None) or seen.__cause__


def _words(cause: BaseException) -> str:
    if isinstance(cause, GuardRefused):
        return cause.why
    if isinstance(cause, BadUrl):
        return str(cause)
    return str(getattr(cause, "verify_message", "")).partition(",")[0]
