"""Counts of a period for the Commission, INHOPE and our own quality: exact, by code.

The publisher hides small numbers.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Least, Now

from sauga.hotline.assessment.models import Assessment, PoliceHold, Route
from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.figures.rules.takedown import Hosted, hosted
from sauga.hotline.handovers.models import HandoverRecord
from sauga.hotline.notices.models import NoticeAnswer, NoticeItem, NoticeStep
from sauga.hotline.reports.models import Message, Report
from sauga.hotline.states import NoticeState, ReportState
from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS, Interval

MINUTE = timedelta(minutes=1)
ABUSE = ("BASELINE", "NATIONAL")
SOCIAL = frozenset({"CHAT_GROUP", "CHANNEL", "ACCOUNT"})
LOCATION = {Hosted.HOME: "OWN_COUNTRY", Hosted.ABROAD: "ABROAD", Hosted.UNKNOWN: "UNKNOWN"}
SENT_TO = {"POLICE": "TO_LEA", "PROVIDER_NOTICE": "TO_ISP", "INHOPE": "TO_ICCAM"}
TOPICS = {"GROOMING": "GROOMING", "SEXTORTION": "SEXUAL_EXTORTION", "HATE": "HATE_SPEECH"}
NO_ANSWER = "NO_ANSWER"
NOT_YET = "NOT_YET"
"""Abuse material whose route is decided while nothing was sent or handed over yet."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One occurrence of child sexual abuse material, as its latest verdict describes it."""

    item: int
    number: int
    kind: str
    location: Hosted
    from_referrer: bool
    site: str
    age: str
    sex: str
    self_made: str
    virtual: str

    @property
    def ec_kind(self) -> str:
        """A code of ec.csam_kind; empty where the verdict does not say.

        Drawn or computer-generated material is counted as such first.
        """
        if self.virtual == "YES":
            return "COMPUTER_GENERATED"
        return {"YES": "SELF_GENERATED", "NO": "NON_SELF_GENERATED"}.get(self.self_made, "")

    @property
    def ec_site(self) -> str:
        """A code of ec.site_type."""
        if self.kind == "ONION":
            return "ONION"
        if self.kind in SOCIAL or self.site == "SOCIAL_NETWORKING":
            return "SOCIAL_MEDIA"
        if self.kind != "WEB":
            return "OTHER"
        return "WEBSITE_REFERRER_BASED" if self.from_referrer else "WEBSITE"


def judged_abuse(start: datetime, end: datetime) -> list[Judged]:
    """What was reported in the period and judged child sexual abuse material, each occurrence once, in two
    queries."""
    rows = list(
        Occurrence.objects.filter(reported_at__gte=start, reported_at__lt=end, item__verdict__in=ABUSE)
        .order_by("pk")
        .values_list("item", "number", "item__kind", "item__hosting_class", "item__country", "item__referrer")
    )
    standing = Assessment.objects.filter(item__in={row[0] for row in rows}, verdict=F("item__verdict"))
    latest = standing.order_by("item", "-pk").distinct("item")
    said = {row.item_id: row for row in latest}
    return [_judged(row, said.get(row[0])) for row in rows]


def _judged(row: tuple[int, int, str, str, str, bytes | memoryview], said: Assessment | None) -> Judged:
    item, number, kind, hosting_class, country, referrer = row
    return Judged(
        item=item,
        number=number,
        kind=kind,
        location=hosted(hosting_class, country),
        from_referrer=bool(referrer),
        site=(said.site_type if said else "") or "NOT_DETERMINED",
        age=(said.age if said else "") or "NOT_CATEGORISED",
        sex=(said.sex if said else "") or "NOT_DETERMINED",
        self_made=said.user_generated if said else "",
        virtual=said.virtual if said else "",
    )


def actions_on_abuse(start: datetime, end: datetime) -> tuple[dict[str, int], int]:
    """Occurrences of abuse material by what was done (ec.action); one may count under several.

    And how many there are in all.

    Done is a recorded hand-over or a notice that was sent. NOT_YET: a route is decided, nothing was carried
    out.
    """
    rows = {(row.item, row.number) for row in judged_abuse(start, end)}
    items = {item for item, _number in rows}
    routes = Route.objects.filter(item__in=items, route__in=SENT_TO)
    decided = set(routes.values_list("item", "occurrence")) & rows
    sent = routes.filter(route="PROVIDER_NOTICE", done_at__isnull=False).values_list(
        "item", "occurrence", "route"
    )
    handed_over = HandoverRecord.objects.filter(item__in=items, undone_at=None, recipient__in=SENT_TO)
    done = {*sent, *handed_over.values_list("item", "occurrence", "recipient")}
    counted = Counter(SENT_TO[route] for item, number, route in done if (item, number) in rows)
    acted = {(item, number) for item, number, _route in done} & rows
    counted[NOT_YET] = len(decided - acted)
    counted["NO_ACTION"] = len(rows - acted - decided)
    return dict(counted), len(rows)


