"""What the personal test declares to the rest of the product; the service's declaration puts it together."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.identity.home import Counter
from sauga.kernel.ui.navigation import Item, Place, PublicEntry
from sauga.repository.effects import widgets
from sauga.selfcheck.permissions import Permission
from sauga.selfcheck.personal.actions.drafts import load_bank
from sauga.selfcheck.personal.queries import versions
from sauga.selfcheck.personal.views import frame
from sauga.selfcheck.trail import BANK_CHANNEL

DESK = (
    Item(
        url="selfcheck-versions",
        label=_("Personal test"),
        icon="list-checks",
        order=37,
        permissions=(Permission.SEE_BANK,),
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
PUBLIC = (
    PublicEntry(
        url="selfcheck",
        label=_("Safety test"),
        icon="list-checks",
        places=frozenset({Place.CARD, Place.FOOT}),
        title=pgettext_lazy("everybody", "Are you safe on the internet?"),
        summary=_("A few questions, no scores, then next steps. For children, teenagers and adults."),
        order=42,
    ),
)
COUNTERS = (
    Counter(
        "selfcheck.review",
        _("Versions of the personal test to publish"),
        versions.waiting,
        Permission.PUBLISH_BANK,
        "selfcheck-versions",
        39,
        f"view={versions.REVIEW}",
    ),
)
CHANNELS = {BANK_CHANNEL: (Permission.SEE_BANK,)}
DATA = (load_bank,)


def connect() -> None:
    """The repository's deployments decide which sites may embed the test; here is what they embed."""
    widgets.register("selfcheck", frame.widget, frame.address)
