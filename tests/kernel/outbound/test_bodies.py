"""What may be read, how it is decoded, and where a page sends its reader."""

import gzip
import zlib
from datetime import UTC, datetime

import pytest

from sauga.kernel.outbound import retry_seconds
from sauga.kernel.outbound.http.bodies import (
    _Inflate,
    _unpacker,
    decode,
    is_text,
    looks_binary,
    refresh_target,
)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("text/html; charset=utf-8", True),
        ("TEXT/PLAIN", True),
        ("application/xhtml+xml", True),
        ("application/rdap+json", True),
        ("application/json", True),
        ("image/svg+xml", False),
        ("image/png", False),
        ("", False),
        ("application/octet-stream", False),
        ("video/mp4", False),
        ("multipart/form-data", False),
        ("text/rtf", False),
    ],
)
def test_only_text_is_read(kind, text):
    assert is_text(kind) is text


@pytest.mark.parametrize(
    ("data", "kind", "text"),
    [
        ("žąsis".encode(), "", "žąsis"),
        ("žąsis".encode("windows-1257"), "", "žąsis"),
        ("žąsis".encode("utf-16"), "", "žąsis"),
        ("žąsis".encode("iso8859-13"), "text/html; charset=ISO-8859-13", "žąsis"),
        (b"\xef\xbb\xbfabc", "text/html; charset=x", "abc"),
        ('<meta charset="windows-1257">ž'.encode("windows-1257"), "", '<meta charset="windows-1257">ž'),
        (b"abc", "charset=nonsense", "abc"),
        (b"abc", "charset=hex", "abc"),
        ("žą".encode()[:-1], "", "ž"),
        ("ž".encode("utf-16-be"), "charset=utf-16-be", "ž"),
    ],
)
def test_text_is_decoded_as_its_author_meant(data, kind, text):
    assert decode(data, kind) == text


def test_pictures_are_known_by_their_first_bytes():
    assert looks_binary(b"\xff\xd8\xff\xe0") and looks_binary(b"GIF89a") and looks_binary(b"ab\x00c")
    assert not looks_binary(b"<html>") and not looks_binary("ą".encode("utf-16"))


@pytest.mark.parametrize(
    ("page", "where"),
    [
        ('<meta http-equiv="refresh" content="0; url=/home">', "/home"),
        ("<META HTTP-EQUIV=Refresh CONTENT='5;URL=http://a.example/'>", "http://a.example/"),
        ("<meta content='3, /x' http-equiv='refresh'>", "/x"),
        ('<meta http-equiv="refresh" content="0;url=\'/q\'">', "/q"),
        ('<meta http-equiv="refresh" content="600; url=/later">', ""),
        ('<meta http-equiv="refresh" content="5">', ""),
        ('<!-- <meta http-equiv="refresh" content="0; url=/home"> -->', ""),
        ('<meta name="x"><meta http-equiv="refresh">', ""),
        ("plain", ""),
        ("refresh" + "a" * 40_000 + '<meta http-equiv="refresh" content="0; url=/home">', ""),
    ],
)
def test_refresh_is_found(page, where):
    assert refresh_target(page) == where


def test_unpacking_is_bounded_and_reads_many_members():
    assert _Inflate()(gzip.compress(b"ab") + gzip.compress(b"cd"), 10) == b"abcd"
    assert len(_Inflate()(gzip.compress(b"a" * 10_000_000), 1000)) == 1000
    assert _Inflate()(zlib.compress(b"abc"), 10) == b"abc"
    assert _unpacker("br") is None and _unpacker("identity")(b"abc", 2) == b"ab"
    with pytest.raises(zlib.error):
        _Inflate()(b"nonsense", 10)


def test_retry_after_in_seconds_or_as_a_date():
    at = datetime(2026, 10, 28, 12, tzinfo=UTC)
    assert retry_seconds("120") == 120 and retry_seconds("Wed, 28 Oct 2026 12:01:00 GMT", at) == 60
    assert (
        retry_seconds("Wed, 28 Oct 2026 11:00:00 GMT", at) == 0
        and retry_seconds("Wed, 28 Oct 2026 12:01:00", at) == 60
    )
    assert retry_seconds("soon") == 0 and retry_seconds("9" * 30) == 24 * 3600
