"""What the repository records in the audit log, and the only facts each entry may carry: codes and numbers,
never texts or addresses.
"""

from enum import StrEnum


class Trail(StrEnum):
    """Audit names, as subject:event."""

    RESOURCE_CREATED = "resource:created"
    RESOURCE_EDITED = "resource:edited"
    RESOURCE_MOVED = "resource:moved"
    RESOURCE_DISCARDED = "resource:discarded"
    RESOURCE_WITHDRAWN = "resource:withdrawn"
    RESOURCE_PUBLISHED = "resource:published"
    GATE_OVERRIDDEN = "resource:gate_overridden"
    GATE_OVERRIDE_ENDED = "resource:gate_override_ended"
    PAGE_AUDITED = "page:audited"
    WORDS_CHANGED = "search:words_changed"
    FILE_ADDED = "file:added"
    FILE_REMOVED = "file:removed"
    FILE_OPENED = "file:opened"
    PARTS_CHANGED = "parts:changed"
    COLLECTION_CHANGED = "collection:changed"
    PARTNER_CHANGED = "partner:changed"
    ADAPTATION_MOVED = "adaptation:moved"
    ADAPTATION_CHANGED = "adaptation:changed"
    DEPLOYMENT_CHANGED = "deployment:changed"
    DEPLOYMENT_MOVED = "deployment:moved"
    ORDER_MOVED = "print_order:moved"
    ORDER_OPENED = "print_order:opened"
    PARTNER_OPENED = "partner:opened"
    HARVESTED = "source:harvested"
    SOURCE_CHANGED = "source:changed"
    PROPOSAL_DECIDED = "proposal:decided"
    IMPORT_MOVED = "records:import_moved"
    IMPORTED = "records:imported"
    IMPORT_UNDONE = "records:import_undone"
    EXPORTED = "records:exported"


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
