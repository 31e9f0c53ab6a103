"""Partners and their adaptations, for a partner's editor and for the awareness centre."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from sauga.kernel import members
from sauga.kernel.identity import NotFound, PersonActor
from sauga.kernel.members import MemberActor
from sauga.kernel.members.queries import (
    RepresentationLine,
    asking_for_partnership,
    count_asking_for_partnership,
)
from sauga.kernel.organisations.models import Organisation
from sauga.repository.adaptations.models import Adaptation, Partner
from sauga.repository.resources.models import Resource
from sauga.repository.states import AdaptationState

OPEN_ADAPTATIONS = [
    state
    for state in AdaptationState
    if state not in {AdaptationState.RETIRED, AdaptationState.LICENCE_REFUSED}
]
MOST = 200
NAMES = "organisation__registered_as__names"


def own_partners(by: MemberActor) -> list[Partner]:
    """The partners that the member acts for now, without former ones."""
    rows = Partner.objects.filter(_own(by, "registered_as"), left_at__isnull=True)
    rows = rows.select_related("registered_as").prefetch_related("registered_as__names")
    return list(rows.order_by("registered_as__order_key", "pk"))


def has_partner(by: MemberActor) -> bool:
    """Whether the member acts for a partner, or for one that was a partner."""
    return Partner.objects.filter(_own(by, "registered_as")).exists()


def own_partner(by: MemberActor, ref: str) -> Partner:
    """One of the partners that the member acts for; the only one where `ref` names none. Raises NotFound."""
    found = own_partners(by)
    named = next((row for row in found if row.ref == ref), found[0] if len(found) == 1 and not ref else None)
    if named is None:
        raise NotFound
    return named


def own_rows(by: MemberActor) -> Q:
    """The filter for rows of the organisations that the member acts for."""
    return _own(by, "organisation__registered_as")


def _own(by: MemberActor, path: str) -> Q:
    return Q(**{f"{path}__in": list(members.organisations_of(by.member_id))})


def own_adaptations(by: MemberActor) -> QuerySet[Adaptation]:
    """The adaptations of the member's organisations, what was changed last first."""
    return (
        Adaptation.objects.filter(own_rows(by))
        .select_related("base", "organisation__registered_as")
        .prefetch_related(NAMES)
        .order_by("-changed_at", "-pk")[:MOST]
    )


def adaptation_for(by: MemberActor, ref: str) -> Adaptation:
    """One adaptation of an organisation that the member acts for. Raises NotFound."""
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


@dataclass(frozen=True)
class Asking:
    """An organisation that asks to become a partner: who asks, for what, since when."""

    organisation: Organisation
    name: str
    lines: list[RepresentationLine]


def asking_lines(at: datetime) -> list[Asking]:
    """Organisations that ask to become partners, the oldest request first, each once."""
    held: dict[int, Asking] = {}
    for line in asking_for_partnership(at):
        place = line.row.organisation
        if place is not None:
            held.setdefault(place.pk, Asking(place, line.organisation, [])).lines.append(line)
    return list(held.values())


def organisation_asking(code: str, at: datetime) -> Organisation:
    """One of them, by its code in the register. Raises NotFound."""
    found = next((one.organisation for one in asking_lines(at) if one.organisation.code == code), None)
    if found is None:
        raise NotFound
    return found


def count_asking(_by: PersonActor, _at: datetime) -> int:
    """How many of them wait for a decision."""
    return count_asking_for_partnership()
