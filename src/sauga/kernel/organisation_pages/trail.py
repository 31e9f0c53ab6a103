"""Audit names of imports of organisations, and the facts each entry may carry."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Trail(TextChoices):
    """Acts on a file of organisations."""

    MOVED = "organisation:import:moved", _("State of the import of organisations changed")
    STORED = "organisation:import:stored", _("Organisations imported")
    UNDONE = "organisation:import:undone", _("Import of organisations undone")


FACTS: dict[StrEnum, set[str]] = {
    Trail.MOVED: {"to", "format", "rows"},
    Trail.STORED: {"format", "rows", "refused"},
    Trail.UNDONE: {"rows"},
}
