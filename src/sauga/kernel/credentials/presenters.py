"""What the check page, the paper and the desk say of a credential."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import segno
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext, pgettext_lazy

from sauga.kernel.clock import VILNIUS
from sauga.kernel.credentials import documents, protection, queries
from sauga.kernel.credentials.declarations.kinds import CredentialKind, KindUnknown, kind_of
from sauga.kernel.credentials.declarations.printed import Words
from sauga.kernel.credentials.issuer.addresses import check_address
from sauga.kernel.credentials.models import Credential
from sauga.kernel.credentials.protection import Content
from sauga.kernel.credentials.queries import Status
from sauga.kernel.credentials.states import CredentialState
from sauga.kernel.i18n import long_date
from sauga.kernel.kit.lists import Mark
from sauga.kernel.members.models import Member

type Text = str | Promise

MASK = 5
"""Of the eight masks of a QR code, which are equally legible to a camera: to weigh all of them takes four
fifths of what the code costs, and a quarter of the whole page. On paper they are weighed."""

STATES: Mapping[str, Mark] = {
    CredentialState.VALID: Mark("good", "", pgettext_lazy("credential", "valid")),
    CredentialState.SUSPENDED: Mark("wait", "ring", pgettext_lazy("credential", "suspended")),
    CredentialState.REPLACED: Mark("info", "half", pgettext_lazy("credential", "replaced")),
    CredentialState.EXPIRED: Mark("calm", "ring", pgettext_lazy("credential", "expired")),
    CredentialState.REVOKED: Mark("bad", "diamond", pgettext_lazy("credential", "revoked")),
}
HEADINGS: Mapping[str, Text] = {
    CredentialState.VALID: gettext_lazy("The certificate is valid"),
    CredentialState.SUSPENDED: gettext_lazy("The certificate is suspended"),
    CredentialState.REPLACED: gettext_lazy("The certificate was replaced by a new one"),
    CredentialState.EXPIRED: gettext_lazy("The certificate has expired"),
    CredentialState.REVOKED: gettext_lazy("The certificate was revoked"),
}
MEANINGS: Mapping[str, Text] = {
    CredentialState.VALID: gettext_lazy("The fields are as they were printed."),
    CredentialState.REPLACED: gettext_lazy("A new one was issued, for example because a name was corrected."),
    CredentialState.SUSPENDED: gettext_lazy("Not valid for the time being. The page says since when."),
    CredentialState.EXPIRED: gettext_lazy("Its term is over."),
    CredentialState.REVOKED: gettext_lazy("No longer valid. The page gives the date, not the reason."),
}
PARTS: Mapping[str, Text] = {
    "proof": gettext_lazy("our signature"),
    "name": gettext_lazy("what it is about"),
    "issuer": gettext_lazy("who issued it"),
    "validFrom": gettext_lazy("since when it is valid"),
    "validUntil": gettext_lazy("until when it is valid"),
    "credentialSubject.identifier": gettext_lazy("whom it is about"),
    "credentialSubject.licenseNumber": gettext_lazy("its number"),
    "credentialSubject.narrative": gettext_lazy("the printed text"),
    "credentialSubject.achievement.name": gettext_lazy("what it is about"),
    "credentialSubject.achievement": gettext_lazy("what it was given for"),
    "credentialSubject": gettext_lazy("whom it is about"),
    "credentialStatus": gettext_lazy("where its validity is looked up"),
    "evidence": gettext_lazy("the address of its page"),
    "@context": gettext_lazy("its technical form"),
    "type": gettext_lazy("its technical form"),
}
"""Parts of a file (Open Badges 3.0) by path, the narrower before the wider, as readers know them."""


@dataclass(frozen=True)
class Line:
    """One printed field in the language of the page; `is_plain`: digits and letters, never translated."""

    code: str
    label: Text
    value: Text
    is_plain: bool = False


@dataclass(frozen=True)
class Sheet:
    """The printed sheet as the page shows it."""

    heading: str
    holder: str
    number: str
    about: str
    lines: tuple[Line, ...]
    qr: SafeString


def in_language(words: Words) -> str:
    """What is said in the language of the page."""
    return words.said(get_language() or "en")


def kept(member: Member) -> list[Text]:
    """What stays of a member's certificates once the account is deleted."""
    if not queries.of_member(member.pk):
        return []
    return [
        gettext_lazy(
            "Certificates stay valid and can be checked by their codes; they no longer belong to an account."
        )
    ]


