"""The file of a credential: Open Badges 3.0 on VC 2.0, without its proof.

The subject is a random `urn:uuid`; no name and no address of the holder is in it, unless the holder wants the
name to be there as a salted hash. Who has the file has the code, and so the check page with everything that
is printed.
"""

import hashlib
import secrets
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid4, uuid5

from django.conf import settings
from django.utils.translation import gettext, override

from sauga.kernel.credentials.declarations.kinds import CredentialKind
from sauga.kernel.credentials.declarations.printed import PrintedFields
from sauga.kernel.credentials.integrity import contexts
from sauga.kernel.credentials.integrity.proofs import Document, instant
from sauga.kernel.credentials.issuer import keys, status_lists
from sauga.kernel.credentials.models import Credential


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What goes into a file."""

    row: Credential
    kind: CredentialKind
    printed: PrintedFields
    check: str
    is_named: bool


def badge(draft: Draft) -> Document:
    """The credential of a draft, ready to be signed."""
    row, language = draft.row, draft.row.language
    document: Document = {
        "@context": [contexts.VC2, contexts.OB3],
        "id": f"urn:uuid:{row.identifier}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": draft.printed.about.said(language),
        "issuer": issuer(language),
        "validFrom": instant(row.issued_at),
        **({"validUntil": instant(row.valid_until)} if row.valid_until else {}),
        "credentialSubject": {
            "id": f"urn:uuid:{uuid4()}",
            "type": ["AchievementSubject"],
            **({"identifier": [_hashed_name(draft.printed.holder)]} if draft.is_named else {}),
            "licenseNumber": row.number,
            "narrative": _narrative(draft.printed, language),
            "achievement": _achievement(draft.kind, draft.printed, language),
        },
        "evidence": [
            {"id": draft.check, "type": ["Evidence"], "name": _check_words(language)},
        ],
        "credentialStatus": status_lists.entries(row.index, row.place),
    }
    return document


def issuer(language: str) -> Document:
    """Who issues, as a profile."""
    with override(language):
        name = gettext("Safer Internet Centre of Lithuania")
    return {
        "id": keys.issuer_did(),
        "type": ["Profile"],
        "name": name,
        "url": settings.ENV.base_url.rstrip("/"),
    }


def name_hash(name: str, salt: str) -> str:
    """The salted hash of a name, as Open Badges 3.0 writes it."""
    return f"sha256${hashlib.sha256((name + salt).encode()).hexdigest()}"


def _hashed_name(holder: str) -> Document:
    salt = secrets.token_hex(16)
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": name_hash(holder, salt),
        "identityType": "name",
        "salt": salt,
    }


def _narrative(printed: PrintedFields, language: str) -> str:
    lines = [f"{one.label.said(language)}: {one.value.said(language)}" for one in printed.fields]
    return "\n".join([printed.about.said(language), *lines])


def _achievement(kind: CredentialKind, printed: PrintedFields, language: str) -> Document:
    about = printed.about.said(language)
    return {
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, f'{keys.issuer_did()}#{kind.code}#{printed.about.lt}')}",
        "type": ["Achievement"],
        "achievementType": kind.achievement,
        "inLanguage": language,
        "name": about,
        "description": kind.said("description").said(language),
        "criteria": {"narrative": kind.said("criteria").said(language)},
    }


def _check_words(language: str) -> str:
    with override(language):
        return gettext("Check page with everything that is printed")
