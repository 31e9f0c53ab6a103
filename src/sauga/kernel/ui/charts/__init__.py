"""Charts as SVG from the server: direct labels, a title and description for those who cannot see them, and
the numbers as a table.

Every function returns a `Chart`; `{% include "ui/components/_chart.html" %}` draws it with its table
underneath.
"""

from sauga.kernel.ui.charts.bars import Bar, Bin, bars, distribution, share_bar
from sauga.kernel.ui.charts.frame import Chart
from sauga.kernel.ui.charts.strip import Check, Event, strip
from sauga.kernel.ui.charts.survival import Curve, Point, survival

__all__ = [
    "Bar",
    "Bin",
    "Chart",
    "Check",
    "Curve",
    "Event",
    "Point",
    "bars",
    "distribution",
    "share_bar",
    "strip",
    "survival",
]
