"""Figures: what services count, per period, frozen when published, with small cells hidden. All that `statistics` may read.

`register` a Measure; `publish` a Period; read `totals`; `estimate` for durations of which some have not ended; `csv_text` for exports.
"""

from typing import TYPE_CHECKING

from sauga.kernel.figures.periods import Period, PeriodKind, PeriodUnreadable
from sauga.kernel.figures.registry import (
    Evidence,
    Measure,
    MeasureUnknown,
    Row,
    RowRefused,
    computed,
    measure,
    measures,
    register,
    register_unfinished,
    unfinished,
)
from sauga.kernel.figures.suppression import suppress
from sauga.kernel.figures.survival import Curve, Ended, Survival, curve, estimate
from sauga.kernel.interface import at_first_use
from sauga.kernel.ui.spreadsheet import csv_text, harmless

if TYPE_CHECKING:
    from sauga.kernel.figures.publishing import (
        FiguresChanged,
        Pending,
        PeriodNotOver,
        PeriodUnfinished,
        Total,
        all_frozen,
        frozen,
        mark_of,
        pending,
        publish,
        totals,
    )

__all__ = [
    "Curve",
    "Ended",
    "Evidence",
    "FiguresChanged",
    "Measure",
    "MeasureUnknown",
    "Pending",
    "Period",
    "PeriodKind",
    "PeriodNotOver",
    "PeriodUnfinished",
    "PeriodUnreadable",
    "Row",
    "RowRefused",
    "Survival",
    "Total",
    "all_frozen",
    "computed",
    "csv_text",
    "curve",
    "estimate",
    "frozen",
    "harmless",
    "mark_of",
    "measure",
    "measures",
    "pending",
    "publish",
    "register",
    "register_unfinished",
    "suppress",
    "totals",
    "unfinished",
]
_PUBLISHING = (
    "FiguresChanged",
    "Pending",
    "PeriodNotOver",
    "PeriodUnfinished",
    "Total",
    "all_frozen",
    "frozen",
    "mark_of",
    "pending",
    "publish",
    "totals",
)
_WHERE = {name: "publishing" for name in _PUBLISHING}
__getattr__ = at_first_use(__name__, _WHERE)
