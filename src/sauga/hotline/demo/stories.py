"""The stories of the demo: generators that `yield` the next moment at which something happens."""

from datetime import datetime, timedelta

from sauga.hotline.assessment.actions import claims, routing, verdicts
from sauga.hotline.content.models import ContentItem
from sauga.hotline.demo.cases import DAY, HOUR, MINUTE, REMOVED, Case, Ending, verdict_for
from sauga.hotline.demo.letters import answering, bounced
from sauga.hotline.demo.places import HOSTS, SILENT, answers
from sauga.hotline.demo.stage import TRACER, Stage
from sauga.hotline.monitoring.rules.probe_classification import ProbeResult, Reason
from sauga.hotline.notices.actions import escalation, notice_delivery, providers
from sauga.hotline.reports.actions import closure, triage
from sauga.hotline.states import ReportState
from sauga.hotline.tracing import actions as tracing
from sauga.kernel.kit.demo import Story

SIGHTS = {
    Ending.GONE: (ProbeResult.GONE_HARD, Reason.STATUS, 410),
    Ending.SAYS_REMOVED: (ProbeResult.GONE_SOFT, Reason.SAYS_REMOVED, 200),
    Ending.TO_HOME: (ProbeResult.GONE_REDIRECT, Reason.TO_HOME, 200),
    Ending.NO_ANSWER: (ProbeResult.UNREACHABLE, Reason.SERVER_ERROR, 503),
    Ending.BEHIND_LOGIN: (ProbeResult.RESTRICTED, Reason.LOGIN, 200),
    Ending.CHALLENGE: (ProbeResult.CHALLENGED, Reason.CHALLENGE, 200),
    Ending.STILL_UP: (ProbeResult.ONLINE, Reason.SAME_TEXT, 200),
}
# A thinned plan of checks: enough to draw the timeline, a twentieth of what the monitor really makes.
LOOKS = (5 * MINUTE, HOUR, 8 * HOUR, 2 * DAY, 5 * DAY, 12 * DAY, 30 * DAY, 60 * DAY)
CONTACT = "skaitytojas@pavyzdys.example"
CONFIRMED_AFTER = 11 * MINUTE
WATCH = (DAY, 7 * DAY, 30 * DAY)


def gap(elapsed: timedelta) -> timedelta:
    """How far apart the monitor's checks are so long after the notice (policy.cadence as shipped)."""
    steps = (
        (20 * MINUTE, 5 * MINUTE),
        (80 * MINUTE, 20 * MINUTE),
        (DAY, HOUR),
        (3 * DAY, 2 * HOUR),
        (30 * DAY, 6 * HOUR),
    )
    return next((every for until, every in steps if elapsed < until), DAY)


def founding(stage: Stage, at: datetime) -> Story:
    """The providers of the synthetic internet are known, their contacts approved by a person."""
    yield at
    by = stage.actor("NOTICE_OFFICER", at)
    for host in HOSTS:
        provider = tracing.recognise_provider(by=TRACER, answers=answers(f"http://www.{host.domain}/"), at=at)
        if provider is None:
            continue
        values = {
            name: getattr(host, name) for name in ("language", "is_cdn", "memorandum_from", "promised_remove")
        }
        providers.change_provider(by=by, provider=provider, values=values, at=at)
        providers.add_network(by=by, provider=provider, kind="DOMAIN", value=host.domain, at=at)
        if host is SILENT:  # an old mailbox that is tried first, until its letter comes back
            providers.add_contact(
                by=by,
                provider=provider,
                email=f"noc@{host.domain}",
                position=0,
                addresses_inline=False,
                at=at,
            )
        for contact in provider.contacts.filter(approved_at=None):
            providers.approve_contact(by=by, contact=contact, at=at)


