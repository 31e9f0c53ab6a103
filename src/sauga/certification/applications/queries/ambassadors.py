"""Applications and ambassadors as pages and jobs ask for them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.http import Http404

from sauga.certification.applications.models import (
    Ambassador,
    Case,
    Certification,
    Interest,
    Vote,
    Workplace,
)
from sauga.certification.applications.rules.codes import CaseKind
from sauga.certification.permissions import Permission
from sauga.certification.states import CERTIFIED, OPEN, WAS_CERTIFIED, AmbassadorState, CaseState
from sauga.kernel.clock import local_day
from sauga.kernel.identity import PersonActor, home
from sauga.kernel.members.models import Member

TO_CHECK, TRAINING, BOARD, ACTIVE, RENEWAL, SUSPENDED, LAPSED, ENDED = (
    "check", "training", "board", "active", "renewal", "suspended", "lapsed", "ended",
)  # fmt: skip
VIEWS: dict[str, tuple[str, ...]] = {
    TO_CHECK: (AmbassadorState.APPLIED, AmbassadorState.ELIGIBLE),
    TRAINING: (AmbassadorState.IN_TRAINING, AmbassadorState.EXAM_PASSED, AmbassadorState.SUPERVISED),
    BOARD: (AmbassadorState.BOARD_DECISION,),
    ACTIVE: (AmbassadorState.ACTIVE,),
    RENEWAL: (AmbassadorState.RENEWAL_DUE,),
    SUSPENDED: (AmbassadorState.SUSPENDED,),
    LAPSED: (AmbassadorState.LAPSED,),
    ENDED: (AmbassadorState.REJECTED, AmbassadorState.REVOKED, AmbassadorState.WITHDRAWN),
}
"""The views of the desk's list."""


def _rows() -> QuerySet[Ambassador]:
    rows = Ambassador.objects.select_related("programme", "member")
    return rows.prefetch_related("workplaces__organisation__names")


def _in(view: str) -> Q:
    """What a view holds. A certification that another one replaced, or whose holder has left, has ended."""
    states, replaced = Q(state__in=VIEWS[view]), Q(state__in=CERTIFIED, ended_at__isnull=False)
    return states | replaced if view == ENDED else states & ~replaced


def desk_rows(view: str, **filters: Any) -> QuerySet[Ambassador]:
    """The rows of one view: those who wait longest first, or whose certification ends soonest."""
    rows = _rows().filter(_in(view), **{name: one for name, one in filters.items() if one})
    rows = rows.annotate(until=Max("certifications__until"))
    return (
        rows.order_by("until", "applied_at", "pk")
        if view in (ACTIVE, RENEWAL)
        else rows.order_by("applied_at", "pk")
    )


def desk_counts() -> dict[str, int]:
    """How many rows stand in each view; one query."""
    counts = {view: Count("pk", filter=_in(view)) for view in VIEWS}
    return Ambassador.objects.aggregate(**counts)


def ambassador_for(by: PersonActor, ref: str) -> Ambassador:
    """One ambassador. Raises Http404 where there is none, and where the actor may not see it."""
    row = _rows().filter(ref=ref).first() if by.can(Permission.SEE) else None
    if row is None:
        raise Http404
    return row


def of_member(member: Member) -> list[Ambassador]:
    """A member's applications and certifications, the latest first."""
    return list(_rows().filter(member=member).order_by("-applied_at", "-pk"))


def present_of(member_id: int) -> Ambassador | None:
    """The member's certification, where there is one, or else the application under way."""
    rows = list(_rows().filter(member=member_id, state__in=(*WAS_CERTIFIED, *OPEN)).order_by("-applied_at"))
    return next((row for row in rows if row.state in WAS_CERTIFIED), rows[0] if rows else None)


def certified_of(member_id: int) -> Ambassador | None:
    """The member's certification that counts now."""
    return Ambassador.objects.filter(member=member_id, state__in=CERTIFIED).order_by("-level").first()


