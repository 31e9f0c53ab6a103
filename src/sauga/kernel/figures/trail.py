"""What publishing and exporting write into the audit log."""

from enum import StrEnum


class Trail(StrEnum):
    """Actions on figures."""

    FIGURE_PUBLISHED = "figure:published"
    FIGURES_EXPORTED = "figures:exported"


FACTS: dict[Trail, set[str]] = {
    Trail.FIGURE_PUBLISHED: {"period", "revision", "rows"},
    Trail.FIGURES_EXPORTED: {"what", "period", "rows"},
}
