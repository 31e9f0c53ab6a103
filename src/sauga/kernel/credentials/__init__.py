"""Credentials: one issuer for what training, certification, events and the school label certify
(docs/develop/credentials.md).

Open Badges 3.0 on VC 2.0 with Data Integrity proofs; a status list that is published with each move; one
check page.
"""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr

if TYPE_CHECKING:
    from sauga.kernel.credentials.actions import (
        CredentialRefused,
        correct_name,
        expire_due,
        issue,
        replace,
        restore,
        revoke,
        suspend,
    )
    from sauga.kernel.credentials.declarations.kinds import CredentialKind, KindUnknown, Why, kind_of
    from sauga.kernel.credentials.declarations.printed import (
        PrintedField,
        PrintedFields,
        PrintedRefused,
        Words,
    )
    from sauga.kernel.credentials.effects import Moved, credential_moved
    from sauga.kernel.credentials.exports.paper import paper
    from sauga.kernel.credentials.issuer.addresses import check_address
    from sauga.kernel.credentials.measures import issued_measure
    from sauga.kernel.credentials.models import Credential
    from sauga.kernel.credentials.protection import content_of, contents, document_of
    from sauga.kernel.credentials.queries import (
        Status,
        by_code,
        credential_for,
        credentials_for,
        issued_between,
        status_of,
    )
    from sauga.kernel.credentials.states import CredentialState

_NAMES = {
    "actions": "CredentialRefused correct_name expire_due issue replace restore revoke suspend",
    "issuer.addresses": "check_address",
    "effects": "Moved credential_moved",
    "declarations.kinds": "CredentialKind KindUnknown Why kind_of",
    "measures": "issued_measure",
    "models": "Credential",
    "declarations.printed": "PrintedField PrintedFields PrintedRefused Words",
    "protection": "content_of contents document_of",
    "queries": "Status by_code credential_for credentials_for issued_between status_of",
    "exports.paper": "paper",
    "states": "CredentialState",
}
__all__ = [
    "Credential",
    "CredentialKind",
    "CredentialRefused",
    "CredentialState",
    "KindUnknown",
    "Moved",
    "PrintedField",
    "PrintedFields",
    "PrintedRefused",
    "Status",
    "Why",
    "Words",
    "by_code",
    "check_address",
    "content_of",
    "contents",
    "correct_name",
    "credential_for",
    "credential_moved",
    "credentials_for",
    "document_of",
    "expire_due",
    "issue",
    "issued_between",
    "issued_measure",
    "kind_of",
    "paper",
    "replace",
    "restore",
    "revoke",
    "status_of",
    "suspend",
]
__getattr__ = lazy_getattr(
    __name__, {name: module for module, names in _NAMES.items() for name in names.split()}
)
