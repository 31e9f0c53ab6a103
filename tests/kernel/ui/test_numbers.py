"""Places and counts that come with a request: whatever was typed, a number in bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauga.kernel.ui.parameters.numbers import whole

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text", ["", None, "²", "٣", "-1", "+1", "1.5", " 1", "1_000", "0x10", "1\n", "\x00"]
)
def test_anything_but_ascii_digits_is_no_number(text):
    assert whole(text, 100) == 0
    assert whole(text, 100, otherwise=7) == 7


@pytest.mark.parametrize("text", ["101", "9" * 18, "9" * 19, "9" * 5000])
def test_too_large_is_the_largest(text):
    assert whole(text, 100) == 100


@given(st.integers(0, 100), st.integers(0, 6000))
def test_a_number_is_itself_whatever_stands_before_it(number, zeros):
    assert whole("0" * zeros + str(number), 100) == number


@given(st.text())
def test_nothing_that_is_typed_breaks_a_page(text):
    assert 0 <= whole(text, 50) <= 50
