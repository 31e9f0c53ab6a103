"""Opening sealed addresses: by an analyst's unlocked vault, or by the service key that jobs hold."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404

from sauga.hotline.addresses.rules.addresses import read_location
from sauga.hotline.content.models import ContentItem
from sauga.hotline.permissions import Permission
from sauga.kernel import sealed
from sauga.kernel.identity import PersonActor
from sauga.kernel.ids import normalise_reference

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
    """Addresses by item reference, in one query for the keys.

    Items whose key is gone or not ours are left out.
    """
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
        referrer = sealed.unseal(
            key, table=TABLE, row=item.ref, field="referrer", envelope=bytes(item.referrer)
        )
    return Address(url, referrer)


@dataclass(frozen=True)
class Masked:
    """An address as it may be shown without a reason: scheme, host and how the path begins; the rest is
    hidden."""

    scheme: str
    host: str
    beginning: str
    hidden: int


def mask(url: str) -> Masked:
    """What may be seen of an address without a reason."""
    location = read_location(url)
    if not location.host:
        return Masked("", url[:3] + "…" if url else "", "", max(0, len(url) - 3))
    scheme, _, rest = url.partition("://")
    path = rest.partition("/")[2]
    beginning = path.partition("/")[0][:12] if "/" in path else ""
    return Masked(
        f"{scheme}://",
        location.host,
        f"/{beginning}/" if beginning else "/",
        max(0, len(path) - len(beginning)),
    )


def item_for(actor: PersonActor, ref: str) -> ContentItem:
    """The item behind a reference. Raises Http404 for strangers and unknown references alike."""
    if not actor.can(Permission.SEE_WORKLIST):
        raise Http404
    item = (
        ContentItem.objects.select_related("provider", "taken_by")
        .filter(ref=normalise_reference(ref))
        .first()
    )
    if item is None:
        raise Http404
    return item
