"""Words and cells of the register's pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sauga.kernel.i18n import language_name
from sauga.kernel.kit.lists.cells import Cell, Link, Mark, Quiet
from sauga.kernel.organisation_pages.lists import place_of
from sauga.kernel.organisations.models import (
    Organisation,
    OrganisationLogo,
    OrganisationName,
    OrganisationRole,
)
from sauga.kernel.organisations.queries import logos
from sauga.kernel.organisations.queries.links import Lines
from sauga.kernel.organisations.queries.roles import possible_overlaps

VERIFIED = "good", "tick"
UNVERIFIED = "wait", "ring"


def span_said(since: str, until: str) -> str:
    """„2012-07–2019“, „2019–“, „–2019“; empty where both ends are open."""
    return f"{since}–{until}" if since or until else ""


def facts(row: Organisation, kinds: dict[str, str]) -> Iterator[tuple[str, Cell]]:
    """Kinds, place, website, codes and mailboxes, as names and cells."""
    if row.kinds:
        yield _("Kinds"), ", ".join(kinds.get(kind, kind) for kind in row.kinds)
    if place := place_of(row):
        yield _("Place"), place
    if row.website:
        yield _("Website"), Link(row.website, row.website, is_code=True)
    for code in sorted(row.identifiers.all(), key=lambda one: one.scheme):
        yield str(code.get_scheme_display()), (code.value, Quiet(code.source, below=True), _verified(code))
    for one in sorted(row.contacts.all(), key=lambda contact: contact.purpose):
        yield str(one.get_purpose_display()), Link(one.email, f"mailto:{one.email}", is_code=True)


def _verified(code: Any) -> Mark:
    if code.verified_at is None:
        return Mark(*UNVERIFIED, pgettext("code", "unverified"))
    return Mark(*VERIFIED, pgettext("code", "verified"))


@dataclass(frozen=True)
class NameLine:
    """One name as the page shows it."""

    row: OrganisationName
    language: str
    span: str
    href: str


def names_of(row: Organisation) -> list[NameLine]:
    """Names by language, the newest first."""
    ordered = sorted(row.names.all(), key=lambda one: (one.since, one.pk), reverse=True)
    ordered.sort(key=lambda one: (one.language != "lt", one.language))
    return [
        NameLine(
            one,
            language_name(one.language),
            span_said(one.since, one.until),
            reverse("organisations-name", args=[row.code, one.pk]),
        )
        for one in ordered
    ]


@dataclass(frozen=True)
class RoleLine:
    """One role as the page shows it."""

    row: OrganisationRole
    label: str
    span: str
    href: str
    warning: str = ""


def roles_of(row: Organisation) -> list[RoleLine]:
    """Roles, the newest first; those that may overlap another one say so."""
    unsure = {one.pk for pair in possible_overlaps(row) for one in pair}
    return [
        RoleLine(
            one,
            str(one.get_role_display()),
            span_said(one.since, one.until),
            reverse("organisations-role", args=[row.code, one.pk]),
            _("Its dates meet those of another row. Only exact dates tell whether they overlap.")
            if one.pk in unsure
            else "",
        )
        for one in sorted(row.roles.all(), key=lambda one: (one.since, one.pk), reverse=True)
    ]


@dataclass(frozen=True)
class LogoLine:
    """One logo as the page shows it. `image` is empty for one that may not be sent."""

    row: OrganisationLogo
    span: str
    image: str
    alt: str


def logos_of(row: Organisation) -> list[LogoLine]:
    """Logos, the newest first, withdrawn ones too."""
    return [
        LogoLine(
            one,
            span_said(one.since, one.until),
            reverse("organisations-logo-file", args=[row.code, one.pk]) if one.file.is_ready else "",
            one.alt or _("Logo"),
        )
        for one in logos.logos_of(row)
    ]


@dataclass(frozen=True)
class LinkedLine:
    """Another organisation that this one is linked with, and where the link is taken away."""

    name: str
    href: str
    note: str
    undo: str = ""


def successions_of(row: Organisation, lines: Lines, at: Any) -> tuple[list[LinkedLine], list[LinkedLine]]:
    """Who was before and who came after, nearest first."""
    return (
        [_linked(row, one.predecessor, one, at) for one in lines.earlier],
        [_linked(row, one.successor, one, at) for one in lines.later],
    )


def _linked(row: Organisation, other: Organisation, link: Any, at: Any) -> LinkedLine:
    own = row.pk in {link.predecessor_id, link.successor_id}
    return LinkedLine(
        other.name_at(at),
        reverse("organisations-organisation", args=[other.code]),
        ", ".join(filter(None, [link.since, link.source])),
        reverse("organisations-unlink", args=[row.code, link.pk]) if own else "",
    )


def same_of(row: Organisation, lines: Lines, at: Any) -> list[LinkedLine]:
    """Other rows for the same body."""
    return [
        LinkedLine(
            one.name_at(at),
            reverse("organisations-organisation", args=[one.code]),
            one.code,
            reverse("organisations-part", args=[row.code, one.code]),
        )
        for one in lines.same
    ]
