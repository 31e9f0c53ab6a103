"""Messages to people: notifications with batched mail, alerts acknowledged by name, mail, bounces. Never any
case content."""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr

if TYPE_CHECKING:
    from sauga.kernel.notifications.actions import mark_all_read, mark_read, notify
    from sauga.kernel.notifications.alerts.actions import (
        acknowledge_about,
        acknowledge_alert,
        end_alerts,
        escalate_alerts,
        keep_the_hour_only,
        raise_alert,
    )
    from sauga.kernel.notifications.alerts.queries import stands
    from sauga.kernel.notifications.alerts.rules import AlertService, Ladder, Target, register_alerts
    from sauga.kernel.notifications.mail import (
        Attachment,
        MailRefused,
        OutgoingMail,
        compose,
        deliver,
        delivering,
        return_path,
    )
    from sauga.kernel.notifications.message_templates import register_template
    from sauga.kernel.notifications.queries import was_notified

_WHERE = {
    "AlertService": "alerts.rules",
    "Attachment": "mail",
    "Ladder": "alerts.rules",
    "OutgoingMail": "mail",
    "MailRefused": "mail",
    "Target": "alerts.rules",
    "acknowledge_about": "alerts.actions",
    "acknowledge_alert": "alerts.actions",
    "compose": "mail",
    "deliver": "mail",
    "delivering": "mail",
    "end_alerts": "alerts.actions",
    "escalate_alerts": "alerts.actions",
    "keep_the_hour_only": "alerts.actions",
    "mark_all_read": "actions",
    "mark_read": "actions",
    "notify": "actions",
    "raise_alert": "alerts.actions",
    "register_alerts": "alerts.rules",
    "register_template": "message_templates",
    "return_path": "mail",
    "stands": "alerts.queries",
    "was_notified": "queries",
}
__all__ = [
    "AlertService",
    "Attachment",
    "Ladder",
    "MailRefused",
    "OutgoingMail",
    "Target",
    "acknowledge_about",
    "acknowledge_alert",
    "compose",
    "deliver",
    "delivering",
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
    "stands",
    "was_notified",
]
__getattr__ = lazy_getattr(__name__, _WHERE)
