"""The canonical form is that of pyld alone, byte for byte, although contexts are made only once."""

import copy
from threading import Thread
from typing import Any

import pytest
from pyld import jsonld

from sauga.kernel.credentials.integrity import canonical, contexts

STATUS = {
    "id": "https://sauga.example/credentials/status/1/revocation#7",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "7",
    "statusListCredential": "https://sauga.example/credentials/status/1/revocation",
}
BADGE: dict[str, Any] = {
    "@context": [contexts.VC2, contexts.OB3],
    "id": "urn:uuid:8e2f2a5e-7a55-4bd6-9d3a-3c5d0a0b9f11",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Patyčios internete",
    "issuer": {"id": "did:web:sauga.example", "type": ["Profile"], "name": "Centras"},
    "validFrom": "2026-11-24T09:30:00Z",
    "credentialSubject": {
        "id": "urn:uuid:0c1d0c0e-9d1b-4a57-8f0a-0a7f4a8f6a01",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "urn:uuid:6f2b8c8e-3a0b-5d3e-9f1a-2b1f6a7c8d02",
            "type": ["Achievement"],
            "name": "Patyčios internete",
            "criteria": {"narrative": "Viskas atlikta."},
        },
    },
    "credentialStatus": [STATUS, {**STATUS, "id": f"{STATUS['id']}1"}],
}
LIST = {
    "@context": [contexts.VC2],
    "id": "https://sauga.example/credentials/status/1/revocation",
    "type": ["VerifiableCredential", "BitstringStatusListCredential"],
    "issuer": "did:web:sauga.example",
    "credentialSubject": {
        "id": "https://sauga.example/credentials/status/1/revocation#list",
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": "uH4sIAAAAAAAA",
    },
}
OPTIONS = {"@context": BADGE["@context"], "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}
DOCUMENTS = (BADGE, LIST, OPTIONS, {**BADGE, "@context": [contexts.VC2]}, {**BADGE, "remark": "unsigned"})


def by_pyld(document: dict[str, Any]) -> tuple[str, list[Any]]:
    """What the library says by itself."""
    dropped: list[Any] = []
    processor = jsonld.JsonLdProcessor(on_property_dropped=dropped.append)
    return processor.normalize(copy.deepcopy(document), dict(canonical.OPTIONS)), dropped


def ours(document: dict[str, Any]) -> tuple[str, list[Any]]:
    dropped: list[Any] = []
    return canonical.n_quads(copy.deepcopy(document), dropped), dropped


@pytest.mark.parametrize("order", [DOCUMENTS, DOCUMENTS[::-1]])
def test_each_document_is_canonicalised_as_by_pyld_alone_in_any_order(order: Any):
    canonical._kept.clear()
    for _time in range(2):
        for document in order:
            assert ours(document) == by_pyld(document)
    assert ours(BADGE)[0].count("\n") > 15 and ours(DOCUMENTS[-1])[1]


def test_contexts_are_made_once_and_not_without_end(monkeypatch: pytest.MonkeyPatch):
    ours(BADGE)
    ours(LIST)
    kept = dict(canonical._kept)
    assert kept, "pyld no longer makes contexts where we look: see canonical._Processor"
    for number in range(20):
        ours({**BADGE, "id": f"urn:uuid:{number:08d}-7a55-4bd6-9d3a-3c5d0a0b9f11"})
    assert canonical._kept == kept
    monkeypatch.setattr(canonical, "MOST_KEPT", 2)
    monkeypatch.setattr(canonical, "_kept", {})
    for document in DOCUMENTS:
        assert ours(document) == by_pyld(document)
    assert len(canonical._kept) <= 2


def test_an_address_that_is_not_ours_is_refused():
    with pytest.raises(canonical.Refused):
        canonical.n_quads({**BADGE, "@context": ["https://elsewhere.example/context.json"]}, [])


def test_threads_get_the_same():
    expected, found = by_pyld(BADGE)[0], []
    canonical._kept.clear()
    threads = [Thread(target=lambda: found.append(ours(BADGE)[0])) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4
