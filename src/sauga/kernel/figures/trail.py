"""What publishing writes into the trail."""

from enum import StrEnum


class Trail(StrEnum):
    """Acts on figures."""

    FIGURE_PUBLISHED = "figure:published"


FACTS: dict[Trail, set[str]] = {Trail.FIGURE_PUBLISHED: {"period", "revision", "rows"}}
