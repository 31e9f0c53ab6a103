"""What the newsletter records in the audit log, and the only facts each entry may carry. Addresses never."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

ZONE = "awareness"


class Trail(TextChoices):
    """Audit names, as subject:event."""

    SIGNUP_ASKED = "newsletter_signup:asked", _("Newsletter subscription asked for")
    SUBSCRIPTION_CONFIRMED = (
        "newsletter_subscription:confirmed",
        _("Newsletter subscription confirmed"),
    )
    SUBSCRIPTION_CHANGED = "newsletter_subscription:changed", _("Newsletter subscription changed")
    SUBSCRIPTION_ENDED = "newsletter_subscription:ended", _("Newsletter subscription ended")
    ISSUE_WRITTEN = "newsletter_issue:written", _("Issue of the newsletter written")
    ISSUE_MOVED = "newsletter_issue:moved", _("State of the issue changed")
    ISSUE_DISCARDED = "newsletter_issue:discarded", _("Issue of the newsletter discarded")
    TEST_SENT = "newsletter_issue:tested", _("Issue of the newsletter sent as a test")
    SETTING_CHANGED = "newsletter_setting:changed", _("Setting of the newsletter changed")


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
