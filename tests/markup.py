"""Mark-up as tests compare it."""

import re


def tidy(html: str) -> str:
    """The same mark-up on one line: how a template breaks its lines is no promise to anybody."""
    return re.sub(r"(?<=>) | (?=</)", "", re.sub(r"\s+", " ", html))
