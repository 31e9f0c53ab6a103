"""Opening sealed addresses: by an analyst's unlocked vault, or by the service key that jobs hold."""

from collections.abc import Iterable
from dataclasses import dataclass

from sauga.hotline.models import ContentItem
from sauga.kernel import sealed

ZONE = sealed.Zone.HOTLINE
TABLE = "hotline.contentitem"


@dataclass(frozen=True)
class Address:
    """An opened address. Its repr shows nothing, so that no log can."""

    url: str
    referrer: str

    def __repr__(self) -> str:
        return "Address(…)"


def open_addresses(items: Iterable[ContentItem], opener: sealed.Opener) -> dict[str, Address]:
    """Addresses by item reference, in one query for the keys. Items whose key is gone or not ours are left out."""
    listed = list(items)
    keys = sealed.open_data_keys(ZONE, [item.holder for item in listed], opener)
    return {item.ref: _read(item, keys[item.holder]) for item in listed if item.holder in keys}


def open_address(item: ContentItem, opener: sealed.Opener) -> Address:
    """The address of one item. Raises sealed.KeyNotAvailable."""
    return _read(item, sealed.open_data_key(zone=ZONE, holder=item.holder, opener=opener))


def _read(item: ContentItem, key: sealed.DataKey) -> Address:
    url = sealed.unseal(key, table=TABLE, row=item.ref, field="address", envelope=bytes(item.address))
    referrer = ""
    if item.referrer:
        referrer = sealed.unseal(key, table=TABLE, row=item.ref, field="referrer", envelope=bytes(item.referrer))
    return Address(url, referrer)
