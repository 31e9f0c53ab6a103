"""Three verifiers by other authors accept what the product issues, see what is revoked and suspended, and
accept nothing that was changed."""

import itertools
import json
import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from django.test import Client

from sauga.kernel import clock, credentials
from sauga.kernel.credentials import verification
from sauga.kernel.credentials.integrity import proofs
from sauga.kernel.credentials.issuer import keys, status_lists
from tests.kernel.credentials.lessons import KEEPER, issue
from tests.kernel.credentials.verifiers import (
    PYTHON,
    Site,
    VerifierCore,
    by_openbadgeslib,
    by_openvc,
    leaf_paths,
    mutants,
    served,
    with_host,
)
from tests.repetition import often, repeated

pytestmark = [pytest.mark.django_db, pytest.mark.tools]
NOW = clock.now() - timedelta(minutes=5)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def site(authority: trustme.CA, settings: Any) -> Iterator[Site]:
    with served(authority) as found:
        settings.ENV = with_host(settings.ENV, found.address)
        yield found


@pytest.fixture(scope="module")
def core(authority: trustme.CA) -> Iterator[VerifierCore]:
    made = VerifierCore(authority)
    yield made
    made.close()


def verdicts(document: dict[str, Any], site: Site, core: VerifierCore) -> list[bool]:
    """Whether each of the three accepts."""
    return [*(verify(document, site) == "accepted" for verify in PYTHON), core.accepts(document)]


@pytest.mark.parametrize(
    "more", [{}, {"valid_until": NOW + timedelta(days=90)}, {"is_named": True}, {"language": "en"}]
)
def test_three_verifiers_accept_what_is_issued(site: Site, core: VerifierCore, more: dict[str, Any]):
    document = credentials.document_of(issue(at=NOW, **more))
    site.publish(document)
    assert by_openbadgeslib(document, site) == "accepted"
    assert by_openvc(document, site) == "accepted"
    assert core.accepts(document), core.checks(document)


def test_all_three_see_a_suspension_its_end_and_a_revocation(site: Site, core: VerifierCore):
    row = issue(at=NOW)
    document = credentials.document_of(row)
    site.publish(document)
    assert verdicts(document, site, core) == [True, True, True]
    credentials.suspend(by=KEEPER, credential=row, why="REVIEW", at=NOW)
    site.publish(document)
    assert verdicts(document, site, core) == [False, False, False]
    credentials.restore(by=KEEPER, credential=row, why="SETTLED", at=NOW)
    site.publish(document)
    assert verdicts(document, site, core) == [True, True, True]
    credentials.revoke(by=KEEPER, credential=row, why="MISTAKE", at=NOW)
    site.publish(document)
    assert verdicts(document, site, core) == [False, False, False]


def test_a_replaced_one_is_refused_and_the_new_one_accepted(site: Site, core: VerifierCore):
    row = issue(at=NOW)
    made = credentials.correct_name(by=KEEPER, credential=row, holder="Daiva Šimkienė", at=NOW)
    old, new = credentials.document_of(row), credentials.document_of(made)
    site.publish(old, new)
    assert verdicts(old, site, core) == [False] * 3 and verdicts(new, site, core) == [True] * 3


def test_an_expired_one_is_refused(site: Site, core: VerifierCore):
    row = issue(at=NOW - timedelta(days=10), valid_until=NOW - timedelta(days=1))
    document = credentials.document_of(row)
    site.publish(document)
    assert verdicts(document, site, core) == [False] * 3


def test_after_a_rotation_old_and_new_are_accepted(site: Site, core: VerifierCore):
    old = issue(at=NOW)
    keys.rotate(by=KEEPER, at=NOW)
    new = issue("lessons.enrolment:BBBB", at=NOW)
    documents = [credentials.document_of(row) for row in (old, new)]
    site.publish(*documents)
    for document in documents:
        assert by_openbadgeslib(document, site) == by_openvc(document, site) == "accepted"


def test_the_picture_gives_openbadgeslib_the_same_credential(site: Site):
    from openbadgeslib.baking import extract_svg

    row = issue(at=NOW)
    code = credentials.content_of(row).code
    picture = Client().get(f"/en/certificate/{code}/credential.svg").content
    held = extract_svg(picture, element="openbadges:credential", text_fallback=True)
    assert json.loads(held or "") == credentials.document_of(row)
    assert verification.check_file(picture).finding is verification.Finding.GENUINE


@repeated(shards=20)
@pytest.mark.slow("150 changed documents, each given to three verifiers by others and to our own")
def test_no_mutant_is_accepted_by_any(site: Site, core: VerifierCore, shard: int):
    """40 in `make test`, 10,000 in `make prove`: 20 shards of 500."""
    chance = random.Random(1000 + shard)
    row = issue(at=NOW, valid_until=NOW + timedelta(days=365), is_named=True)
    document = credentials.document_of(row)
    site.publish(document)
    assert verdicts(document, site, core) == [True] * 3
    assert verification.check_file(json.dumps(document).encode()).finding is verification.Finding.GENUINE
    accepted = []
    changed = list(itertools.islice(mutants(document, chance), often(40, 500)))
    by_core = core.accepts_each([mutant for _path, mutant in changed])
    for (path, mutant), is_accepted in zip(changed, by_core, strict=True):
        found = [is_accepted, *(verify(mutant, site) == "accepted" for verify in PYTHON)]
        found.append(proofs.is_signed(mutant, keys.public_keys()))
        found.append(
            verification.check_file(json.dumps(mutant).encode()).finding is verification.Finding.GENUINE
        )
        if any(found):
            accepted.append((path, found))
    assert not accepted


def test_each_field_changed_or_taken_away_breaks_the_signature(site: Site):
    document = credentials.document_of(issue(at=NOW, valid_until=NOW + timedelta(days=9), is_named=True))
    site.publish(document)
    for path in leaf_paths(document):
        if (path[0] == "proof" and path[-1] != "proofValue") or path[0] == "@context":
            continue
        copy = json.loads(json.dumps(document))
        holder = copy
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]
        assert by_openvc(copy, site) != "accepted", path
        assert (
            verification.check_file(json.dumps(copy).encode()).finding is not verification.Finding.GENUINE
        ), path


def test_a_status_list_by_somebody_else_is_refused(site: Site, core: VerifierCore, tmp_path: Path):
    from sauga.kernel.sealed.signatures.ed25519 import Signer
    from tests.kernel.credentials import verifiers

    row = issue(at=NOW)
    document = credentials.document_of(row)
    credentials.revoke(by=KEEPER, credential=row, why="MISTAKE", at=NOW)
    site.publish(document)
    path = "/credentials/status/1/revocation"
    kind, body = verifiers._Handler.pages[path]
    forged = {name: value for name, value in json.loads(body).items() if name != "proof"}
    forged["credentialSubject"]["encodedList"] = status_lists.encoded(bytes(131_072 // 8))
    forger = Signer.from_file(tmp_path / "forger")
    signed = proofs.sign(forged, forger, keys.method_of(row.key), NOW)
    verifiers._Handler.pages[path] = kind, json.dumps(signed).encode()
    assert verdicts(document, site, core) == [False] * 3
