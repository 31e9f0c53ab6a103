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


FACTS: dict[Trail, set[str]] = {
    Trail.SIGNUP_ASKED: {"language"},
    Trail.SUBSCRIPTION_CONFIRMED: {"language", "version"},
    Trail.SUBSCRIPTION_CHANGED: {"language"},
    Trail.SUBSCRIPTION_ENDED: {"why"},
    Trail.ISSUE_WRITTEN: set(),
    Trail.ISSUE_MOVED: {"to"},
    Trail.ISSUE_DISCARDED: set(),
    Trail.TEST_SENT: set(),
    Trail.SETTING_CHANGED: {"policy", "version", "why"},
}
