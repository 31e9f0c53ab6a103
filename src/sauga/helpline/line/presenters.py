"""Bands of risk and changes of texts as the pages show them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab

BAND_MARKS = {
    "NONE": ("calm", "ring"),
    "SOME": ("wait", "half"),
    "HIGH": ("bad", "diamond"),
    "IMMEDIATE": ("bad", "rings"),
}


def band_mark(band: str) -> dict[str, str]:
    """A band as tone, shape and words."""
    tone, shape = BAND_MARKS.get(band, BAND_MARKS["NONE"])
    return {"tone": tone, "shape": shape, "text": vocab.label("risk", band)}


BANDS = {
    "IMMEDIATE": ("bad", "diamond"),
    "HIGH": ("wait", "triangle"),
    "SOME": ("wait", "half"),
    "NONE": ("calm", "dashed"),
}


def band(code: str) -> dict[str, str]:
    """Shape and word of a risk."""
    tone, shape = BANDS.get(code, BANDS["NONE"])
    return {"tone": tone, "shape": shape, "text": vocab.label("risk", code)}


CHANGES: Mapping[str, str | Promise] = {
    "CANNED_ADDED": _("Added"),
    "CANNED_EDITED": _("Changed"),
    "CARD_ADDED": _("Added"),
    "CARD_EDITED": _("Changed"),
    "CARD_CHECKED": _("Checked"),
    "RETIRED": _("Retired"),
    "BROUGHT_BACK": _("Offered again"),
}
"""What was done to a text of the line, by the code in its audit entry."""
