"""Issuing, moving and replacing: what is written and refused, what the owner and the lists learn."""

import base64
import gzip
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.utils import translation
from factories.members import browser_of, joined

from sauga.kernel import audit, credentials, retention
from sauga.kernel.credentials import actions, presenters, protection, queries, verification
from sauga.kernel.credentials.declarations import kinds
from sauga.kernel.credentials.integrity import contexts, proofs
from sauga.kernel.credentials.issuer import keys, status_lists
from sauga.kernel.credentials.models import LIST_BITS, Credential, IssuerKey, StatusIndex, StatusList
from sauga.kernel.credentials.states import CREDENTIAL, CredentialState, ListPurpose
from sauga.kernel.figures import Period, PeriodKind
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.members.models import Member
from sauga.kernel.refusals import NothingChanged, ReasonMissing
from sauga.kernel.sealed import KeyNotAvailable
from sauga.kernel.states import MoveNotAllowed
from tests.kernel.credentials.lessons import AT, ISSUER, KEEPER, KIND, STRANGER, issue, printed

pytestmark = pytest.mark.django_db


def bits(purpose: str) -> bytes:
    """The published bits, as a stranger reads them."""
    document = json.loads(StatusList.objects.get(purpose=purpose).document)
    assert proofs.is_signed(document, keys.public_keys())
    packed = document["credentialSubject"]["encodedList"].removeprefix("u")
    return gzip.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))


def published(row: Credential) -> tuple[bool, bool]:
    """Whether the lists say that it is revoked, and suspended."""
    return tuple(status_lists.is_set(bits(purpose), row.place) for purpose in ListPurpose)  # type: ignore[return-value]


def test_what_is_issued_is_signed_sealed_and_found_by_its_code():
    row = issue()
    held, document = credentials.content_of(row), credentials.document_of(row)
    assert proofs.is_signed(document, keys.public_keys())
    assert held.printed == printed() and credentials.by_code(held.code.lower().replace("-", "")) == row
    assert len(held.code.replace("-", "")) * 5 >= 80
    assert [one["statusPurpose"] for one in document["credentialStatus"]] == ["revocation", "suspension"]
    assert published(row) == (False, False)
    assert [entry.action for entry in audit.timeline(row, zone="awareness")] == ["credential:issued"]


def test_the_file_names_nobody_and_has_no_address():
    text = json.dumps(credentials.document_of(issue()), ensure_ascii=False)
    assert "Girdenyt" not in text and "@" not in text.replace('"@context"', "")
    subject = json.loads(text)["credentialSubject"]
    assert subject["id"].startswith("urn:uuid:") and "identifier" not in subject


def test_by_wish_the_name_is_in_the_file_as_a_salted_hash():
    from sauga.kernel.credentials.documents import name_hash

    subject = credentials.document_of(issue(is_named=True))["credentialSubject"]
    (found,) = subject["identifier"]
    assert found["identityHash"] == name_hash(printed().holder, found["salt"]) and found["hashed"] is True


def test_the_database_holds_neither_name_nor_code_in_plain():
    row = issue()
    code = credentials.content_of(row).code
    with connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM credentials_credential c")
        stored = "".join(one for (one,) in cursor.fetchall())
    canaries = [code, code.replace("-", ""), "Girdenyt", "Šėrienė"]
    for one in canaries:
        assert one not in stored and one.encode().hex() not in stored


@pytest.mark.parametrize("by", [STRANGER])
def test_strangers_neither_issue_nor_move(by: Any):
    with pytest.raises(PermissionRefused):
        issue(by=by)
    row = issue()
    for act in (credentials.suspend, credentials.restore, credentials.revoke):
        with pytest.raises(PermissionRefused):
            act(by=by, credential=row, why="MISTAKE", at=AT)
    with pytest.raises(PermissionRefused):
        credentials.replace(by=by, credential=row, why="CONTENT", printed=printed(), at=AT)
    with pytest.raises(PermissionRefused):
        credentials.correct_name(by=by, credential=row, holder="Kita", at=AT)


def test_who_only_issues_does_not_revoke():
    with pytest.raises(PermissionRefused):
        credentials.revoke(by=ISSUER, credential=issue(), why="MISTAKE", at=AT)


