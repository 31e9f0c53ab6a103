"""Members: people of the public who come back under their own name. They sign in by a mailed link or a
passkey, say which organisations they act for, consent and withdraw, and see what waits for them.

No member holds a permission of staff; no account of staff works on the member site.
"""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr

if TYPE_CHECKING:
    from sauga.kernel.members.actions.consents import invite_young_member
    from sauga.kernel.members.actors import MemberActor, member, member_or_none
    from sauga.kernel.members.consents import Purpose
    from sauga.kernel.members.home import Coming, MemberPage, Suggestion, Waiting
    from sauga.kernel.members.my_data.holdings import Holding
    from sauga.kernel.members.my_sauga.middleware import open_to_visitors
    from sauga.kernel.members.protection import address_of
    from sauga.kernel.members.queries import acts_for, has_consented, organisations_of
    from sauga.kernel.members.views.pages import page, to

_WHERE = {
    "Coming": "home",
    "Holding": "my_data.holdings",
    "MemberActor": "actors",
    "MemberPage": "home",
    "Purpose": "consents",
    "Suggestion": "home",
    "Waiting": "home",
    "acts_for": "queries",
    "address_of": "protection",
    "has_consented": "queries",
    "invite_young_member": "actions.consents",
    "member": "actors",
    "member_or_none": "actors",
    "open_to_visitors": "my_sauga.middleware",
    "organisations_of": "queries",
    "page": "views.pages",
    "to": "views.pages",
}
__all__ = [
    "Coming",
    "Holding",
    "MemberActor",
    "MemberPage",
    "Purpose",
    "Suggestion",
    "Waiting",
    "acts_for",
    "address_of",
    "has_consented",
    "invite_young_member",
    "member",
    "member_or_none",
    "open_to_visitors",
    "organisations_of",
    "page",
    "to",
]
__getattr__ = lazy_getattr(__name__, _WHERE)
