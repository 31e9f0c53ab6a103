"""The style guide: one example of every component, made by the same functions and values that pages use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from sauga.kernel.clock import VILNIUS
from sauga.kernel.ui import charts
from sauga.kernel.ui.components import Column, Figure, Message, Moment, Pager, Table, Text
from sauga.kernel.ui.forms import Label
from sauga.kernel.ui.parameters import periods

COLOURS = (
    "paper",
    "surface",
    "sunk",
    "line",
    "ink",
    "quiet",
    "pine",
    "pine-wash",
    "amber",
    "amber-fill",
    "berry",
    "fjord",
    "moss",
)
PRIORITIES = (
    ("P1", "bad", ""),
    ("P2", "wait", ""),
    ("P3", "info", ""),
    ("P4", "calm", ""),
    ("P5", "calm", "dash"),
)


def _priorities() -> list[tuple[str, Label]]:
    return [
        ("P2", Label("P2", pgettext("sample", "within the hour"))),
        ("P3", Label("P3", pgettext("sample", "today"))),
    ]


class Fields(forms.Form):
    """One field of each kind."""

    address = forms.URLField(
        label=pgettext_lazy("sample", "Address"),
        help_text=pgettext_lazy("sample", "Exactly as given, one a line."),
    )
    term = forms.ChoiceField(
        label=pgettext_lazy("sample", "Term"),
        choices=[("", pgettext_lazy("sample", "Choose")), ("24", pgettext_lazy("sample", "24 hours"))],
    )
    note = forms.CharField(label=pgettext_lazy("sample", "Note"), required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label=pgettext_lazy("sample", "Checked against the list"), required=False)
    priority = forms.ChoiceField(
        label=pgettext_lazy("sample", "Priority"),
        widget=forms.RadioSelect,
        choices=_priorities,
    )


class Decision(forms.Form):
    """A decision with its choices on number keys."""

    verdict = forms.ChoiceField(
        label=pgettext_lazy("sample", "Verdict"),
        widget=forms.RadioSelect,
        choices=[
            ("YES", pgettext_lazy("sample", "Illegal")),
            ("NO", pgettext_lazy("sample", "Not illegal")),
            ("UNSURE", pgettext_lazy("sample", "Unsure, second review")),
        ],
    )
    remark = forms.CharField(
        label=pgettext_lazy("sample", "For the record"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class Filters(forms.Form):
    """Filters of a list."""

    q = forms.CharField(
        label=pgettext_lazy("sample", "Search"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "data-key": "/"}),
    )
    state = forms.ChoiceField(
        label=pgettext_lazy("sample", "State"),
        required=False,
        choices=[("", pgettext_lazy("sample", "All")), ("NEW", pgettext_lazy("sample", "New"))],
    )


class Codes(forms.Form):
    """A code picker."""

    topic = forms.ChoiceField(
        label=pgettext_lazy("sample", "Topic"),
        help_text=pgettext_lazy(
            "sample", "Matches without diacritics and inside words. Typing a code works too."
        ),
        widget=forms.Select(attrs={"data-picker": True}),
        choices=[
            ("", pgettext_lazy("sample", "Choose")),
            (
                pgettext_lazy("sample", "Behaviour"),
                [("B1", "Patyčios"), ("B2", "Patyčios kibernetinėje erdvėje")],
            ),
            (pgettext_lazy("sample", "Money"), [("M1", "Sukčiai"), ("M2", "Žaidimų pirkiniai")]),
        ],
    )


class Reason(forms.Form):
    """A reason for an act that counts against us."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("sample", "Reason"),
        choices=[
            ("A", pgettext_lazy("sample", "Judged again")),
            ("B", pgettext_lazy("sample", "Wrong provider")),
        ],
    )


