"""Rows of the register, for its pages and for forms."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from sauga.kernel.organisations.models import (
    Identifier,
    Organisation,
    OrganisationKind,
    OrganisationName,
    OrganisationRole,
    valid_at,
)
from sauga.kernel.organisations.normalised_names import MOST_WORDS, folded, words_of

PARTS = ("names", "identifiers", "roles", "contacts")


class OrganisationNotFound(Http404):
    """The register has no such organisation."""


def organisation_for(code: str) -> Organisation:
    """One organisation with its names, codes, roles and mailboxes. Raises OrganisationNotFound."""
    row = Organisation.objects.filter(code=code).prefetch_related(*PARTS).first()
    if row is None:
        raise OrganisationNotFound
    return row


def organisations(keys: Collection[int]) -> dict[int, Organisation]:
    """Organisations by their keys, with their names; two queries."""
    return {row.pk: row for row in Organisation.objects.filter(pk__in=keys).prefetch_related("names")}


def register_rows(
    *,
    at: datetime,
    text: str = "",
    kind: str = "",
    municipality: str = "",
    country: str = "",
    role: str = "",
    closed: bool | None = False,
) -> QuerySet[Organisation]:
    """Organisations by name, narrowed: words of any name, a code, kind, place, a role held at any time.

    `closed`: only those that exist, only those that exist no longer, or (None) all.
    """
    rows = Organisation.objects.all()
    if closed is not None:
        rows = rows.exclude(valid_at(at)) if closed else rows.filter(valid_at(at))
    if text.strip():
        rows = rows.filter(matches(text))
    if kind:
        rows = rows.filter(kinds__contains=[kind])
    if municipality:
        rows = rows.filter(municipality=municipality)
    if country:
        rows = rows.filter(country=country)
    if role:
        held = OrganisationRole.objects.filter(organisation=OuterRef("pk"), withdrawn_at__isnull=True)
        rows = rows.filter(Exists(held if role == ANY_ROLE else held.filter(role=role)))
    return rows.prefetch_related(*PARTS).order_by("order_key", "pk")


ANY_ROLE = "ANY"


def matches(text: str) -> Q:
    """Organisations with a name that has all these words (or beginnings of words), or with that code."""
    text = text.replace("\0", "")
    names = OrganisationName.objects.filter(organisation=OuterRef("pk"))
    for word in words_of(text)[:MOST_WORDS]:
        names = names.filter(folded__contains=f" {word}")
    codes = Identifier.objects.filter(organisation=OuterRef("pk"), value=text.strip())
    by_name = Q(Exists(names)) if words_of(text) else Q(pk__in=())
    return by_name | Q(Exists(codes)) | Q(code__iexact=text.strip())


def called(name: str) -> list[Organisation]:
    """Organisations that have or had exactly this name in some language, marks and capitals aside."""
    keys = OrganisationName.objects.filter(folded__startswith=folded(name, "")).values_list(
        "organisation", "name"
    )
    fits = {key for key, held in keys if folded(held, "") == folded(name, "")}
    return list(Organisation.objects.filter(pk__in=fits).order_by("pk"))


def kinds() -> list[OrganisationKind]:
    """Every kind, by its label in the language of the page."""
    return sorted(OrganisationKind.objects.all(), key=lambda kind: kind.label)


def kind_labels() -> dict[str, str]:
    """Labels of kinds by code, in the language of the page."""
    return {kind.code: kind.label for kind in OrganisationKind.objects.all()}


def name_for(organisation: Organisation, row_id: int) -> OrganisationName:
    """One of its names. Raises OrganisationNotFound."""
    row = OrganisationName.objects.filter(organisation=organisation, pk=row_id).first()
    if row is None:
        raise OrganisationNotFound
    return row


def role_for(organisation: Organisation, row_id: int) -> OrganisationRole:
    """One of its roles, withdrawn ones too. Raises OrganisationNotFound."""
    row = OrganisationRole.objects.filter(organisation=organisation, pk=row_id).first()
    if row is None:
        raise OrganisationNotFound
    return row
