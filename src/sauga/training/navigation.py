"""The parts of training in the menu of the desk, each for whoever may do something there."""

from django.utils.translation import gettext_lazy as _

from sauga.kernel.ui.navigation import Item
from sauga.training.permissions import Permission as P

PARTS = (
    Item(
        url="training-webinars-desk",
        label=_("Webinars"),
        icon="video",
        order=20,
        permissions=(P.SEE_WEBINARS,),
        pages=(
            "training-webinar-desk",
            "training-webinar-new",
            "training-webinar-edit",
            "training-questions-desk",
            "training-wall",
            "training-sites",
            "training-invite",
            "training-sites-write",
            "training-site-desk",
        ),
    ),
)
