"""Audit names of actions on alerts and of the wish about mail, and the facts each entry may carry.
Entries about alerts go to the zone of the service that is called."""

from enum import StrEnum


class Trail(StrEnum):
    """Acts that are recorded."""

    ALERT_RAISED = "alert:raised"
    ALERT_ACKNOWLEDGED = "alert:acknowledged"
    ALERT_ESCALATED = "alert:escalated"
    ALERT_ENDED = "alert:ended"
    ALERT_RULES_CHANGED = "alert:rules:changed"
    MAIL_CHOSEN = "person:mail:chosen"


FACTS: dict[StrEnum, set[str]] = {
    Trail.ALERT_RAISED: {"kind", "called"},
    Trail.ALERT_ACKNOWLEDGED: {"kind", "seconds"},
    Trail.ALERT_ESCALATED: {"kind", "step", "called"},
    Trail.ALERT_ENDED: {"kind", "withdrawn", "ending"},
    Trail.ALERT_RULES_CHANGED: {"service", "version"},
    Trail.MAIL_CHOSEN: {"time"},
}
