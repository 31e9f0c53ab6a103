"""What key derivation costs in production; every other test pays the least that libsodium computes."""

import unicodedata

import pytest
from nacl.pwhash import argon2id

from sauga.kernel.identity.signin.hashers import Argon2idHasher
from sauga.kernel.sealed import Zone
from sauga.kernel.sealed.models import WrapKind
from sauga.kernel.sealed.people import wraps
from sauga.kernel.sealed.primitives import costs
from sauga.kernel.sealed.primitives.envelopes import context, digest
from sauga.kernel.sealed.visitors import receipts

MIB = 1024 * 1024
SALT = bytes(range(16))


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.CHEAP_KEY_DERIVATION = False


def test_a_password_key_takes_three_passes_over_64_mib():
    given = "žalias obuolys"
    expected = argon2id.kdf(
        32, unicodedata.normalize("NFKC", given).encode(), SALT, opslimit=3, memlimit=64 * MIB
    )
    assert wraps.key_from_password(given, SALT) == expected
    row = wraps.password_row(SALT)
    assert (row.kind, row.operations, row.memory) == (WrapKind.PASSWORD, 3, 64 * MIB)


def test_a_password_hash_costs_as_much_as_the_key():
    hashed = Argon2idHasher().encode("žalias obuolys", "salt")
    assert hashed.split("$")[1:3] == ["3", str(64 * MIB)]
    assert not Argon2idHasher().must_update(hashed)


def test_a_receipt_key_takes_two_passes_over_19_mib():
    receipt = receipts.new_receipt(bytes(range(11)), "en")
    salt = digest(context("receipt", Zone.HOTLINE), size=16)
    expected = argon2id.kdf(64, receipt.secret, salt, opslimit=2, memlimit=19 * MIB)
    keys = receipts.receipt_keys(receipt, Zone.HOTLINE)
    assert keys.lookup + keys.key == expected


def test_only_the_test_settings_are_cheap(settings):
    assert (costs.password_cost(), costs.receipt_cost()) == (costs.PASSWORD, costs.RECEIPT)
    settings.CHEAP_KEY_DERIVATION = True
    assert costs.password_cost() == costs.receipt_cost() == costs.CHEAPEST
    del settings.CHEAP_KEY_DERIVATION
    assert (costs.password_cost(), costs.receipt_cost()) == (costs.PASSWORD, costs.RECEIPT)


def test_a_hash_made_cheaply_is_refused_in_production(settings):
    settings.CHEAP_KEY_DERIVATION = True
    hashed = Argon2idHasher().encode("žalias obuolys", "salt")
    settings.CHEAP_KEY_DERIVATION = False
    with pytest.raises(wraps.ParametersRefused):
        Argon2idHasher().verify("žalias obuolys", hashed)
