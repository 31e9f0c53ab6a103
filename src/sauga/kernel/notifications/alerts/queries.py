"""Reads of alerts: the bars on a person's pages, the progress of an alert, the escalation steps in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from sauga.kernel import vocab
from sauga.kernel.i18n import format_phone
from sauga.kernel.identity import NotFound, PersonActor, allowed
from sauga.kernel.identity.models import Role
from sauga.kernel.notifications.alerts.rules import (
    AlertService,
    Ladder,
    Step,
    StepsUnfit,
    read_steps,
    service_named,
    services,
)
from sauga.kernel.notifications.message_templates import words
from sauga.kernel.notifications.models import Alert, AlertQuerySet, Notification

SEEN_SHOWN = timedelta(minutes=30)
"""How long the others still see that somebody has acknowledged an alert, unless they hide it."""
SENT_SHOWN = timedelta(hours=12)
"""How long the sender's page tells who acknowledged an alert; an unanswered one stands there until it is
over."""


@dataclass(frozen=True)
class Bar:
    """One alert as a person whom it calls sees it on every page.

    `next_to` is empty when no others are left to be called, `is_new` while the bar has not been on any page
    of theirs. `phones` are the numbers to call, `endings` the ways in which a person ends it, both for alerts
    with a ladder of their own; `ending` is the way in which it has ended.
    """

    alert: Alert
    text: str
    service: Any
    call: int
    next_to: str
    next_at: datetime | None
    is_mine: bool
    is_new: bool
    phones: "list[Phone]"
    endings: list[tuple[str, str]]
    ending: str

    @property
    def version(self) -> str:
        """Changes whenever the bar looks different; a page that shows this one is left alone."""
        return (
            f"{self.alert.ref}:{self.alert.step}:{self.alert.acknowledged_at is not None}:{self.alert.ending}"
        )


@dataclass(frozen=True)
class Called:
    """One person whom an alert called; `shown_at` is when its bar was put on a page of theirs, None when on
    none yet."""

    name: str
    at: datetime
    shown_at: datetime | None


@dataclass(frozen=True)
class Phone:
    """A number to call while the alert is not seen."""

    who: str
    number: str


@dataclass(frozen=True)
class Sent:
    """What became of an alert: for the person who raised it."""

    alert: Alert
    text: str
    called: list[Called]
    phones: list[Phone]
    next_to: str
    next_at: datetime | None
    is_mine: bool

    @property
    def version(self) -> str:
        """Changes whenever the page should look different."""
        shown = sum(one.shown_at is not None for one in self.called)
        return (
            f"{self.alert.ref}:{self.alert.step}:{self.alert.acknowledged_at is not None}"
            f":{len(self.called)}:{shown}"
        )


def alert_for(by: PersonActor, ref: str) -> Alert:
    """An alert that calls the person or that they raised, while they still work for its service; to anyone
    else it does not exist."""
    mine = Q(calls__person_id=by.person_id) | Q(raised_by_id=by.person_id)
    row = Alert.objects.filter(mine, ref=ref).distinct().first()
    if row is None or not works_for(by, row.service):
        raise NotFound
    return row


def works_for(by: PersonActor, service: str) -> bool:
    """Whether the person holds any permission of the service now: a person who left it is neither called nor
    shown anything."""
    return any(permission.startswith(f"{service}.") for permission in by.grants)


def steps_of(service: AlertService, at: datetime, kind: str = "") -> list[Step]:
    """The steps in force for a kind of alert; without one, the service's own.

    Where none are loaded, or they cannot be read, everybody of the service's fallback role is called at once.
    """
    try:
        return read_steps(service, vocab.policy(service.policy_of(service.ladder_of(kind)), at=at))
    except (vocab.UnknownPolicy, StepsUnfit):
        return [Step(timedelta(), service.otherwise)]


def step_label(service: AlertService, to: str) -> str:
    """Whom a step calls, in words."""
    if to in service.targets:
        return str(service.targets[to].label)
    role = Role.objects.filter(code=to).first()
    return gettext("%(role)s (all)") % {"role": role.label} if role else to


def _next(alert: Alert, at: datetime) -> tuple[str, datetime | None]:
    service = service_named(alert.service)
    steps = steps_of(service, at, alert.kind) if service and alert.next_at else []
    return (
        (step_label(service, steps[alert.step].to), alert.next_at)
        if service and alert.step < len(steps)
        else ("", None)
    )


def bars(by: PersonActor, at: datetime) -> list[Bar]:
    """The alerts that stand on every page of the person: unanswered ones first, then those that a person
    acknowledged lately or that a person has yet to end, and those that a person ended lately."""
    lately = at - SEEN_SHOWN
    by_people = [kind for one in services() for ladder in one.ladders for kind in ladder.kinds]
    seen = Q(alert__acknowledged_at__isnull=True) | Q(alert__acknowledged_at__gt=lately)
    shown = Q(alert__ended_at__isnull=True) & (seen | Q(alert__kind__in=by_people))
    ended = Q(alert__ended_at__gt=lately) & ~Q(alert__ending="")
    calls = Notification.objects.filter(
        shown | ended, person_id=by.person_id, read_at__isnull=True, alert__isnull=False
    )
    found = calls.select_related("alert__raised_by", "alert__acknowledged_by", "alert__ended_by").order_by(
        "alert__acknowledged_at", "alert__raised_at"
    )
    return [_bar(by, call, at) for call in found if call.alert and works_for(by, call.alert.service)]


def _bar(by: PersonActor, call: Notification, at: datetime) -> Bar:
    alert = call.alert
    assert alert is not None
    service = service_named(alert.service)
    next_to, next_at = _next(alert, at)
    ladder = service.ladder_of(alert.kind) if service else None
    is_open = ladder is not None and alert.ended_at is None
    return Bar(
        alert,
        words(alert.kind, alert.params),
        service.label if service else "",
        call.pk,
        next_to,
        next_at,
        alert.acknowledged_by_id == by.person_id,
        call.shown_at is None,
        _phones(alert, at) if is_open else [],
        vocab.choices(ladder.endings) if ladder is not None and is_open else [],
        vocab.label(ladder.endings, alert.ending) if ladder is not None and alert.ending else "",
    )


def _sent(by: PersonActor, at: datetime) -> AlertQuerySet:
    mine = Q(calls__person_id=by.person_id) | Q(raised_by_id=by.person_id)
    lately = Q(acknowledged_at__isnull=True) | Q(acknowledged_at__gt=at - SENT_SHOWN)
    return Alert.objects.filter(mine, lately, ended_at__isnull=True)


def things_with_alerts(by: PersonActor, at: datetime) -> frozenset[str]:
    """Everything about which `sent` has something to tell: one question for a page that shows many things."""
    return frozenset(_sent(by, at).values_list("about", flat=True))


def sent(by: PersonActor, about: str, at: datetime) -> Sent | None:
    """What became of the latest alert about something, when the person raised it or is called by it; None
    when there is none."""
    alert = (
        _sent(by, at)
        .filter(about=about)
        .select_related("acknowledged_by")
        .order_by("-raised_at", "-pk")
        .first()
    )
    if alert is None or not works_for(by, alert.service):
        return None
    calls = alert.calls.select_related("person").order_by("created_at", "person__name")
    next_to, next_at = _next(alert, at)
    return Sent(
        alert,
        words(alert.kind, alert.params),
        [Called(call.person.name, call.created_at, call.shown_at) for call in calls],
        _phones(alert, at) if alert.is_unanswered else [],
        next_to,
        next_at,
        alert.raised_by_id == by.person_id,
    )


def stands(about: str) -> bool:
    """Whether the latest alert about something still holds: it waits for an answer, or a person has seen it.
    Not after it was withdrawn or ended."""
    latest = Alert.objects.filter(about=about).order_by("-raised_at", "-pk").first()
    return latest is not None and latest.ended_at is None


def _phones(alert: Alert, at: datetime) -> list[Phone]:
    """The numbers of the steps taken so far; before any of them has one, the first number there is."""
    service = service_named(alert.service)
    if service is None:
        return []
    steps = steps_of(service, at, alert.kind)
    known = [step for step in steps[: alert.step] if step.phone] or [step for step in steps if step.phone][:1]
    return [Phone(step_label(service, step.to), format_phone(step.phone) or step.phone) for step in known]


@dataclass(frozen=True)
class Rules:
    """The steps of one service, or of one of its ladders, as its administrator sees them: those in force and
    every earlier version, newest first. `others` are the ladders beside it, with their addresses' codes."""

    service: AlertService
    ladder: Ladder | None
    code: str
    others: list[tuple[str, Any]]
    version: int
    steps: list[Step]
    earlier: list[tuple[int, list[Step]]]
    choices: list[tuple[str, str]]


