"""The parts of certification in the menu of the desk, each shown to those who may act there."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.certification.permissions import Permission
from sauga.kernel.ui.navigation import Item

PARTS = (
    Item(
        url="certification-ambassadors",
        label=_("Applications and ambassadors"),
        icon="users",
        order=1,
        permissions=(Permission.SEE,),
        pages=("certification-ambassador",),
    ),
    Item(
        url="certification-cases",
        label=_("Board cases"),
        icon="clipboard-list",
        order=2,
        permissions=(Permission.SEE,),
        pages=("certification-case", "certification-interests"),
    ),
    Item(
        url="certification-sessions",
        label=pgettext_lazy("ambassador", "Sessions"),
        icon="school",
        order=3,
        permissions=(Permission.SEE_SESSIONS,),
        pages=("certification-booking",),
    ),
    Item(
        url="certification-versions",
        label=_("Programme"),
        icon="list-checks",
        order=4,
        permissions=(Permission.SEE,),
        pages=("certification-version", "certification-version-new", "certification-criterion"),
    ),
    Item(
        url="certification-figures",
        label=_("Figures"),
        icon="chart-column",
        order=5,
        permissions=(Permission.SEE_FIGURES,),
    ),
)
