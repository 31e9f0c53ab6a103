"""Versions of the personal test as pages and actions ask for them."""

from django.db.models import QuerySet
from django.http import Http404

from sauga.kernel.identity import PersonActor, home
from sauga.selfcheck.permissions import Permission
from sauga.selfcheck.personal.models import BankVersion
from sauga.selfcheck.personal.rules import checks
from sauga.selfcheck.personal.rules.bank import Audience, Bank, Part, read
from sauga.selfcheck.states import BankState

ALL, REVIEW = "all", "review"


def published() -> BankVersion | None:
    """The version that everybody sees."""
    return BankVersion.objects.published().first()


def bank() -> Bank:
    """The published questions. Raises Http404 where nothing is published."""
    row = published()
    if row is None:
        raise Http404
    return read(row.content)


def part(audience: Audience) -> Part:
    """The published test of an audience. Raises Http404."""
    return bank().parts[audience]


def versions(by: PersonActor, view: str = ALL) -> QuerySet[BankVersion]:
    """Every version, or those that this person can publish; the newest first."""
    rows = BankVersion.objects.order_by("-number")
    if view == REVIEW:
        return rows.filter(state=BankState.IN_REVIEW).exclude(submitted_by=by.person_id)
    return rows


def version_for(by: PersonActor, ref: str) -> BankVersion:
    """One version. Raises Http404 where there is none, and where the actor may not see it."""
    row = BankVersion.objects.filter(ref=ref).first() if by.can(Permission.SEE_BANK) else None
    if row is None:
        raise Http404
    return row


def problems_of(row: BankVersion) -> list[checks.Problem]:
    """What keeps a version from being published."""
    return checks.problems(read(row.content))


def waiting(by: PersonActor, _at: object) -> int:
    """How many versions wait for a person who did not submit them."""
    return home.count_of(versions(by, REVIEW))
