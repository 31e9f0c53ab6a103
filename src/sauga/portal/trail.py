"""What the portal records in the audit log, and the only facts each entry may carry. Texts and people's words
are never recorded.
"""

from enum import StrEnum


class Trail(StrEnum):
    """Audit names, as subject:event."""

    CMS_ACT = "cms:act"
    SITE_PLANTED = "site:planted"
    STARTER_LOADED = "site:starter_loaded"
    SEAT_CHANGED = "seat:changed"
    REVIEW_MOVED = "page_review:moved"
    REVIEW_OPENED = "page_review:opened"
    PAGE_PUBLISHED_DUE = "page:published_due"
    PAGE_TAKEN_DOWN_DUE = "page:taken_down_due"
    PAGE_HELD_BACK = "page:held_back"
    GATE_OVERRIDDEN = "page:gate_overridden"
    GATE_OVERRIDE_ENDED = "page:gate_override_ended"
    LINK_ASKED_AGAIN = "link:asked_again"
    TRANSLATION_CONFIRMED = "translation:confirmed"
    FOOTER_FILLED = "footer:filled"
    FEEDBACK_RECEIVED = "feedback:received"
    FEEDBACK_MOVED = "feedback:moved"
    UPLOADS_DELETED = "uploads:deleted"


T = Trail
FACTS: dict[Trail, set[str]] = {
    T.CMS_ACT: {"act", "kind", "object"},
    T.SITE_PLANTED: {"pages"},
    T.STARTER_LOADED: {"pages"},
    T.SEAT_CHANGED: {"given", "taken"},
    T.REVIEW_MOVED: {"from", "to"},
    T.REVIEW_OPENED: set(),
    T.PAGE_PUBLISHED_DUE: {"page"},
    T.PAGE_TAKEN_DOWN_DUE: {"page"},
    T.PAGE_HELD_BACK: {"page", "checks"},
    T.GATE_OVERRIDDEN: {"page", "check", "until"},
    T.GATE_OVERRIDE_ENDED: {"page", "check"},
    T.LINK_ASKED_AGAIN: {"link"},
    T.TRANSLATION_CONFIRMED: {"page", "language"},
    T.FOOTER_FILLED: {"entries"},
    T.FEEDBACK_RECEIVED: {"kind"},
    T.FEEDBACK_MOVED: {"to"},
    T.UPLOADS_DELETED: {"files"},
}
