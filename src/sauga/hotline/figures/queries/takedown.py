"""What happened in a period: takedown times by group, RRT's and INHOPE's counts.

Exact; hiding small numbers is the publisher's part.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from sauga.hotline.assessment.models import Route
from sauga.hotline.content.models import Occurrence
from sauga.hotline.figures.rules.rrt_figures import Press, counted_route
from sauga.hotline.figures.rules.takedown import Bucket, Clock, Hosted, Times, bucket, hosted, interval
from sauga.hotline.handovers.models import HandoverRecord
from sauga.hotline.notices.models import NoticeItem
from sauga.hotline.reports.models import Report
from sauga.hotline.states import ReportState
from sauga.kernel import vocab
from sauga.kernel.clock import Interval
from sauga.kernel.figures import Survival, estimate

NOT_COUNTED = ("", "NOT_ILLEGAL", "NOT_ASSESSABLE", "DOUBTFUL")
OPEN = (ReportState.RECEIVED, ReportState.TRIAGED, ReportState.IN_ASSESSMENT, ReportState.WAITING_REPORTER)


@dataclass(frozen=True)
class Span:
    """One occurrence of judged content in the period."""

    times: Times
    provider: str
    country: str
    hosting: Hosted
    basis: str

    def group(self, by: str) -> str:
        """The name of its group: by "provider", "country", "hosting" or "basis"; empty when unknown."""
        return {
            "provider": self.provider,
            "country": self.country,
            "hosting": str(self.hosting),
            "basis": self.basis,
        }[by]


@dataclass(frozen=True)
class Takedown:
    """The figures of one group; `left_censored` of its removals were never seen online."""

    group: str
    survival: Survival
    left_censored: int
    country: str = ""


def spans(clock: Clock, start: datetime, end: datetime) -> list[Span]:
    """Occurrences of content judged illegal or harmful whose clock began in the period, in one query."""
    began = {Clock.T_REPORT: "reported_at", Clock.T_NOTICE: "notice_delivered_at"}[clock]
    first_notice = NoticeItem.objects.filter(
        item=OuterRef("item"), occurrence=OuterRef("number"), notice__sent_at__isnull=False
    )
    rows = (
        Occurrence.objects.filter(**{f"{began}__gte": start, f"{began}__lt": end})
        .exclude(item__verdict__in=NOT_COUNTED)
        .annotate(basis=Subquery(first_notice.order_by("notice__sent_at").values("notice__basis")[:1]))
        .values_list(
            "reported_at",
            "notice_delivered_at",
            "last_online_at",
            "first_gone_at",
            "removed_at",
            "item__provider__name",
            "item__country",
            "item__hosting_class",
            "basis",
        )
        .order_by("pk")
    )
    return [
        Span(
            Times(
                reported_at=reported,
                notice_delivered_at=notice,
                last_online_at=online,
                first_gone_at=gone,
                removed_at=removed,
            ),
            provider or "",
            country,
            hosted(hosting_class, country),
            basis or "",
        )
        for reported, notice, online, gone, removed, provider, country, hosting_class, basis in rows
    ]


def intervals(rows: Iterable[Span], clock: Clock) -> list[Interval]:
    """The clock's intervals; what the clock does not apply to is left out."""
    return [span for row in rows if (span := interval(row.times, clock)) is not None]


def takedown(rows: Sequence[Span], clock: Clock, group: str = "") -> Takedown:
    """The figures of one group of occurrences."""
    measured = intervals(rows, clock)
    left = sum(row.times.removed_at is not None and row.times.last_online_at is None for row in rows)
    countries = {row.country for row in rows}
    return Takedown(group, estimate(measured), left, countries.pop() if len(countries) == 1 else "")


def takedown_by(rows: Sequence[Span], clock: Clock, by: str) -> list[Takedown]:
    """The same by group, the largest first, then by name."""
    groups: dict[str, list[Span]] = {}
    for row in rows:
        groups.setdefault(row.group(by), []).append(row)
    return sorted(
        (takedown(held, clock, name) for name, held in groups.items()), key=lambda t: (-t.survival.n, t.group)
    )


