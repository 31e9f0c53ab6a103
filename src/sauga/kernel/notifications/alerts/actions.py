"""Writes of alerts: raise, acknowledge, call the next people, end, and change the rules by which the next are
called."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DateTimeField, F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.kernel import audit, live, vocab
from sauga.kernel.identity import PersonActor, person_actor, require
from sauga.kernel.identity.models import Person
from sauga.kernel.identity.queries import holders_of
from sauga.kernel.notifications.actions import notify
from sauga.kernel.notifications.alerts.permissions import Permission
from sauga.kernel.notifications.alerts.queries import alert_for, steps_of, works_for
from sauga.kernel.notifications.alerts.rules import (
    AlertService,
    Ladder,
    Step,
    check_steps,
    service_named,
    service_of,
    services,
    written,
)
from sauga.kernel.notifications.channel import channel_of
from sauga.kernel.notifications.message_templates import NotificationRefused, check
from sauga.kernel.notifications.models import Alert, Notification
from sauga.kernel.notifications.trail import Trail
from sauga.kernel.refusals import ActionRefused, ChangedMeanwhile
from sauga.kernel.states import Actor, SystemActor, lock

ESCALATOR = SystemActor("alerts")
MOST = 200


class AlertOver(ActionRefused):
    """The alert is acknowledged already, or it is no longer needed."""

    message = _("Somebody has answered this alert already, or it is no longer needed.")


class EndingMissing(ActionRefused):
    """The person who ends this alert says how."""

    message = _("Say how the alert ends.")


class NobodyFurther(ActionRefused):
    """Everybody whom the rules name has been called."""

    message = _("There is nobody else to call. Use the phone.")


class NotTheSender(ActionRefused):
    """Only the person who raised an alert may take it back."""

    message = _("Only the person who raised the alert can do this.")


def raise_alert(
    *,
    by: Actor,
    kind: str,
    about: str,
    at: datetime,
    context: Mapping[str, str | int] | None = None,
    link: str = "",
) -> Alert:
    """Call people at once, within the caller's transaction; the caller's action has asked whether `by` may do
    what calls for it.

    Each person of the first step that has holders gets a notification, a mail and a bar on every page;
    the person who raises it is not called. While an alert about the same thing waits for an answer, that one
    is returned and no person is called twice. `context` and `link` as for `notify`. Raises ValueError for a
    kind that is not registered, NotificationRefused.
    """
    service, params = service_of(kind), check(kind, context or {})
    if not (0 < len(about) <= 120 and about.isascii() and about.isprintable()):
        raise NotificationRefused("an alert is about a reference")
    with transaction.atomic():
        raiser = by.person_id if isinstance(by, PersonActor) else None
        new = Alert(
            kind=kind, params=params, about=about, link=link, raised_by_id=raiser, raised_at=at, next_at=at
        )
        Alert.objects.bulk_create(
            [new], ignore_conflicts=True
        )  # one unanswered alert about a thing, also when two raise it at once
        alert = Alert.objects.filter(about=about).latest("pk")
        if alert.ref != new.ref:
            return alert
        called = _call_next(alert, service, at)
        audit.record(
            by, Trail.ALERT_RAISED, alert, zone=service.zone, at=at, facts={"kind": kind, "called": called}
        )
        return alert


def acknowledge_alert(*, by: PersonActor, ref: str, at: datetime) -> Alert:
    """“I see it”: the first to say so is named to all, and no others are called. Again, it changes
    nothing.

    Raises NotFound unless the alert calls the person; AlertOver when it is no longer needed.
    """
    with transaction.atomic():
        alert = lock(alert_for(by, ref))
        if alert.ended_at is not None:
            raise AlertOver
        if not alert.calls.filter(person_id=by.person_id).exists():
            raise NotTheSender  # one does not see one's own call for help
        return _acknowledge(alert, by, at)


def acknowledge_about(*, by: PersonActor, about: str, at: datetime) -> Alert | None:
    """The same for a person who has just acted on the matter itself: they have seen it.

    None when no alert about it waits.
    """
    with transaction.atomic():
        alert = (
            Alert.objects.unanswered()
            .select_for_update()
            .filter(about=about)
            .exclude(raised_by_id=by.person_id)
            .first()
        )
        return _acknowledge(alert, by, at) if alert is not None and works_for(by, alert.service) else None


def _acknowledge(alert: Alert, by: PersonActor, at: datetime) -> Alert:
    if alert.acknowledged_at is not None:
        return alert
    alert.acknowledged_by_id, alert.acknowledged_at, alert.next_at = by.person_id, at, None
    alert.save(update_fields=["acknowledged_by", "acknowledged_at", "next_at"])
    facts: dict[str, str | int] = {
        "kind": alert.kind,
        "seconds": max(0, int((at - alert.raised_at).total_seconds())),
    }
    audit.record(by, Trail.ALERT_ACKNOWLEDGED, alert, zone=_zone(alert), at=at, facts=facts)
    _signal(alert)
    return alert


def call_next(*, by: PersonActor, ref: str, at: datetime) -> Alert:
    """Call the next people now instead of waiting: by the person who raised the alert, or by one who cannot
    come and passes it on.

    The bar leaves the pages of the person who passes it on. Raises NotFound, AlertOver, NobodyFurther.
    """
    with transaction.atomic():
        alert = lock(alert_for(by, ref))
        if not alert.is_unanswered:
            raise AlertOver
        service = service_named(alert.service)
        if service is None or alert.next_at is None:
            raise NobodyFurther
        alert.next_at = at
        called = _call_next(alert, service, at)
        if not called:
            raise NobodyFurther
        alert.calls.filter(person_id=by.person_id, read_at__isnull=True).update(read_at=at)
        _record_step(by, alert, called, at)
        return alert


def withdraw_alert(*, by: PersonActor, ref: str, at: datetime) -> Alert:
    """The person who raised it needs no help any more.

    Again, it changes nothing. Raises NotFound, NotTheSender.
    """
    with transaction.atomic():
        alert = lock(alert_for(by, ref))
        if alert.raised_by_id != by.person_id:
            raise NotTheSender
        return alert if alert.ended_at is not None else _end(by, alert, withdrawn=True, at=at)


def end_alert(*, by: PersonActor, ref: str, ending: str, at: datetime) -> Alert:
    """A person whom the alert called ends it and says how, a code of its ladder's `endings`; everybody it
    called reads who and how.

    Again, it changes nothing. Raises NotFound, EndingMissing.
    """
    with transaction.atomic():
        alert = lock(alert_for(by, ref))
        ladder = _ladder(alert)
        if ladder is None or not vocab.has_term(ladder.endings, ending, at=at):
            raise EndingMissing
        if alert.ended_at is not None:
            return alert
        return _end(by, alert, withdrawn=False, ending=ending, at=at)


def _ladder(alert: Alert) -> Ladder | None:
    service = service_named(alert.service)
    return service.ladder_of(alert.kind) if service else None


def end_alerts(*, by: Actor, about: str, at: datetime, kinds: Iterable[str] = ()) -> int:
    """The matter is settled (a person took it): no help is needed any more. An alert that a person ends is
    over with it, too, when a person has seen it already.

    Returns how many alerts that ended.
    """
    with transaction.atomic():
        by_people = [kind for one in services() for ladder in one.ladders for kind in ladder.kinds]
        open_ = Q(acknowledged_at__isnull=True) | Q(kind__in=by_people)
        waiting = Alert.objects.select_for_update().filter(open_, about=about, ended_at__isnull=True)
        chosen = list(waiting.filter(kind__in=list(kinds)) if kinds else waiting)
        for alert in chosen:
            _end(by, alert, withdrawn=False, at=at)
        return len(chosen)


def _end(by: Actor, alert: Alert, *, withdrawn: bool, at: datetime, ending: str = "") -> Alert:
    alert.ended_at, alert.next_at, alert.ending = at, None, ending
    alert.ended_by_id = by.person_id if isinstance(by, PersonActor) else None
    alert.save(update_fields=["ended_at", "next_at", "ended_by", "ending"])
    audit.record(
        by,
        Trail.ALERT_ENDED,
        alert,
        zone=_zone(alert),
        at=at,
        facts={"kind": alert.kind, "withdrawn": withdrawn, "ending": ending},
    )
    _signal(alert)
    return alert


def escalate_alerts(*, by: Actor = ESCALATOR, at: datetime) -> int:
    """Call the next people for every alert not acknowledged in time; none twice.

    Returns for how many alerts.
    """
    require(by, Permission.ESCALATE)
    due = list(Alert.objects.due(at).order_by("next_at", "pk").values_list("pk", flat=True)[:MOST])
    return sum(_escalate(by, pk, at) for pk in due)


def _escalate(by: Actor, pk: int, at: datetime) -> bool:
    with transaction.atomic():
        alert = Alert.objects.due(at).select_for_update(skip_locked=True).filter(pk=pk).first()
        service = service_named(alert.service) if alert else None
        if alert is None or service is None:
            return False
        while alert.next_at is not None and alert.next_at <= at:
            if called := _call_next(alert, service, at):
                _record_step(by, alert, called, at)
        return True


def _call_next(alert: Alert, service: AlertService, at: datetime) -> int:
    """Call the people of the next step that reaches anybody new, plan the step after it, and return how many
    were called."""
    steps, called = steps_of(service, at, alert.kind), 0
    planned = alert.next_at or at
    while alert.step < len(steps) and not called:
        called = _call(alert, steps[alert.step], service, at)
        alert.step += 1
    wait = steps[alert.step].after - steps[alert.step - 1].after if alert.step < len(steps) else None
    alert.next_at = planned + wait if wait is not None else None
    alert.save(update_fields=["step", "next_at"])
    if alert.next_at is not None:
        app.configure_task("notices.escalate", queue="alerts", schedule_at=alert.next_at).defer()
    _signal(alert)
    return called


def _call(alert: Alert, step: Step, service: AlertService, at: datetime) -> int:
    people: Iterable[Person] = (
        service.targets[step.to].people()
        if step.to in service.targets
        else holders_of(step.to, service.code, at)
    )
    passed_over = {alert.raised_by_id, *alert.calls.values_list("person_id", flat=True)}
    new = [
        one
        for one in people
        if one.pk not in passed_over and one.is_active and works_for(person_actor(one, at), service.code)
    ]
    for person in new:
        notify(
            to=person,
            template=alert.kind,
            context=alert.params,
            link=alert.link,
            urgent=True,
            alert=alert,
            at=at,
        )
    return len(new)


def _record_step(by: Actor, alert: Alert, called: int, at: datetime) -> None:
    facts: dict[str, str | int] = {"kind": alert.kind, "step": alert.step, "called": called}
    audit.record(by, Trail.ALERT_ESCALATED, alert, zone=_zone(alert), at=at, facts=facts)


def _zone(alert: Alert) -> str:
    service = service_named(alert.service)
    return service.zone if service else audit.INSTALLATION


def _signal(alert: Alert) -> None:
    """Signal everybody concerned that the alert has changed: those it calls and the one who raised it."""
    people = {alert.raised_by_id, *alert.calls.values_list("person_id", flat=True)} - {None}
    for person_id in sorted(pk for pk in people if pk is not None):
        live.signal(channel_of(person_id))


def mark_shown(*, by: PersonActor, at: datetime) -> int:
    """The person's alerts stand on a page of theirs; kept once, so that the sender sees it.

    Returns how many are new.
    """
    with transaction.atomic():
        new = Notification.objects.filter(person_id=by.person_id, alert__isnull=False, shown_at__isnull=True)
        raisers = set(new.values_list("alert__raised_by_id", flat=True))
        count = new.update(shown_at=at) if raisers else 0
        for person_id in sorted(pk for pk in raisers if pk is not None):
            live.signal(channel_of(person_id))
        return count


def keep_the_hour_only(at: datetime, keep: timedelta) -> int:
    """An alert tells when a person wrote or reported; after `keep` its times are cut to the hour.

    Returns how many were.
    """
    old = Alert.objects.filter(raised_at__lt=at - keep).exclude(raised_at=_hour("raised_at"))
    chosen = list(old.values_list("pk", flat=True)[:MOST])
    with transaction.atomic():
        cut = {name: _hour(name) for name in ("created_at", "read_at", "mailed_at", "shown_at")}
        Notification.objects.filter(alert__in=chosen).update(**cut)
        return Alert.objects.filter(pk__in=chosen).update(
            **{name: _hour(name) for name in ("raised_at", "acknowledged_at", "ended_at")}
        )


def _hour(name: str) -> Func:
    """The instant cut to its hour.

    (Django's TruncHour answers in local time, which is another instant once it is stored.)
    """
    return Func(Value("hour"), F(name), function="date_trunc", output_field=DateTimeField())


def change_alert_rules(
    *,
    by: PersonActor,
    service: AlertService,
    steps: Sequence[Step],
    based_on: int,
    at: datetime,
    ladder: Ladder | None = None,
) -> int:
    """Write the next version of the steps of a service, or of one of its ladders; it holds from now on, also
    for alerts under way. Returns its number.

    Raises PermissionRefused, StepsUnfit, ChangedMeanwhile.
    """
    require(by, service.edit)
    check_steps(service, steps)
    with transaction.atomic():
        name = service.policy_of(ladder)
        seen = vocab.seen_policy(name, based_on)
        value = {**(seen.value if seen else {}), "steps": written(steps)}
        row = vocab.set_policy(by=by, name=name, value=value, at=at)
        if row.version != based_on + 1:
            raise ChangedMeanwhile
        facts: dict[str, str | int] = {"service": service.code, "version": row.version}
        audit.record(by, Trail.ALERT_RULES_CHANGED, name, zone=service.zone, at=at, facts=facts)
        return row.version


__all__ = [
    "AlertOver",
    "EndingMissing",
    "NobodyFurther",
    "NotTheSender",
    "acknowledge_about",
    "acknowledge_alert",
    "call_next",
    "change_alert_rules",
    "end_alert",
    "end_alerts",
    "escalate_alerts",
    "keep_the_hour_only",
    "mark_shown",
    "raise_alert",
    "withdraw_alert",
]