def volume(start: datetime, end: datetime) -> dict[str, int]:
    """Reports of the period without spam by ec.volume, which together are all received."""
    rows = (
        Report.objects.filter(received_hour__gte=start, received_hour__lt=end)
        .exclude(outcome="SPAM")
        .exclude(state=ReportState.SPAM)
    )
    duplicate = rows.filter(Q(outcome=ReportState.DUPLICATE) | Q(state=ReportState.DUPLICATE)).count()
    return {"UNIQUE": rows.count() - duplicate, "DUPLICATE": duplicate}


def topics(start: datetime, end: datetime) -> dict[str, int]:
    """Reports of the period that are about something else than abuse material, by ec.other_kind."""
    rows = Report.objects.filter(received_hour__gte=start, received_hour__lt=end).values_list(
        "category", "outcome", "state"
    )
    found: Counter[str] = Counter()
    for category, outcome, state in rows:
        if ReportState.SPAM in {outcome, state}:
            found["SPAM"] += 1
        elif outcome == ReportState.CONSULTED:
            found["PUBLIC_QUERY"] += 1
        elif category != "CSAM":
            found[TOPICS.get(category, "OTHER")] += 1
    return dict(found)


def verdict_pairs(start: datetime, end: datetime) -> list[tuple[str, str]]:
    """First and second verdicts on the same item, of second reviews in the period; each second review with
    the first verdict before it."""
    first = Assessment.objects.filter(
        item=OuterRef("item"), kind__in=("FIRST", "REOPENED"), pk__lt=OuterRef("pk")
    ).order_by("-pk")
    rows = Assessment.objects.filter(kind="SECOND", at__gte=start, at__lt=end).annotate(
        before=Subquery(first.values("verdict")[:1])
    )
    return [
        (before, verdict)
        for before, verdict in rows.order_by("pk").values_list("before", "verdict")
        if before
    ]


def _spans(pairs: list[tuple[datetime, datetime | None]], end: datetime) -> list[Interval]:
    """Waits from one instant to another.

    What is open lasted at least to the last thing known to have happened, or the period's end.
    """
    known = max((at for pair in pairs for at in pair if at is not None), default=end)
    limit = min(known, end)
    closed = [
        Interval(max(done - began, timedelta(0)), max(done - began, timedelta(0)))
        for began, done in pairs
        if done is not None
    ]
    return closed + [
        Interval(max(limit - began, timedelta(0)), None) for began, done in pairs if done is None
    ]


def waits(start: datetime, end: datetime, since: str, until: str, **only: Any) -> list[Interval]:
    """How long first occurrences took from one instant, which lies in the period, to another."""
    rows = (
        Occurrence.objects.filter(number=1, **{f"{since}__gte": start, f"{since}__lt": end}, **only)
        .distinct()
        .order_by("pk")
    )
    return _spans([(began, done) for _pk, began, done in rows.values_list("pk", since, until)], end)


def waits_for_decision(start: datetime, end: datetime) -> list[Interval]:
    """From receipt to the first valid verdict.

    Items that only discarded reports name are never assessed, and are left out.
    """
    asked = Exists(ContentItem.objects.filter(pk=OuterRef("item")).still_asked())
    rows = Occurrence.objects.filter(
        Q(decided_at__isnull=False) | Q(asked), number=1, reported_at__gte=start, reported_at__lt=end
    )
    return _spans(list(rows.order_by("pk").values_list("reported_at", "decided_at")), end)


def waits_for_delivery(start: datetime, end: datetime) -> list[Interval]:
    """From verdict to delivery, where a notice went out."""
    return waits(start, end, "decided_at", "notice_delivered_at", notice_sent_at__isnull=False)


def waits_for_police(start: datetime, end: datetime) -> list[Interval]:
    """From receipt to the recorded hand-over to the police, where a rule said so."""
    handed_over = HandoverRecord.objects.filter(
        item=OuterRef("item"), occurrence=1, recipient="POLICE", undone_at=None
    )
    to_police = Exists(Route.objects.filter(item=OuterRef("item"), occurrence=1, route="POLICE"))
    rows = (
        Occurrence.objects.filter(to_police, number=1, reported_at__gte=start, reported_at__lt=end)
        .annotate(police_at=Subquery(handed_over.values("handed_over_at")[:1]))
        .order_by("pk")
    )
    return _spans(list(rows.values_list("reported_at", "police_at")), end)


def longest_message_wait(start: datetime, end: datetime) -> tuple[float | None, int]:
    """The longest wait in minutes of a reporter's message written in the period, up to its end (or now); and
    of how many messages that is the longest."""
    until = Least(Coalesce("read_at", Value(end)), Value(end), Now())
    written = Message.objects.filter(from_reporter=True, at__gte=start, at__lt=end)
    found = written.aggregate(
        longest=Max(ExpressionWrapper(until - F("at"), output_field=DurationField())), n=Count("pk")
    )
    longest = found["longest"]
    return None if longest is None else max(longest / MINUTE, 0.0), found["n"]


