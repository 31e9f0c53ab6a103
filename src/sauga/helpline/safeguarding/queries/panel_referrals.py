"""Young people whom the youth panel told us about: which wait, and whose. A stranger's row is 404."""

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from sauga.helpline.safeguarding.models import IncomingReferral
from sauga.helpline.safeguarding.queries.access import incoming_of
from sauga.helpline.states import IncomingState
from sauga.kernel.identity import PersonActor

WAITING, TAKEN, ENDED = "waiting", "taken", "ended"
VIEWS = {
    WAITING: Q(state=IncomingState.RECEIVED),
    TAKEN: Q(state=IncomingState.TAKEN),
    ENDED: Q(state__in=(IncomingState.SETTLED, IncomingState.WITHDRAWN)),
}


def incoming_for(by: PersonActor, ref: str) -> IncomingReferral:
    """One of them, for a person who may see it. Raises Http404."""
    found = IncomingReferral.objects.filter(incoming_of(by), ref=ref).select_related("taken_by").first()
    if found is None:
        raise Http404
    return found


def incoming(by: PersonActor, view: str) -> QuerySet[IncomingReferral]:
    """Those of one view that a person may see: what is due first is at the top, what has ended the newest
    first."""
    rows = IncomingReferral.objects.filter(incoming_of(by), VIEWS[view]).select_related("taken_by")
    return rows.order_by("-closed_at", "-pk") if view == ENDED else rows.order_by("due_at", "pk")


def counts(by: PersonActor) -> dict[str, int]:
    """How many are in each view; one query."""
    wanted = {view: Count("pk", filter=where) for view, where in VIEWS.items()}
    found: dict[str, int] = IncomingReferral.objects.filter(incoming_of(by)).aggregate(**wanted)
    return found
