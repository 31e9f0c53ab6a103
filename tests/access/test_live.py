"""Each role that may open a list of the kit may listen to the channel that renews it: otherwise its page says
that the connection is lost.
"""

from importlib import import_module

from access.derived import _patterns
from django.urls import get_resolver

from sauga.kernel import live
from sauga.kernel.identity.desk_access.access import NEEDED
from sauga.kernel.kit.actions import KIT_PAGE
from sauga.kernel.kit.lists import ListPage
from sauga.kernel.permissions import REGISTRY


class Holder:
    """Somebody with one role."""

    def __init__(self, role: str) -> None:
        self.held = {code for code, one in REGISTRY.permissions.items() if role in one.roles}

    def can(self, permission: str) -> bool:
        return str(permission) in self.held


def test_who_sees_a_list_hears_when_it_changes():
    asked, deaf = 0, []
    for pattern, _place, _arguments in _patterns(get_resolver().url_patterns):
        view = pattern.callback
        needed = getattr(view, NEEDED, None)
        if needed is None or not getattr(view, KIT_PAGE, False):
            continue
        page = getattr(import_module(view.__module__), view.__name__, None)
        if isinstance(page, type) and issubclass(page, ListPage) and page.live:
            asked += 1
            deaf += [
                f"{pattern.name}: {role} may not listen to {page.live}"
                for role in REGISTRY.permissions[str(needed)].roles
                if not live.may_listen(Holder(role), page.live)
            ]
    assert asked > 20
    assert not deaf, "\n".join(deaf)