def withdrawals(start: datetime, end: datetime) -> dict[str, int]:
    """Notices that had gone out and were withdrawn in the period, by the reason
    (notice.withdrawal_reason).
    """
    steps = NoticeStep.objects.filter(
        after=str(NoticeState.WITHDRAWN), at__gte=start, at__lt=end, subject__sent_at__isnull=False
    )
    return dict(Counter(steps.values_list("why", flat=True)))


def disputes(start: datetime, end: datetime) -> dict[str, int]:
    """Disputes decided in the period, by the decision."""
    rows = NoticeAnswer.objects.filter(answer="DISPUTED", decided_at__gte=start, decided_at__lt=end)
    return dict(Counter(rows.values_list("decision", flat=True)))


@dataclass(frozen=True)
class Holds:
    """What police holds of a period cost: how long each lasted, and how many places were gone before theirs
    ended."""

    times: list[Interval]
    gone: int


def holds(start: datetime, end: datetime) -> Holds:
    """The police holds that began in the period."""
    rows = list(
        PoliceHold.objects.filter(at__gte=start, at__lt=end)
        .order_by("pk")
        .values_list("item", "at", "until", "ended_at")
    )
    lost = Occurrence.objects.filter(item__in={row[0] for row in rows}, removed_at__isnull=False).values_list(
        "item", "first_gone_at"
    )
    gone: dict[int, list[datetime]] = {}
    for item, seen in lost:
        if seen is not None:
            gone.setdefault(item, []).append(seen)
    times = _spans([(at, ended) for _item, at, _until, ended in rows], end)
    missed = {
        item
        for item, at, until, ended in rows
        if any(at < seen <= (ended or until) for seen in gone.get(item, ()))
    }
    return Holds(times, len(missed))


def came_back(start: datetime, end: datetime, within: timedelta) -> tuple[int, int]:
    """Of the removals in the period, how many reappeared within the time, and how many
    removals there were.
    """
    following = (
        Occurrence.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
        .order_by("number")
        .values("reported_at")[:1]
    )
    rows = Occurrence.objects.filter(removed_at__gte=start, removed_at__lt=end).annotate(
        again=Subquery(following)
    )
    pairs = list(rows.values_list("removed_at", "again"))
    return sum(again is not None and again <= removed + within for removed, again in pairs if removed), len(
        pairs
    )


def answers(start: datetime, end: datetime) -> dict[str, int]:
    """Addresses of notices first sent in the period by the provider's last answer; without one they are
    NO_ANSWER."""
    rows = NoticeItem.objects.filter(notice__sent_at__gte=start, notice__sent_at__lt=end).exclude(
        outcome="WITHDRAWN"
    )
    return dict(Counter(answer or NO_ANSWER for answer in rows.values_list("answer", flat=True)))


def terms_kept(start: datetime, end: datetime) -> dict[str, tuple[int, int]]:
    """Addresses of first notices whose term ended in the period, members and others apart: gone within the
    term, and how many in all."""
    occurrence = Occurrence.objects.filter(
        item=OuterRef("item"), number=OuterRef("occurrence"), removed_at__isnull=False
    )
    rows = (
        NoticeItem.objects.filter(
            notice__remove_by__gte=start,
            notice__remove_by__lt=end,
            notice__remove_by__lte=Now(),
            notice__previous=None,
        )
        .exclude(outcome="WITHDRAWN")
        .annotate(gone=Subquery(occurrence.values("first_gone_at")[:1]))
        .select_related("notice__provider")
        .order_by("pk")
    )
    found = {"MEMBER": (0, 0), "OTHER": (0, 0)}
    for row in rows:
        notice, gone = row.notice, row.gone
        group = "MEMBER" if notice.provider.is_member(_day(notice.sent_at or notice.drafted_at)) else "OTHER"
        kept, n = found[group]
        found[group] = (kept + int(gone is not None and gone <= notice.remove_by), n + 1)
    return {group: pair for group, pair in found.items() if pair[1]}


def _day(at: datetime) -> date:
    return at.astimezone(VILNIUS).date()


@dataclass(frozen=True, order=True)
class Line:
    """One line of the yearly report of article 22(3): provider, type of content (dsa.category), what the
    provider did, how many."""

    provider: str
    content: str
    action: str
    n: int = 0


def dsa_lines(start: datetime, end: datetime) -> list[Line]:
    """Notices under the Digital Services Act first sent in the period, address by address; no personal data
    is in them."""
    kinds = {term.code: str(term.extra.get("dsa", "")) for term in vocab.every_term("rrt.category")}
    rows = (
        NoticeItem.objects.filter(
            notice__sent_at__gte=start, notice__sent_at__lt=end, notice__basis__in=("DSA_ART16", "DSA_ART22")
        )
        .exclude(outcome="WITHDRAWN")
        .values_list("notice__provider__name", "item__category", "outcome", "answer")
    )
    counted = Counter(
        (provider, kinds.get(category, ""), _action(outcome, answer))
        for provider, category, outcome, answer in rows
    )
    return sorted(Line(*place, n) for place, n in counted.items())


def _action(outcome: str, answer: str) -> str:
    """What the provider did: what we observed counts before what it answered."""
    return "REMOVED" if outcome == "REMOVED" else answer or NO_ANSWER
