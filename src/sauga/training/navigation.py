"""The parts of training in the menu of the desk, each for whoever may do something there."""

from django.utils.translation import gettext_lazy as _

from sauga.kernel.ui.navigation import Item
from sauga.training.permissions import Permission as P

PARTS = (
    Item(
        url="training-streams",
        label=_("Broadcasts"),
        icon="radio",
        order=40,
        permissions=(P.BROADCAST,),
    ),
)
