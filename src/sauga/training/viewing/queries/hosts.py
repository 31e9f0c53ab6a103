"""Encrypts and decrypts who hosts at a library; nothing else of this package touches a key.

Each site has a data key of its own, sealed to the machine of the zone MEMBERS. Destroying the key destroys
the name and the addresses, in old backups too.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sauga.kernel import sealed
from sauga.kernel.sealed import KeyNotAvailable, PreparedKey, Recipient, ServiceOpener, Zone
from sauga.training.viewing.models import SiteHost, ViewingSite

ZONE = Zone.MEMBERS
OPENER = ServiceOpener(ZONE)
TABLE = "training_sitehost"
FIELDS = ("name", "phone", "address")


@dataclass(frozen=True)
class Host:
    """Who hosts: what the coordinator needs on the day."""

    name: str = ""
    phone: str = ""
    address: str = ""

    def __repr__(self) -> str:
        return "Host(…)"


def new_host(site: ViewingSite, host: Host) -> tuple[SiteHost, PreparedKey]:
    """The row of a host that is not stored yet, under a fresh key, which the caller stores with it."""
    try:
        prepared = _prepare(site)
    except sealed.ZoneMissing:
        sealed.create_machine_zone(ZONE)
        prepared = _prepare(site)
    envelopes = {
        name: sealed.seal(prepared.key, table=TABLE, row=site.ref, field=name, text=getattr(host, name))
        for name in FIELDS
    }
    return SiteHost(site=site, ends_at=site.over_at, **envelopes), prepared


def host_of(site: ViewingSite) -> Host:
    """Who hosts; empty where it was not said, and once it was deleted."""
    row = SiteHost.objects.filter(site=site).first()
    if row is None:
        return Host()
    try:
        key = sealed.open_data_key(zone=ZONE, holder=site.holder, opener=OPENER)
    except KeyNotAvailable:
        return Host()
    opened = {
        name: sealed.unseal(key, table=TABLE, row=site.ref, field=name, envelope=bytes(getattr(row, name)))
        for name in FIELDS
    }
    return Host(**opened)


def _prepare(site: ViewingSite) -> PreparedKey:
    return sealed.prepare_data_key(zone=ZONE, holder=site.holder, recipients=[Recipient.SERVICE])


def phones_of(sites: Collection[ViewingSite]) -> dict[int, str]:
    """The telephones of a few libraries, by the keys of their sites; two statements."""
    rows = {row.site_id: row for row in SiteHost.objects.filter(site__in=[one.pk for one in sites])}
    keys = sealed.open_data_keys(ZONE, {one.holder for one in sites}, OPENER) if rows else {}
    return {
        one.pk: sealed.unseal(
            keys[one.holder], table=TABLE, row=one.ref, field="phone", envelope=bytes(rows[one.pk].phone)
        )
        for one in sites
        if one.pk in rows and one.holder in keys
    }
