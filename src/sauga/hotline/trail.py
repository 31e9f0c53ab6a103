"""Audit entries of the hotline, and the only facts each may carry. Never any content."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Trail(TextChoices):
    """Acts, named subject:act."""

    REPORT_RECEIVED = "report:received", _("Report received")
    REPORT_ADDED_TO = "report:added_to", _("Report added to by the reporter")
    REPORT_TRIAGED = "report:triaged", _("Report sorted")
    REPORT_OPENED = "report:opened", _("Report opened")
    REPORT_RETURNED_TO = "report:returned_to", _("Reporter came back to the report")
    REPORT_CLOSED = "report:closed", _("Report closed")
    REPORT_MARKED_SPAM = "report:marked_spam", _("Report marked as spam")
    MESSAGE_READ = "message:read", _("Messages of the report read")
    MESSAGE_SENT = "message:sent", _("Message sent")
    CONTACT_OPENED = "contact:opened", _("Reporter's contact opened")
    ITEM_OPENED = "item:opened", _("Item opened")
    ITEM_LINKED = "item:linked", _("Item linked to a report")
    ITEM_UNLINKED = "item:unlinked", _("Item unlinked from a report")
    ITEM_TRACED = "item:traced", _("Hosting of the item traced")
    ITEM_COUNTRY_CONFIRMED = "item:country_confirmed", _("Country of the item confirmed")
    ITEM_TAKEN = "item:taken", _("Item taken")
    ITEM_RELEASED = "item:released", _("Item given back")
    ITEM_HANDED = "item:handed", _("Item passed to a colleague")
    ITEM_WITHDRAWN = "item:withdrawn", _("Item withdrawn")
    ITEM_PRIORITISED = "item:prioritised", _("Priority of the item changed")
    ITEM_REVEALED = "item:revealed", _("Address of the item shown")
    ITEM_ASSESSED = "item:assessed", _("Item assessed")
    ITEM_ROUTED = "item:routed", _("Way of the item decided")
    ITEM_HELD = "item:held", _("Item held for the police")
    ITEM_HOLD_ENDED = "item:hold_ended", _("Hold of the item ended")
    ITEM_REOPENED = "item:reopened", _("Item opened again for assessment")
    ITEM_REMOVED = "item:removed", _("Item found removed")
    ITEM_REAPPEARED = "item:reappeared", _("Item found again")
    ITEM_MARKED_BY_PERSON = "item:marked_by_person", _("Presence of the item noted by a person")
    NOTICE_DRAFTED = "notice:drafted", _("Notice drafted")
    NOTICE_APPROVED = "notice:approved", _("Notice approved")
    NOTICE_SENT = "notice:sent", _("Notice sent")
    NOTICE_DELIVERY_KNOWN = "notice:delivery_known", _("Delivery of the notice known")
    NOTICE_OPENED = "notice:opened", _("Notice opened by the provider")
    NOTICE_ADDRESSES_SHOWN = "notice:addresses_shown", _("Addresses of the notice shown")
    NOTICE_ANSWERED = "notice:answered", _("Notice answered by the provider")
    NOTICE_DISPUTE_DECIDED = "notice:dispute_decided", _("Dispute of the notice decided")
    NOTICE_LINK_RENEWED = "notice:link_renewed", _("Link of the notice renewed")
    NOTICE_WITHDRAWN = "notice:withdrawn", _("Notice withdrawn")
    NOTICE_ESCALATED = "notice:escalated", _("Notice taken one step further")
    PROVIDER_CHANGED = "provider:changed", _("Provider changed")
    CONTACT_APPROVED = "contact:approved", _("Contact of the provider approved")
    TEMPLATE_CHANGED = "template:changed", _("Template of notices changed")
    POLICY_CHANGED = "policy:changed", _("Policy changed")
    TERM_CHANGED = "list:term_changed", _("Entry of a list changed")
    HANDOVER_FILE_PREPARED = "handover:file_prepared", _("Hand-over file prepared")
    HANDOVER_FILE_APPROVED = "handover:file_approved", _("Hand-over file approved")
    HANDOVER_FILE_DOWNLOADED = "handover:file_downloaded", _("Hand-over file downloaded")
    HANDOVER_FILE_DISCARDED = "handover:file_discarded", _("Hand-over file discarded")
    ITEM_EXPORTED = "item:exported", _("Item put into a hand-over file")
    ITEM_HANDED_OVER = "item:handed_over", _("Item handed over")
    ITEM_HANDOVER_UNDONE = "item:handover_undone", _("Hand-over of the item undone")
    ITEM_HANDOVER_CORRECTED = "item:handover_corrected", _("Hand-over of the item corrected")
    ITEM_HANDOVER_CANCELLED = "item:handover_cancelled", _("Hand-over of the item cancelled")
    HANDOVERS_LISTED = "handover:records_exported", _("Hand-over records exported")
    SEARCHED = "search:made", _("Search made")
    STOP_LIFTED = "exposure:stop_lifted", _("Stop of viewing lifted")


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
