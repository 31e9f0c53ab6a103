"""Audit entries of the hotline, and the only facts each may carry. Never any content."""

from enum import StrEnum


class Trail(StrEnum):
    """Acts, named subject:act."""

    REPORT_RECEIVED = "report:received"
    REPORT_ADDED_TO = "report:added_to"
    REPORT_TRIAGED = "report:triaged"
    REPORT_OPENED = "report:opened"
    REPORT_RETURNED_TO = "report:returned_to"
    REPORT_CLOSED = "report:closed"
    REPORT_MARKED_SPAM = "report:marked_spam"
    MESSAGE_READ = "message:read"
    MESSAGE_SENT = "message:sent"
    CONTACT_OPENED = "contact:opened"
    ITEM_OPENED = "item:opened"
    ITEM_LINKED = "item:linked"
    ITEM_UNLINKED = "item:unlinked"
    ITEM_TRACED = "item:traced"
    ITEM_COUNTRY_CONFIRMED = "item:country_confirmed"
    ITEM_TAKEN = "item:taken"
    ITEM_RELEASED = "item:released"
    ITEM_HANDED = "item:handed"
    ITEM_WITHDRAWN = "item:withdrawn"
    ITEM_PRIORITISED = "item:prioritised"
    ITEM_REVEALED = "item:revealed"
    ITEM_ASSESSED = "item:assessed"
    ITEM_ROUTED = "item:routed"
    ITEM_HELD = "item:held"
    ITEM_HOLD_ENDED = "item:hold_ended"
    ITEM_REOPENED = "item:reopened"
    ITEM_REMOVED = "item:removed"
    ITEM_REAPPEARED = "item:reappeared"
    ITEM_MARKED_BY_PERSON = "item:marked_by_person"
    NOTICE_DRAFTED = "notice:drafted"
    NOTICE_APPROVED = "notice:approved"
    NOTICE_SENT = "notice:sent"
    NOTICE_DELIVERY_KNOWN = "notice:delivery_known"
    NOTICE_OPENED = "notice:opened"
    NOTICE_ADDRESSES_SHOWN = "notice:addresses_shown"
    NOTICE_ANSWERED = "notice:answered"
    NOTICE_DISPUTE_DECIDED = "notice:dispute_decided"
    NOTICE_LINK_RENEWED = "notice:link_renewed"
    NOTICE_WITHDRAWN = "notice:withdrawn"
    NOTICE_ESCALATED = "notice:escalated"
    PROVIDER_CHANGED = "provider:changed"
    CONTACT_APPROVED = "contact:approved"
    TEMPLATE_CHANGED = "template:changed"
    POLICY_CHANGED = "policy:changed"
    TERM_CHANGED = "list:term_changed"
    HANDOVER_FILE_PREPARED = "handover:file_prepared"
    HANDOVER_FILE_APPROVED = "handover:file_approved"
    HANDOVER_FILE_DOWNLOADED = "handover:file_downloaded"
    HANDOVER_FILE_DISCARDED = "handover:file_discarded"
    ITEM_EXPORTED = "item:exported"
    ITEM_HANDED_OVER = "item:handed_over"
    ITEM_HANDOVER_UNDONE = "item:handover_undone"
    ITEM_HANDOVER_CORRECTED = "item:handover_corrected"
    ITEM_HANDOVER_CANCELLED = "item:handover_cancelled"
    HANDOVERS_LISTED = "handover:records_exported"
    SEARCHED = "search:made"
    STOP_LIFTED = "exposure:stop_lifted"


FACTS: dict[Trail, set[str]] = {
    Trail.REPORT_RECEIVED: {"channel", "category", "priority", "locations", "language"},
    Trail.REPORT_ADDED_TO: {"part"},
    Trail.REPORT_TRIAGED: {"priority", "category"},
    Trail.REPORT_CLOSED: {"outcome"},
    Trail.REPORT_MARKED_SPAM: {"reason"},
    Trail.MESSAGE_READ: {"messages"},
    Trail.MESSAGE_SENT: {"from"},
    Trail.ITEM_LINKED: {"match", "report"},
    Trail.ITEM_UNLINKED: {"report"},
    Trail.ITEM_TRACED: {"hosting_class", "confidence", "country"},
    Trail.ITEM_COUNTRY_CONFIRMED: {"country"},
    Trail.ITEM_REVEALED: {"reason"},
    Trail.ITEM_HANDED: {"to"},
    Trail.ITEM_PRIORITISED: {"before", "priority"},
    Trail.ITEM_ASSESSED: {"verdict", "kind"},
    Trail.ITEM_ROUTED: {"routes"},
    Trail.ITEM_HELD: {"reason", "hours"},
    Trail.ITEM_REOPENED: {"reason"},
    Trail.ITEM_REMOVED: {"kind", "occurrence"},
    Trail.ITEM_REAPPEARED: {"occurrence"},
    Trail.ITEM_MARKED_BY_PERSON: {"presence"},
    Trail.NOTICE_DRAFTED: {"basis", "items"},
    Trail.NOTICE_SENT: {"basis", "items", "attempt"},
    Trail.NOTICE_DELIVERY_KNOWN: {"delivery"},
    Trail.NOTICE_ANSWERED: {"answer"},
    Trail.NOTICE_DISPUTE_DECIDED: {"decision", "items"},
    Trail.NOTICE_WITHDRAWN: {"reason"},
    Trail.NOTICE_ESCALATED: {"rung"},
    Trail.POLICY_CHANGED: {"policy", "version"},
    Trail.TERM_CHANGED: {"list", "code", "act"},
    Trail.HANDOVER_FILE_PREPARED: {"recipient", "items", "needs_second"},
    Trail.HANDOVER_FILE_APPROVED: {"recipient", "items"},
    Trail.HANDOVER_FILE_DOWNLOADED: {"recipient", "items", "digest"},
    Trail.HANDOVER_FILE_DISCARDED: {"recipient"},
    Trail.ITEM_EXPORTED: {"recipient", "file"},
    Trail.ITEM_HANDED_OVER: {"recipient", "method", "record"},
    Trail.ITEM_HANDOVER_UNDONE: {"recipient", "record"},
    Trail.ITEM_HANDOVER_CORRECTED: {"recipient", "record", "reason"},
    Trail.ITEM_HANDOVER_CANCELLED: {"recipient", "record", "reason"},
    Trail.HANDOVERS_LISTED: {"recipient", "records"},
    Trail.SEARCHED: {"kind"},
}
