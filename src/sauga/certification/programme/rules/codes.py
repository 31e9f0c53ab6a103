"""Limits of the programme, and its levels in words."""

from typing import Any

from django.utils.translation import pgettext_lazy

LONGEST_TEXT, LONGEST_REASON, LONGEST_DECISION = 300, 300, 120
LEVEL_NAMES: dict[int, Any] = {
    1: pgettext_lazy("ambassador level", "school ambassador"),
    2: pgettext_lazy("ambassador level", "ambassador lecturer"),
    3: pgettext_lazy("ambassador level", "ambassador mentor"),
}


def level_name(level: int) -> str:
    """„2 lygis, ambasadorius lektorius“."""
    return str(
        pgettext_lazy("ambassador level", "level %(n)s, %(name)s") % {"n": level, "name": LEVEL_NAMES[level]}
    )
