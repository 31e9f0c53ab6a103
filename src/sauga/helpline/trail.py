"""The helpline's audit names, and the only facts each entry may carry. Never content, nor who a child is."""

from enum import StrEnum


class Trail(StrEnum):
    """Acts, named subject:act."""

    CHAT_STARTED = "chat:started"
    CHAT_QUEUED = "chat:queued"
    CHAT_OFFERED = "chat:offered"
    CHAT_REFUSED = "chat:refused"
    CHAT_TAKEN = "chat:taken"
    CHAT_ORDER_CHANGED = "chat:order_changed"
    CHAT_TRANSFERRED = "chat:transferred"
    CHAT_TAKEN_OVER = "chat:taken_over"
    CHAT_LISTENED = "chat:listened"
    CHAT_RISK_RAISED = "chat:risk_raised"
    CHAT_ENDED = "chat:ended"
    CHAT_OPENED = "chat:opened"
    CHAT_RETURNED_TO = "chat:returned_to"
    CHANNEL_CHANGED = "door:changed"
    LETTER_RECEIVED = "letter:received"
    LETTER_CLAIMED = "letter:claimed"
    LETTER_REVIEWED = "letter:reviewed"
    LETTER_DELIVERED = "letter:delivered"
    LETTER_OPENED = "letter:opened"
    CALL_RECORDED = "call:recorded"
    RECORD_WRITTEN = "record:written"
    RECORD_CHANGED = "record:changed"
    CONCERN_RAISED = "concern:raised"
    CONCERN_DECIDED = "concern:decided"
    CONCERN_APPROVED = "concern:approved"
    CONCERN_PASSED_ON = "concern:passed_on"
    CONCERN_CHILD_TOLD = "concern:child_told"
    CONCERN_REVIEWED = "concern:reviewed"
    CONCERN_OPENED = "concern:opened"
    CONCERN_CHASED = "concern:chased"
    CASE_OPENED = "case:opened"
    CASE_READ = "case:read"
    CASE_MOVED = "case:moved"
    REFERRAL_MOVED = "child_referral:moved"
    INCOMING_MOVED = "incoming_referral:moved"
    LINK_SENT = "link:sent"
    SELF_IMAGE_ISSUED = "self_image:issued"
    ROTA_PUBLISHED = "rota:published"
    SHIFT_MOVED = "shift:moved"
    DUTY_CHANGED = "duty:changed"
    BEGIN_ALLOWED = "duty:begin_allowed"
    SHIFT_TOLD = "shift_word:said"
    LINE_POLICY_CHANGED = "line_policy:changed"
    VOLUNTEER_CHANGED = "volunteer:changed"
    QUALITY_SAMPLED = "quality:sampled"
    QUALITY_BEGUN = "quality:begun"
    QUALITY_SCORED = "quality:scored"
    QUALITY_SETTLED = "quality:settled"
    TEXT_CHANGED = "text:changed"
    SEARCHED = "desk_search:made"


T = Trail
FACTS: dict[Trail, set[str]] = {
    T.CHAT_STARTED: {"language", "audience"},
    T.BEGIN_ALLOWED: {"reason", "given"},
    T.SHIFT_TOLD: {"hours"},
    T.LINE_POLICY_CHANGED: {"policy", "version", "why"},
    T.CHAT_QUEUED: {"band", "rules"},
    T.CHAT_REFUSED: {"reason"},
    T.CHAT_ORDER_CHANGED: {"band", "reason"},
    T.CHAT_TRANSFERRED: {"consent"},
    T.CHAT_TAKEN_OVER: {"reason"},
    T.CHAT_LISTENED: {"part", "seconds"},
    T.CHAT_RISK_RAISED: {"band"},
    T.CHAT_ENDED: {"how"},
    T.CHAT_OPENED: {"reason"},
    T.CHANNEL_CHANGED: {"channel", "open", "reason"},
    T.LETTER_RECEIVED: {"language", "band"},
    T.LETTER_REVIEWED: {"approved"},
    T.LETTER_OPENED: {"reason"},
    T.CALL_RECORDED: {"outcome"},
    T.RECORD_WRITTEN: {"channel", "outcome"},
    T.CONCERN_RAISED: {"ground"},
    T.CONCERN_DECIDED: {"decision"},
    T.CONCERN_APPROVED: {"approved"},
    T.CONCERN_PASSED_ON: {"target", "clock"},
    T.CONCERN_CHILD_TOLD: {"how"},
    T.CONCERN_CHASED: {"state", "escalated"},
    T.CASE_READ: {"reason"},
    T.CASE_MOVED: {"to"},
    T.REFERRAL_MOVED: {"to", "target"},
    T.INCOMING_MOVED: {"to", "outcome"},
    T.LINK_SENT: {"suspected"},
    T.ROTA_PUBLISHED: {"week", "shifts"},
    T.SHIFT_MOVED: {"to"},
    T.DUTY_CHANGED: {"to", "channels"},
    T.VOLUNTEER_CHANGED: {"what"},
    T.QUALITY_SAMPLED: {"why"},
    T.QUALITY_SCORED: {"critical"},
    T.TEXT_CHANGED: {"what"},
}
