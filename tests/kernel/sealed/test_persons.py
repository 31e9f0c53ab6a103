"""A person's pair opens by password, code or passkey, and by nothing else; weaker rows are refused."""

import pickle
from pathlib import Path

import pytest
from nacl.bindings import crypto_box_keypair

from sauga.kernel.sealed import (
    AlreadyEnrolled,
    KeyNotAvailable,
    ParametersRefused,
    RecoveryCode,
    RecoveryCodeUnreadable,
    UnlockRefused,
    Vault,
    VaultClosed,
    add_member,
    add_passkey,
    change_password,
    enrol_person,
    fingerprint,
    is_enrolled,
    members,
    new_recovery_code,
    recover,
    reenrol_person,
    remove_passkey,
    set_password,
    unlock_with_passkey,
    unlock_with_password,
)
from sauga.kernel.sealed.models import KeyWrap, PersonKey, WrapKind
from sauga.kernel.sealed.people.wraps import key_from_password, key_from_prf, new_salt

pytestmark = pytest.mark.django_db
COOKIE = bytes(range(32))


def test_password_opens_the_same_pair_each_time():
    enrol_person(1, "slaptažodis su ąčę")
    one, two = (unlock_with_password(1, "slaptažodis su ąčę") for _ in range(2))
    assert one.public == two.public == bytes(PersonKey.objects.get(person_id=1).public)
    assert unlock_with_password(1, "slaptaz\u030codis su a\u0328c\u030ce\u0328").public == one.public


def test_wrong_password_and_unknown_person_are_refused_alike():
    enrol_person(1, "right")
    with pytest.raises(UnlockRefused) as wrong:
        unlock_with_password(1, "wrong")
    with pytest.raises(UnlockRefused) as unknown:
        unlock_with_password(2, "wrong")
    assert type(wrong.value) is type(unknown.value)


def test_enrolling_twice_is_refused():
    assert not is_enrolled(1)
    enrol_person(1, "right")
    assert is_enrolled(1)
    with pytest.raises(AlreadyEnrolled):
        enrol_person(1, "other")


def test_changed_password_replaces_the_old_one_and_keeps_the_code():
    code = enrol_person(1, "old")
    public = change_password(1, "old", "new").public
    with pytest.raises(UnlockRefused):
        unlock_with_password(1, "old")
    with pytest.raises(UnlockRefused):
        change_password(1, "old", "newer")
    assert recover(1, code, "newest").public == public == unlock_with_password(1, "newest").public


def test_recovery_code_is_typed_by_hand():
    code = enrol_person(1, "old")
    assert (
        recover(1, code.text.lower().replace("-", " ").replace("0", "o").replace("1", "l"), "new").person_id
        == 1
    )
    for typed in (
        "",
        "AAAA",
        code.text[:-1],
        code.text + "A",
        "U" * 28,
        code.text[:-1] + ("A" if code.text[-1] != "A" else "B"),
    ):
        with pytest.raises(RecoveryCodeUnreadable):
            recover(1, typed, "new")
    assert code.text not in repr(code)


def test_code_of_another_opens_nothing():
    enrol_person(1, "one")
    other = enrol_person(2, "two")
    with pytest.raises(UnlockRefused):
        recover(1, other, "new")
    with pytest.raises(UnlockRefused):
        recover(3, RecoveryCode.new(), "new")


def test_new_code_ends_the_old_one():
    old = enrol_person(1, "one")
    new = new_recovery_code(unlock_with_password(1, "one"))
    with pytest.raises(UnlockRefused):
        recover(1, old, "new")
    assert recover(1, new, "new")


@pytest.mark.parametrize(
    "change",
    [
        {"operations": 1},
        {"memory": 8 * 1024 * 1024},
        {"operations": 10**9},
        {"memory": 2**40},
        {"salt": b"short"},
    ],
)
def test_weaker_or_absurd_parameters_in_the_row_are_refused(settings, change):
    settings.CHEAP_KEY_DERIVATION = False
    enrol_person(1, "one")
    KeyWrap.objects.filter(kind=WrapKind.PASSWORD).update(**change)
    with pytest.raises(ParametersRefused):
        unlock_with_password(1, "one")


def test_stronger_parameters_not_the_sealed_ones_open_nothing(settings):
    settings.CHEAP_KEY_DERIVATION = False
    enrol_person(1, "one")
    KeyWrap.objects.filter(kind=WrapKind.PASSWORD).update(operations=4)
    with pytest.raises(UnlockRefused):
        unlock_with_password(1, "one")


