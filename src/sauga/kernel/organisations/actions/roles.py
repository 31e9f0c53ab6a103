"""Roles of organisations in the centre, over time."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.organisations.models import Organisation, OrganisationRole
from sauga.kernel.organisations.rules import Permission
from sauga.kernel.organisations.spans import DateRefused, set_span, span_of
from sauga.kernel.organisations.terms import RoleCode
from sauga.kernel.organisations.trail import ZONE, Trail
from sauga.kernel.permissions import require
from sauga.kernel.refusals import ActionRefused, NothingChanged
from sauga.kernel.states import Actor, lock

LONGEST_SOURCE = 300


class RoleRefused(ActionRefused):
    """There is no such role, or it has no beginning."""

    messages = {"role": _("Choose one of the roles."), "since": _("Write since when it holds the role.")}
    fields = {"role": "role", "since": "since"}


class RoleOverlaps(ActionRefused):
    """The organisation certainly holds this role during that time already."""

    message = _(
        "It holds this role during that time already (%(span)s). To let that end just before the new "
        "beginning, tick the box below."
    )
    field = "since"


def give_role(
    *,
    by: Actor,
    organisation: Organisation,
    role: str,
    since: str,
    until: str = "",
    is_confirmed: bool = False,
    source: str = "",
    ends_present: bool = False,
    at: datetime,
) -> OrganisationRole:
    """It holds the role from one partial date to another, both included (no end: still).

    With `ends_present` its present row of the same role ends just before. Raises RoleRefused, DateRefused,
    RoleOverlaps.
    """
    require(by, Permission.EDIT)
    row = _checked(OrganisationRole(organisation=organisation, role=role), since, until, is_confirmed, source)
    with transaction.atomic():
        organisation = lock(organisation)
        if ends_present:
            _end_present(organisation, row.role, row.since)
        _store(row)
        touch(organisation, at)
        audit.record(by, Trail.ROLE_GIVEN, organisation, zone=ZONE, at=at, facts=_facts(row))
    return row


def edit_role(
    *,
    by: Actor,
    row: OrganisationRole,
    since: str,
    until: str,
    is_confirmed: bool,
    source: str,
    at: datetime,
) -> OrganisationRole:
    """Change the dates of a role, or how well it is known. Raises RoleRefused, DateRefused, RoleOverlaps."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        organisation = lock(row.organisation)
        held = _checked(lock(row), since, until, is_confirmed, source)
        _store(held)
        touch(organisation, at)
        audit.record(by, Trail.ROLE_EDITED, organisation, zone=ZONE, at=at, facts=_facts(held))
    return held


def withdraw_role(*, by: Actor, row: OrganisationRole, at: datetime) -> OrganisationRole:
    """The row was a mistake: it counts no longer, and stays. Raises NothingChanged."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        organisation = lock(row.organisation)
        held = lock(row)
        if held.withdrawn_at is not None:
            raise NothingChanged
        held.withdrawn_at = at
        held.save(update_fields=["withdrawn_at"])
        touch(organisation, at)
        facts = {"role": held.role, "since": held.since}
        audit.record(by, Trail.ROLE_WITHDRAWN, organisation, zone=ZONE, at=at, facts=facts)
    return held


def restore_role(*, by: Actor, row: OrganisationRole, at: datetime) -> OrganisationRole:
    """It was none: the row counts again. Raises NothingChanged, RoleOverlaps."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        organisation = lock(row.organisation)
        held = lock(row)
        if held.withdrawn_at is None:
            raise NothingChanged
        held.withdrawn_at = None
        _store(held)
        touch(organisation, at)
        facts = {"role": held.role, "since": held.since}
        audit.record(by, Trail.ROLE_RESTORED, organisation, zone=ZONE, at=at, facts=facts)
    return held


def _checked(
    row: OrganisationRole, since: str, until: str, is_confirmed: bool, source: str
) -> OrganisationRole:
    if row.role not in RoleCode.values:
        raise RoleRefused("role")
    if not since.strip():
        raise RoleRefused("since")
    set_span(row, span_of(since, until))
    row.is_confirmed, row.source = is_confirmed, " ".join(source.split())[:LONGEST_SOURCE]
    return row


def _end_present(organisation: Organisation, role: str, since: str) -> None:
    """The row of that role that lasts ends just before `since`. Raises DateRefused where it began later."""
    lasting = organisation.roles.filter(role=role, until="", withdrawn_at=None)
    for row in lasting.select_for_update():
        try:
            set_span(row, row.span.ended_before(since))
        except ValueError as wrong:
            raise DateRefused("order") from wrong
        row.save(update_fields=["since", "until", "during", "certain"])


def _store(row: OrganisationRole) -> None:
    """The database decides about overlaps, so that two people at once cannot both be right."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as overlap:
        rows = OrganisationRole.objects.filter(
            organisation=row.organisation, role=row.role, withdrawn_at=None, certain__overlap=row.certain
        ).exclude(pk=row.pk)
        first = rows.order_by("since").first()
        if first is None:
            raise
        raise RoleOverlaps(span=f"{first.since}–{first.until}") from overlap


def touch(organisation: Organisation, at: datetime) -> None:
    """Note that something about the organisation was changed."""
    organisation.changed_at = at
    organisation.save(update_fields=["changed_at"])


def _facts(row: OrganisationRole) -> dict[str, str | int | bool]:
    return {"role": row.role, "since": row.since, "until": row.until}
