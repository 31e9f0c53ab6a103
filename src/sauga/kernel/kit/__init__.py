"""The service kit: what every service page has in common, written once: actions and their refusals, `lists` (docs/develop/kit.md)."""

from typing import TYPE_CHECKING

from sauga.kernel.interface import at_first_use

if TYPE_CHECKING:
    from sauga.kernel.kit.actions import Action, ActionSet, Offer, Outcome, answers_with_page, post_action, post_action_on, respond

_WHERE = {
    "Action": "actions",
    "ActionSet": "actions",
    "Offer": "actions",
    "Outcome": "actions",
    "answers_with_page": "actions",
    "post_action": "actions",
    "post_action_on": "actions",
    "respond": "actions",
}
__all__ = ["Action", "ActionSet", "Offer", "Outcome", "answers_with_page", "post_action", "post_action_on", "respond"]
__getattr__ = at_first_use(__name__, _WHERE)