def test_wraps_cannot_be_swapped_between_people():
    enrol_person(1, "same")
    enrol_person(2, "same")
    one, two = KeyWrap.objects.filter(kind=WrapKind.PASSWORD).order_by("person_key__person_id")
    KeyWrap.objects.filter(pk=one.pk).update(envelope=two.envelope, salt=two.salt)
    with pytest.raises(UnlockRefused):
        unlock_with_password(1, "same")


def test_replaced_public_key_opens_nothing():
    enrol_person(1, "one")
    PersonKey.objects.update(public=crypto_box_keypair()[0])
    with pytest.raises(UnlockRefused):
        unlock_with_password(1, "one")


def test_wrap_with_another_private_half_is_refused():
    from sauga.kernel.sealed.people import wraps

    enrol_person(1, "one")
    person = PersonKey.objects.get(person_id=1)
    row = wraps.wrap(
        key_from_password("one", salt := new_salt()),
        person,
        crypto_box_keypair()[1],
        wraps.password_row(salt),
    )
    with pytest.raises(UnlockRefused):
        wraps.unwrap(key_from_password("one", salt), person, row)


def test_reenrolled_person_is_no_member_until_added_again(centre, unlock):
    add_member(centre.zone, 102, centre.founder)
    old = unlock(102)
    assert centre.zone in old.zones
    reenrol_person(102, "a new sentence")
    assert members(centre.zone) == [101]
    assert unlock_with_password(102, "a new sentence").zones == frozenset()
    assert old.zones == frozenset()
    with pytest.raises(UnlockRefused):
        set_password(old, "again")


def test_passkey_opens_the_vault_until_it_is_removed():
    enrol_person(1, "one")
    vault, output = unlock_with_password(1, "one"), bytes(range(32))
    add_passkey(vault, b"credential", output)
    add_passkey(vault, b"credential", output)
    assert unlock_with_passkey(1, b"credential", output).public == vault.public
    with pytest.raises(UnlockRefused):
        unlock_with_passkey(1, b"credential", bytes(32))
    with pytest.raises(UnlockRefused):
        unlock_with_passkey(1, b"another", output)
    remove_passkey(1, b"credential")
    with pytest.raises(UnlockRefused):
        unlock_with_passkey(1, b"credential", output)
    with pytest.raises(ValueError, match="32 bytes"):
        add_passkey(vault, b"credential", b"short")


def test_passkey_key_is_hkdf():
    import hashlib
    import hmac

    salt, output = bytes(16), bytes(range(32))
    prk = hmac.new(salt, output, hashlib.sha256).digest()
    assert key_from_prf(output, salt) == hmac.new(prk, b"v1|passkey\x01", hashlib.sha256).digest()


def test_vault_is_kept_in_the_session_under_the_cookie_s_secret():
    enrol_person(1, "one")
    vault = unlock_with_password(1, "one")
    kept = vault.to_session(COOKIE)
    again = Vault.from_session(kept, COOKIE)
    assert (again.person_id, again.public) == (1, vault.public)
    assert kept != vault.to_session(COOKIE)
    for text, secret in [
        (kept, bytes(32)),
        (kept, b"short"),
        ("", COOKIE),
        ("ąąą", COOKIE),
        (kept[:-4], COOKIE),
        (kept[8:], COOKIE),
    ]:
        with pytest.raises(VaultClosed):
            Vault.from_session(text, secret)
    with pytest.raises(ValueError, match="32 bytes"):
        vault.to_session(b"short")


def test_vault_shows_nothing_and_is_not_pickled():
    enrol_person(1, "one")
    vault = unlock_with_password(1, "one")
    assert repr(vault) == "Vault(person_id=1)"
    with pytest.raises(TypeError):
        pickle.dumps(vault)


def test_fingerprint_is_the_public_key_s():
    with pytest.raises(KeyNotAvailable):
        fingerprint(1)
    enrol_person(1, "one")
    assert fingerprint(1) == fingerprint(1) and len(fingerprint(1)) == 19
    before = fingerprint(1)
    reenrol_person(1, "one")
    assert fingerprint(1) != before


def test_machine_without_memory_says_so(settings):
    """The derivation needs 64 MiB; with less to be had it is a typed refusal, not a crash."""
    import resource

    settings.CHEAP_KEY_DERIVATION = False

    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + 8 * 1024 * 1024, before[1]))
    try:
        with pytest.raises(ParametersRefused, match="memory"):
            key_from_password("one", new_salt())
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
