"""Concerns: which wait for whom, and everything one page shows. A stranger's concern is 404."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from sauga.helpline.permissions import sees_all
from sauga.helpline.safeguarding.models import Concern, ConcernNote, ConcernStep
from sauga.helpline.safeguarding.queries.access import concerns_of
from sauga.helpline.states import ConcernState
from sauga.kernel import sealed
from sauga.kernel.identity import PersonActor, names_of

ZONE = sealed.Zone.HELPLINE
SECOND = "second"
VIEWS: dict[str, Q] = {
    "now": Q(
        state__in=(
            ConcernState.CONCERN,
            ConcernState.CONSULT,
            ConcernState.ACT_WITH_CONSENT,
            ConcernState.ACT_WITHOUT_CONSENT,
            ConcernState.REFUSED,
            ConcernState.APPROVED,
        )
    ),
    "outside": Q(
        state__in=(ConcernState.NOTIFIED, ConcernState.ACKNOWLEDGED, ConcernState.CHILD_NOT_REACHABLE)
    ),
    "review": Q(
        state__in=(ConcernState.WATCH, ConcernState.CHILD_INFORMED, ConcernState.CHILD_NOT_REACHABLE)
    ),
    "ended": Q(state=ConcernState.REVIEWED),
}


def concern_for(by: PersonActor, ref: str) -> Concern:
    """The concern, for a person who may see it. Raises Http404."""
    people = ("raised_by", "proposed_by", "approved_by", "conversation", "letter", "call")
    found = Concern.objects.filter(concerns_of(by), ref=ref).select_related(*people).first()
    if found is None:
        raise Http404
    return found


def to_decide(by: PersonActor) -> QuerySet[Concern]:
    """Proposals to inform an outside service that wait for the second person, not one's own."""
    wanted = (ConcernState.ACT_WITH_CONSENT, ConcernState.ACT_WITHOUT_CONSENT)
    return Concern.objects.filter(state__in=wanted).exclude(proposed_by_id=by.person_id)


def concerns(by: PersonActor, view: str) -> QuerySet[Concern]:
    """The concerns of one view that a person may see, the most pressing first (ended ones:
    the newest first).
    """
    rows = to_decide(by) if view == SECOND else Concern.objects.filter(VIEWS[view])
    rows = rows.filter(concerns_of(by)).select_related("raised_by", "proposed_by")
    order = ("-reviewed_at",) if view == "ended" else (F("due_at").asc(nulls_last=True),)
    return rows.order_by(*order, "-pk")


def counts(by: PersonActor) -> dict[str, int]:
    """How many concerns stand in each view; one query."""
    wanted = {view: Count("pk", filter=where) for view, where in VIEWS.items() if view != "ended"}
    found: dict[str, int] = Concern.objects.filter(concerns_of(by)).aggregate(**wanted)
    return found


@dataclass(frozen=True)
class Note:
    """A note with its words; `text` is None while they cannot be opened."""

    kind: str
    author: str
    at: datetime
    text: str | None


@dataclass(frozen=True)
class ConcernPage:
    """What the concern's page shows.

    Facts and plan are None for a person who may not read them, or while the vault is locked.
    """

    concern: Concern
    steps: list[ConcernStep]
    names: dict[str, str]
    proposal: int
    facts: str | None = None
    told_plan: str | None = None
    notes: list[Note] = field(default_factory=list)

    @property
    def since(self) -> datetime:
        """Since when it stands where it stands."""
        return self.steps[-1].at if self.steps else self.concern.raised_at


def concern_page(by: PersonActor, concern: Concern) -> ConcernPage:
    """Gather the page. Leads read everything; the person who raised it reads the steps and the own notes."""
    steps = list(concern.steps.order_by("pk"))
    rows = concern.notes.select_related("author").order_by("pk")
    if not sees_all(by):
        rows = rows.filter(author_id=by.person_id)
    names = names_of({step.by for step in steps})
    proposal = sum(
        step.after in {ConcernState.ACT_WITH_CONSENT, ConcernState.ACT_WITHOUT_CONSENT} for step in steps
    )
    key = _key(by, concern)
    facts = told_plan = None
    if key is not None and sees_all(by) and concern.facts:
        facts = sealed.unseal(
            key, table="helpline.concern", row=concern.ref, field="facts", envelope=bytes(concern.facts)
        )
        told_plan = sealed.unseal(
            key,
            table="helpline.concern",
            row=concern.ref,
            field="told_plan",
            envelope=bytes(concern.told_plan),
        )
    return ConcernPage(concern, steps, names, proposal, facts, told_plan, [_note(row, key) for row in rows])


def _key(by: PersonActor, concern: Concern) -> sealed.DataKey | None:
    if by.vault is None:
        return None
    try:
        return sealed.open_data_key(zone=ZONE, holder=concern.holder, opener=by.vault)
    except sealed.KeyNotAvailable:
        return None


def _note(row: ConcernNote, key: sealed.DataKey | None) -> Note:
    text = None
    if key is not None:
        text = sealed.unseal(
            key, table="helpline.concernnote", row=row.ref, field="body", envelope=bytes(row.body)
        )
    return Note(row.kind, row.author.name if row.author else "", row.at, text)