def rules_of(by: PersonActor, code: str, at: datetime) -> Rules:
    """The rules of a service (`helpline`) or of one of its ladders (`helpline-cover`) whose steps the person
    may change. Raises NotFound."""
    service_code, _dash, name = code.partition("-")
    service = service_named(service_code)
    if service is None or not allowed(by, service.edit):
        raise NotFound
    ladder = next((one for one in service.ladders if one.name == name), None)
    if name and ladder is None:
        raise NotFound
    policy = service.policy_of(ladder)
    versions = [(one.version, _readable(service, one)) for one in vocab.policy_history(policy)]
    steps = steps_of(service, at, next(iter(ladder.kinds)) if ladder else "")
    ways = [(service.code, service.label)]
    ways += [(f"{service.code}-{one.name}", one.label) for one in service.ladders]
    newest = max((version for version, _steps in versions), default=0)
    earlier = sorted(
        ((version, found) for version, found in versions if version != newest and found), reverse=True
    )
    others = [way for way in ways if way[0] != code]
    return Rules(service, ladder, code, others, newest, steps, earlier, choices_of(service))


def _readable(service: AlertService, value: Any) -> list[Step]:
    try:
        return read_steps(service, value)
    except StepsUnfit:
        return []


def choices_of(service: AlertService) -> list[tuple[str, str]]:
    """Whom a step may call, in words."""
    codes: Sequence[str] = [*service.targets, *service.roles]
    return [(code, step_label(service, code)) for code in codes]


def may_edit(by: PersonActor) -> list[AlertService]:
    """The services whose steps the person may change."""
    return [service for service in services() if allowed(by, service.edit)]
