"""The other installations that this one knows, from the operator's file (SAUGA_PEERS), and this
installation's own card for them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from sauga.kernel.outbound import peers as connection
from sauga.kernel.sealed import Zone, parcels, zone_exists
from sauga.kernel.sealed.signatures.ed25519 import INSTALLATION, PUBLIC_BYTES, Signer, installation_signer

KEY = INSTALLATION


class CardUnfit(ValueError):
    """The file with the cards cannot be used; the text says why."""


@dataclass(frozen=True)
class Peer:
    """Another installation: its address, its services, its signing keys, and the public keys of its zones."""

    name: str
    url: str
    services: frozenset[str]
    keys: tuple[bytes, ...]
    zones: Mapping[str, parcels.Publics]


def signer() -> Signer:
    """This installation's signing key; the file `keys/house` is made at first use."""
    return installation_signer()


def card() -> dict[str, Any]:
    """What another installation needs to know about this one: public keys and an address, no secret. Raises
    CardUnfit without a name."""
    if not settings.ENV.installation:
        raise CardUnfit("SAUGA_INSTALLATION is empty: give this installation a name first.")
    zones = {
        str(zone): parcels.publics(zone)
        for zone in Zone
        if str(zone) in settings.ENV.services and zone_exists(zone)
    }
    return {
        "name": settings.ENV.installation,
        "url": f"{settings.ENV.base_url.rstrip('/')}/installation/",
        "services": sorted(settings.ENV.services),
        "keys": [signer().public.hex()],
        "zones": zones,
    }


def peers() -> Mapping[str, Peer]:
    """All other installations by name; none where SAUGA_PEERS is empty. Raises CardUnfit."""
    if not settings.ENV.peers:
        return {}
    path = Path(settings.ENV.peers)
    try:
        return _read(str(path), path.stat().st_mtime_ns)
    except OSError as error:
        raise CardUnfit(f"SAUGA_PEERS names {path}, which cannot be read ({error.strerror}).") from error


def peer_of(service: str) -> Peer | None:
    """The installation that runs a service which this one does not; None when it runs here or nowhere."""
    if service in settings.ENV.services:
        return None
    return next((one for one in peers().values() if service in one.services), None)


@lru_cache(maxsize=4)
def _read(path: str, changed: int) -> dict[str, Peer]:
    try:
        cards = json.loads(Path(path).read_text(encoding="utf-8"))
        found = [_peer(one) for one in cards]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"{type(error).__name__}: {error}"
        raise CardUnfit(
            f"{Path(path).name} is no list of cards as `sauga installation` prints them ({what})."
        ) from error
    return {one.name: one for one in found}


def _peer(card: Mapping[str, Any]) -> Peer:
    keys = tuple(bytes.fromhex(key) for key in card["keys"])
    if not keys or any(len(key) != PUBLIC_BYTES for key in keys):
        raise ValueError("keys")
    zones = {
        zone: {kind: (int(version), str(public)) for kind, (version, public) in held.items()}
        for zone, held in card["zones"].items()
    }
    return Peer(str(card["name"]), connection.check(card["url"]), frozenset(card["services"]), keys, zones)
