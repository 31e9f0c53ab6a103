"""Certificates of the synthetic internet: one authority that the installation trusts while the world runs,
and the bad ones."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme

from sauga.world.hosts.sites import Sites


class Certificates:
    """Makes a certificate for a host when it is first asked for."""

    def __init__(self, sites: Sites, folder: Path) -> None:
        self._sites = sites
        self._good, self._stranger = (
            trustme.CA(organization_name="Synthetic internet"),
            trustme.CA(organization_name="Nobody"),
        )
        self._made: dict[tuple[str, str], ssl.SSLContext] = {}
        self.path = folder / "ca.pem"
        self._good.cert_pem.write_to_path(self.path)

    def context(self) -> ssl.SSLContext:
        """What a listener uses: it picks the certificate by the name that the client sends."""
        context = self._context("world.example", "good")
        context.sni_callback = self._pick
        return context

    def _pick(self, line: ssl.SSLObject | ssl.SSLSocket, name: str | None, _: ssl.SSLContext) -> int | None:
        host = (name or "world.example").lower()
        kind = self._sites.tls(host)
        if kind == "broken":
            return ssl.ALERT_DESCRIPTION_HANDSHAKE_FAILURE
        line.context = self._context(host, kind)
        return None

    def _context(self, host: str, kind: str) -> ssl.SSLContext:
        made = self._made.get((host, kind))
        if made is None:
            made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._issue(host, kind).configure_cert(made)
            self._made[host, kind] = made
        return made

    def _issue(self, host: str, kind: str) -> trustme.LeafCert:
        if kind == "self_signed":
            return self._stranger.issue_cert(host)
        if kind == "wrong_name":
            return self._good.issue_cert("somebody-else.example")
        if kind == "expired":
            now = datetime.now(UTC)
            return self._good.issue_cert(
                host, not_before=now - timedelta(days=400), not_after=now - timedelta(days=2)
            )
        return self._good.issue_cert(host)
