"""The other houses this one knows, as the operator wrote them down in SAUGA_HOUSES, and this house's own card for them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from sauga.kernel.outbound import houses as road
from sauga.kernel.sealed import Zone, parcels, zone_exists
from sauga.kernel.sealed.signing import INSTALLATION, PUBLIC_BYTES, Signer, installation_signer

KEY = INSTALLATION


class CardUnfit(ValueError):
    """The file of houses cannot be used; the text says why."""


@dataclass(frozen=True)
class Neighbour:
    """Another house: where it is, whose services it runs, which signatures are its own, and how to seal to its zones."""

    name: str
    url: str
    services: frozenset[str]
    keys: tuple[bytes, ...]
    zones: Mapping[str, parcels.Publics]


def signer() -> Signer:
    """This house's signature; the file `keys/house` is made at first use."""
    return installation_signer()


def card() -> dict[str, Any]:
    """What another house writes down about this one: public keys and an address, no secret. Raises CardUnfit without a name."""
    if not settings.ENV.house:
        raise CardUnfit("SAUGA_HOUSE is empty: give this house a name first.")
    zones = {str(zone): parcels.publics(zone) for zone in Zone if str(zone) in settings.ENV.services and zone_exists(zone)}
    return {
        "name": settings.ENV.house,
        "url": f"{settings.ENV.base_url.rstrip('/')}/house/",
        "services": sorted(settings.ENV.services),
        "keys": [signer().public.hex()],
        "zones": zones,
    }


def neighbours() -> Mapping[str, Neighbour]:
    """All other houses by name; none where SAUGA_HOUSES is empty. Raises CardUnfit."""
    if not settings.ENV.houses:
        return {}
    path = Path(settings.ENV.houses)
    try:
        return _read(str(path), path.stat().st_mtime_ns)
    except OSError as error:
        raise CardUnfit(f"SAUGA_HOUSES names {path}, which cannot be read ({error.strerror}).") from error


def neighbour_of(service: str) -> Neighbour | None:
    """The house that runs a service which this one does not; None when it runs here or nowhere."""
    if service in settings.ENV.services:
        return None
    return next((one for one in neighbours().values() if service in one.services), None)


@lru_cache(maxsize=4)
def _read(path: str, changed: int) -> dict[str, Neighbour]:
    try:
        cards = json.loads(Path(path).read_text(encoding="utf-8"))
        found = [_neighbour(one) for one in cards]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CardUnfit(f"{Path(path).name} is no list of cards as `sauga house` prints them ({type(error).__name__}: {error}).") from error
    return {one.name: one for one in found}


def _neighbour(card: Mapping[str, Any]) -> Neighbour:
    keys = tuple(bytes.fromhex(key) for key in card["keys"])
    if not keys or any(len(key) != PUBLIC_BYTES for key in keys):
        raise ValueError("keys")
    zones = {zone: {kind: (int(version), str(public)) for kind, (version, public) in held.items()} for zone, held in card["zones"].items()}
    return Neighbour(str(card["name"]), road.check(card["url"]), frozenset(card["services"]), keys, zones)
