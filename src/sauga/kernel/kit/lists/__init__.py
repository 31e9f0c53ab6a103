"""The list page of the desk: declare a `ListPage`, answer with `Line`s of cells.

How: docs/develop/lists.md.
"""

from sauga.kernel.kit.lists.cells import (
    Amount,
    Badge,
    Button,
    Cell,
    Day,
    Fragment,
    Link,
    Mark,
    Quiet,
    Ref,
    Spoken,
    Strong,
    Struck,
    TimeLeft,
    draw,
    plain,
)
from sauga.kernel.kit.lists.page import ListPage, Page, page_of
from sauga.kernel.kit.lists.parts import BulkAction, Column, Empty, Line, Tool, View, label_order

__all__ = [
    "Amount",
    "Badge",
    "BulkAction",
    "Button",
    "Cell",
    "Column",
    "Day",
    "Empty",
    "Fragment",
    "Line",
    "Link",
    "ListPage",
    "Mark",
    "Page",
    "Quiet",
    "Ref",
    "Spoken",
    "Strong",
    "Struck",
    "TimeLeft",
    "Tool",
    "View",
    "draw",
    "label_order",
    "page_of",
    "plain",
]
