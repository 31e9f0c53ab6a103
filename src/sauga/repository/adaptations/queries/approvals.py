"""Which adaptations wait for the members who act for a partner."""

from django.db.models import QuerySet

from sauga.kernel.members import MemberActor
from sauga.repository.adaptations.models import Adaptation
from sauga.repository.adaptations.queries.partners import own_rows
from sauga.repository.states import AdaptationState


def waiting_in(by: MemberActor, state: AdaptationState) -> list[Adaptation]:
    """Those of the member's partners that are in a state, the latest change first."""
    return list(_own(by).filter(state=state))


def objected(by: MemberActor) -> list[Adaptation]:
    """Those that the owner objects to and that are not begun anew."""
    rows = (
        _own(by).filter(state=AdaptationState.OWNER_APPROVAL, children__isnull=True).exclude(owner_words="")
    )
    return list(rows)


def _own(by: MemberActor) -> QuerySet[Adaptation]:
    rows = Adaptation.objects.filter(own_rows(by), organisation__left_at__isnull=True)
    return rows.select_related("base").order_by("-changed_at", "-pk")