def handled(stage: Stage, case: Case, now: datetime) -> Story:
    """Reported, checked, assessed, notified, monitored, and removed or not."""
    at = now - case.ago
    yield at
    told = stage.report(case.address, case.category, at, language=case.language)
    item = told.item
    at += 40 * stage.second()
    yield at
    stage.check(item, ProbeResult.ONLINE, Reason.ANSWERS, at)
    if case.note:
        at += 3 * MINUTE
        yield at
        stage.note(told, case.note, at)
    at += case.waits
    yield at
    stage.take(item, at)
    at += MINUTE * stage.random.uniform(2, 7)
    yield at
    stage.assess(item, case.verdict, at)
    stage.begin(answering(stage, item, case, at))
    yield from followed(stage, item, case, at)


def followed(stage: Stage, item: ContentItem, case: Case, decided: datetime) -> Story:
    """What the monitor sees from the verdict on."""
    goes = case.ending in REMOVED
    until = decided + case.stays
    for look in LOOKS:
        if goes and look > case.stays:
            break
        yield decided + look
        late = case.ending is not Ending.STILL_UP and not goes and look > DAY
        sight = SIGHTS[case.ending] if late else SIGHTS[Ending.STILL_UP]
        stage.check(item, sight[0], sight[1], decided + look, status=sight[2])
    if goes:
        yield from gone(stage, item, case.ending, decided, until)


def gone(stage: Stage, item: ContentItem, ending: Ending, decided: datetime, until: datetime) -> Story:
    """Seen for the last time, found gone, found gone again, and watched."""
    apart = gap(until - decided)
    last = max(until - apart * stage.random.uniform(0.2, 0.8), decided + MINUTE)
    yield last
    stage.check(item, ProbeResult.ONLINE, Reason.SAME_TEXT, last)
    verdict, reason, status = SIGHTS[ending]
    for at in (
        last + apart,
        last + apart + CONFIRMED_AFTER,
        *(last + apart + CONFIRMED_AFTER + day for day in WATCH),
    ):
        yield at
        stage.check(item, verdict, reason, at, status=status)


def back_again(stage: Stage, case: Case, now: datetime, after: timedelta) -> Story:
    """What was taken down is back so long after the report: two checks agree, the clocks begin anew, and so
    does the notice."""
    stage.begin(handled(stage, case, now))
    for number in range(3):
        at = now - case.ago + after + number * 15 * MINUTE
        yield at
        stage.check(stage.item_of(case.address), ProbeResult.ONLINE, Reason.ANSWERS, at)


def waiting_for_reporter(
    stage: Stage, address: str, category: str, at: datetime, words: tuple[str, ...]
) -> Story:
    """The analyst asks; the reporter answers each question but the last, for which the report still waits."""
    yield at
    told = stage.report(address, category, at)
    stage.note(told, words[0], at)
    at += 2 * HOUR
    yield at
    stage.take(told.item, at)
    questions, answers = words[1::2], words[2::2]
    for number, question in enumerate(questions):
        at += 20 * MINUTE
        yield at
        stage.ask(told, question, at, wait_days=14)
        if number < len(answers):
            at += 9 * HOUR
            yield at
            stage.answer(told, answers[number], at)
    claims.release_item(by=stage.actor("ANALYST", at), item=told.item, at=at)


def untouched(
    stage: Stage,
    text: str,
    category: str,
    at: datetime,
    *,
    language: str = "lt",
    note: str = "",
    danger: bool = False,
) -> Story:
    """Reported, traced, checked; not assessed yet."""
    yield at
    told = stage.report(text, category, at, language=language)
    if danger:
        stage.danger(told, at)
    if note:
        stage.note(told, note, at)
        stage.contact(told, CONTACT, at)  # who writes a few words often wants an answer
    at += MINUTE
    yield at
    for item in told.items:
        if item.kind == "WEB":
            stage.check(item, ProbeResult.ONLINE, Reason.ANSWERS, at)


def in_hand(stage: Stage, address: str, category: str, at: datetime) -> Story:
    """An analyst has just begun with it."""
    yield from untouched(stage, address, category, at)
    at += 3 * HOUR
    yield at
    stage.take(stage.item_of(address), at)


def repeated(stage: Stage, address: str, category: str, at: datetime, *, language: str = "lt") -> Story:
    """The same place, reported again."""
    yield at
    stage.report(address, category, at, language=language)


