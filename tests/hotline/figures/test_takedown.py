"""Takedown time as intervals, INHOPE's buckets and RRT's sums: against scipy, an independent recount, and the
published figures.
"""

import csv
import random
from datetime import UTC, datetime, timedelta

import pytest
from factories.handovers import carried_out
from factories.hotline import AT
from factories.monitoring import item_at, open_house
from hypothesis import given
from hypothesis import strategies as st

from sauga.hotline.content.models import Occurrence
from sauga.hotline.figures.queries import takedown
from sauga.hotline.figures.rules.rrt_figures import Press, counted_route
from sauga.hotline.figures.rules.takedown import Bucket, Clock, Hosted, Times, bucket, hosted, interval
from sauga.hotline.reports.models import Report
from sauga.kernel.figures import Period, computed, estimate, measure, totals

START = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROUTES = {
    "to_inhope": "INHOPE",
    "ntd_sent": "PROVIDER_NOTICE",
    "to_police": "POLICE",
    "to_zeit": "ZEIT",
    "to_nksc": "NKSC",
}


@pytest.mark.unit
def test_the_published_figures_of_rrt_add_up_by_both_definitions(shared):
    with (shared / "data" / "rrt_figures.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["identity"]]
    assert len(rows) == 11
    for row in rows:
        routes = {code: int(row[column] or 0) for column, code in ROUTES.items()}
        press = Press(routes=routes, duplicates=int(row["duplicates"] or 0))
        assert getattr(press, row["identity"]) == int(row[row["identity"]]), row["period"]


@pytest.mark.unit
def test_a_report_is_counted_under_its_first_route_only():
    order = ["POLICE", "INHOPE", "NKSC", "ZEIT", "PROVIDER_NOTICE"]
    assert counted_route({"PROVIDER_NOTICE", "POLICE"}, order) == "POLICE"
    assert counted_route({"CONSULTATION"}, order) is None


@pytest.mark.unit
@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (2, "SAME_DAY"),
        (20, "D1"),
        (24, "D1"),
        (25, "D2"),
        (48, "D2"),
        (72, "D3"),
        (73, "D4_6"),
        (167, "D4_6"),
        (168, "D7_27"),
        (671, "D7_27"),
        (672, "D28_PLUS"),
    ],
)
def test_inhope_buckets_do_not_overlap(hours, expected):
    gone = START + hours * HOUR
    assert bucket(Times(reported_at=START, first_gone_at=gone, removed_at=gone + HOUR)) == expected


@pytest.mark.unit
def test_what_is_not_confirmed_is_still_online():
    assert bucket(Times(reported_at=START, first_gone_at=START + HOUR)) is Bucket.STILL_ONLINE


@pytest.mark.unit
@given(
    st.lists(st.one_of(st.none(), st.timedeltas(timedelta(0), timedelta(days=90))), min_size=4, max_size=4)
)
def test_intervals_are_ordered_and_never_negative(offsets):
    notice, online, gone, removed = (None if o is None else START + o for o in offsets)
    times = Times(
        reported_at=START,
        notice_delivered_at=notice,
        last_online_at=online,
        first_gone_at=gone,
        removed_at=removed,
    )
    for clock in Clock:
        span = interval(times, clock)
        if span is None:
            assert clock is Clock.T_NOTICE and (notice is None or removed is not None)
        else:
            assert span.early >= timedelta(0)
            assert span.late is None or (span.late >= span.early and removed is not None)


@pytest.mark.unit
def test_where_content_lay_is_known_or_said_to_be_unknown():
    assert hosted("LT", "LT") is Hosted.HOME
    assert hosted("INHOPE_ABROAD", "NL") is Hosted.ABROAD
    for klass, country in (("CDN_MASKED", "US"), ("ONION", ""), ("LT", "")):
        assert hosted(klass, country) is Hosted.UNKNOWN


@pytest.mark.unit
@pytest.mark.parametrize("seed", range(40))
def test_the_median_and_the_shares_are_those_of_scipy(seed):
    from scipy.stats import CensoredData, ecdf

    drawn = random.Random(seed)
    times = []
    for _ in range(drawn.randint(5, 120)):
        online = START + timedelta(hours=drawn.expovariate(1 / 40))
        gone = online + timedelta(minutes=drawn.randint(5, 120)) if drawn.random() < 0.8 else None
        times.append(Times(reported_at=START, last_online_at=online, first_gone_at=gone, removed_at=gone))
    spans = [interval(one, Clock.T_REPORT) for one in times]
    ours = estimate(spans)
    ended = [s.late / HOUR for s in spans if s.late is not None]
    open_ = [s.early / HOUR for s in spans if s.late is None]
    theirs = ecdf(CensoredData(uncensored=ended, right=open_))
    for day, held in ours.within.items():
        if held is not None:
            assert held.share == pytest.approx(float(theirs.cdf.evaluate(day * 24)), abs=1e-9)
    below = theirs.sf.quantiles[theirs.sf.probabilities <= 0.5 + 1e-12]
    assert (ours.median is None) == (len(below) == 0)
    if ours.median is not None:
        assert ours.median / HOUR == pytest.approx(float(below[0]))


