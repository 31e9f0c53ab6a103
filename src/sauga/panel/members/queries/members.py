"""Which members there are, and which member a request comes from."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest

from sauga.kernel.clock import local_day
from sauga.kernel.identity import PersonActor, home
from sauga.kernel.members import member_or_none, rules
from sauga.kernel.members import protection as accounts
from sauga.kernel.members.consents import find
from sauga.kernel.members.models import Consent
from sauga.kernel.members.queries import consent_lines
from sauga.kernel.organisations.models import Organisation
from sauga.panel.members.models import Member
from sauga.panel.members.queries import protection
from sauga.panel.members.rules.ages import FULL_AGE, age_layer, first_day_at, is_under
from sauga.panel.members.rules.purposes import ASK_AGAIN, TAKE_PART
from sauga.panel.permissions import Permission
from sauga.panel.states import ENDED, SIGNS_IN, MemberState

__all__ = ["acting_member", "active_members", "age_layer", "member_of"]

COMING_IN = (MemberState.NOMINATED, MemberState.CONSENTING, MemberState.DECLINED, MemberState.INDUCTED)
"""On the way into the panel, for the desk and the school."""
JOINING, ACTIVE, PAUSED, AGAIN, GONE = "joining", "active", "paused", "again", "gone"
NOMINATED, WELCOME = "nominated", "welcome"
_VIEWS = {
    JOINING: Q(state__in=COMING_IN),
    NOMINATED: Q(state=MemberState.NOMINATED),
    WELCOME: Q(state=MemberState.INDUCTED),
    ACTIVE: Q(state=MemberState.ACTIVE),
    PAUSED: Q(state=MemberState.PAUSED),
    GONE: Q(state__in=ENDED),
}


def member_of(account_id: int) -> Member | None:
    """The member of the panel whose account this is (the primary key of a `kernel.members` account)."""
    return Member.objects.select_related("account").filter(account_id=account_id).first()


def signed_in_member(request: HttpRequest) -> Member | None:
    """The member of the panel who is signed in, also one who may not take part now."""
    who = member_or_none(request)
    found = member_of(who.member_id) if who is not None else None
    return found if found is not None and found.state in SIGNS_IN else None


def acting_member(request: HttpRequest, at: datetime) -> Member | None:
    """The signed-in person's active member: who may take part now. None for everybody else."""
    found = signed_in_member(request)
    return found if found is not None and may_take_part(found, at) else None


def may_take_part(member: Member, at: datetime) -> bool:
    """Whether a member takes part at this moment: active, under 18, and everybody whose consent it takes has
    given it and did not withdraw. It does not wait for the nightly job."""
    return (
        member.state == MemberState.ACTIVE
        and is_under(member.birth_month, FULL_AGE, local_day(at))
        and consents_to(member, TAKE_PART, at)
    )


def consents_to(member: Member, purpose: str, at: datetime) -> bool:
    """Whether everybody whose consent a purpose takes gave it."""
    account = member.account
    if account is None or member.state in ENDED:
        return False
    asked = find(purpose)
    standing = list(Consent.objects.standing().filter(member=account, purpose=purpose))
    return rules.is_effective(
        account,
        standing,
        local_day(at),
        valid_from_version=asked.valid_from_version,
        guardian_until_full_age=asked.guardian_until_full_age,
    )


def is_declined(member: Member, at: datetime) -> bool:
    """Whether a guardian whose consent it takes said no to taking part."""
    lines = consent_lines(member.account, at) if member.account is not None else []
    return any(
        line.purpose.code == TAKE_PART and line.needs_guardian and line.refused_at is not None
        for line in lines
    )


def is_asked_again(member: Member, at: datetime) -> bool:
    """Whether the member is asked again now, because 14 is near or past, and has not answered yet."""
    account = member.account
    if account is None or member.state not in SIGNS_IN or not rules.is_asked_again(account, local_day(at)):
        return False
    day = first_day_at(member.birth_month, rules.CONSENT_AGE)
    own = (
        Consent.objects.standing()
        .filter(member=account, purpose=TAKE_PART, given_by=Consent.Party.SELF)
        .first()
    )
    if own is None:
        return False
    return local_day(own.given_at) < day - rules.ASKED_AHEAD


def turning_14(at: datetime) -> Q:
    """Who signs in and is surely 14 from a day within the next 30, as a filter. Months of birth are sealed:
    the machine opens those of everybody who signs in, a few dozen people."""
    today = local_day(at)
    day = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    if day > today + rules.ASKED_AHEAD:
        return Q(pk__in=())
    rows = list(Member.objects.filter(state__in=SIGNS_IN).select_related("account"))
    accounts.open_months(row.account for row in rows if row.account is not None)
    near = (row for row in rows if row.account is not None)
    return Q(pk__in=[row.pk for row in near if first_day_at(row.birth_month, rules.CONSENT_AGE) == day])


def active_members() -> QuerySet[Member]:
    """Who takes part now, by pseudonym."""
    return Member.objects.filter(state=MemberState.ACTIVE).order_by("pseudonym")


# For the desk
def member_for(by: PersonActor, ref: str) -> Member:
    """One member. Raises Http404, also where the actor may not see it."""
    rows = Member.objects.select_related("account")
    found = rows.filter(ref=ref).first() if by.can(Permission.SEE_MEMBERS) else None
    if found is None:
        raise Http404
    return found


def members(view: str, at: datetime, words: str = "") -> QuerySet[Member]:
    """Members in a view of the list, by pseudonym."""
    rows = Member.objects.select_related("account").filter(pseudonym__icontains=words)
    return rows.filter(_views(at)[view]).order_by("pseudonym")


def _views(at: datetime) -> dict[str, Q]:
    soon = turning_14(at) & Q(state__in=SIGNS_IN)
    return {**_VIEWS, AGAIN: soon | Q(state=MemberState.PAUSED, paused_why=ASK_AGAIN)}


def by_ref(refs: Iterable[str]) -> dict[str, Member]:
    """Members by their references."""
    return {row.ref: row for row in Member.objects.filter(ref__in=list(refs))}


def counts(at: datetime) -> dict[str, int]:
    """How many are in each view."""
    return Member.objects.aggregate(**{name: Count("pk", filter=held) for name, held in _views(at).items()})


def count_nominated(by: PersonActor, at: datetime) -> int:
    """How many nominations wait to be accepted."""
    return home.count_of(Member.objects.filter(_VIEWS[NOMINATED]))


def count_to_welcome(by: PersonActor, at: datetime) -> int:
    """How many young people, whose consents are all there, wait to be welcomed."""
    return home.count_of(Member.objects.filter(_VIEWS[WELCOME]))


def of_organisations(organisations: Collection[int]) -> list[tuple[Member, Organisation]]:
    """Whom organisations nominated and who are not gone, the newest first, each with its school. Schools are
    sealed, so the machine opens those of everybody who is not gone."""
    rows = list(Member.objects.select_related("account").exclude(state__in=ENDED).order_by("-pk"))
    schools = protection.schools_of(rows) if organisations else {}
    return [
        (row, schools[row.pk]) for row in rows if row.pk in schools and schools[row.pk].pk in organisations
    ]


def taken_names() -> set[str]:
    """Pseudonyms in use."""
    return set(Member.objects.values_list("pseudonym", flat=True))
