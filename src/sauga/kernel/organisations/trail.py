"""Audit names of acts on the register, and the facts each entry may carry: codes and dates, never a name."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sauga.kernel.audit.trail import INSTALLATION

ZONE = INSTALLATION  # the register belongs to no partner


class Trail(TextChoices):
    """Acts on organisations that are recorded."""

    CREATED = "organisation:created", _("Organisation created")
    DISCARDED = "organisation:discarded", _("Organisation discarded")
    KINDS = "organisation:kinds:changed", _("Kinds of the organisation changed")
    EDITED = "organisation:edited", _("Organisation edited")
    CLOSED = "organisation:closed", _("Organisation closed")
    REOPENED = "organisation:reopened", _("Organisation opened again")
    NAMED = "organisation:name:given", _("New name of the organisation given")
    NAME_CORRECTED = "organisation:name:corrected", _("Name of the organisation corrected")
    CODE_SET = "organisation:code:set", _("Code of the organisation set")
    CONTACT_SET = "organisation:contact:set", _("Contact of the organisation set")
    ROLE_GIVEN = "organisation:role:given", _("Role of the organisation given")
    ROLE_EDITED = "organisation:role:edited", _("Role of the organisation edited")
    ROLE_WITHDRAWN = "organisation:role:withdrawn", _("Role of the organisation withdrawn")
    ROLE_RESTORED = "organisation:role:restored", _("Role of the organisation restored")
    LOGO_ADDED = "organisation:logo:added", _("Logo of the organisation added")
    LOGO_EDITED = "organisation:logo:edited", _("Logo of the organisation edited")
    LOGO_WITHDRAWN = "organisation:logo:withdrawn", _("Logo of the organisation withdrawn")
    LOGO_RESTORED = "organisation:logo:restored", _("Logo of the organisation restored")
    SUCCEEDED = "organisation:succession:set", _("Successor of the organisation set")
    NOT_SUCCEEDED = "organisation:succession:removed", _("Successor of the organisation removed")
    SAME = "organisation:same:marked", _("Marked as the same organisation")
    NOT_SAME = "organisation:same:removed", _("No longer marked as the same organisation")


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
