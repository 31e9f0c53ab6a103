"""Audit names of acts on the register, and the facts each entry may carry: codes and dates, never a name."""

from enum import StrEnum

from sauga.kernel.audit.trail import INSTALLATION

ZONE = INSTALLATION  # the register belongs to no partner


class Trail(StrEnum):
    """Acts on organisations that are recorded."""

    CREATED = "organisation:created"
    DISCARDED = "organisation:discarded"
    KINDS = "organisation:kinds:changed"
    EDITED = "organisation:edited"
    CLOSED = "organisation:closed"
    REOPENED = "organisation:reopened"
    NAMED = "organisation:name:given"
    NAME_CORRECTED = "organisation:name:corrected"
    CODE_SET = "organisation:code:set"
    CONTACT_SET = "organisation:contact:set"
    ROLE_GIVEN = "organisation:role:given"
    ROLE_EDITED = "organisation:role:edited"
    ROLE_WITHDRAWN = "organisation:role:withdrawn"
    ROLE_RESTORED = "organisation:role:restored"
    LOGO_ADDED = "organisation:logo:added"
    LOGO_EDITED = "organisation:logo:edited"
    LOGO_WITHDRAWN = "organisation:logo:withdrawn"
    LOGO_RESTORED = "organisation:logo:restored"
    SUCCEEDED = "organisation:succession:set"
    NOT_SUCCEEDED = "organisation:succession:removed"
    SAME = "organisation:same:marked"
    NOT_SAME = "organisation:same:removed"


FACTS: dict[StrEnum, set[str]] = {
    Trail.CREATED: {"kinds"},
    Trail.DISCARDED: set(),
    Trail.KINDS: {"organisation", "kinds"},
    Trail.EDITED: {"what"},
    Trail.CLOSED: set(),
    Trail.REOPENED: set(),
    Trail.NAMED: {"language", "since"},
    Trail.NAME_CORRECTED: {"language", "since", "until"},
    Trail.CODE_SET: {"scheme", "verified", "removed"},
    Trail.CONTACT_SET: {"purpose", "removed"},
    Trail.ROLE_GIVEN: {"role", "since", "until"},
    Trail.ROLE_EDITED: {"role", "since", "until"},
    Trail.ROLE_WITHDRAWN: {"role", "since"},
    Trail.ROLE_RESTORED: {"role", "since"},
    Trail.LOGO_ADDED: {"since", "until"},
    Trail.LOGO_EDITED: {"since", "until"},
    Trail.LOGO_WITHDRAWN: {"since"},
    Trail.LOGO_RESTORED: {"since"},
    Trail.SUCCEEDED: {"successor", "since"},
    Trail.NOT_SUCCEEDED: {"successor"},
    Trail.SAME: {"other"},
    Trail.NOT_SAME: {"other"},
}
