"""What a partner's editor and the awareness centre see of partners, their versions and where these are used."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet, Sum

from sauga.kernel.identity import NotFound, PersonActor
from sauga.kernel.identity.models import Organisation
from sauga.repository.models import Adaptation, Deployment, Partner, Resource
from sauga.repository.rules.permissions import Permission
from sauga.repository.states import AdaptationState, DeploymentState

OPEN_ADAPTATIONS = [state for state in AdaptationState if state not in {AdaptationState.RETIRED, AdaptationState.LICENCE_REFUSED}]
MOST = 200


@dataclass(frozen=True)
class Use:
    """What is known of how a deployment is used: the sum of each kind of contact."""

    kind: str
    total: int


def own_partner(by: PersonActor) -> Partner | None:
    """The partner that the actor works for; None when the house is not a partner yet."""
    return Partner.objects.filter(house_id__in=by.organisations_for(Permission.ADAPT), left_at__isnull=True).order_by("pk").first()


def _mine(by: PersonActor) -> Q:
    return Q(organisation__house_id__in=by.organisations_for(Permission.ADAPT))


def own_adaptations(by: PersonActor) -> QuerySet[Adaptation]:
    """The own versions, those that wait for somebody first."""
    return Adaptation.objects.filter(_mine(by)).select_related("base", "organisation").order_by("-changed_at", "-pk")[:MOST]


def own_deployments(by: PersonActor) -> QuerySet[Deployment]:
    """Where the own versions are used."""
    rows = Deployment.objects.filter(_mine(by)).select_related("adaptation", "adaptation__base", "organisation")
    return rows.annotate(uses=Sum("days__n")).order_by("-requested_at", "-pk")[:MOST]


def adaptation_for(by: PersonActor, ref: str) -> Adaptation:
    """One version of the own house. Raises NotFound."""
    row = Adaptation.objects.filter(_mine(by), ref=ref).select_related("base", "base_version", "organisation", "parent").first()
    if row is None:
        raise NotFound
    return row


def deployment_for(by: PersonActor, ref: str) -> Deployment:
    """One deployment of the own house. Raises NotFound."""
    row = Deployment.objects.filter(_mine(by), ref=ref).select_related("adaptation", "adaptation__base", "organisation").first()
    if row is None:
        raise NotFound
    return row


def adaptable(text: str) -> list[Resource]:
    """Live resources that were published, by a word of their title; restricted ones are left out."""
    rows = Resource.objects.public().filter(version_number__gt=0, revision_of__isnull=True)
    if text:
        rows = rows.filter(Q(title__lt__icontains=text) | Q(title__en__icontains=text))
    return list(rows.order_by("-published_at", "pk")[:60])


def adaptable_for(ref: str) -> Resource:
    """One of them. Raises NotFound."""
    row = Resource.objects.public().filter(ref=ref, version_number__gt=0, revision_of__isnull=True).first()
    if row is None:
        raise NotFound
    return row


def uses_of(deployment: Deployment) -> list[Use]:
    """Totals by kind of contact."""
    rows = deployment.days.values("kind").annotate(total=Sum("n")).order_by("kind")
    return [Use(row["kind"], row["total"]) for row in rows]


def days_of(deployment: Deployment, today: date, days: int = 30) -> list[tuple[date, int]]:
    """The last days with what happened on each."""
    rows = deployment.days.filter(day__gt=today - timedelta(days=days)).values("day").annotate(n=Sum("n")).order_by("-day")
    return [(row["day"], row["n"]) for row in rows]


def partners() -> list[Any]:
    """Every partner with the number of its versions and copies."""
    rows = Partner.objects.annotate(last=Max("deployments__last_seen")).prefetch_related("adaptations", "deployments")
    return list(rows.order_by("name", "pk")[:500])


def waiting_for_owner() -> list[Adaptation]:
    """Versions that wait for the owner's word, the oldest first."""
    rows = Adaptation.objects.filter(state=AdaptationState.OWNER_APPROVAL, owner_words="")
    return list(rows.select_related("base", "organisation").order_by("changed_at", "pk"))


def every_deployment(state: str = "") -> list[Deployment]:
    """Where versions are used, those that stopped answering first."""
    rows = Deployment.objects.select_related("organisation", "adaptation", "adaptation__base").annotate(uses=Sum("days__n"))
    rows = rows.filter(state=state) if state else rows.exclude(state=DeploymentState.ENDED)
    return list(rows.order_by("-last_seen", "-pk")[:MOST])


def any_adaptation(ref: str) -> Adaptation:
    """A version of any partner. Raises NotFound."""
    row = Adaptation.objects.filter(ref=ref).select_related("base", "base_version", "organisation").first()
    if row is None:
        raise NotFound
    return row


def any_partner(ref: str) -> Partner:
    """A partner, a former one too. Raises NotFound."""
    row = Partner.objects.filter(ref=ref).first()
    if row is None:
        raise NotFound
    return row


def any_deployment(ref: str) -> Deployment:
    """A deployment of any partner. Raises NotFound."""
    row = Deployment.objects.filter(ref=ref).select_related("adaptation", "organisation").first()
    if row is None:
        raise NotFound
    return row


def houses_without_partner() -> list[Organisation]:
    """Organisations of the desk that are no partner yet."""
    taken = Partner.objects.exclude(house=None).values("house")
    return list(Organisation.objects.exclude(pk__in=taken).prefetch_related("names").order_by("code"))


def house_for(code: str) -> Organisation | None:
    """One of them."""
    return next((row for row in houses_without_partner() if row.code == code), None)
