"""The keys that sign credentials, and the DID document by which everybody finds their public halves.

A key is replaced by adding one: the former stays in the document, because removing it would make everything
it signed unverifiable. Its `expires` is left out for the same reason: verifiers refuse what a key signed
before that date, too.
"""

from datetime import datetime
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from sauga.kernel import audit, statements
from sauga.kernel.clock import VILNIUS
from sauga.kernel.credentials.integrity.proofs import Document, public_multibase
from sauga.kernel.credentials.models import IssuerKey
from sauga.kernel.credentials.trail import KEYS_ZONE, Trail
from sauga.kernel.ids import new_reference
from sauga.kernel.sealed import KeyNotAvailable
from sauga.kernel.sealed.signatures.ed25519 import Signer, named_signer
from sauga.kernel.states import Actor

FILE = "credentials-{name}"
CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


def issuer_did() -> str:
    """This installation as a DID: its host, as `did:web` writes it."""
    return f"did:web:{quote(urlsplit(settings.ENV.base_url).netloc, safe='')}"


def method_of(key: IssuerKey) -> str:
    """The address of a key in the DID document: for ever that under which it signed."""
    return f"{key.did}#{key.name}"


def current(by: Actor, at: datetime) -> IssuerKey:
    """The key that signs now; made at first use, and anew when the installation has another address."""
    for found in _in_use():
        if found.did == issuer_did():
            return found
    try:
        return rotate(by=by, at=at)
    except IntegrityError:  # another process was quicker
        return IssuerKey.objects.get(ended_at__isnull=True)


@statements.fetched
def _in_use() -> QuerySet[IssuerKey]:
    return IssuerKey.objects.filter(ended_at__isnull=True)


def rotate(*, by: Actor, at: datetime) -> IssuerKey:
    """Sign with a fresh key from now on. The former one stays in its DID document.

    For the command line, where the operator holds the key files anyway, and for another address.
    """
    with transaction.atomic():
        list(IssuerKey.objects.select_for_update().all())
        IssuerKey.objects.filter(ended_at__isnull=True).update(ended_at=at)
        return _add(by, at)


def signer_of(key: IssuerKey) -> Signer:
    """The private half. Raises KeyNotAvailable on a host that was not given the file, or was given
    another."""
    signer = named_signer(FILE.format(name=key.name))
    if signer is None or signer.public != bytes(key.public):
        raise KeyNotAvailable(f"the file keys/{FILE.format(name=key.name)} is missing or another one")
    return signer


def public_keys() -> dict[str, bytes]:
    """Every public key by its address."""
    return {method_of(key): bytes(key.public) for key in IssuerKey.objects.all()}


def former_dids() -> list[str]:
    """What this installation was called under its former addresses, the first one first."""
    rows = IssuerKey.objects.exclude(did=issuer_did()).order_by("since", "pk").values_list("did", flat=True)
    return list(dict.fromkeys(rows))


def did_document(did: str = "") -> Document:
    """The DID document, that of today's address or a former one: every key that signed under it."""
    did = did or issuer_did()
    keys = IssuerKey.objects.filter(did=did).order_by("since", "pk")
    methods = [
        {
            "id": method_of(key),
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": public_multibase(bytes(key.public)),
        }
        for key in keys
    ]
    return {
        "@context": CONTEXTS,
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [one["id"] for one in methods],
    }


def _add(by: Actor, at: datetime) -> IssuerKey:
    name = f"{at.astimezone(VILNIUS):%Y-%m-%d}-{new_reference(4).lower()}"
    signer = named_signer(FILE.format(name=name), is_new=True)
    if signer is None:
        raise KeyNotAvailable("the key file could not be made")
    key = IssuerKey.objects.create(name=name, did=issuer_did(), public=signer.public, since=at)
    audit.record(by, Trail.KEY_ADDED, None, zone=KEYS_ZONE, at=at, facts={"name": name})
    return key
