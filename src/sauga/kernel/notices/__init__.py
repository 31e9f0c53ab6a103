"""Messages to people: notifications with batched mail, alerts acknowledged by name, mail, bounces. Never any
case content."""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr

if TYPE_CHECKING:
    from sauga.kernel.notices.actions import mark_all_read, mark_read, notify
    from sauga.kernel.notices.alert_actions import (
        acknowledge_about,
        acknowledge_alert,
        end_alerts,
        escalate_alerts,
        keep_the_hour_only,
        raise_alert,
    )
    from sauga.kernel.notices.alert_rules import AlertService, Target, register_alerts
    from sauga.kernel.notices.mail import Attachment, Letter, MailRefused, compose, deliver, return_path
    from sauga.kernel.notices.queries import was_told
    from sauga.kernel.notices.wording import register_template

_WHERE = {
    "AlertService": "alert_rules",
    "Attachment": "mail",
    "Letter": "mail",
    "MailRefused": "mail",
    "Target": "alert_rules",
    "acknowledge_about": "alert_actions",
    "acknowledge_alert": "alert_actions",
    "compose": "mail",
    "deliver": "mail",
    "end_alerts": "alert_actions",
    "escalate_alerts": "alert_actions",
    "keep_the_hour_only": "alert_actions",
    "mark_all_read": "actions",
    "mark_read": "actions",
    "notify": "actions",
    "raise_alert": "alert_actions",
    "register_alerts": "alert_rules",
    "register_template": "wording",
    "return_path": "mail",
    "was_told": "queries",
}
__all__ = [
    "AlertService",
    "Attachment",
    "Letter",
    "MailRefused",
    "Target",
    "acknowledge_about",
    "acknowledge_alert",
    "compose",
    "deliver",
    "end_alerts",
    "escalate_alerts",
    "keep_the_hour_only",
    "mark_all_read",
    "mark_read",
    "notify",
    "raise_alert",
    "register_alerts",
    "register_template",
    "return_path",
    "was_told",
]
__getattr__ = lazy_getattr(__name__, _WHERE)