def test_a_move_needs_a_reason_and_is_published_in_its_transaction():
    row = issue()
    with pytest.raises(ReasonMissing):
        credentials.suspend(by=KEEPER, credential=row, why="", at=AT)
    credentials.suspend(by=KEEPER, credential=row, why="REVIEW", at=AT)
    assert published(row) == (False, True)
    credentials.restore(by=KEEPER, credential=row, why="SETTLED", at=AT)
    assert published(row) == (False, False)
    credentials.suspend(by=KEEPER, credential=row, why="REVIEW", at=AT)
    credentials.revoke(by=KEEPER, credential=row, why="FRAUD", at=AT)
    assert published(row) == (True, False)
    with pytest.raises(MoveNotAllowed):
        credentials.restore(by=KEEPER, credential=row, why="SETTLED", at=AT)


def test_a_corrected_name_replaces_and_revokes_the_old_one():
    row = issue()
    made = credentials.correct_name(by=KEEPER, credential=row, holder=" Daiva  Šimkienė ", at=AT)
    row.refresh_from_db()
    assert (
        row.state == CredentialState.REPLACED and made.state == CredentialState.VALID and made.replaces == row
    )
    assert published(row) == (True, False) and published(made) == (False, False)
    assert credentials.content_of(made).printed.holder == "Daiva Šimkienė"
    assert credentials.content_of(row).printed.holder == printed().holder
    assert credentials.content_of(made).code != credentials.content_of(row).code and made.number != row.number
    assert credentials.credential_for(row.subject) == made
    with pytest.raises(NothingChanged):
        credentials.correct_name(by=KEEPER, credential=made, holder="Daiva Šimkienė", at=AT)
    for wrong in ("", "daiva@pastas.example", "A" * 121):
        with pytest.raises(credentials.CredentialRefused):
            credentials.correct_name(by=KEEPER, credential=made, holder=wrong, at=AT)


def test_there_are_never_two_valid_ones_of_a_subject_and_kind():
    row = issue()
    with pytest.raises(credentials.CredentialRefused):
        issue()
    with pytest.raises(credentials.CredentialRefused):
        issue("lessons.enrolment:BBBB", replaces=row)
    copy = Credential.objects.get(pk=row.pk)
    copy.pk, copy.ref, copy.number, copy.place, copy.lookup = None, "ZZZZ-ZZZZ", "X", 1, b"1"
    copy.identifier = "0" * 32
    with pytest.raises(IntegrityError):
        copy.save(force_insert=True)


def test_a_term_that_is_over_has_expired_before_any_job_ran():
    row = issue(valid_until=AT + timedelta(days=1))
    later = AT + timedelta(days=1)
    assert credentials.status_of(row, AT).is_valid
    assert credentials.status_of(row, later) == credentials.Status(CredentialState.EXPIRED, later)
    assert credentials.expire_due(at=AT) == 0 and credentials.expire_due(at=later) == 1
    row.refresh_from_db()
    assert row.state == CredentialState.EXPIRED and published(row) == (False, False)
    assert issue(at=later).state == CredentialState.VALID
    with pytest.raises(credentials.CredentialRefused):
        issue("lessons.enrolment:CCCC", valid_until=AT)


def test_what_a_service_that_is_gone_issued_expires_all_the_same(monkeypatch: pytest.MonkeyPatch):
    row = issue(valid_until=AT + timedelta(days=1))
    monkeypatch.delitem(kinds._kinds, KIND.code)
    assert credentials.expire_due(at=AT + timedelta(days=2)) == 1
    page = Client().get(f"/en/certificate/{credentials.content_of(row).code}/").text
    assert 'data-state="EXPIRED"' in page and printed().holder in page


def test_the_owner_follows_in_the_same_transaction(monkeypatch: pytest.MonkeyPatch):
    seen: list[tuple[Any, ...]] = []

    def follow(moved: credentials.Moved) -> None:
        seen.append((moved.before, moved.after, moved.why))
        if moved.why == "FRAUD":
            raise ZeroDivisionError

    monkeypatch.setattr(credentials.credential_moved, "_receivers", {})
    credentials.credential_moved.connect(KIND.code, follow)
    credentials.credential_moved.connect(KIND.code, follow)
    row = issue()
    credentials.suspend(by=KEEPER, credential=row, why="REVIEW", at=AT)
    with pytest.raises(ZeroDivisionError):
        credentials.revoke(by=KEEPER, credential=row, why="FRAUD", at=AT)
    assert seen == [(None, "VALID", ""), ("VALID", "SUSPENDED", "REVIEW"), ("SUSPENDED", "REVOKED", "FRAUD")]
    row.refresh_from_db()
    assert row.state == CredentialState.SUSPENDED and published(row) == (False, True)


