"""Logos of organisations: which one a page of a day shows, and which ones the desk knows."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from sauga.kernel import statements
from sauga.kernel.organisations.models import Organisation, OrganisationLogo
from sauga.kernel.organisations.queries.register import OrganisationNotFound

READY = "READY"
"""The state of a file that may be sent to somebody. `kernel.media` is not imported here: services that work
on cases read the register and reach no uploads."""


def logos_on(day: date, organisations: Collection[int]) -> dict[int, OrganisationLogo]:
    """The logo of each organisation on that day, by its key; of two that may last on it, the later one.
    Organisations without one are missing. One query."""
    return {row.organisation_id: row for row in _logos(day=day, organisations=list(organisations))}


@statements.fetched
def _logos(*, day: date, organisations: list[int]) -> QuerySet[OrganisationLogo]:
    rows = OrganisationLogo.objects.filter(
        organisation__any_of=organisations,
        during__contains=day,
        withdrawn_at__isnull=True,
        file__state=READY,
    )
    return rows.select_related("file").order_by("since", "pk")


def public_logo(ref: str) -> OrganisationLogo:
    """A logo by the reference of its file, of today or of the past. Raises OrganisationNotFound, also for one
    that was withdrawn."""
    row = (
        OrganisationLogo.objects.filter(file__ref=ref, withdrawn_at__isnull=True, file__state=READY)
        .select_related("file")
        .first()
    )
    if row is None:
        raise OrganisationNotFound
    return row


def logo_for(organisation: Organisation, row_id: int) -> OrganisationLogo:
    """One of its logos, withdrawn ones too. Raises OrganisationNotFound."""
    row = organisation.logos.select_related("file").filter(pk=row_id).first()
    if row is None:
        raise OrganisationNotFound
    found: OrganisationLogo = row
    return found


def logos_of(organisation: Organisation) -> list[OrganisationLogo]:
    """All its logos, the newest first, withdrawn ones too."""
    return list(organisation.logos.select_related("file").order_by("-since", "-pk"))
