"""What adults did, unusual patterns, and records for an inquiry."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from sauga.kernel.identity import PersonActor, home
from sauga.kernel.identity.models import Person
from sauga.kernel.identity.queries import holders_of
from sauga.kernel.members.models import Consent
from sauga.panel.effects import hooks
from sauga.panel.members.models import AdultAct, Export, Flag, Member
from sauga.panel.members.rules.patterns import WINDOW, Act, Pattern, patterns
from sauga.panel.members.rules.purposes import PANEL
from sauga.panel.permissions import LEAD, STAND_IN, Permission
from sauga.panel.states import ExportState

UNSEEN, OTHERS, ALL = "unseen", "others", "all"
TO_APPROVE = "to-approve"
GAVE_CARD, CARD_WAITS = "GAVE_CARD", timedelta(hours=24)
"""How long a card that one adult made does not vote: the member meanwhile finds the old one dead."""


def seen_by(by: PersonActor) -> QuerySet[AdultAct]:
    """The acts of adults that the person may see: those about a flag that concerns an adult, and about an
    inquiry, only the safeguarding lead and the coordinator, and never the adult whom the flag names."""
    if not by.can(Permission.SEE_ADULT_ACTS):
        return AdultAct.objects.none()
    seen = Q(pk__in=())
    if by.can(Permission.SEE_MEMBERS):
        seen |= Q(is_confidential=False)
    if sees_confidential(by):
        seen |= Q(is_confidential=True)
    return AdultAct.objects.filter(seen).exclude(hidden_from=by.person_id)


def sees_confidential(by: PersonActor) -> bool:
    """Whether the person sees the acts that facilitators do not."""
    return by.can(Permission.SEE_PATTERNS) or by.can(Permission.STAND_IN)


def is_alone(by: PersonActor, at: datetime) -> bool:
    """Whether this person alone sees confidential acts, so that there is no second adult."""
    return sees_confidential(by) and not [one for one in confidants(at) if one.pk != by.person_id]


def confidants(at: datetime) -> list[Person]:
    """The safeguarding leads and the coordinators, who see what concerns an adult."""
    found = {one.pk: one for role in (LEAD, STAND_IN) for one in holders_of(role, PANEL, at)}
    return list(found.values())


def acts(by: PersonActor, view: str, adult: str = "", member: str = "") -> QuerySet[AdultAct]:
    """The acts of adults that this person may see, the newest first."""
    rows = seen_by(by).select_related("adult", "member", "seen_by").order_by("-at", "-pk")
    rows = rows.filter(_of(by, view))
    if adult:
        rows = rows.filter(adult_name=adult)
    return rows.filter(member__ref=member) if member else rows


def act_counts(by: PersonActor) -> dict[str, int]:
    """How many no second adult has seen, how many of these others did, and how many there are."""
    wanted = {view: Count("pk", filter=_of(by, view)) for view in (UNSEEN, OTHERS)}
    return seen_by(by).aggregate(**wanted, **{ALL: Count("pk")})


def _of(by: PersonActor, view: str) -> Q:
    unseen = Q(seen_at__isnull=True)
    return {UNSEEN: unseen, OTHERS: unseen & ~Q(adult_name=by.pseudonym), ALL: Q()}[view]


def count_unseen_by(by: PersonActor, _at: datetime) -> int:
    """How many acts of others wait for this person as the second."""
    return home.count_of(seen_by(by).filter(_of(by, OTHERS)))


def unusual(by: PersonActor, at: datetime) -> list[Pattern]:
    """What is unusual now, as far as this person may see the acts."""
    rows = seen_by(by).filter(at__gte=at - WINDOW, member__isnull=False)
    recent = rows.values_list("adult_name", "member__ref", "what", "at")
    return patterns((Act(*row) for row in recent), at)


def exports_seen_by(by: PersonActor) -> QuerySet[Export]:
    """Records that the person may ask for or approve; none about a member who has named them in a flag."""
    rows = Export.objects.select_related("member", "asked_by", "decided_by").order_by("-pk")
    if not by.can(Permission.SEE_EXPORTS):
        return rows.none()
    named = Flag.objects.filter(adult=by.person_id).values("member")
    return rows.exclude(member__in=named)


def deciders_about(member: Member, at: datetime) -> list[Person]:
    """Who can approve records about a member: leads and data protection officers whom the member has named
    in no flag."""
    named = set(Flag.objects.filter(member=member, adult__isnull=False).values_list("adult_id", flat=True))
    roles = (LEAD, "DATA_PROTECTION_OFFICER")
    found = {one.pk: one for role in roles for one in holders_of(role, PANEL, at)}
    return [one for key, one in found.items() if key not in named]


def export_for(by: PersonActor, ref: str) -> Export:
    """One of them. Raises Http404, also where the actor may not see it."""
    found = exports_seen_by(by).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def to_approve(by: PersonActor) -> QuerySet[Export]:
    """Records that this person can approve: another person asked for them."""
    return exports_seen_by(by).filter(state=ExportState.ASKED).exclude(asked_by=by.person_id)


def count_to_approve(by: PersonActor, _at: datetime) -> int:
    """How many wait for this person, who did not ask for them."""
    return home.count_of(to_approve(by))


def records_of(member: Member, reader: int | None = None) -> dict[str, list[dict[str, Any]]]:
    """Everything that is recorded about a member, without who it is: moves, consents, flags, what adults did,
    and what the subdomains add. A flag that names its `reader` is left out."""
    found = {
        "member": [
            {
                "ref": member.ref,
                "pseudonym": member.pseudonym,
                "birth_month": f"{member.birth_month:%Y-%m}" if member.account is not None else "",
                "state": member.state,
            }
        ],
        "moves": list(member.steps.order_by("pk").values("before", "after", "at", "by", "why")),
        "consents": list(
            Consent.objects.filter(member__panel_member=member)
            .order_by("pk")
            .values("purpose", "version", "given_by", "given_at", "withdrawn_at", "withdrawn_by")
        ),
        "flags": list(
            Flag.objects.filter(member=member)
            .exclude(adult__isnull=False, adult=reader)
            .order_by("pk")
            .values(
                "ref",
                "kind",
                "where",
                "about_adult",
                "state",
                "outcome",
                "referral_state",
                "referral_outcome",
                "raised_at",
                "taken_at",
                "answered_at",
            )
        ),
        "adult_acts": list(
            AdultAct.objects.filter(member=member)
            .exclude(hidden_from__isnull=False, hidden_from=reader)
            .order_by("pk")
            .values("adult_name", "what", "where", "at", "seen_by__pseudonym", "seen_at")
        ),
    }
    for more in hooks.records:
        found.update(more(member))
    return found


def is_card_new(member: Member, at: datetime) -> bool:
    """Whether a card that an adult gave the member less than CARD_WAITS ago was seen by no second adult."""
    given = AdultAct.objects.filter(member=member, what=GAVE_CARD, seen_at__isnull=True)
    return given.filter(at__gt=at - CARD_WAITS).exists()