def test_places_are_random_and_never_those_of_decoys():
    rows = [issue(f"lessons.enrolment:{at}") for at in range(8)]
    index = StatusIndex.objects.get()
    decoys = bytes(index.decoys)
    places = [row.place for row in rows]
    assert len(set(places)) == 8 and places != sorted(places)
    assert not any(status_lists.is_set(decoys, place) for place in places)
    shown_bits = bits("revocation")
    assert len(shown_bits) * 8 == LIST_BITS
    shown = sum(byte.bit_count() for byte in shown_bits)
    assert shown == status_lists.DECOYS_AT_FIRST, "before anything is revoked, bits are set all the same"
    real = [place for place in range(LIST_BITS) if status_lists.is_set(shown_bits, place)]
    assert all(status_lists.is_set(decoys, place) for place in real)


def test_a_full_index_gives_way_to_the_next(monkeypatch: pytest.MonkeyPatch):
    first = issue()
    monkeypatch.setattr(status_lists, "_is_free", lambda index, _place: index.number > 1)
    second = issue("lessons.enrolment:BBBB")
    assert [first.index.number, second.index.number] == [1, 2] and StatusList.objects.count() == 4


def test_a_number_or_a_place_that_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch):
    first = issue()
    drawn = iter([first.place, first.place, first.place + 1])
    monkeypatch.setattr(
        status_lists.secrets, "randbelow", lambda most: next(drawn) if most == LIST_BITS else 0
    )
    monkeypatch.setattr(status_lists, "_is_free", lambda _index, _place: True)
    monkeypatch.setattr(status_lists, "is_set", lambda _bits, _place: False)
    assert issue("lessons.enrolment:BBBB").place == first.place + 1
    monkeypatch.undo()
    with pytest.raises(credentials.CredentialRefused):
        issue("lessons.enrolment:CCCC", printed=printed(number=first.number))
    assert Credential.objects.count() == 2


def test_rotation_adds_a_key_and_what_the_old_one_signed_still_verifies():
    old = issue()
    actor = KEEPER
    later = AT + timedelta(days=400)
    made = keys.rotate(by=actor, at=later)
    new = issue("lessons.enrolment:BBBB", at=later)
    did = keys.did_document()
    assert len(did["assertionMethod"]) == 2 and new.key == made and old.key != made
    assert made.name.startswith("2027-12-29")
    for row in (old, new):
        assert proofs.is_signed(credentials.document_of(row), keys.public_keys())
    assert keys.public_keys().keys() == set(did["assertionMethod"])


def test_another_address_leaves_genuine_what_was_issued_under_the_former(settings: Any):
    old = issue()
    former = old.key.did
    file = json.dumps(credentials.document_of(old)).encode()
    settings.ENV = replace(settings.ENV, base_url="https://saugus.example")
    new = issue("lessons.enrolment:BBBB", at=AT + timedelta(days=1))
    assert new.key.did == keys.issuer_did() == "did:web:saugus.example" and new.key != old.key
    assert (
        credentials.document_of(new)["proof"]["verificationMethod"]
        == f"did:web:saugus.example#{new.key.name}"
    )
    found = verification.check_file(file)
    assert (found.finding, found.former) == (verification.Finding.GENUINE, former)
    IssuerKey.objects.filter(pk=old.key_id).update(did="did:web:nobody-knew.example")
    assert verification.check_file(file).finding is verification.Finding.GENUINE
    assert verification.check_file(json.dumps(credentials.document_of(new)).encode()).former == ""
    IssuerKey.objects.filter(pk=old.key_id).update(did=former)
    kept = keys.did_document(former)
    assert kept["id"] == former and kept["assertionMethod"] == [f"{former}#{old.key.name}"]
    assert keys.did_document()["assertionMethod"] == [f"did:web:saugus.example#{new.key.name}"]
    host = former.removeprefix("did:web:")
    assert Client().get(f"/credentials/former/{host}/did.json").json() == kept
    assert Client().get("/credentials/former/else.example/did.json").status_code == 404


