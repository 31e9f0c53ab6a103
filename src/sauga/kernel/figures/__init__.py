"""Figures: totals that services publish per period, frozen when published, with small cells suppressed.
`statistics` may read nothing else.

`register` a Measure; `publish` a Period; read `totals`; `estimate` durations of which some have not ended;
`csv_text` for exports.
"""

from typing import TYPE_CHECKING

from sauga.kernel.clock.periods import Period, PeriodKind, PeriodUnreadable
from sauga.kernel.figures.computations import counted, counted_by, rated
from sauga.kernel.figures.labels import Labels, first_label, label, register_breakdowns
from sauga.kernel.figures.registry import (
    Days,
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
from sauga.kernel.lazy_exports import lazy_getattr
from sauga.kernel.ui.formats.csv_files import csv_text, harmless

if TYPE_CHECKING:
    from sauga.kernel.figures.publication import (
        FiguresChanged,
        Pending,
        PeriodNotOver,
        PeriodUnfinished,
        Total,
        all_frozen,
        exact,
        frozen,
        mark_of,
        pending,
        publish,
        totals,
    )

__all__ = [
    "Curve",
    "Days",
    "Ended",
    "Evidence",
    "FiguresChanged",
    "Labels",
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
    "counted",
    "counted_by",
    "csv_text",
    "curve",
    "estimate",
    "exact",
    "first_label",
    "frozen",
    "harmless",
    "label",
    "mark_of",
    "measure",
    "measures",
    "pending",
    "publish",
    "rated",
    "register",
    "register_breakdowns",
    "register_unfinished",
    "suppress",
    "totals",
    "unfinished",
]
_PUBLICATION = (
    "FiguresChanged",
    "Pending",
    "PeriodNotOver",
    "PeriodUnfinished",
    "Total",
    "all_frozen",
    "exact",
    "frozen",
    "mark_of",
    "pending",
    "publish",
    "totals",
)
_WHERE = {name: "publication" for name in _PUBLICATION}
__getattr__ = lazy_getattr(__name__, _WHERE)
