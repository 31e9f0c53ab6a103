"""Cases: which are open and due, and everything one page shows. A stranger's case is 404."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from sauga.helpline.safeguarding.models import CaseStep, HelpCase, Referral
from sauga.helpline.safeguarding.queries.access import cases_of
from sauga.helpline.safeguarding.queries.concerns import Note
from sauga.helpline.states import CaseState
from sauga.kernel import sealed
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, names_of

ZONE = sealed.Zone.HELPLINE
VIEW_NAMES = ("open", "due", "closing", "closed")


def _view(view: str, at: datetime) -> Q:
    open_now = ~Q(state=CaseState.CLOSED)
    if view == "due":
        return open_now & Q(follow_up_date__lte=at.astimezone(VILNIUS).date())
    if view == "closing":
        return Q(state=CaseState.CLOSE_PROPOSED)
    return Q(state=CaseState.CLOSED) if view == "closed" else open_now


def case_for(by: PersonActor, ref: str) -> HelpCase:
    """The case, for a person who may see it. Raises Http404."""
    people = ("case_worker", "close_proposed_by", "closed_by", "conversation", "letter", "call", "concern")
    found = HelpCase.objects.filter(cases_of(by), ref=ref).select_related(*people).first()
    if found is None:
        raise Http404
    return found


def cases(by: PersonActor, view: str, at: datetime) -> QuerySet[HelpCase]:
    """The cases of one view that a person may see, the next day first."""
    rows = HelpCase.objects.filter(cases_of(by), _view(view, at)).select_related("case_worker")
    order = ("-closed_at",) if view == "closed" else (F("follow_up_date").asc(nulls_last=True),)
    return rows.order_by(*order, "-pk")


def counts(by: PersonActor, at: datetime) -> dict[str, int]:
    """How many cases stand in each view of open ones; one query."""
    wanted = {view: Count("pk", filter=_view(view, at)) for view in VIEW_NAMES[:3]}
    found: dict[str, int] = HelpCase.objects.filter(cases_of(by)).aggregate(**wanted)
    return found


@dataclass(frozen=True)
class CasePage:
    """What the case's page shows; a note's words are None while they cannot be opened."""

    case: HelpCase
    steps: list[CaseStep]
    names: dict[str, str]
    notes: list[Note]
    referrals: list[Referral]


def case_page(by: PersonActor, case: HelpCase) -> CasePage:
    """Gather the page."""
    steps = list(case.steps.order_by("pk"))
    rows = list(case.notes.select_related("author").order_by("pk"))
    key = None
    if by.vault is not None:
        key = sealed.open_data_keys(ZONE, [case.holder], by.vault).get(case.holder)
    notes = [
        Note(
            row.kind,
            row.author.name if row.author else "",
            row.at,
            sealed.unseal(key, table="helpline.casenote", row=row.ref, field="body", envelope=bytes(row.body))
            if key
            else None,
        )
        for row in rows
    ]
    return CasePage(
        case, steps, names_of({step.by for step in steps}), notes, list(case.referrals.order_by("pk"))
    )
