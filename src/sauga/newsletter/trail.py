"""What the newsletter records in the audit log, and the only facts each entry may carry. Addresses never."""

from enum import StrEnum

ZONE = "awareness"


class Trail(StrEnum):
    """Audit names, as subject:event."""

    SIGNUP_ASKED = "newsletter_signup:asked"
    SUBSCRIPTION_CONFIRMED = "newsletter_subscription:confirmed"
    SUBSCRIPTION_CHANGED = "newsletter_subscription:changed"
    SUBSCRIPTION_ENDED = "newsletter_subscription:ended"
    ISSUE_WRITTEN = "newsletter_issue:written"
    ISSUE_MOVED = "newsletter_issue:moved"
    ISSUE_DISCARDED = "newsletter_issue:discarded"
    TEST_SENT = "newsletter_issue:tested"
    SETTING_CHANGED = "newsletter_setting:changed"


T = Trail
FACTS: dict[Trail, set[str]] = {
    T.SIGNUP_ASKED: {"language"},
    T.SUBSCRIPTION_CONFIRMED: {"language", "version"},
    T.SUBSCRIPTION_CHANGED: {"language"},
    T.SUBSCRIPTION_ENDED: {"why"},
    T.ISSUE_WRITTEN: set(),
    T.ISSUE_MOVED: {"to"},
    T.ISSUE_DISCARDED: set(),
    T.TEST_SENT: set(),
    T.SETTING_CHANGED: {"policy", "version", "why"},
}
