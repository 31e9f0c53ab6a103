"""Organisations: adding them, their kinds, their facts, and marking them as closed."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_slug
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.audit.registry import LONGEST_CODE
from sauga.kernel.ids import new_reference
from sauga.kernel.organisations import in_use, places
from sauga.kernel.organisations.actions.codes import set_identifier
from sauga.kernel.organisations.actions.names import new_name, settle_names
from sauga.kernel.organisations.models import Organisation, OrganisationKind, valid_at
from sauga.kernel.organisations.rules import Permission
from sauga.kernel.organisations.trail import ZONE, Trail
from sauga.kernel.permissions import allowed, require
from sauga.kernel.refusals import ActionRefused, ChangedMeanwhile, NothingChanged
from sauga.kernel.states import Actor, lock

CODE_LENGTH = 8


class KindUnknown(ActionRefused):
    """There is no such kind of organisation."""

    message = _("Choose one of the kinds of organisation.")
    field = "kinds"


class KindPrivileged(ActionRefused):
    """The kind may grant what decides about others; it is assigned where the installation is set up."""

    message = _(
        "This kind of organisation may run a service or decide about others. It is assigned on the command "
        "line, with “sauga organisation kinds”."
    )
    field = "kinds"


class CodeUsed(ActionRefused):
    """The register has an organisation under this code of ours already, or it is no code."""

    messages = {
        "taken": _("Another organisation of the register has this code."),
        "shape": _("Use letters without accents, digits and hyphens."),
    }
    field = "code"


class NameMissing(ActionRefused):
    """An organisation has a name."""

    message = _("Enter the name of the organisation.")
    field = "name"


class FactRefused(ActionRefused):
    """The municipality, the country or the web address is not one."""

    messages = {
        "municipality": _("Choose one of the municipalities."),
        "country": _("Choose one of the countries."),
        "abroad": _("Municipalities are those of Lithuania. Leave the field empty for another country."),
        "website": _("A web address begins with https:// or http://."),
    }
    fields = {
        "municipality": "municipality",
        "country": "country",
        "abroad": "municipality",
        "website": "website",
    }


class StillInUse(ActionRefused):
    """People work for it, or it operates a service."""

    message = _("It is still in use: %(uses)s. End that first.")


def create_organisation(
    *,
    by: Actor,
    names: Mapping[str, str],
    short: str = "",
    code: str = "",
    kinds: Iterable[str] = (),
    country: str = places.HOME,
    municipality: str = "",
    website: str = "",
    codes: Mapping[str, str] | None = None,
    at: datetime,
) -> Organisation:
    """Add an organisation with its first names by language (`short` goes with the first). Without a `code` of
    ours it gets a random one; `codes` are those of other registers by scheme.

    Raises CodeUsed, NameMissing, KindUnknown, KindPrivileged, FactRefused, CodeRefused.
    """
    require(by, Permission.EDIT)
    given = {language: " ".join(name.split()) for language, name in names.items() if name.strip()}
    if not given:
        raise NameMissing
    code = _own_code(code)
    row = Organisation(code=code, kinds=known_kinds(kinds), valid_from=at, changed_at=at)
    check_privileged(by, row.kinds)
    set_facts(row, country=country, municipality=municipality, website=website)
    with transaction.atomic():
        row.save(force_insert=True)
        for place, (language, name) in enumerate(given.items()):
            new_name(row, language=language, name=name, short="" if place else short).save()
        settle_names(row, at)
        facts = {"kinds": ",".join(row.kinds)[:LONGEST_CODE]}
        audit.record(by, Trail.CREATED, row, zone=ZONE, at=at, facts=facts)
        for scheme, value in (codes or {}).items():
            if value.strip():
                set_identifier(by=by, organisation=row, scheme=scheme, value=value, at=at)
    return row


def set_kinds(*, by: Actor, organisation: Organisation, kinds: Iterable[str], at: datetime) -> None:
    """Say what kind of organisation it is; roles that people hold already stay as they are.

    Raises KindUnknown, KindPrivileged.
    """
    require(by, Permission.EDIT)
    with transaction.atomic():
        organisation = lock(organisation)
        wanted = known_kinds(kinds)
        check_privileged(by, set(wanted) ^ set(organisation.kinds))
        organisation.kinds, organisation.changed_at = wanted, at
        organisation.save(update_fields=["kinds", "changed_at"])
        facts = {"organisation": organisation.code, "kinds": ",".join(wanted)[:LONGEST_CODE]}
        audit.record(by, Trail.KINDS, organisation, zone=ZONE, at=at, facts=facts)


def edit_organisation(
    *,
    by: Actor,
    organisation: Organisation,
    seen: datetime,
    kinds: Collection[str],
    country: str,
    municipality: str,
    website: str,
    at: datetime,
) -> Organisation:
    """Change what is known of it; `seen` is the `changed_at` that the person had before them.

    Raises ChangedMeanwhile, NothingChanged, KindUnknown, KindPrivileged, FactRefused.
    """
    require(by, Permission.EDIT)
    with transaction.atomic():
        row = lock(organisation)
        if row.changed_at != seen:
            raise ChangedMeanwhile
        before = _facts_of(row)
        if sorted(set(kinds)) != sorted(row.kinds):
            set_kinds(by=by, organisation=row, kinds=kinds, at=at)
            row = lock(row)
        set_facts(row, country=country, municipality=municipality, website=website)
        changed = sorted(name for name, value in _facts_of(row).items() if value != before[name])
        if not changed:
            raise NothingChanged
        row.changed_at = at
        row.save(update_fields=["country", "municipality", "website", "changed_at"])
        if told := [name for name in changed if name != "kinds"]:
            audit.record(by, Trail.EDITED, row, zone=ZONE, at=at, facts={"what": ",".join(told)})
    return row


def close_organisation(*, by: Actor, organisation: Organisation, at: datetime) -> Organisation:
    """From `at` on it exists no longer: it is offered nowhere, and what was recorded stays.

    Raises NothingChanged, StillInUse.
    """
    require(by, Permission.EDIT)
    with transaction.atomic():
        row = lock(organisation)
        if row.valid_to is not None:
            raise NothingChanged
        uses = in_use.uses_of(row, at)
        if row.operated.filter(valid_at(at)).exists():
            uses.append(_("it runs a service"))
        if uses:
            raise StillInUse(uses=lambda: ", ".join(str(use) for use in uses))
        row.valid_to = row.changed_at = at
        row.save(update_fields=["valid_to", "changed_at"])
        audit.record(by, Trail.CLOSED, row, zone=ZONE, at=at)
    return row


def reopen_organisation(*, by: Actor, organisation: Organisation, at: datetime) -> Organisation:
    """It exists again, as if it had never been closed. Raises NothingChanged."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        row = lock(organisation)
        if row.valid_to is None:
            raise NothingChanged
        row.valid_to, row.changed_at = None, at
        row.save(update_fields=["valid_to", "changed_at"])
        audit.record(by, Trail.REOPENED, row, zone=ZONE, at=at)
    return row


