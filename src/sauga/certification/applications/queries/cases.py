"""Cases of the board, and single decisions about evidence, as the desk opens them."""

from django.db.models import Count, Q
from django.http import Http404

from sauga.certification.applications.models import Case, CriterionRecord
from sauga.certification.applications.queries.ambassadors import ambassador_for
from sauga.certification.permissions import Permission
from sauga.certification.states import CaseState
from sauga.kernel.identity import PersonActor


def case_for(by: PersonActor, ref: str) -> Case:
    """One case. Raises Http404 where there is none, and where the actor may not see it."""
    rows = Case.objects.select_related("ambassador__programme", "ambassador__member")
    row = rows.filter(ref=ref).first() if by.can(Permission.SEE) else None
    if row is None:
        raise Http404
    return row


def counts() -> dict[str, int]:
    """How many cases are open and decided; one query."""
    return Case.objects.aggregate(
        open=Count("pk", filter=Q(state=CaseState.OPEN)),
        decided=Count("pk", filter=Q(state=CaseState.DECIDED)),
    )


def record_for(by: PersonActor, ref: str, record: str) -> CriterionRecord:
    """One decision about evidence of an ambassador. Raises Http404."""
    row = CriterionRecord.objects.filter(ambassador=ambassador_for(by, ref), ref=record).first()
    if row is None:
        raise Http404
    return row
