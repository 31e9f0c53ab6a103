"""Words to people: notifications at the desk with batched mail, letters with safe headers, and returned mail. Never any case content."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    raise AttributeError(name)