def known_kinds(kinds: Iterable[str]) -> list[str]:
    """The codes in their order. Raises KindUnknown."""
    wanted = sorted(set(kinds))
    if set(wanted) - set(OrganisationKind.objects.values_list("code", flat=True)):
        raise KindUnknown
    return wanted


def set_facts(row: Organisation, *, country: str, municipality: str, website: str) -> None:
    """Put checked facts into a row that is not stored here. Raises FactRefused."""
    if not places.is_country(country):
        raise FactRefused("country")
    if municipality and country != places.HOME:
        raise FactRefused("abroad")
    if municipality and not places.is_municipality(municipality):
        raise FactRefused("municipality")
    website = website.strip()
    if website:
        try:
            URLValidator(schemes=["http", "https"])(website)
        except ValidationError as wrong:
            raise FactRefused("website") from wrong
    row.country, row.municipality, row.website = country, municipality, website


def check_privileged(by: Actor, kinds: Collection[str]) -> None:
    """Pass in silence or raise KindPrivileged."""
    privileged = OrganisationKind.objects.filter(code__in=kinds, is_privileged=True)
    if not allowed(by, Permission.ASSIGN_PRIVILEGED) and privileged.exists():
        raise KindPrivileged


def _own_code(code: str) -> str:
    if not code:
        return new_reference(CODE_LENGTH)
    try:
        validate_slug(code)
    except ValidationError as wrong:
        raise CodeUsed("shape") from wrong
    if Organisation.objects.filter(code=code).exists():
        raise CodeUsed("taken")
    return code


def _facts_of(row: Organisation) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("kinds", "country", "municipality", "website")}
