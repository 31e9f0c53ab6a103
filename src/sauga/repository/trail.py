"""What the repository records in the audit log, and the only facts each entry may carry: codes and numbers,
never texts or addresses.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Trail(TextChoices):
    """Audit names, as subject:event."""

    RESOURCE_CREATED = "resource:created", _("Resource created")
    RESOURCE_EDITED = "resource:edited", _("Resource edited")
    RESOURCE_MOVED = "resource:moved", _("State of the resource changed")
    RESOURCE_DISCARDED = "resource:discarded", _("Resource discarded")
    RESOURCE_WITHDRAWN = "resource:withdrawn", _("Resource withdrawn")
    RESOURCE_PUBLISHED = "resource:published", _("Resource published")
    GATE_OVERRIDDEN = "resource:gate_overridden", _("Check before publishing overridden")
    GATE_OVERRIDE_ENDED = "resource:gate_override_ended", _("Exception of a check ended")
    PAGE_AUDITED = "page:audited", _("Accessibility of the page checked")
    WORDS_CHANGED = "search:words_changed", _("Words of the search changed")
    FILE_ADDED = "file:added", _("File added")
    FILE_REMOVED = "file:removed", _("File removed")
    FILE_OPENED = "file:opened", _("File opened")
    PARTS_CHANGED = "parts:changed", _("Parts of the resource changed")
    COLLECTION_CHANGED = "collection:changed", _("Collection changed")
    PARTNER_CHANGED = "partner:changed", _("Partner of the repository changed")
    ADAPTATION_MOVED = "adaptation:moved", _("State of the adaptation changed")
    ADAPTATION_CHANGED = "adaptation:changed", _("Adaptation changed")
    DEPLOYMENT_CHANGED = "deployment:changed", _("Use of the resource changed")
    DEPLOYMENT_MOVED = "deployment:moved", _("State of a use of the resource changed")
    ORDER_MOVED = "print_order:moved", _("State of the print order changed")
    ORDER_OPENED = "print_order:opened", _("Print order opened")
    PARTNER_OPENED = "partner:opened", _("Partner's contact opened")
    HARVESTED = "source:harvested", _("Source harvested")
    SOURCE_CHANGED = "source:changed", _("Source changed")
    PROPOSAL_DECIDED = "proposal:decided", _("Proposed resource decided")
    IMPORT_MOVED = "records:import_moved", _("State of the import changed")
    IMPORTED = "records:imported", _("Records imported")
    IMPORT_UNDONE = "records:import_undone", _("Import undone")
    EXPORTED = "records:exported", _("Records exported")


FACTS: dict[Trail, set[str]] = {
    Trail.RESOURCE_CREATED: {"type", "how"},
    Trail.RESOURCE_EDITED: {"fields"},
    Trail.RESOURCE_MOVED: {"to"},
    Trail.RESOURCE_WITHDRAWN: {"deployments"},
    Trail.RESOURCE_PUBLISHED: {"version"},
    Trail.GATE_OVERRIDDEN: {"check", "until"},
    Trail.GATE_OVERRIDE_ENDED: {"check"},
    Trail.PAGE_AUDITED: {"checks", "findings"},
    Trail.WORDS_CHANGED: {"topic", "what"},
    Trail.FILE_ADDED: {"kind", "language", "size"},
    Trail.FILE_REMOVED: {"kind", "language"},
    Trail.FILE_OPENED: {"kind", "language"},
    Trail.PARTS_CHANGED: {"parts"},
    Trail.COLLECTION_CHANGED: {"what", "entries"},
    Trail.PARTNER_CHANGED: {"what"},
    Trail.ADAPTATION_MOVED: {"to", "kind", "licence"},
    Trail.ADAPTATION_CHANGED: {"what"},
    Trail.DEPLOYMENT_CHANGED: {"what"},
    Trail.DEPLOYMENT_MOVED: {"to", "channel"},
    Trail.ORDER_MOVED: {"to"},
    Trail.ORDER_OPENED: {"reason"},
    Trail.PARTNER_OPENED: {"reason"},
    Trail.HARVESTED: {"new", "changed", "gone"},
    Trail.SOURCE_CHANGED: {"what"},
    Trail.PROPOSAL_DECIDED: {"to"},
    Trail.IMPORT_MOVED: {"to", "format", "rows"},
    Trail.IMPORTED: {"format", "rows", "refused"},
    Trail.IMPORT_UNDONE: {"rows"},
    Trail.EXPORTED: {"format", "rows"},
}
