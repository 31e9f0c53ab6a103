"""What the portal writes into the audit trail, and the only facts each line may carry. Texts and people's words never enter."""

from enum import StrEnum


class Trail(StrEnum):
    """Acts, named subject:act."""

    CMS_ACT = "cms:act"
    SITE_PLANTED = "site:planted"
    SEAT_CHANGED = "seat:changed"
    REVIEW_MOVED = "page_review:moved"
    REVIEW_OPENED = "page_review:opened"
    PAGE_PUBLISHED_DUE = "page:published_due"
    PAGE_TAKEN_DOWN_DUE = "page:taken_down_due"
    TRANSLATION_CONFIRMED = "translation:confirmed"
    FEEDBACK_RECEIVED = "feedback:received"
    FEEDBACK_MOVED = "feedback:moved"


T = Trail
FACTS: dict[Trail, set[str]] = {
    T.CMS_ACT: {"act", "kind", "object"},
    T.SITE_PLANTED: {"pages"},
    T.SEAT_CHANGED: {"given", "taken"},
    T.REVIEW_MOVED: {"from", "to"},
    T.REVIEW_OPENED: set(),
    T.PAGE_PUBLISHED_DUE: {"page"},
    T.PAGE_TAKEN_DOWN_DUE: {"page"},
    T.TRANSLATION_CONFIRMED: {"page", "language"},
    T.FEEDBACK_RECEIVED: {"kind"},
    T.FEEDBACK_MOVED: {"to"},
}
