"""Fingerprints of pictures as text."""

import pytest

from sauga.hotline.addresses.rules.addresses import Kind, read_location
from sauga.hotline.addresses.rules.hashes import HashRefused, split_hashes

pytestmark = pytest.mark.unit


def test_kinds_are_told_by_length_or_by_word():
    block = "\n".join(("A" * 32, "sha1 " + "b" * 40, "c" * 64, "", "PDQ: " + "d" * 64, "SHA-256=" + "c" * 64))
    assert split_hashes(block) == [
        f"md5:{'a' * 32}",
        f"sha1:{'b' * 40}",
        f"sha256:{'c' * 64}",
        f"pdq:{'d' * 64}",
    ]
    assert split_hashes(" \n") == []


@pytest.mark.parametrize(
    "line",
    ["labas", "a" * 31, "md5 " + "a" * 40, "pdq " + "a" * 63, "pdq " + "a" * 32, "sha1", "a" * 32 + " b"],
)
def test_what_is_no_fingerprint_is_named_by_its_line(line: str):
    with pytest.raises(HashRefused) as refused:
        split_hashes("a" * 32 + "\n" + line)
    assert refused.value.line == 2


def test_too_many_lines():
    with pytest.raises(HashRefused) as refused:
        split_hashes("\n".join(f"{number:032x}" for number in range(51)))
    assert refused.value.line == 0


def test_a_fingerprint_is_a_name_on_no_host():
    place = read_location("sha256:" + "c" * 64)
    assert (place.kind, place.host, place.address) == (Kind.OTHER, "", "")
