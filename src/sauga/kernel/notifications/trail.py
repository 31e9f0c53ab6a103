"""Audit names of actions on alerts and of the wish about mail, and the facts each entry may carry.
Entries about alerts go to the zone of the service that is called."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Trail(TextChoices):
    """Acts that are recorded."""

    ALERT_RAISED = "alert:raised", _("Alert raised")
    ALERT_ACKNOWLEDGED = "alert:acknowledged", _("Alert acknowledged")
    ALERT_ESCALATED = "alert:escalated", _("Alert passed to the next people")
    ALERT_ENDED = "alert:ended", _("Alert ended")
    ALERT_RULES_CHANGED = "alert:rules:changed", _("Rules of alerts changed")
    MAIL_CHOSEN = "person:mail:chosen", _("When to get email chosen")


FACTS: dict[StrEnum, set[str]] = {
    Trail.ALERT_RAISED: {"kind", "called"},
    Trail.ALERT_ACKNOWLEDGED: {"kind", "seconds"},
    Trail.ALERT_ESCALATED: {"kind", "step", "called"},
    Trail.ALERT_ENDED: {"kind", "withdrawn", "ending"},
    Trail.ALERT_RULES_CHANGED: {"service", "version"},
    Trail.MAIL_CHOSEN: {"time"},
}
