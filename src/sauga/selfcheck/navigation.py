"""The parts of selfcheck in the menu of the desk, each for whoever may do something there."""

from django.utils.translation import gettext_lazy as _

from sauga.kernel.ui.navigation import Item
from sauga.selfcheck.permissions import Permission as P

PARTS = (
    Item(
        url="selfcheck-versions",
        label=_("Personal test"),
        icon="list-checks",
        order=1,
        permissions=(P.SEE_BANK,),
        pages=(
            "selfcheck-version",
            "selfcheck-version-new",
            "selfcheck-details",
            "selfcheck-item",
            "selfcheck-item-new",
            "selfcheck-preview",
        ),
    ),
)
