"""Deployments: a partner's own, and all of them for the awareness centre."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext

from sauga.kernel.identity import NotFound
from sauga.kernel.members import MemberActor
from sauga.kernel.organisations.models import Organisation
from sauga.repository.adaptations.queries.partners import MOST, NAMES, own_rows
from sauga.repository.deployments.models import Deployment
from sauga.repository.states import DeploymentState


@dataclass(frozen=True)
class Use:
    """How a deployment is used: the total per kind of contact."""

    kind: str
    total: int


def own_deployments(by: MemberActor) -> QuerySet[Deployment]:
    """Where the adaptations of the member's organisations are used."""
    rows = Deployment.objects.filter(own_rows(by)).select_related(
        "adaptation", "adaptation__base", "organisation__registered_as"
    )
    return rows.annotate(uses=Sum("days__n")).order_by("-requested_at", "-pk")[:MOST]


def deployment_for(by: MemberActor, ref: str) -> Deployment:
    """One deployment of an organisation that the member acts for. Raises NotFound."""
    row = (
        Deployment.objects.filter(own_rows(by), ref=ref)
        .select_related("adaptation", "adaptation__base", "organisation__registered_as")
        .first()
    )
    if row is None:
        raise NotFound
    return row


def suspended(by: MemberActor) -> list[Deployment]:
    """Those of the member's organisations that the awareness centre suspended."""
    return list(Deployment.objects.filter(own_rows(by), state=DeploymentState.SUSPENDED))


def uses_of(deployment: Deployment) -> list[Use]:
    """Totals by kind of contact."""
    rows = deployment.days.values("kind").annotate(total=Sum("n")).order_by("kind")
    return [Use(row["kind"], row["total"]) for row in rows]


def days_of(deployment: Deployment, today: date, days: int = 30) -> list[tuple[date, int]]:
    """The last days with the number of contacts on each."""
    rows = (
        deployment.days.filter(day__gt=today - timedelta(days=days))
        .values("day")
        .annotate(n=Sum("n"))
        .order_by("-day")
    )
    return [(row["day"], row["n"]) for row in rows]


def every_deployment(state: str = "") -> list[Deployment]:
    """All deployments, those without contact first."""
    rows = (
        Deployment.objects.select_related("organisation__registered_as", "adaptation", "adaptation__base")
        .prefetch_related(NAMES)
        .annotate(uses=Sum("days__n"))
    )
    rows = rows.filter(state=state) if state else rows.exclude(state=DeploymentState.ENDED)
    return list(rows.order_by("-last_seen", "-pk")[:MOST])


def use_of(organisation: Organisation, at: datetime) -> str:
    """Whether adaptations of an organisation are in use, in words; the register asks before it closes one."""
    rows = Deployment.objects.filter(organisation__registered_as=organisation, requested_at__lte=at)
    is_used = rows.exclude(state=DeploymentState.ENDED).exists()
    return gettext("its adaptations of resources are in use") if is_used else ""


def any_deployment(ref: str) -> Deployment:
    """A deployment of any partner. Raises NotFound."""
    row = (
        Deployment.objects.filter(ref=ref).select_related("adaptation", "organisation__registered_as").first()
    )
    if row is None:
        raise NotFound
    return row
