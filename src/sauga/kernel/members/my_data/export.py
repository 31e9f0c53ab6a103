"""“My data” in three forms: for the page, as values for JSON, as PDF."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files as packaged
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext

from sauga.kernel.members import consents, protection, queries
from sauga.kernel.members.actors import MemberActor
from sauga.kernel.members.models import Consent
from sauga.kernel.members.my_data import holdings
from sauga.kernel.members.my_data.words import READS, in_words
from sauga.kernel.members.representation.presenters import state_text
from sauga.kernel.ui.formats import pdf

type Text = str | Promise
type Pair = tuple[Text, str]


@dataclass(frozen=True)
class Section:
    """One part of the data: a heading and lines of name and value."""

    title: Text
    lines: list[Pair]


def as_values(by: MemberActor, at: datetime) -> dict[str, Any]:
    """Everything that is held about the member, as values that JSON can hold; times in ISO 8601."""
    member = by.member
    return {
        "made_at": at.isoformat(),
        "account": {
            "name": by.name,
            "address": protection.address_of(member),
            "language": member.language,
            "reminders": member.is_reminded,
            "created_at": member.created_at.isoformat(),
            "last_seen": member.last_seen_date.isoformat(),
            **({"birth_month": f"{member.birth_month:%Y-%m}"} if member.birth_month else {}),
        },
        "browsers": [
            {
                "device": one.name,
                "since": one.row.begun_at.isoformat(),
                "last_used": one.row.seen_at.isoformat(),
            }
            for one in queries.sessions_of(by, at)
        ],
        "passkeys": [
            {"name": one.name, "since": one.row.created_at.isoformat()} for one in queries.passkeys_of(by)
        ],
        "consents": [_consent(row) for row in member.consents.order_by("given_at", "pk")],
        "organisations": [
            {
                "organisation": line.organisation,
                "purpose": line.purpose,
                "state": line.row.state,
                "asked_at": line.row.asked_at.isoformat(),
                "decided_at": line.row.decided_at.isoformat() if line.row.decided_at else None,
            }
            for line in queries.representations_of(by, at)
        ],
        **{holding.code: holding.export(member, at) for holding in holdings.every()},
    }


def _consent(row: Consent) -> dict[str, Any]:
    return {
        "purpose": row.purpose,
        "text_version": row.version,
        "text": str(_words(row)),
        "given_by": row.given_by,
        "given_at": row.given_at.isoformat(),
        "withdrawn_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
        "evidence": row.evidence,
    }


def _words(row: Consent) -> Text:
    try:
        return consents.find(row.purpose).texts.get(row.version, "")
    except consents.UnknownPurpose:  # of a service that this installation no longer has
        return ""


def sections(by: MemberActor, at: datetime) -> list[Section]:
    """The same in words, for people."""
    return [section for section in _sections(by, at) if section.lines]


def _sections(by: MemberActor, at: datetime) -> Iterator[Section]:
    member = by.member
    yield Section(
        gettext("Account"),
        [
            (gettext("Name"), by.name or "–"),
            (gettext("Email address"), protection.address_of(member)),
            (gettext("Since"), _day(member.created_at)),
            (gettext("Last used"), date_format(member.last_seen_date, "DATE_FORMAT")),
            (gettext("Reminders"), gettext("on Mondays") if member.is_reminded else gettext("none")),
        ],
    )
    yield Section(
        gettext("Signed in"),
        [
            (one.name or gettext("Unknown device"), _day(one.row.begun_at))
            for one in queries.sessions_of(by, at)
        ],
    )
    yield Section(
        gettext("Passkeys"), [(one.name, _day(one.row.created_at)) for one in queries.passkeys_of(by)]
    )
    yield Section(
        gettext("Consents"),
        [(_title(row), _standing(row)) for row in member.consents.order_by("given_at", "pk")],
    )
    yield Section(
        gettext("Organisations"),
        [(line.organisation, state_text(line.row.state)) for line in queries.representations_of(by, at)]
        if by.birth_month is None
        else [],
    )
    for holding in holdings.every():
        said = (
            holding.lines(member, at)
            if holding.lines
            else in_words(holding.export(member, at), holding.codes, {**READS, **holding.reads})
        )
        yield Section(holding.title, list(said))


def _title(row: Consent) -> Text:
    try:
        return consents.find(row.purpose).title
    except consents.UnknownPurpose:
        return row.purpose


def _standing(row: Consent) -> str:
    said = gettext("given %(day)s, text %(version)d") % {"day": _day(row.given_at), "version": row.version}
    if row.withdrawn_at is None:
        return said
    return gettext("%(said)s, withdrawn %(day)s") % {"said": said, "day": _day(row.withdrawn_at)}


def _day(at: datetime) -> str:
    return date_format(localtime(at), "DATE_FORMAT")


def as_pdf(by: MemberActor, at: datetime) -> bytes:
    """The same as a tagged PDF in the language of the page."""
    content = {
        "lang": get_language() or "lt",
        "title": gettext("My data in Sauga"),
        "made": gettext("As of %(day)s") % {"day": _day(at)},
        "sections": [
            {"title": str(one.title), "lines": [[str(name), value] for name, value in one.lines]}
            for one in sections(by, at)
        ],
    }
    return pdf.pdf(packaged("sauga.kernel.members").joinpath("data/my_data.typ"), content, at=at)
