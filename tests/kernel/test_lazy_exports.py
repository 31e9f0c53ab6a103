"""Interfaces put together at first use: found once, kept, and a clear word for a name that is not there."""

import sys

import pytest

from sauga.kernel import sealed, vocab
from sauga.kernel.i18n import collation
from sauga.kernel.lazy_exports import lazy_getattr
from sauga.kernel.sealed.visitors import receipts

pytestmark = pytest.mark.unit


def test_a_name_is_looked_up_once_and_stays():
    vars(sealed).pop("new_receipt", None)
    assert sealed.new_receipt is receipts.new_receipt
    assert vars(sealed)["new_receipt"] is receipts.new_receipt


def test_a_name_of_another_package_is_named_in_full():
    look_up = lazy_getattr("sauga.kernel.sealed", {"sort_key": "sauga.kernel.i18n.collation"})
    assert look_up("sort_key") is collation.sort_key
    del sealed.sort_key


def test_a_module_under_its_own_name_is_meant_itself():
    assert sealed.keys is sys.modules["sauga.kernel.sealed.keys"]


@pytest.mark.parametrize("package", [sealed, vocab])
def test_every_public_name_is_there(package):
    assert all(hasattr(package, name) for name in package.__all__)


def test_a_name_that_is_not_there_is_an_error_that_names_both():
    with pytest.raises(AttributeError, match=r"'sauga\.kernel\.sealed' has no attribute 'nothing'"):
        lazy_getattr("sauga.kernel.sealed", {})("nothing")
