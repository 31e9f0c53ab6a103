"""What the codes of a breakdown are called: each service declares its dimensions
(`Service(breakdowns=…)`).
"""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise

from sauga.kernel import vocab
from sauga.kernel.figures.registry import Measure

type Labels = str | Mapping[str, str | Promise]
"""A vocabulary by its name, or labels by code."""

_sources: dict[tuple[str, str], Sequence[Labels]] = {}


def register_breakdowns(service: str, sources: Mapping[str, Sequence[Labels]]) -> None:
    """Say where the codes of a service's dimensions have their labels: the first source that knows a code
    counts."""
    _sources.update({(service, name): found for name, found in sources.items()})


def label(measure: Measure, dimension: str, code: str) -> str:
    """What one code of a measure's dimension is called; an unknown code stands for itself."""
    return first_label(_sources.get((measure.service, dimension), ()), code)


def first_label(sources: Sequence[Labels], code: str) -> str:
    """What a code is called by the first of the sources that knows it; an unknown one stands for
    itself."""
    for source in sources:
        if isinstance(source, str):
            if vocab.has_term(source, code):
                return vocab.label(source, code)
        elif code in source:
            return str(source[code])
    return code
