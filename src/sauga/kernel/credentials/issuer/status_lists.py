"""Bitstring status lists (W3C vc-bitstring-status-list, §2–4): places, bits, and the signed documents.

A credential gets a random place. Places that no credential will ever have change by chance beside it, so that
a list tells neither how many credentials are revoked nor whose moved.
"""

import base64
import gzip
import json
import random
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from sauga.kernel import statements
from sauga.kernel.credentials.integrity import contexts, proofs
from sauga.kernel.credentials.integrity.proofs import Document
from sauga.kernel.credentials.issuer import keys
from sauga.kernel.credentials.issuer.addresses import list_address
from sauga.kernel.credentials.models import LIST_BITS, Credential, IssuerKey, StatusIndex, StatusList
from sauga.kernel.credentials.states import CredentialState, ListPurpose

DECOYS = 8_192
TRIES = 8
DECOYS_AT_FIRST, DECOYS_EACH, DRAWS = 64, 3, 1000
LASTS = timedelta(hours=48)
RENEWED_AFTER = timedelta(hours=12)
COMPRESSION = 4
"""Level 9 takes 13 ms for a list with some thousand bits, this one 0.3 ms for a tenth more bytes."""
TTL = 300_000
"""Milliseconds for which a verifier may keep a list; it may ask sooner."""

REVOKED = frozenset({CredentialState.REVOKED, CredentialState.REPLACED})


class Taken(Exception):
    """A place, or a number, that was drawn at random is taken: draw again."""


def take_place(key: IssuerKey, at: datetime) -> tuple[StatusIndex, int]:
    """A free random place for a new credential. Two transactions may be given the same at once: the second
    finds out when it stores its credential, and tries again.

    Where every one of TRIES places is taken, the index is about full and the next one begins.
    """
    index = next(iter(_newest()), None) or _new_index(key, at)
    decoys = bytes(index.decoys)
    tries = TRIES
    while tries:
        place = secrets.randbelow(LIST_BITS)
        if is_set(decoys, place):
            continue
        if _is_free(index, place):
            return index, place
        tries -= 1
    _new_index(key, at)
    return take_place(key, at)


def publish(credential: Credential, key: IssuerKey, at: datetime) -> None:
    """Write what the lists say about a credential whose state has moved, in the transaction of the move."""
    said = {
        ListPurpose.REVOCATION: credential.state in REVOKED,
        ListPurpose.SUSPENSION: credential.state == CredentialState.SUSPENDED,
    }
    for row in _lists_of(index_id=credential.index_id):
        wanted = said[ListPurpose(row.purpose)]
        if is_set(bytes(row.bits), credential.place) == wanted:
            continue
        bits = bytearray(row.bits)
        put(bits, credential.place, wanted)
        _stir(bits, bytes(row.index.decoys), ListPurpose(row.purpose), secrets.randbelow(DECOYS_EACH + 1))
        row.bits = bytes(bits)
        _sign(row, key, at)


def renew(key: IssuerKey, at: datetime, *, every: bool = False) -> int:
    """Sign the lists anew whose documents are past half their time (or all); how many."""
    rows = StatusList.objects.select_for_update().select_related("index").order_by("pk")
    due = list(rows if every else rows.filter(signed_at__lt=at - RENEWED_AFTER))
    for row in due:
        _sign(row, key, at)
    return len(due)


def entries(index: StatusIndex, place: int) -> list[Document]:
    """What a credential says about where its status stands. Revocation comes first: some verifiers read the
    first entry only."""
    return [
        {
            "id": f"{list_address(index.number, purpose)}#{place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": str(purpose),
            "statusListIndex": str(place),
            "statusListCredential": list_address(index.number, purpose),
        }
        for purpose in ListPurpose
    ]


def current_document(row: StatusList, at: datetime) -> str:
    """The signed document of a list. Where the job that renews it has not run for long, it is signed for this
    answer only: a reader never meets one that has run out."""
    if at - row.signed_at < LASTS / 2:
        return row.document
    key = IssuerKey.objects.get(ended_at__isnull=True)
    return _signed(row, key, at)


