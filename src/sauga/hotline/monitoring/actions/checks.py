"""Storing checks: many at once in one transaction, with the moves, clocks and the next check that follow from
each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.db import connection, transaction

from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.jobs import Job, defer
from sauga.hotline.monitoring.actions.presence import confirm_gone, end_watch, gone_already, reappear
from sauga.hotline.monitoring.actions.probes import CheckResult, ProfileResult, observations_of
from sauga.hotline.monitoring.models import Check, Watch
from sauga.hotline.monitoring.queries import crowds, current_occurrences, recent_observations, usual_windows
from sauga.hotline.monitoring.rules.cadence import (
    Cadence,
    Circumstances,
    Next,
    Pace,
    next_check,
    next_watch,
    read_cadence,
)
from sauga.hotline.monitoring.rules.probe_classification import Baseline, ProbeResult
from sauga.hotline.monitoring.rules.removal import (
    Confirmation,
    Observation,
    Outcome,
    counts_as_gone,
    decide,
    kind_of_removal,
    proves,
    read_confirmation,
)
from sauga.hotline.states import Handling, Presence
from sauga.kernel import live, outbound, vocab
from sauga.kernel.states import Actor, move

UNPLANNED = (Handling.NO_ACTION, Handling.ARCHIVED)
WATCH_FIELDS = [field.name for field in Watch._meta.concrete_fields if field.name != "item"]


@dataclass(frozen=True)
class Policies:
    """The policies of one run."""

    cadence: Cadence
    confirmation: Confirmation
    manners: outbound.Politeness

    @classmethod
    def now(cls) -> Self:
        """As they stand. Raises ValueError when an edited policy makes no sense."""
        polite, confirm = vocab.policy("policy.politeness"), vocab.policy("policy.confirm_removal")
        return cls(
            read_cadence(vocab.policy("policy.cadence"), polite, confirm),
            read_confirmation(confirm),
            outbound.Politeness(
                per_host_a_minute=polite["requests_per_minute_per_host"],
                per_provider_a_minute=polite["requests_per_minute_per_provider"],
                jitter=polite["jitter_percent"] / 100,
                connections_a_host=polite["connections_per_host"],
            ),
        )


def baseline_from(watch: Watch | None, item: ContentItem) -> Baseline | None:
    """What is remembered of an item, None before it was first surely seen."""
    if watch is None or not watch.has_baseline:
        return None
    return Baseline(
        text_hash=item.text_hash,
        title_hash=watch.title_hash,
        body=watch.body,
        file_mark=watch.file_mark,
        place=watch.place,
        network=watch.network,
        country=watch.country,
        at_home=watch.at_home,
    )


@dataclass
class _Case:
    """One item of the batch with its rows, and what is to be written."""

    item: ContentItem
    watch: Watch
    occurrence: Occurrence
    check_result: CheckResult
    changed: bool = False


def record_checks(
    *, by: Actor, check_results: Sequence[CheckResult], at: datetime, policies: Policies
) -> None:
    """Store a batch of checks made just before `at`.

    Items are locked in one order, so that two runs cannot block each other.
    """
    with transaction.atomic():
        cases = _cases(check_results)
        looked = [case for case in cases if case.check_result.results]
        Check.objects.bulk_create(
            _check(case.item, result, by, at) for case in looked for result in case.check_result.results
        )
        history = recent_observations(
            [case.item.pk for case in looked if not _is_plain(case, policies)],
            {
                case.item.pk: case.occurrence.reported_at if case.occurrence.number > 1 else None
                for case in looked
            },
        )
        surroundings = _Surroundings.of(cases, at)
        for case in cases:
            outcome = (
                _weigh(by, case, history.get(case.item.pk), at, policies)
                if case.check_result.results
                else Outcome()
            )
            _plan(by=by, case=case, outcome=outcome, at=at, policies=policies, around=surroundings)
        _store(cases, at)
        if any(case.changed for case in cases):
            live.signal("hotline.worklist")
        for case in cases:
            if case.changed:
                live.signal(f"hotline.item.{case.item.ref}")


def _cases(check_results: Sequence[CheckResult]) -> list[_Case]:
    by_item = {check_result.item_id: check_result for check_result in check_results}
    items = list(ContentItem.objects.select_for_update().filter(pk__in=by_item).order_by("pk"))
    watches = {watch.pk: watch for watch in Watch.objects.filter(item__in=items)}
    occurrences = current_occurrences(items)
    return [
        _Case(item, watches.get(item.pk) or Watch(item=item), occurrences[item.pk], by_item[item.pk])
        for item in items
        if item.pk in occurrences
    ]


def _check(item: ContentItem, result: ProfileResult, by: Actor, at: datetime) -> Check:
    return Check(
        item=item,
        at=at,
        verdict=result.classification.verdict,
        reason=result.classification.reason,
        status=result.evidence.status,
        error=result.evidence.error[:24],
        similarity=result.classification.similarity,
        redirects=result.evidence.redirects,
        vantage=result.profile,
        with_referrer=result.with_referrer,
        by=by.pseudonym,
    )


def _is_plain(case: _Case, policies: Policies) -> bool:
    """Seen with the first profile, and nothing to confirm: the history need not be read."""
    results = case.check_result.results
    plain = len(results) == 1 and results[0].classification.verdict in {ProbeResult.ONLINE, ProbeResult.MOVED}
    return plain and case.item.presence != Presence.REMOVED


def _weigh(
    by: Actor, case: _Case, history: list[Observation] | None, at: datetime, policies: Policies
) -> Outcome:
    """Decide what the observations amount to, and carry it out."""
    newest = observations_of(case.check_result, at)
    case.changed = gone_already(by=by, item=case.item, at=at)
    observations = history or newest
    outcome = decide(observations, Presence(case.item.presence), policies.confirmation, case.watch.dark_since)
    _note_clocks(case, newest, at, policies)
    _remember(case, newest, outcome, at)
    if outcome.removed:
        run = [
            observation for observation in observations if outcome.since and observation.at >= outcome.since
        ]
        kind = kind_of_removal(run, Handling(case.item.handling))
        confirm_gone(
            by=by,
            item=case.item,
            occurrence=case.occurrence,
            since=outcome.since or at,
            kind=kind,
            at=at,
            why="CHECKS",
        )
        case.changed = True
    elif outcome.reappeared:
        case.occurrence = reappear(by=by, item=case.item, since=outcome.since or at, at=at, why="CHECKS")
        case.changed = True
    elif outcome.presence is not None and outcome.presence != case.item.presence:
        why = str(newest[0].reason).upper()
        move(case.item, to=outcome.presence, by=by, at=at, track="presence", why=why)
        case.changed = True
    return outcome


def _note_clocks(case: _Case, newest: Sequence[Observation], at: datetime, policies: Policies) -> None:
    """Note the first check, the last one that saw the content and the first after it that found it gone.

    Clocks stop at the removal.
    """
    row = case.occurrence
    if row.removed_at is not None:
        return
    row.first_check_at = row.first_check_at or at
    if any(
        observation.is_seen and not counts_as_gone(observation, policies.confirmation)
        for observation in newest
    ):
        row.last_online_at, row.first_gone_at = at, None
    elif row.first_gone_at is None and any(
        counts_as_gone(observation, policies.confirmation) for observation in newest
    ):
        row.first_gone_at = at


def _remember(case: _Case, newest: Sequence[Observation], outcome: Outcome, at: datetime) -> None:
    """What the next check needs to know; content that moved is traced again."""
    watch, result = case.watch, best_result(case.check_result)
    watch.verdict, watch.reason, watch.checked_at, watch.checks = (
        result.classification.verdict,
        result.classification.reason,
        at,
        watch.checks + 1,
    )
    watch.dark_since = None if any(proves(observation) for observation in newest) else watch.dark_since or at
    ask = str(outcome.ask or "")
    if watch.ask != ask and (ask or result.classification.verdict is not ProbeResult.CHANGED):
        watch.ask, watch.asked_at = ask, at if ask else None
        case.changed = True
    moved = result.classification.verdict is ProbeResult.MOVED
    if moved:
        defer(Job.TRACE_ITEM, item_id=case.item.pk)
    if result.baseline is not None and (moved or result.classification.verdict is ProbeResult.ONLINE):
        _keep_baseline(case, result.baseline)


def best_result(check_result: CheckResult) -> ProfileResult:
    """The result that says most: one that saw the content, else one that found it gone, else the first."""
    return min(
        check_result.results,
        key=lambda g: 0 if g.classification.is_seen else 1 if g.classification.is_gone else 2,
    )


def _keep_baseline(case: _Case, seen: Baseline) -> None:
    watch = case.watch
    watch.has_baseline = True
    case.item.text_hash = seen.text_hash
    watch.title_hash, watch.body, watch.file_mark = seen.title_hash, seen.body, seen.file_mark
    watch.place, watch.at_home = seen.place, seen.at_home
    watch.network, watch.country = seen.network or watch.network, seen.country or watch.country


@dataclass(frozen=True)
class _Surroundings:
    """How crowded the hosts are and how fast the providers usually act."""

    crowds: dict[bytes, int]
    windows: dict[int, tuple[timedelta, timedelta]]

    @classmethod
    def of(cls, cases: Sequence[_Case], at: datetime) -> Self:
        providers = {case.item.provider_id for case in cases if case.item.provider_id}
        return cls(
            crowds([case.item for case in cases], at), usual_windows(providers, at) if providers else {}
        )


def _plan(
    *, by: Actor, case: _Case, outcome: Outcome, at: datetime, policies: Policies, around: _Surroundings
) -> None:
    """When to check next; an item that is not to be checked any more gets no plan."""
    item, watch = case.item, case.watch
    if item.kind != "WEB" or item.handling in UNPLANNED:
        item.next_check_at, watch.interval, watch.pace = None, None, ""
        return
    waits = max([case.check_result.too_soon, *(result.retry_after for result in case.check_result.results)])
    bent = Circumstances(
        awaits_second=outcome.awaits_second or bool(case.check_result.too_soon),
        fast=around.windows.get(item.provider_id or 0),
        crowd=around.crowds.get(bytes(item.host_index), 1),
        retry_after=timedelta(seconds=waits) if waits else None,
    )
    following = _next(case, bent, at, policies.cadence)
    if following.at is None:
        end_watch(by=by, item=item, at=at)
        case.changed = True
    item.next_check_at, watch.interval, watch.pace = following.at, following.interval, following.pace
    if case.check_result.too_soon:
        watch.pace = Pace.HOST_LIMIT


def _next(case: _Case, bent: Circumstances, at: datetime, cadence: Cadence) -> Next:
    row = case.occurrence
    if case.item.presence == Presence.REMOVED and row.removed_at is not None:
        return next_watch(cadence=cadence, removed_at=row.removed_at, at=at, seed=case.item.ref, bent=bent)
    anchor = row.notice_delivered_at or row.notice_sent_at or row.first_check_at or at
    return next_check(cadence=cadence, anchor=anchor, at=at, seed=case.item.ref, bent=bent)


def _store(cases: Sequence[_Case], at: datetime) -> None:
    """Three statements for the whole batch."""
    Watch.objects.bulk_create(
        [case.watch for case in cases],
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=WATCH_FIELDS,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE hotline_contentitem i SET next_check_at = v.at, text_hash = v.hash "
            "FROM unnest(%s::bigint[], %s::timestamptz[], %s::bigint[]) AS v(id, at, hash) WHERE i.id = v.id",
            [
                [c.item.pk for c in cases],
                [c.item.next_check_at for c in cases],
                [c.item.text_hash for c in cases],
            ],
        )
        rows = [c.occurrence for c in cases]
        cursor.execute(
            "UPDATE hotline_occurrence o SET first_check_at = v.first, last_online_at = v.online, "
            "first_gone_at = v.gone "
            "FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[]) AS "
            "v(id, first, online, gone) "
            "WHERE o.id = v.id",
            [
                [r.pk for r in rows],
                [r.first_check_at for r in rows],
                [r.last_online_at for r in rows],
                [r.first_gone_at for r in rows],
            ],
        )
