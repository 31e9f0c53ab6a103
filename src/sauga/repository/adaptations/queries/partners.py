"""Partners and their adaptations, for a partner's editor and for the awareness centre."""

from collections.abc import Collection
from typing import Any

from django.db.models import Max, Q, QuerySet

from sauga.kernel.identity import NotFound, PersonActor
from sauga.repository.adaptations.models import Adaptation, Partner
from sauga.repository.permissions import Permission
from sauga.repository.resources.models import Resource
from sauga.repository.states import AdaptationState

OPEN_ADAPTATIONS = [
    state
    for state in AdaptationState
    if state not in {AdaptationState.RETIRED, AdaptationState.LICENCE_REFUSED}
]
MOST = 200
NAMES = "organisation__registered_as__names"


def own_partner(by: PersonActor) -> Partner | None:
    """The partner that the actor works for; None while the organisation is not a partner."""
    return (
        Partner.objects.filter(registered_as__in=by.organisations_for(Permission.ADAPT), left_at__isnull=True)
        .order_by("pk")
        .first()
    )


def partner_among(organisations: Collection[int]) -> Partner | None:
    """The first partner among these organisations (their primary keys)."""
    rows = Partner.objects.filter(registered_as_id__in=list(organisations), left_at__isnull=True)
    return rows.order_by("pk").first() if organisations else None


def own_rows(by: PersonActor) -> Q:
    """The filter for rows of the actor's own organisation."""
    return Q(organisation__registered_as__in=by.organisations_for(Permission.ADAPT))


def own_adaptations(by: PersonActor) -> QuerySet[Adaptation]:
    """The partner's adaptations, those that wait for someone first."""
    return (
        Adaptation.objects.filter(own_rows(by))
        .select_related("base", "organisation__registered_as")
        .prefetch_related(NAMES)
        .order_by("-changed_at", "-pk")[:MOST]
    )


def adaptation_for(by: PersonActor, ref: str) -> Adaptation:
    """One adaptation of the actor's own organisation. Raises NotFound."""
    row = (
        Adaptation.objects.filter(own_rows(by), ref=ref)
        .select_related("base", "base_version", "organisation__registered_as", "parent")
        .first()
    )
    if row is None:
        raise NotFound
    return row


def adaptable(text: str) -> list[Resource]:
    """Published live resources, by a word of their title, without restricted ones."""
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


def partners() -> list[Any]:
    """Every partner with the number of its adaptations and deployments."""
    rows = Partner.objects.annotate(last=Max("deployments__last_seen")).select_related("registered_as")
    rows = rows.prefetch_related("registered_as__names", "adaptations", "deployments")
    return list(rows.order_by("registered_as__order_key", "pk")[:500])


def waiting_for_owner() -> list[Adaptation]:
    """Adaptations that wait for the owner's approval, oldest first."""
    rows = Adaptation.objects.filter(state=AdaptationState.OWNER_APPROVAL, owner_words="")
    return list(
        rows.select_related("base", "organisation__registered_as")
        .prefetch_related(NAMES)
        .order_by("changed_at", "pk")
    )


def any_adaptation(ref: str) -> Adaptation:
    """An adaptation of any partner. Raises NotFound."""
    row = (
        Adaptation.objects.filter(ref=ref)
        .select_related("base", "base_version", "organisation__registered_as")
        .first()
    )
    if row is None:
        raise NotFound
    return row


def any_partner(ref: str) -> Partner:
    """A partner, former ones included. Raises NotFound."""
    row = Partner.objects.filter(ref=ref).first()
    if row is None:
        raise NotFound
    return row