def not_actioned(stage: Stage, address: str, category: str, at: datetime, reason: str) -> Story:
    """Assessed without action, for a reason that the reporter reads."""
    yield at
    told = stage.report(address, category, at)
    at += 5 * HOUR
    yield at
    stage.take(told.item, at)
    at += 4 * MINUTE
    yield at
    verdict = "NOT_ILLEGAL" if reason in {"NOT_ILLEGAL", "LAWFUL_WHERE_HOSTED"} else "NOT_ASSESSABLE"
    stage.assess(told.item, verdicts.Verdict(verdict=verdict, no_action_reason=reason), at)


def doubtful(stage: Stage, address: str, category: str, at: datetime, *, second: str = "") -> Story:
    """The analyst doubts; a second person must review.

    `second` is that person's category of verdict, none before the review.
    """
    yield at
    told = stage.report(address, category, at)
    at += 4 * HOUR
    yield at
    stage.take(told.item, at)
    at += 6 * MINUTE
    yield at
    stage.assess(
        told.item, verdicts.Verdict(verdict="DOUBTFUL"), at, note="Abejotina, prašoma antros nuomonės."
    )
    if second:
        at += 3 * HOUR
        yield at
        told.item.refresh_from_db()
        verdicts.review_item(
            by=stage.actor("SECOND_REVIEWER", at), item=told.item, verdict=verdict_for(second), at=at
        )


def held(stage: Stage, address: str, at: datetime, hours: int) -> Story:
    """The police liaison has requested a hold before the provider is notified."""
    yield at
    told = stage.report(address, "CSAM", at)
    at += 30 * MINUTE
    yield at
    stage.hold(told.item, "LIVE_INVESTIGATION", hours, at)
    stage.take(told.item, at)
    at += 5 * MINUTE
    yield at
    stage.assess(told.item, verdict_for("CSAM"), at)


def consulted(stage: Stage, text: str, at: datetime, words: tuple[str, str]) -> Story:
    """No content to assess: a person asks for advice and gets it."""
    yield at
    told = stage.report(text, "UNKNOWN", at)
    stage.note(told, words[0], at)
    at += 2 * HOUR
    yield at
    stage.take(told.item, at)
    at += 10 * MINUTE
    yield at
    stage.ask(told, words[1], at)
    closure.close_report(
        by=stage.actor("ANALYST", at), report=told.report, outcome=ReportState.CONSULTED, at=at
    )
    stage.assess(told.item, verdicts.Verdict(verdict="NOT_ASSESSABLE", no_action_reason="NOT_ACCESSIBLE"), at)


def spam(stage: Stage, text: str, at: datetime, reason: str) -> Story:
    """Spam; it can be undone."""
    yield at
    told = stage.report(text, "UNKNOWN", at, language="en", spam_score=60)
    at += HOUR
    yield at
    closure.mark_spam(by=stage.actor("ANALYST", at), report=told.report, reason=reason, at=at)


def triaged(stage: Stage, address: str, at: datetime, category: str, priority: str) -> Story:
    """Reported as "I don't know"; an analyst has set the category."""
    yield at
    told = stage.report(address, "UNKNOWN", at)
    at += HOUR
    yield at
    triage.triage_report(
        by=stage.actor("ANALYST", at), report=told.report, category=category, priority=priority, at=at
    )


def bouncing(stage: Stage, case: Case, now: datetime) -> Story:
    """The first contact of the provider does not exist any more; the next one is written to."""
    stage.begin(handled(stage, case, now))
    at = now - case.ago + case.waits + 20 * MINUTE
    yield at
    bounced(stage.item_of(case.address), at)


def housekeeping(now: datetime, since: timedelta, every: timedelta = DAY) -> Story:
    """What the worker does by the clock: terms that are over, rungs that are due."""
    at = now - since
    while at < now:
        yield at
        routing.expire_holds(at=at)
        notice_delivery.give_up_waiting(at=at)
        escalation.climb(at=at)
        escalation.doubt_claims(at=at)
        escalation.close_ended(at=at)
        at += every
    yield now