def held_about(member: Member, at: datetime) -> list[tuple[Text, str]]:
    """A member's certificates for “my data”: each in one line, as it is printed, in the language of the
    page."""
    rows = queries.of_member(member.pk)
    held, language = protection.contents(rows), get_language() or "en"
    return [
        (
            row.number or kind_title(row.kind),
            "; ".join(
                [
                    held[row.pk].printed.about.said(language),
                    str(STATES[queries.status_of(row, at).state].text),
                    *(f"{one.label}: {one.value}" for one in lines(row, held[row.pk], language)),
                ]
            ),
        )
        for row in rows
        if row.pk in held
    ]


def known_kind(row: Credential) -> CredentialKind | None:
    """Its kind; None where this installation no longer has the service."""
    try:
        return kind_of(row.kind)
    except KindUnknown:
        return None


def kind_title(code: str) -> Text:
    """What a kind is called; the code of one that no installed service declares."""
    try:
        return kind_of(code).title
    except KindUnknown:
        return code


def heading_of(row: Credential) -> str:
    """What the paper is headed with."""
    kind = known_kind(row)
    return kind.said("title").said(get_language() or "en") if kind else gettext("Certificate")


def sheet(row: Credential, content: Content) -> Sheet:
    """Everything that is printed, in the order of the paper."""
    language = get_language() or "en"
    printed = content.printed
    return Sheet(
        heading=heading_of(row),
        holder=printed.holder,
        number=row.number,
        about=printed.about.said(language),
        lines=tuple(lines(row, content, language)),
        qr=qr_svg(check_address(content.code, row.language)),
    )


def lines(row: Credential, content: Content, language: str) -> list[Line]:
    """The fields of the owner, and what every credential says: issued, valid until, issuer, code."""
    own = [
        Line(one.code, one.label.said(language), one.value.said(language)) for one in content.printed.fields
    ]
    until = (
        long_date(row.valid_until.astimezone(VILNIUS).date())
        if row.valid_until
        else pgettext("certificate", "without end date")
    )
    return [
        *own,
        Line(
            "issued", pgettext("certificate", "Issued"), long_date(row.issued_at.astimezone(VILNIUS).date())
        ),
        Line("until", pgettext("certificate", "Valid until"), until),
        Line("issuer", pgettext("certificate", "Issued by"), str(documents.issuer(language)["name"])),
        Line("code", pgettext("certificate", "Code"), content.code, is_plain=True),
    ]


def status_text(status: Status, row: Credential, at: datetime) -> str:
    """When it was looked up, and since when it is as it is; never why."""
    day = long_date(status.since.astimezone(VILNIUS).date())
    if status.state is CredentialState.VALID and status.since == row.issued_at:
        return gettext("Nothing has changed since it was issued.")
    words = {
        CredentialState.VALID: gettext("Valid again since %(day)s."),
        CredentialState.SUSPENDED: gettext("Suspended since %(day)s."),
        CredentialState.REPLACED: gettext("Replaced on %(day)s."),
        CredentialState.EXPIRED: gettext("Its term ended on %(day)s."),
        CredentialState.REVOKED: gettext("Revoked on %(day)s."),
    }
    return words[status.state] % {"day": day}


def changed_words(paths: Iterable[str]) -> list[Text]:
    """What was changed in a file, in words; each once, in the order in which it was found."""
    return list(dict.fromkeys(_part_words(path) for path in paths))


def _part_words(path: str) -> Text:
    held = (words for start, words in PARTS.items() if path == start or path.startswith(f"{start}."))
    return next(held, gettext_lazy("something that we did not write"))


def legend() -> list[tuple[Mark, Text]]:
    """What each state means."""
    return [(STATES[state], text) for state, text in MEANINGS.items()]


def qr_svg(address: str) -> SafeString:
    """A QR code of an address, dark on whatever is behind it, which the style sheet makes light."""
    svg = segno.make(address, error="m", micro=False, mask=MASK).svg_inline(
        border=0, omitsize=True, svgclass="qr", lineclass=None, dark="#1b2a33"
    )
    label = gettext("QR code with the address of this page")
    drawn = svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
    return mark_safe(drawn)  # noqa: S308  made by segno from an address we wrote
