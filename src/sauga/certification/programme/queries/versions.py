"""Versions of the programme as pages and actions ask for them."""

from django.db.models import Count, QuerySet
from django.http import Http404

from sauga.certification.permissions import Permission
from sauga.certification.programme.models import Criterion, Programme
from sauga.certification.programme.rules.criteria import Criterion as Rule
from sauga.certification.states import VersionState
from sauga.kernel.identity import PersonActor


def in_force() -> Programme | None:
    """The version for new applications."""
    return Programme.objects.filter(state=VersionState.IN_FORCE).first()


def rows() -> QuerySet[Programme]:
    """All versions, the newest first, each with how many criteria it has."""
    return Programme.objects.annotate(n=Count("criteria")).order_by("-version")


def version_for(by: PersonActor, ref: str) -> Programme:
    """One version. Raises Http404 where there is none, and where the actor may not see it."""
    number = int(ref) if ref.isascii() and ref.isdigit() and len(ref) <= 4 else 0
    row = Programme.objects.filter(version=number).first() if by.can(Permission.SEE) else None
    if row is None:
        raise Http404
    return row


def criteria_of(programme: Programme) -> list[Criterion]:
    """Its criteria in their order."""
    return list(Criterion.objects.filter(programme=programme).order_by("position"))


def rules_of(programme: Programme) -> list[Rule]:
    """The same as plain values."""
    return [one.rule for one in criteria_of(programme)]


def criterion_for(by: PersonActor, ref: str, code: str) -> Criterion:
    """One criterion of a version. Raises Http404."""
    row = Criterion.objects.filter(programme=version_for(by, ref), code=code).first()
    if row is None:
        raise Http404
    return row
