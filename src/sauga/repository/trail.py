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


T = Trail
FACTS: dict[Trail, set[str]] = {
    T.RESOURCE_CREATED: {"type", "how"},
    T.RESOURCE_EDITED: {"fields"},
    T.RESOURCE_MOVED: {"to"},
    T.RESOURCE_WITHDRAWN: {"deployments"},
    T.RESOURCE_PUBLISHED: {"version"},
    T.GATE_OVERRIDDEN: {"check", "until"},
    T.GATE_OVERRIDE_ENDED: {"check"},
    T.PAGE_AUDITED: {"checks", "findings"},
    T.WORDS_CHANGED: {"topic", "what"},
    T.FILE_ADDED: {"kind", "language", "size"},
    T.FILE_REMOVED: {"kind", "language"},
    T.FILE_OPENED: {"kind", "language"},
    T.PARTS_CHANGED: {"parts"},
    T.COLLECTION_CHANGED: {"what", "entries"},
    T.PARTNER_CHANGED: {"what"},
    T.ADAPTATION_MOVED: {"to", "kind", "licence"},
    T.ADAPTATION_CHANGED: {"what"},
    T.DEPLOYMENT_CHANGED: {"what"},
    T.DEPLOYMENT_MOVED: {"to", "channel"},
    T.ORDER_MOVED: {"to"},
    T.ORDER_OPENED: {"reason"},
    T.PARTNER_OPENED: {"reason"},
    T.HARVESTED: {"new", "changed", "gone"},
    T.SOURCE_CHANGED: {"what"},
    T.PROPOSAL_DECIDED: {"to"},
    T.IMPORT_MOVED: {"to", "format", "rows"},
    T.IMPORTED: {"format", "rows", "refused"},
    T.IMPORT_UNDONE: {"rows"},
    T.EXPORTED: {"format", "rows"},
}