def test_a_missing_key_file_is_never_replaced_by_another(settings: Any):
    from sauga.kernel.sealed.files import folder

    row = issue()
    file = folder() / f"credentials-{row.key.name}"
    held = file.read_bytes()
    file.unlink()
    try:
        with pytest.raises(KeyNotAvailable):
            issue("lessons.enrolment:BBBB")
        assert not file.exists()
    finally:
        file.write_bytes(held)


def test_a_term_no_context_defines_is_refused():
    row = issue()
    document = credentials.document_of(row)
    bare = {name: value for name, value in document.items() if name != "proof"}
    signer, method = keys.signer_of(row.key), keys.method_of(row.key)
    with pytest.raises(proofs.TermUnknown):
        proofs.sign({**bare, "remark": "unsigned"}, signer, method, AT)
    with pytest.raises(proofs.NotCanonical):
        proofs.sign({**bare, "@context": ["https://elsewhere.example/context.json"]}, signer, method, AT)
    with pytest.raises(contexts.ContextUnknown):
        contexts.load("https://elsewhere.example/context.json")


def test_retention_destroys_the_key_ten_years_after_the_end():
    row = issue()
    credentials.revoke(by=KEEPER, credential=row, why="REQUEST", at=AT)
    kept = issue("lessons.enrolment:BBBB")
    retention.run(AT + timedelta(days=9 * 365), only=["credentials.credential"])
    assert Credential.objects.count() == 2
    retention.run(AT + timedelta(days=11 * 366), only=["credentials.credential"])
    assert list(Credential.objects.all()) == [kept]
    with pytest.raises(KeyNotAvailable):
        protection.content_of(row)


def test_the_documented_diagram_is_that_of_the_table():
    page = Path(__file__).resolve().parents[3] / "docs" / "develop" / "credentials.md"
    diagram = page.read_text(encoding="utf-8").split("```mermaid\n")[1].split("```")[0].strip()
    assert set(diagram.splitlines()) == set(CREDENTIAL.mermaid().splitlines())


def test_what_was_issued_is_counted_once_however_often_it_was_corrected():
    measure = credentials.issued_measure("lessons.certificates", "Certificates", KIND)
    row = issue()
    credentials.correct_name(by=KEEPER, credential=row, holder="Daiva Šimkienė", at=AT)
    issue("lessons.enrolment:BBBB")
    periods = Period.of(PeriodKind.QUARTER, AT), Period.of(PeriodKind.QUARTER, AT - timedelta(days=200))
    assert [[cell.n for cell in measure.compute(period)] for period in periods] == [[2], [0]]


def test_a_member_finds_their_own_and_keeps_none_of_it_when_the_account_goes():
    who, secret = joined()
    other, other_secret = joined("kitas@mokykla.example", "Kita Pavyzdė")
    mine = issue(member=Member.objects.get(pk=who.member_id))
    issue("lessons.enrolment:BBBB")
    code = credentials.content_of(mine).code
    assert f"/en/certificate/{code}/" in browser_of(secret).get("/en/my/certificates/").text
    assert code not in browser_of(other_secret).get("/en/my/certificates/").text
    (held,) = queries.export(Member.objects.get(pk=who.member_id), AT)
    assert held["printed"]["holder"] == printed().holder
    with translation.override("en"):
        ((number, said),) = presenters.held_about(Member.objects.get(pk=who.member_id), AT)
    assert number == mine.number and "; valid; " in said and f"Code: {code}" in said
    assert "; Workload: 8 academic hours; " in said
    Member.objects.filter(pk=who.member_id).delete()
    mine.refresh_from_db()
    assert mine.member is None and credentials.status_of(mine, AT).is_valid and other


def test_lists_are_signed_anew_before_they_run_out():
    issue()
    assert actions.renew_lists(at=AT + timedelta(hours=11)) == 0
    late = AT + timedelta(hours=30)
    shown = json.loads(status_lists.current_document(StatusList.objects.first(), late))  # type: ignore[arg-type]
    assert shown["validFrom"] == proofs.instant(late) and proofs.is_signed(shown, keys.public_keys())
    assert actions.renew_lists(at=late) == 2
