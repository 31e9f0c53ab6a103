"""Names of the audit log's own actions, and of the zone for actions that belong to no partner."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

INSTALLATION = "house"
"""The zone for acts that belong to no partner: sign-in, retention, figures, and the witness where there is
only one zone."""


class Trail(TextChoices):
    """Acts of the audit log itself."""

    HEAD_WITNESSED = "head:witnessed", _("State of the audit log witnessed outside")
    PREFIX_DROPPED = "prefix:dropped", _("Oldest entries of the audit log deleted")
    KEY_ROTATED = "key:rotated", _("Key of the installation changed")


FACTS: dict[Trail, set[str]] = {
    Trail.HEAD_WITNESSED: {"sequence", "hash"},
    Trail.PREFIX_DROPPED: {"sequence", "hash"},
    Trail.KEY_ROTATED: {"key"},
}
