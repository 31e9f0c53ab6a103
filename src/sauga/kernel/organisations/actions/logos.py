"""Logos of organisations over time: files in `kernel.media`, each with the permission to show it.

Imported by pages that take or send files, never by what a service of cases imports.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, media
from sauga.kernel.clock import VILNIUS, Span
from sauga.kernel.organisations.actions.roles import touch
from sauga.kernel.organisations.models import Organisation, OrganisationLogo
from sauga.kernel.organisations.rules import Permission
from sauga.kernel.organisations.spans import DateRefused, set_span, span_of
from sauga.kernel.organisations.trail import ZONE, Trail
from sauga.kernel.permissions import require
from sauga.kernel.refusals import ActionRefused, NothingChanged
from sauga.kernel.states import Actor, lock

OWNER = "organisations.logo"
LONGEST_PERMISSION = 300
UNUSED_AFTER = timedelta(days=1)


class LogoRefused(ActionRefused):
    """No person is named who allowed it to be shown."""

    messages = {"permission": _("Write who gave the permission to show it, and where it is written.")}
    field = "permission"


class LogoOverlaps(ActionRefused):
    """The organisation certainly has another logo during that time."""

    message = _("It has another logo during that time (%(span)s). End that one first, or change the dates.")
    field = "since"


def add_logo(
    *,
    by: Actor,
    organisation: Organisation,
    content: bytes,
    name: str,
    alt: Mapping[str, str],
    permission: str,
    since: str = "",
    until: str = "",
    at: datetime,
) -> OrganisationLogo:
    """It has this logo from one partial date to another (empty: always, still). The one that lasts until then
    ends just before.

    Raises LogoRefused, DateRefused, LogoOverlaps, media.FileRefused.
    """
    require(by, Permission.EDIT)
    row = _checked(OrganisationLogo(organisation=organisation), since, until, permission)
    found = media.inspect(content, name, kinds={media.Kind.LOGO})
    scan = media.scan_now(found.content)
    with transaction.atomic():
        organisation = lock(organisation)
        if row.since:
            _end_present(organisation, row.since)
        row.file = media.store(by=by, found=found, owner=OWNER, alt=alt, scan=scan, at=at)
        _store(row)
        touch(organisation, at)
        facts = {"since": row.since, "until": row.until}
        audit.record(by, Trail.LOGO_ADDED, organisation, zone=ZONE, at=at, facts=facts)
    return row


def edit_logo(
    *,
    by: Actor,
    row: OrganisationLogo,
    alt: Mapping[str, str],
    permission: str,
    since: str,
    until: str,
    at: datetime,
) -> OrganisationLogo:
    """Change its dates, its description or who gave the permission.

    Raises LogoRefused, DateRefused, LogoOverlaps.
    """
    require(by, Permission.EDIT)
    with transaction.atomic():
        held = _checked(_locked(row), since, until, permission)
        _change(held, by=by, at=at)
        described = {code: text for code, text in {**held.file.alt, **alt}.items() if text}
        if described != held.file.alt:
            media.describe(by=by, file=held.file, alt=alt, at=at)
    return held


def end_logo(*, by: Actor, row: OrganisationLogo, at: datetime) -> OrganisationLogo:
    """Today is its last day. Raises NothingChanged, and DateRefused for one that begins later."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        held = _locked(row)
        if held.until:
            raise NothingChanged
        set_span(held, span_of(held.since, at.astimezone(VILNIUS).date().isoformat()))
        _change(held, by=by, at=at)
    return held


def reopen_logo(*, by: Actor, row: OrganisationLogo, at: datetime) -> OrganisationLogo:
    """It lasts again. Raises NothingChanged, LogoOverlaps."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        held = _locked(row)
        if not held.until:
            raise NothingChanged
        set_span(held, Span(held.since))
        _change(held, by=by, at=at)
    return held


def withdraw_logo(*, by: Actor, row: OrganisationLogo, at: datetime) -> OrganisationLogo:
    """The organisation no longer allows it, or it was a mistake: it is shown nowhere, and forgotten after its
    term. Raises NothingChanged."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        held = _locked(row)
        if held.withdrawn_at is not None:
            raise NothingChanged
        held.withdrawn_at = at
        _store(held)
        _record(held, Trail.LOGO_WITHDRAWN, by=by, at=at, facts={"since": held.since})
    return held


def restore_logo(*, by: Actor, row: OrganisationLogo, at: datetime) -> OrganisationLogo:
    """It may be shown after all. Raises NothingChanged, LogoOverlaps."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        held = _locked(row)
        if held.withdrawn_at is None:
            raise NothingChanged
        held.withdrawn_at = None
        _store(held)
        _record(held, Trail.LOGO_RESTORED, by=by, at=at, facts={"since": held.since})
    return held


def forget_unused_files(*, by: Actor, at: datetime) -> int:
    """Delete the files of logos that exist no longer, because their term has passed. Returns how many."""
    used = OrganisationLogo.objects.values("file")
    rows = media.MediaFile.objects.filter(owner=OWNER, received_at__lt=at - UNUSED_AFTER)
    return sum(media.delete(by=by, file=row, at=at) for row in rows.exclude(pk__in=used))


def _locked(row: OrganisationLogo) -> OrganisationLogo:
    """The row, locked after its organisation, as every action locks them."""
    lock(row.organisation)
    held: OrganisationLogo = lock(row)
    return held


def _checked(row: OrganisationLogo, since: str, until: str, permission: str) -> OrganisationLogo:
    permission = " ".join(permission.split())[:LONGEST_PERMISSION]
    if not permission:
        raise LogoRefused("permission")
    set_span(row, span_of(since, until))
    row.permission = permission
    return row


def _end_present(organisation: Organisation, since: str) -> None:
    """The logo that lasts ends just before `since`. Raises DateRefused where it began later."""
    for row in organisation.logos.filter(until="", withdrawn_at=None).select_for_update():
        try:
            set_span(row, row.span.ended_before(since))
        except ValueError as wrong:
            raise DateRefused("order") from wrong
        row.save(update_fields=["until", "during", "certain"])


def _change(row: OrganisationLogo, *, by: Actor, at: datetime) -> None:
    _store(row)
    _record(row, Trail.LOGO_EDITED, by=by, at=at, facts={"since": row.since, "until": row.until})


def _record(row: OrganisationLogo, act: Trail, *, by: Actor, at: datetime, facts: dict[str, str]) -> None:
    touch(row.organisation, at)
    audit.record(by, act, row.organisation, zone=ZONE, at=at, facts={**facts})


def _store(row: OrganisationLogo) -> None:
    """The database decides about overlaps, so that two people at once cannot both be right."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as overlap:
        others = OrganisationLogo.objects.filter(
            organisation=row.organisation, withdrawn_at=None, certain__overlap=row.certain
        )
        first = others.exclude(pk=row.pk).order_by("since").first()
        if first is None:
            raise
        raise LogoOverlaps(span=f"{first.since}–{first.until}") from overlap