def by_hand(rows):
    """An independent product-limit recount, one event after the other."""
    share, at_risk, median = 1.0, len(rows), None
    for at, ended in sorted(rows, key=lambda r: (r[0], not r[1])):
        if ended:
            share *= 1 - 1 / at_risk
            if share <= 0.5 + 1e-12 and median is None:
                median = at
        at_risk -= 1
    return median


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_figures_of_a_period_equal_an_independent_recount(seed):
    open_house()
    drawn, expected = random.Random(seed), {"LT": [], "ABROAD": [], "UNKNOWN": []}
    for n in range(24):
        place = drawn.choice(["LT", "ABROAD", "UNKNOWN"])
        country = {"LT": "LT", "ABROAD": "NL", "UNKNOWN": ""}[place]
        item = item_at(
            f"http://f{seed}-{n}.online.behave.example/{n}",
            verdict="PROHIBITED",
            country=country,
            hosting_class="LT",
        )
        notice = AT + timedelta(minutes=n)
        online = notice + timedelta(minutes=drawn.randint(1, 9000))
        gone = online + timedelta(minutes=7) if drawn.random() < 0.75 else None
        Occurrence.objects.filter(item=item).update(
            notice_delivered_at=notice, last_online_at=online, first_gone_at=gone, removed_at=gone
        )
        expected[place].append(((gone or online) - notice, gone is not None))
    period = Period.parse("2026-Q4")
    found = {row.dims.get("hosting"): row for row in computed(measure("hotline.takedown_median"), period)}
    for place, rows in expected.items():
        median = by_hand(rows)
        if rows:
            assert found[place].n == len(rows)
            assert found[place].value == (
                None if median is None else pytest.approx(median / timedelta(days=1), abs=1e-4)
            )
    everything = [row for rows in expected.values() for row in rows]
    assert found[None].n == 24
    median = by_hand(everything)
    assert found[None].value == (
        None if median is None else pytest.approx(median / timedelta(days=1), abs=1e-4)
    )
    still = {row.dims.get("hosting"): row.value for row in computed(measure("hotline.still_online"), period)}
    assert still[None] == sum(not ended for _, ended in everything)
    hidden = totals("hotline.still_online", period)
    assert all(total.value is None or total.value == 0 or total.value >= 5 for total in hidden)


@pytest.mark.django_db
def test_press_figures_count_a_report_once_and_only_repeats_of_confirmed_ones():
    open_house()
    for n, routes in enumerate([("POLICE", "PROVIDER_NOTICE"), ("PROVIDER_NOTICE",), ("NKSC",), ()]):
        item = item_at(f"http://p{n}.online.behave.example/{n}", verdict="PROHIBITED", routes=routes)
        for route in routes:
            carried_out(item, route, AT)
        Report.objects.filter(locations__item=item).update(
            outcome="ACTIONED" if routes else "NOT_FOUND", state="CLOSED"
        )
    first = Report.objects.filter(outcome="ACTIONED").earliest("pk")
    other = Report.objects.get(outcome="NOT_FOUND")
    for n, original in enumerate((first, other)):
        item_at(f"http://d{n}.online.behave.example/{n}")
        Report.objects.filter(pk=Report.objects.latest("pk").pk).update(
            outcome="DUPLICATE", state="CLOSED", first_report=original
        )
    decided = item_at("http://p9.online.behave.example/9", verdict="PROHIBITED", routes=("INHOPE", "POLICE"))
    Report.objects.filter(locations__item=decided).update(outcome="ACTIONED", state="CLOSED")
    item_at("http://d9.online.behave.example/9")
    Report.objects.filter(pk=Report.objects.latest("pk").pk).update(
        outcome="DUPLICATE", state="CLOSED", first_report=Report.objects.get(locations__item=decided)
    )
    press = takedown.press(AT - timedelta(days=1), AT + timedelta(days=1))
    assert (press.received, dict(press.routes)) == (8, {"POLICE": 1, "PROVIDER_NOTICE": 1, "NKSC": 1})
    assert press.decided_only == 1  # a route is no hand-over
    assert (press.action_excl_dup, press.duplicates, press.confirmed_incl_dup) == (2, 1, 4)
    assert press.not_actioned == {"NOT_FOUND": 1}
