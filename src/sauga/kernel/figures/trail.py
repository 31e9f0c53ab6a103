"""What publishing and exporting write into the audit log."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Trail(TextChoices):
    """Actions on figures."""

    FIGURE_PUBLISHED = "figure:published", _("Figure published")
    FIGURES_EXPORTED = "figures:exported", _("Figures exported")


FACTS: dict[Trail, set[str]] = {
    Trail.FIGURE_PUBLISHED: {"period", "revision", "rows"},
    Trail.FIGURES_EXPORTED: {"what", "period", "rows"},
}
