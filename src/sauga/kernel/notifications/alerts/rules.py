"""Escalation: whom an alert calls and when it goes on to the next. Services register the targets, staff edit
the steps (`policy.alerts_<service>`)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel.i18n import format_phone
from sauga.kernel.refusals import ActionRefused

MOST_STEPS = 6
LONGEST_WAIT = timedelta(hours=1)


class StepsUnfit(ActionRefused):
    """Escalation steps that cannot be used.

    `why` is a code: none, too_many, first, order, wait, target, phone.
    """

    message = _("These steps cannot be used.")
    messages = {
        "first": _("The first line is called at once: 0 seconds."),
        "order": _("Each line must come later than the one above it."),
        "phone": _("This is not a phone number."),
    }


@dataclass(frozen=True)
class Target:
    """People an alert can call who do not simply hold a role, for example the shift leads on duty; `people`
    answers with persons of now."""

    label: Any
    people: Callable[[], Iterable[Any]]


@dataclass(frozen=True)
class Ladder:
    """Steps of their own for some kinds of alerts, which a person ends and says how: `endings` is the
    vocabulary of the ways."""

    name: str
    label: Any
    kinds: frozenset[str]
    endings: str


@dataclass(frozen=True)
class AlertService:
    """How one service is called.

    `kinds` are its notification templates that may be raised as alerts; `roles` may be steps' targets; `edit`
    is the permission to change the steps; `otherwise` is the role that is called where no steps are loaded.
    `ladders` are the steps of kinds that have their own.
    """

    code: str
    zone: str
    label: Any
    kinds: frozenset[str]
    roles: tuple[str, ...]
    otherwise: str
    edit: StrEnum
    targets: Mapping[str, Target] = field(default_factory=dict)
    ladders: tuple[Ladder, ...] = ()

    @property
    def policy(self) -> str:
        """The policy that holds the steps."""
        return f"policy.alerts_{self.code}"

    def ladder_of(self, kind: str) -> Ladder | None:
        """The ladder of a kind that has its own."""
        return next((one for one in self.ladders if kind in one.kinds), None)

    def policy_of(self, ladder: Ladder | None) -> str:
        """The policy that holds the steps of a ladder; without one, the service's."""
        return f"{self.policy}_{ladder.name}" if ladder else self.policy


@dataclass(frozen=True)
class Step:
    """So long after the alert was raised, these people are called; `phone` is shown to the sender once they
    are."""

    after: timedelta
    to: str
    phone: str = ""

    @property
    def seconds(self) -> int:
        """The wait in whole seconds."""
        return int(self.after.total_seconds())


_registered: dict[str, AlertService] = {}


def register_alerts(service: AlertService) -> None:
    """Let a service raise alerts.

    Called from its `AppConfig.ready`. Raises ValueError when its code is taken or a kind is another's.
    """
    if wrong := sorted(kind for kind in service.kinds if not kind.startswith(f"{service.code}.")):
        raise ValueError(f"{wrong[0]} does not belong to {service.code}")
    if _registered.setdefault(service.code, service).kinds != service.kinds:
        raise ValueError(f"the alerts of {service.code} are registered already")


def services() -> list[AlertService]:
    """All services that raise alerts, by code."""
    return [_registered[code] for code in sorted(_registered)]


def service_named(code: str) -> AlertService | None:
    """The service of this code, or None where the installation does not run it."""
    return _registered.get(code)


def service_of(kind: str) -> AlertService:
    """The service that may raise this kind. Raises ValueError for a kind that is not registered."""
    service = _registered.get(kind.partition(".")[0])
    if service is None or kind not in service.kinds:
        raise ValueError(f"{kind[:80]} is no alert")
    return service


def read_steps(service: AlertService, value: Mapping[str, Any]) -> list[Step]:
    """The steps that stand in a policy's value. Raises StepsUnfit."""
    given = value.get("steps")
    if not isinstance(given, list | tuple) or not all(isinstance(one, Mapping) for one in given):
        raise StepsUnfit("none")
    try:
        steps = [
            Step(timedelta(seconds=int(one["after"])), str(one["to"]), str(one.get("phone", "")))
            for one in given
        ]
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise StepsUnfit("order") from error
    check_steps(service, steps)
    return steps


def check_steps(service: AlertService, steps: Sequence[Step]) -> None:
    """Raises StepsUnfit unless there are one to six steps, the first at once, each later than the last, to
    people who can be called."""
    if not steps:
        raise StepsUnfit("none")
    if len(steps) > MOST_STEPS:
        raise StepsUnfit("too_many")
    if steps[0].after != timedelta():
        raise StepsUnfit("first")
    if any(later.after <= earlier.after for earlier, later in pairwise(steps)):
        raise StepsUnfit("order")
    if steps[-1].after > LONGEST_WAIT:
        raise StepsUnfit("wait")
    if any(step.to not in service.targets and step.to not in service.roles for step in steps):
        raise StepsUnfit("target")
    if any(step.phone and (len(step.phone) > 24 or format_phone(step.phone) is None) for step in steps):
        raise StepsUnfit("phone")


def written(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The steps as a policy holds them."""
    return [{"after": step.seconds, "to": step.to, "phone": step.phone} for step in steps]
