"""Posts to another installation: to the address the operator configured and to no other. No redirects, no
cookies, a small answer, a short timeout.

The SSRF guard does not apply here, since the address never comes from a visitor: it is configured in
SAUGA_PEERS.
"""

import ipaddress
from urllib.parse import urlsplit

import aiohttp

SECONDS = 20
LARGEST = 4096


class PeerUnreachable(Exception):
    """No answer, or none that can be read; try again later."""


class PeerAddressRefused(ValueError):
    """Other installations are reached over https; plain http only on this machine."""


def check(url: str) -> str:
    """The address, if messages may be sent there. Raises PeerAddressRefused."""
    parts = urlsplit(url)
    plain = parts.scheme == "http" and _is_here(parts.hostname or "")
    if (
        not parts.hostname
        or parts.username
        or parts.query
        or parts.fragment
        or not (parts.scheme == "https" or plain)
    ):
        raise PeerAddressRefused(url)
    return url


async def post(url: str, message: bytes) -> tuple[int, bytes]:
    """Status and answer. Raises PeerUnreachable, PeerAddressRefused."""
    try:
        async with (
            aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=SECONDS),
                trust_env=False,
            ) as session,
            session.post(
                check(url), data=message, headers={"Content-Type": "application/json"}, allow_redirects=False
            ) as answer,
        ):
            return answer.status, await answer.content.read(LARGEST)
    except (OSError, TimeoutError, aiohttp.ClientError) as error:
        raise PeerUnreachable(type(error).__name__) from error


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
