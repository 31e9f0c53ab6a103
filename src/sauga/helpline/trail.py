"""The helpline's audit names, and the only facts each entry may carry. Never content, nor who a child is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Trail(TextChoices):
    """Acts, named subject:act."""

    CHAT_STARTED = "chat:started", _("Conversation started")
    CHAT_QUEUED = "chat:queued", _("Conversation put in the queue")
    CHAT_OFFERED = "chat:offered", _("Conversation offered to a counsellor")
    CHAT_REFUSED = "chat:refused", _("Conversation refused")
    CHAT_TAKEN = "chat:taken", _("Conversation taken")
    CHAT_ORDER_CHANGED = "chat:order_changed", _("Place of the conversation in the queue changed")
    CHAT_TRANSFERRED = "chat:transferred", _("Conversation transferred")
    CHAT_TAKEN_OVER = "chat:taken_over", _("Conversation taken over")
    CHAT_LISTENED = "chat:listened", _("Conversation listened to by the shift lead")
    CHAT_RISK_RAISED = "chat:risk_raised", _("Risk of the conversation raised")
    CHAT_ENDED = "chat:ended", _("Conversation ended")
    CHAT_OPENED = "chat:opened", _("Conversation opened")
    CHAT_RETURNED_TO = "chat:returned_to", _("Child came back to the conversation")
    CHANNEL_CHANGED = "door:changed", _("Channel opened or closed")
    LETTER_RECEIVED = "letter:received", _("Letter received")
    LETTER_CLAIMED = "letter:claimed", _("Letter taken")
    LETTER_REVIEWED = "letter:reviewed", _("Answer to the letter reviewed")
    LETTER_DELIVERED = "letter:delivered", _("Answer to the letter delivered")
    LETTER_OPENED = "letter:opened", _("Letter opened")
    CALL_RECORDED = "call:recorded", _("Call recorded")
    RECORD_WRITTEN = "record:written", _("Record written")
    RECORD_CHANGED = "record:changed", _("Record changed")
    CONCERN_RAISED = "concern:raised", _("Concern raised")
    CONCERN_DECIDED = "concern:decided", _("Concern decided")
    CONCERN_APPROVED = "concern:approved", _("Decision on the concern approved")
    CONCERN_PASSED_ON = "concern:passed_on", _("Concern passed on")
    CONCERN_CHILD_TOLD = "concern:child_told", _("Child told about passing on the concern")
    CONCERN_REVIEWED = "concern:reviewed", _("Concern reviewed afterwards")
    CONCERN_OPENED = "concern:opened", _("Concern opened")
    CONCERN_CHASED = "concern:chased", _("Answer to the concern asked for")
    CASE_OPENED = "case:opened", _("Case opened")
    CASE_READ = "case:read", _("Case read")
    CASE_MOVED = "case:moved", _("State of the case changed")
    REFERRAL_MOVED = "child_referral:moved", _("State of the child's referral changed")
    INCOMING_MOVED = "incoming_referral:moved", _("State of an incoming referral changed")
    LINK_SENT = "link:sent", _("Link sent to the child")
    SELF_IMAGE_ISSUED = "self_image:issued", _("Code for removing an own picture issued")
    ROTA_PUBLISHED = "rota:published", _("Rota published")
    SHIFT_MOVED = "shift:moved", _("State of the shift changed")
    DUTY_CHANGED = "duty:changed", _("Duty of a person changed")
    BEGIN_ALLOWED = "duty:begin_allowed", _("Leave to begin a conversation given")
    SHIFT_TOLD = "shift_word:said", _("Word to the shift said")
    LINE_POLICY_CHANGED = "line_policy:changed", _("Policy of the line changed")
    VOLUNTEER_CHANGED = "volunteer:changed", _("Volunteer's entry changed")
    QUALITY_SAMPLED = "quality:sampled", _("Conversation chosen for quality review")
    QUALITY_BEGUN = "quality:begun", _("Quality review begun")
    QUALITY_SCORED = "quality:scored", _("Quality review scored")
    QUALITY_SETTLED = "quality:settled", _("Quality review settled")
    TEXT_CHANGED = "text:changed", _("Text of the line changed")
    SEARCHED = "desk_search:made", _("Search at the desk made")


FACTS: dict[Trail, set[str]] = {
    Trail.CHAT_STARTED: {"language", "audience"},
    Trail.BEGIN_ALLOWED: {"reason", "given"},
    Trail.SHIFT_TOLD: {"hours"},
    Trail.LINE_POLICY_CHANGED: {"policy", "version", "why"},
    Trail.CHAT_QUEUED: {"band", "rules"},
    Trail.CHAT_REFUSED: {"reason"},
    Trail.CHAT_ORDER_CHANGED: {"band", "reason"},
    Trail.CHAT_TRANSFERRED: {"consent"},
    Trail.CHAT_TAKEN_OVER: {"reason"},
    Trail.CHAT_LISTENED: {"part", "seconds"},
    Trail.CHAT_RISK_RAISED: {"band"},
    Trail.CHAT_ENDED: {"how"},
    Trail.CHAT_OPENED: {"reason"},
    Trail.CHANNEL_CHANGED: {"channel", "open", "reason"},
    Trail.LETTER_RECEIVED: {"language", "band"},
    Trail.LETTER_REVIEWED: {"approved"},
    Trail.LETTER_OPENED: {"reason"},
    Trail.CALL_RECORDED: {"outcome"},
    Trail.RECORD_WRITTEN: {"channel", "outcome"},
    Trail.CONCERN_RAISED: {"ground"},
    Trail.CONCERN_DECIDED: {"decision"},
    Trail.CONCERN_APPROVED: {"approved"},
    Trail.CONCERN_PASSED_ON: {"target", "clock"},
    Trail.CONCERN_CHILD_TOLD: {"how"},
    Trail.CONCERN_CHASED: {"state", "escalated"},
    Trail.CASE_READ: {"reason"},
    Trail.CASE_MOVED: {"to"},
    Trail.REFERRAL_MOVED: {"to", "target"},
    Trail.INCOMING_MOVED: {"to", "outcome"},
    Trail.LINK_SENT: {"suspected"},
    Trail.ROTA_PUBLISHED: {"week", "shifts"},
    Trail.SHIFT_MOVED: {"to"},
    Trail.DUTY_CHANGED: {"to", "channels"},
    Trail.VOLUNTEER_CHANGED: {"what"},
    Trail.QUALITY_SAMPLED: {"why"},
    Trail.QUALITY_SCORED: {"critical"},
    Trail.TEXT_CHANGED: {"what"},
}