def gone_before_notice(start: datetime, end: datetime) -> int:
    """Occurrences reported in the period that were gone before any notice reached anybody."""
    return Occurrence.objects.filter(
        Q(removal_kind__in=("GONE_BEFORE_NOTICE", "GONE_BEFORE_ASSESSMENT")),
        reported_at__gte=start,
        reported_at__lt=end,
    ).count()


def reappeared(start: datetime, end: datetime) -> int:
    """Occurrences after the first that began in the period."""
    return Occurrence.objects.filter(number__gt=1, reported_at__gte=start, reported_at__lt=end).count()


def press(start: datetime, end: datetime) -> Press:
    """RRT's figures of the reports received in the period; spam is not counted."""
    reports = (
        Report.objects.filter(received_hour__gte=start, received_hour__lt=end)
        .exclude(outcome="SPAM")
        .exclude(state=ReportState.SPAM)
    )
    order = vocab.policy("policy.counted_route")["order"]
    routes: Counter[str] = Counter()
    by_report: dict[int, set[str]] = {}
    acted = reports.filter(outcome=ReportState.ACTIONED)
    for report, route in _carried_out(acted):
        by_report.setdefault(report, set()).add(route)
    for given in by_report.values():
        found = counted_route(given, order)
        if found:
            routes[found] += 1
    counted = reports.aggregate(
        received=Count("pk"),
        consultations=Count("pk", filter=Q(outcome=ReportState.CONSULTED)),
        open=Count("pk", filter=Q(state__in=OPEN)),
    )
    reasons = {term.code for term in vocab.every_term("rrt.not_actioned")}
    not_actioned = dict(
        reports.filter(outcome__in=reasons).values_list("outcome").annotate(n=Count("pk")).order_by()
    )
    return Press(
        routes=dict(routes),
        not_actioned=not_actioned,
        duplicates=reports.filter(
            _first_was_acted_on(), outcome=ReportState.DUPLICATE, first_report__outcome=ReportState.ACTIONED
        ).count(),
        decided_only=acted.count() - len(by_report),
        **counted,
    )


def _carried_out(reports: QuerySet[Report]) -> Iterator[tuple[int, str]]:
    """Reports with what was carried out about their items: a notice sent to a provider, a hand-over recorded.

    Never a mere route.
    """
    place = "item__locations__report"
    notices = Route.objects.filter(
        **{f"{place}__in": reports}, route="PROVIDER_NOTICE", done_at__isnull=False
    )
    yield from notices.values_list(place, "route").distinct()
    records = HandoverRecord.objects.filter(**{f"{place}__in": reports}, undone_at=None)
    yield from records.values_list(place, "recipient").distinct()


def _first_was_acted_on() -> Q:
    """Of a repeat: something was carried out about an item of the first report."""
    place = {"item__locations__report": OuterRef("first_report")}
    notices = Route.objects.filter(**place, route="PROVIDER_NOTICE", done_at__isnull=False)
    return Q(Exists(notices)) | Q(Exists(HandoverRecord.objects.filter(**place, undone_at=None)))


def buckets(start: datetime, end: datetime) -> dict[Bucket, int]:
    """INHOPE's buckets of the content judged illegal that was reported in the period; every
    bucket is named.
    """
    counted = Counter(bucket(row.times) for row in spans(Clock.T_REPORT, start, end))
    return {name: counted.get(name, 0) for name in Bucket}


def decision_to_delivery(start: datetime, end: datetime) -> tuple[int, timedelta | None, timedelta | None]:
    """How many first notices were delivered for verdicts of the period, and the median and 99th percentile of
    the time between."""
    rows = Occurrence.objects.filter(
        decided_at__gte=start, decided_at__lt=end, notice_delivered_at__isnull=False
    )
    pairs = rows.values_list("decided_at", "notice_delivered_at")
    waits = sorted(delivered - decided for decided, delivered in pairs if decided and delivered)
    if not waits:
        return 0, None, None
    return len(waits), waits[(len(waits) - 1) // 2], waits[min(len(waits) - 1, int(len(waits) * 0.99))]
