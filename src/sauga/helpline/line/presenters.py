"""Bands of risk as the pages show them."""

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