def level_of_member(member_id: int, at: datetime) -> int:
    """At which level a member is certified at an instant; 0 for none. Asked by selfcheck."""
    row, day = certified_of(member_id), local_day(at)
    held = latest_certification(row) if row is not None else None
    return row.level if row is not None and held is not None and held.since <= day <= held.until else 0


def others_of(ambassador: Ambassador) -> list[Ambassador]:
    """The other applications and certifications of the same member."""
    if ambassador.member_id is None:
        return []
    return list(Ambassador.objects.filter(member=ambassador.member_id).exclude(pk=ambassador.pk))


def latest_certification(ambassador: Ambassador) -> Certification | None:
    """The certification that lasts longest."""
    return Certification.objects.filter(ambassador=ambassador).order_by("-until", "-pk").first()


def certifications_of(rows: list[Ambassador]) -> dict[int, Certification]:
    """The latest certification of each, by the ambassador's key; one query."""
    found = Certification.objects.filter(ambassador__in=rows).order_by("until", "pk")
    return {one.ambassador_id: one for one in found}


def workplace_on(ambassador: Ambassador, day: date) -> Workplace | None:
    """Where the ambassador works on a day."""
    held = [
        one
        for one in ambassador.workplaces.all()
        if one.since <= day and (one.until is None or day < one.until)
    ]
    return max(held, key=lambda one: (one.since, one.pk), default=None)


def cases_of(ambassador: Ambassador) -> list[Case]:
    """Its cases before the board, the latest first, with their votes."""
    rows = Case.objects.filter(ambassador=ambassador).select_related("about")
    return list(rows.prefetch_related("votes__person").order_by("-opened_at", "-pk"))


def open_case_of(ambassador: Ambassador) -> Case | None:
    """The case that the board has to decide."""
    return Case.objects.filter(ambassador=ambassador, state=CaseState.OPEN).first()


def is_under_appeal(ambassador: Ambassador) -> bool:
    """Whether the board decides again about a rejection or a revocation: what has expired meanwhile can be
    shown anew until it has."""
    open_one = Case.objects.filter(ambassador=ambassador, state=CaseState.OPEN, kind=CaseKind.APPEAL)
    return ambassador.state in (AmbassadorState.REJECTED, AmbassadorState.REVOKED) and open_one.exists()


def open_cases() -> QuerySet[Case]:
    """What the board has to decide, the oldest first."""
    rows = Case.objects.filter(state=CaseState.OPEN).select_related("ambassador", "ambassador__programme")
    return rows.annotate(n=Count("votes")).order_by("opened_at", "pk")


def cases_for(by: PersonActor) -> QuerySet[Case]:
    """Those that wait for this person's vote."""
    own = Vote.objects.filter(case=OuterRef("pk"), person=by.person)
    return open_cases().filter(~Exists(own))


def decided_cases() -> QuerySet[Case]:
    """What the board has decided, the latest first."""
    rows = Case.objects.filter(state=CaseState.DECIDED).select_related("ambassador", "ambassador__programme")
    return rows.annotate(n=Count("votes")).order_by("-decided_at", "-pk")


def cases_waiting(by: PersonActor, _at: datetime) -> int:
    """How many cases wait for this person's vote."""
    return home.count_of(cases_for(by))


def to_check(_by: PersonActor, _at: datetime) -> int:
    """How many applications wait for the desk."""
    return home.count_of(Ambassador.objects.filter(state__in=VIEWS[TO_CHECK]))


def interest_for(by: PersonActor, ref: str) -> Interest:
    """One of one's own interests. Raises Http404."""
    row = Interest.objects.filter(ref=ref, person=by.person).first()
    if row is None:
        raise Http404
    return row


def may_step(today: date) -> list[int]:
    """Ambassadors about whom the daily job may have something to do, by key."""
    rows = Ambassador.objects.certified().annotate(until=Max("certifications__until"))
    return list(rows.filter(until__lte=today + timedelta(days=366)).values_list("pk", flat=True))
