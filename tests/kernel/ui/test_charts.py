"""Charts are well-formed, say in words what they show, and refuse what cannot be drawn."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta

import pytest

from sauga.kernel.ui import charts
from sauga.kernel.ui.charts import Bar, Bin, Check, Curve, Event, Point
from sauga.kernel.ui.components import Table

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
TABLE = Table(caption="c", head=["a"], rows=[["1"]])
WORDS = {"title": "A <title>", "description": "what it shows", "table": TABLE}


def tree(chart, form="svg"):
    root = ET.fromstring(str(getattr(chart, form)))
    title, said = root[0], root[1]
    assert (title.text, said.text) == ("A <title>", "what it shows")
    assert root.get("aria-labelledby") == title.get("id") and root.get("aria-describedby") == said.get("id")
    assert "style" not in str(getattr(chart, form)).split("</title>")[1]
    return root


def curve(label="A", **more):
    return Curve(
        label=label, points=[Point(1, 0.7, 0.6, 0.8), Point(3, 0.4, 0.3, 0.5), Point(20, 0.1)], **more
    )


def test_survival_draws_a_band_a_line_the_median_and_the_number_at_risk():
    chart = charts.survival(
        [curve(note="median 2 d", median=2.0, at_risk={0: 10, 7: 2}), curve("B")],
        unit="days",
        ticks=[0, 1, 7],
        **WORDS,
    )
    classes = [part.get("class") for part in tree(chart)]
    assert {"band-a", "line-a", "dot-a", "label-a", "band-b", "line-b"} <= set(classes)
    assert "dot-b" not in classes
    assert ">10<" in chart.svg


def test_survival_holds_each_step_until_the_next_and_stays_inside():
    chart = charts.survival(
        [Curve(label="A", points=[Point(1, 1.7), Point(2, -0.5)])], unit="d", ticks=[0, 4], **WORDS
    )
    line = next(part.get("d") for part in tree(chart) if part.get("class") == "line-a")
    assert line == "M46 14H171.5V14H297V274H548"


def test_survival_ends_its_line_where_nobody_watched_longer():
    def line(followed):
        one = Curve(label="A", points=[Point(1, 0.2)], followed=followed)
        return tree(charts.survival([one], unit="d", ticks=[0, 4], **WORDS)).find(".//*[@class='line-a']")

    whole, short = line(None), line(2.0)
    assert whole is not None and short is not None
    end = {name: float(one.get("d").rpartition("H")[2]) for name, one in (("whole", whole), ("short", short))}
    assert end["short"] < end["whole"]


def test_survival_without_points_stays_at_the_top():
    chart = charts.survival([Curve(label="A", points=[], median=99)], unit="d", ticks=[0, 4], **WORDS)
    assert next(part.get("d") for part in tree(chart) if part.get("class") == "line-a") == "M46 14H548"


@pytest.mark.parametrize("ends", [(0.5, 0.48), (0.48, 0.5), (0.9, 0.1)])
def test_survival_labels_do_not_overlap(ends):
    curves = [Curve(label=name, points=[Point(0, end)]) for name, end in zip("AB", ends, strict=True)]
    root = tree(charts.survival(curves, unit="d", ticks=[0, 4], **WORDS))
    first, second = [float(part.get("y")) for part in root if part.get("class") in {"label-a", "label-b"}]
    assert abs(first - second) >= 36
    assert (first < second) == (ends[0] >= ends[1])


@pytest.mark.parametrize(
    ("curves", "ticks"),
    [([], [0, 1]), (["A", "B", "C"], [0, 1]), (["A"], [0]), (["A"], [0, 3, 1]), (["A"], [-2, 0])],
)
def test_survival_refuses_what_it_cannot_draw(curves, ticks):
    with pytest.raises(ValueError, match=r"curves|grow"):
        charts.survival([curve(name) for name in curves], unit="d", ticks=ticks, **WORDS)


def test_bars_mark_the_low_one_and_the_line_to_reach():
    root = tree(
        charts.bars([Bar("A", 0.8, "80 %"), Bar("B", 0, "0 %", low=True)], whole=1.0, need=0.5, **WORDS)
    )
    assert [
        part.get("class")
        for part in root
        if part.tag == "{http://www.w3.org/2000/svg}rect" or part.tag == "rect"
    ] == [
        "bar",
        "bar low",
    ]
    assert "need" in [part.get("class") for part in root]


def test_bars_and_distribution_of_nothing_are_still_charts():
    for chart in (charts.bars([], **WORDS), charts.distribution([], **WORDS)):
        tree(chart)
        assert 'class="bar' not in chart.svg and "NaN" not in chart.svg
    assert 'class="bar' in charts.bars([Bar("A", 0, "0")], **WORDS).svg


def test_distribution_writes_counts_above_and_the_median():
    chart = charts.distribution([Bin("<1", 3), Bin("1–2", 9)], unit="days", marked=1, mark="median", **WORDS)
    tree(chart)
    assert ">9<" in chart.svg and ">median<" in chart.svg and ">days<" in chart.svg
    assert "guide" not in charts.distribution([Bin("<1", 3)], marked=7, mark="median", **WORDS).svg


def test_strip_shows_three_kinds_by_shape_and_events_in_two_rows():
    checks = [Check(AT + timedelta(hours=hour), kind) for hour, kind in enumerate(("on", "off", "gone"))]
    events = [
        Event(AT, "first"),
        Event(AT + timedelta(minutes=5), "second"),
        Event(AT + timedelta(hours=2), "last"),
    ]
    root = tree(charts.strip(checks, events, **WORDS))
    assert {"on", "off", "gone", "event"} <= {part.get("class") for part in root}
    heights = [part.get("y") for part in root if part.get("class") == "strong"]
    assert heights == ["12", "27", "12"]


def test_strip_of_one_check_has_one_end_and_of_none_refuses():
    assert charts.strip([Check(AT, "on")], **WORDS).svg.count("<text") == 1
    with pytest.raises(ValueError, match="no checks"):
        charts.strip([], **WORDS)


@pytest.mark.parametrize(("share", "width"), [(-1, 0), (0.784, 78), (7, 100)])
def test_share_bar_is_clipped(share, width):
    assert f'class="fill" width="{width}"' in charts.share_bar(share)


CHARTS = {
    "bars": lambda: charts.bars(
        [Bar("Seksualinio vaikų išnaudojimo medžiaga ir viliojimas", 9, "9"), Bar("B", 3, "3", low=True)],
        need=5,
        **WORDS,
    ),
    "distribution": lambda: charts.distribution(
        [Bin("<1", 3), Bin("1–2", 9)], unit="days", marked=1, mark="median", **WORDS
    ),
    "survival": lambda: charts.survival(
        [curve(note="median 2 d", at_risk={0: 10}), curve("B")], unit="days", ticks=[0, 1, 7], **WORDS
    ),
}


@pytest.mark.parametrize("name", CHARTS)
def test_the_narrow_form_says_the_same_and_ends_at_its_edge(name):
    chart = CHARTS[name]()
    wide, narrow = tree(chart), tree(chart, "narrow")
    assert wide[0].get("id") != narrow[0].get("id")
    width = float(narrow.get("viewBox").split()[2])
    assert width == 320
    rows = [float(part.get("y")) for part in narrow if part.get("x") == "0" and part.tag.endswith("text")]
    assert rows == sorted(set(rows))  # no label stands on another
    for part in narrow:
        if part.tag.endswith("rect"):
            assert float(part.get("x")) + float(part.get("width")) <= width - 60  # room for its number
    for said in ("9", "3") if name != "survival" else ("A", "B", "median 2 d"):
        assert any(said in (part.text or "") for part in narrow), said


def test_a_long_label_of_the_narrow_form_takes_two_lines():
    labels = [part.text for part in tree(CHARTS["bars"](), "narrow") if part.get("class") == "strong"]
    assert labels == ["Seksualinio vaikų išnaudojimo medžiaga ir", "viliojimas", "B"]