def context(at: datetime, query: Mapping[str, str]) -> dict[str, Any]:
    """Everything the style page draws, at one instant."""
    shown = {
        "colours": COLOURS,
        "priorities": PRIORITIES,
        "rows": _rows(),
        "columns": _columns(),
        "moments": _moments(at),
        "messages_of": _messages(at),
    }
    made = {
        "broken": Fields(
            {
                "broken-address": "pavyzdys",
                "broken-priority": "P2",
                "broken-note": pgettext_lazy("sample", "Sealed, read by the team only."),
            },
            prefix="broken",
        ),
        "decision": Decision(prefix="decision"),
        "filters": Filters(query),
        "codes": Codes(prefix="codes"),
        "reason": Reason(prefix="reason"),
        "receipt": ("ąžuolas", "bangos", "dangus", "eglė", "ežeras", "giria", "kelias", "lapas", "marios"),
    }
    drawn = {
        "survival": _survival(),
        "bars": _bars(),
        "distribution": _distribution(),
        "strip": _strip(at),
        "share": charts.share_bar(0.78),
    }
    today = at.astimezone(VILNIUS).date()
    return (
        shown
        | made
        | drawn
        | {
            "figures": _figures(),
            "period": periods.read(query, today),
            "pager": Pager(next="after=25", note=pgettext_lazy("sample", "1–25 of about 1,200")),
        }
    )


def _columns() -> list[Column]:
    return [
        Column(label=pgettext_lazy("sample", "Chosen"), css="hidden"),
        Column(
            label=pgettext_lazy("sample", "Urgency"), css="c-urgency", sort="urgency", sorted="descending"
        ),
        Column(label=pgettext_lazy("sample", "What"), css="c-what"),
        Column(label=pgettext_lazy("sample", "Time left"), css="c-clock", sort="due"),
        Column(label=pgettext_lazy("sample", "Provider"), css="c-host"),
        Column(label=pgettext_lazy("sample", "State"), css="c-state"),
    ]


@dataclass(frozen=True)
class Row:
    """A row of the example worklist."""

    ref: str
    tone: str
    priority: str
    what: Text
    left: Text
    share: float
    clock_tone: str
    host: str
    state: Text
    state_tone: str


def _rows() -> list[Row]:
    late, soon, calm = (
        pgettext_lazy("sample", words) for words in ("2 min late", "48 min left", "22 h left")
    )
    address = pgettext_lazy("sample", "Address")
    return [
        Row(
            "K7Q4-M2",
            "bad",
            "P1",
            address,
            late,
            1.0,
            "late",
            "Pavyzdys Hosting",
            pgettext_lazy("sample", "in work"),
            "act",
        ),
        Row(
            "R5NB-30",
            "wait",
            "P2",
            address,
            soon,
            0.7,
            "wait",
            "Šiaurės serveriai",
            pgettext_lazy("sample", "waiting"),
            "calm",
        ),
        Row(
            "W1YD-92",
            "info",
            "P3",
            address,
            calm,
            0.2,
            "",
            "Northwind CDN",
            pgettext_lazy("sample", "waiting"),
            "calm",
        ),
    ]


def _moments(at: datetime) -> list[Moment]:
    return [
        Moment(
            text=pgettext_lazy("sample", "Reminder, if no answer"),
            when_text=pgettext_lazy("sample", "next"),
            kind="next",
        ),
        Moment(text=pgettext_lazy("sample", "Delivered"), when=at, note="abuse@pavyzdys.example", kind="now"),
        Moment(
            text=pgettext_lazy("sample", "First contact bounced"),
            when=at - timedelta(minutes=1),
            note=pgettext_lazy("sample", "The next contact was chosen"),
            kind="bad",
        ),
        Moment(text=pgettext_lazy("sample", "Approved"), when=at - timedelta(minutes=2)),
    ]


def _messages(at: datetime) -> list[Message]:
    return [
        Message(text=pgettext_lazy("sample", "Report received"), when=at - timedelta(hours=3), event=True),
        Message(
            text=pgettext_lazy("sample", "Is the address complete?"),
            by=pgettext_lazy("sample", "Team"),
            when=at - timedelta(hours=2),
            mine=True,
        ),
        Message(
            text=pgettext_lazy("sample", "Yes, I checked it again."),
            by=pgettext_lazy("sample", "Reporter"),
            when=at - timedelta(hours=1),
        ),
    ]


