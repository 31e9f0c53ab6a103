"""The zones that keep secrets from each other, and who may be a recipient of a key."""

from enum import StrEnum


class Zone(StrEnum):
    """One boundary of encryption: no key of one zone opens anything of another.

    MEMBERS holds the data of members of the public. Only the machine opens it: it has no team, no custodian
    and no escrow.
    """

    HOTLINE = "hotline"
    HELPLINE = "helpline"
    PANEL = "panel"
    AWARENESS = "awareness"
    MEMBERS = "members"


HELD_BY_STAFF = tuple(zone for zone in Zone if zone is not Zone.MEMBERS)
"""The zones whose keys people hold."""


class Recipient(StrEnum):
    """Whom a key is sealed to.

    TEAM: the zone's staff. SERVICE: the zone's machine, whose private half is a file; it may be given
    provider addresses only. CUSTODIAN: the few who may see contact details. RECEIPT: the person who comes
    back. ESCROW: the printed shares; it is never a recipient of data, only of the private halves of TEAM and
    CUSTODIAN.
    """

    TEAM = "TEAM"
    SERVICE = "SERVICE"
    CUSTODIAN = "CUSTODIAN"
    RECEIPT = "RECEIPT"
    ESCROW = "ESCROW"


WITH_MEMBERS = (Recipient.TEAM, Recipient.CUSTODIAN)
"""Kinds of zone key whose private half is handed to people, so that they have members, versions and rotation.
"""
