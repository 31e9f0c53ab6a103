"""The service kit: what the pages of all services share: actions, pages, `lists`, `editors`
(docs/develop/kit.md)."""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr

if TYPE_CHECKING:
    from sauga.kernel.kit.actions import (
        Action,
        ActionSet,
        Offer,
        Outcome,
        answers_with_page,
        post_action,
        post_action_on,
        respond,
    )
    from sauga.kernel.kit.pages import DetailPage, form_view, submitted

_WHERE = {
    "Action": "actions",
    "ActionSet": "actions",
    "DetailPage": "pages",
    "Offer": "actions",
    "Outcome": "actions",
    "answers_with_page": "actions",
    "form_view": "pages",
    "post_action": "actions",
    "post_action_on": "actions",
    "respond": "actions",
    "submitted": "pages",
}
__all__ = [
    "Action",
    "ActionSet",
    "DetailPage",
    "Offer",
    "Outcome",
    "answers_with_page",
    "form_view",
    "post_action",
    "post_action_on",
    "respond",
    "submitted",
]
__getattr__ = lazy_getattr(__name__, _WHERE)