def _figures() -> list[Figure]:
    return [
        Figure(
            title=pgettext_lazy("sample", "Median time to removal"),
            value="2,1",
            unit=pgettext_lazy("sample", "days"),
            note="1,8–2,3",
            definition=pgettext_lazy(
                "sample",
                "Half of the addresses were gone after this time, counted from the first delivered notice.",
            ),
        ),
        Figure(
            title=pgettext_lazy("sample", "Removed within a day"),
            value="31 %",
            note=pgettext_lazy("sample", "163 of 527 addresses"),
        ),
        Figure(
            title=pgettext_lazy("sample", "Upheld disputes"),
            value=pgettext_lazy("sample", "fewer than 5"),
            note=pgettext_lazy("sample", "Small numbers are held back"),
        ),
    ]


def _table(caption: Text) -> Table:
    return Table(
        caption=caption,
        head=[pgettext_lazy("sample", "Days"), "A", "B"],
        rows=[["1", "45 %", "24 %"], ["3", "77 %", "52 %"], ["7", "95 %", "77 %"]],
    )


def _survival() -> charts.Chart:
    here = [charts.Point(x / 2, 0.72**x, 0.72**x * 0.85, min(1.0, 0.72**x * 1.15)) for x in range(1, 28)]
    there = [charts.Point(x / 2, 0.86**x, 0.86**x * 0.88, min(1.0, 0.86**x * 1.12)) for x in range(1, 28)]
    curves = [
        charts.Curve(
            label="A",
            points=here,
            note=pgettext_lazy("sample", "median 1.2 d"),
            median=1.05,
            at_risk={0: 186, 3: 41, 7: 8, 14: 0},
        ),
        charts.Curve(
            label="B",
            points=there,
            note=pgettext_lazy("sample", "median 2.8 d"),
            median=2.3,
            at_risk={0: 341, 3: 159, 7: 69, 14: 10},
        ),
    ]
    title = pgettext_lazy("sample", "Share still reachable by days since the notice")
    return charts.survival(
        curves,
        title=title,
        description=pgettext_lazy("sample", "A falls faster than B."),
        unit=pgettext_lazy("sample", "days"),
        ticks=[0, 1, 3, 7, 14],
        table=_table(title),
    )


def _bars() -> charts.Chart:
    rows = [
        charts.Bar("Pavyzdys Hosting", 0.78, "78 %"),
        charts.Bar("Šiaurės serveriai", 0.37, "37 %", low=True),
    ]
    title = pgettext_lazy("sample", "Removed within a day")
    return charts.bars(
        rows,
        title=title,
        description=pgettext_lazy("sample", "One bar a provider."),
        table=_table(title),
        whole=1.0,
        need=0.5,
    )


def _distribution() -> charts.Chart:
    bins = [
        charts.Bin(label, count)
        for label, count in (("<1", 163), ("1–2", 95), ("2–3", 63), ("3–7", 116), (">7", 90))
    ]
    title = pgettext_lazy("sample", "Addresses by days to removal")
    return charts.distribution(
        bins,
        title=title,
        description=pgettext_lazy("sample", "Most are gone within a day."),
        unit=pgettext_lazy("sample", "days"),
        marked=2,
        mark=pgettext_lazy("sample", "median"),
        table=_table(title),
    )


def _strip(at: datetime) -> charts.Chart:
    hours: dict[Literal["on", "off", "gone"], list[int]] = {
        "on": [*range(16, 50, 2)],
        "off": [30, 32],
        "gone": [*range(2, 14, 2)],
    }
    checks = [
        charts.Check(at - timedelta(hours=ago), kind)
        for kind, agos in hours.items()
        for ago in agos
        if kind != "on" or ago not in hours["off"]
    ]
    events = [
        charts.Event(at - timedelta(hours=22), pgettext_lazy("sample", "notice sent")),
        charts.Event(at - timedelta(hours=11), pgettext_lazy("sample", "gone")),
    ]
    title = pgettext_lazy("sample", "Checks of one address")
    return charts.strip(
        checks,
        events,
        title=title,
        description=pgettext_lazy("sample", "Reachable, twice without an answer, gone after the notice."),
        table=_table(title),
    )