def is_set(bits: bytes | bytearray, place: int) -> bool:
    """Whether the bit of a place is set; place 0 is the first bit from the left."""
    return bool(bits[place // 8] & (128 >> place % 8))


def put(bits: bytearray, place: int, value: bool) -> None:
    """Set or clear the bit of a place."""
    mask = 128 >> place % 8
    bits[place // 8] = bits[place // 8] | mask if value else bits[place // 8] & ~mask


def encoded(bits: bytes) -> str:
    """The bits as the standard writes them: gzip, base64url, and `u` before it."""
    packed = gzip.compress(bits, compresslevel=COMPRESSION, mtime=0)
    return f"u{base64.urlsafe_b64encode(packed).rstrip(b'=').decode()}"


def list_document(number: int, purpose: str, bits: bytes, at: datetime) -> Document:
    """A status list as a credential, without its proof."""
    address = list_address(number, purpose)
    return {
        "@context": [contexts.VC2],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": keys.issuer_did(),
        "validFrom": proofs.instant(at),
        "validUntil": proofs.instant(at + LASTS),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": str(purpose),
            "encodedList": encoded(bits),
            "ttl": TTL,
        },
    }


@statements.fetched
def _newest() -> QuerySet[StatusIndex]:
    return StatusIndex.objects.order_by("-number")[:1]


@statements.fetched
def _lists_of(*, index_id: int) -> QuerySet[StatusList]:
    """Locked until the transaction ends."""
    rows = StatusList.objects.select_for_update(of=("self",)).filter(index_id=index_id)
    return rows.select_related("index").defer("document").order_by("pk")


def _is_free(index: StatusIndex, place: int) -> bool:
    return not _taken(index_id=index.pk, place=place)


@statements.prepared
def _taken(*, index_id: int, place: int) -> Any:
    return Credential.objects.filter(index_id=index_id, place=place).values_list("pk")


def _sign(row: StatusList, key: IssuerKey, at: datetime) -> None:
    row.document, row.signed_at = _signed(row, key, at), at
    row.save(update_fields=None if row._state.adding else ["bits", "document", "signed_at"])


def _signed(row: StatusList, key: IssuerKey, at: datetime) -> str:
    document = list_document(row.index.number, row.purpose, bytes(row.bits), at)
    signed = proofs.sign(document, keys.signer_of(key), keys.method_of(key), at)
    return json.dumps(signed, ensure_ascii=False, separators=(",", ":"))


def _new_index(key: IssuerKey, at: datetime) -> StatusIndex:
    last = StatusIndex.objects.order_by("-number").first()
    number = 1 if last is None else last.number + 1
    chance = random.SystemRandom()
    decoys = bytearray(LIST_BITS // 8)
    for place in chance.sample(range(LIST_BITS), DECOYS):
        put(decoys, place, value=True)
    index, is_new = StatusIndex.objects.get_or_create(number=number, defaults={"decoys": bytes(decoys)})
    if is_new:
        for purpose in ListPurpose:
            bits = bytearray(LIST_BITS // 8)
            _stir(bits, bytes(decoys), ListPurpose.REVOCATION, times=DECOYS_AT_FIRST)
            _sign(StatusList(index=index, purpose=purpose, bits=bytes(bits)), key, at)
    return index


def _stir(bits: bytearray, decoys: bytes, purpose: ListPurpose, times: int) -> None:
    """Change some decoys: of revocation they are set and stay so, as with what is revoked; of suspension they
    come and go."""
    for _draw in range(DRAWS * times):
        place = secrets.randbelow(LIST_BITS)
        wanted = purpose is ListPurpose.REVOCATION or not is_set(bits, place)
        if is_set(decoys, place) and is_set(bits, place) != wanted:
            put(bits, place, wanted)
            times -= 1
        if not times:
            return
