"""Words to people: notifications at the desk with batched mail, letters with safe headers, and returned mail. Never any case content."""

from typing import TYPE_CHECKING

from sauga.kernel.interface import at_first_use

if TYPE_CHECKING:
    from sauga.kernel.notices.actions import mark_all_read, mark_read, notify
    from sauga.kernel.notices.mail import Attachment, Letter, MailRefused, compose, deliver, return_path
    from sauga.kernel.notices.queries import unread_count, was_told
    from sauga.kernel.notices.wording import register_template

_WHERE = {
    "Attachment": "mail",
    "Letter": "mail",
    "MailRefused": "mail",
    "compose": "mail",
    "deliver": "mail",
    "mark_all_read": "actions",
    "mark_read": "actions",
    "notify": "actions",
    "register_template": "wording",
    "return_path": "mail",
    "unread_count": "queries",
    "was_told": "queries",
}
__all__ = [
    "Attachment",
    "Letter",
    "MailRefused",
    "compose",
    "deliver",
    "mark_all_read",
    "mark_read",
    "notify",
    "register_template",
    "return_path",
    "unread_count",
    "was_told",
]
__getattr__ = at_first_use(__name__, _WHERE)
