"""What cannot be read is refused before anything else meets it, with a plain page in the
visitor's language.
"""

import asyncio

import pytest
from django.test import Client

from sauga.project.requests.limits import REFUSAL, Limits
from sauga.project.requests.readable import is_readable, readable

CASES = {
    "nul in the path": ({"path": "/files/\0/a"}, False),
    "a line break in the path": ({"path": "/lt/\r\nX: y/"}, False),
    "delete in the path": ({"path": "/\x7f"}, False),
    "a C1 control in the path": ({"path": "/\x85"}, False),
    "marks of direction in the path": ({"path": "/\u202e/"}, True),
    "letters": ({"path": "/lt/ąžuolas/"}, True),
    "nul in the query": ({"query_string": b"q=%00"}, False),
    "escape in the query": ({"query_string": b"q=%1B"}, False),
    "a raw control in the query": ({"query_string": b"q=\x01"}, False),
    "a pasted line break in the query": ({"query_string": b"q=a%0D%0Ab%09c"}, True),
    "letters in the query": ({"query_string": b"q=%C4%85+%25%2000"}, True),
    "nul in a header": ({"headers": [(b"accept", b"a\0")]}, False),
    "a line break in a header": ({"headers": [(b"x-a", b"a\nb")]}, False),
    "a tab in a header": ({"headers": [(b"x-a", b"a\tb")]}, True),
    "a control written into a cookie": (
        {"headers": [(b"cookie", b'sauga-language="lt\\015\\012X: 1"')]},
        False,
    ),
    "a semicolon written into a cookie": ({"headers": [(b"cookie", b'a="b\\073\\054c"')]}, True),
    "a length that is none": ({"headers": [(b"content-length", b"-5")]}, False),
    "a length of many digits": ({"headers": [(b"content-length", b"9" * 30)]}, False),
    "two lengths": ({"headers": [(b"content-length", b"1"), (b"content-length", b"2")]}, False),
    "chunks": ({"headers": [(b"transfer-encoding", b"Chunked")]}, True),
    "another coding before chunks": (
        {"headers": [(b"transfer-encoding", b"xchunked"), (b"transfer-encoding", b"chunked")]},
        False,
    ),
    "an unknown coding": ({"headers": [(b"transfer-encoding", b"xchunked")]}, False),
}


def scope(**more):
    return {"type": "http", "method": "GET", "path": "/lt/", "query_string": b"", "headers": [], **more}


@pytest.mark.unit
@pytest.mark.parametrize("what", CASES)
def test_what_can_be_read(what):
    given, expected = CASES[what]
    assert is_readable(scope(**given)) is expected
    assert is_readable(readable(scope(**given))) is (
        expected or ("coding" not in what and "two lengths" not in what)
    )


@pytest.mark.unit
def test_refused_request_reaches_the_page_and_nothing_else():
    seen = {}

    async def app(scope, receive, send):
        seen.update(scope, body=(await receive())["body"])

    async def receive():
        raise AssertionError("the body of a refused request is not read")

    async def send(message):
        pass

    given = scope(
        method="POST",
        path="/desk/\0",
        query_string=b"q=%00",
        headers=[(b"content-length", b"5"), (b"x-a", b"\0"), (b"host", b"a")],
    )
    asyncio.run(Limits(app)(given, receive, send))
    assert seen[REFUSAL] == 400
    assert (seen["path"], seen["query_string"], seen["body"]) == ("/desk/\ufffd", b"", b"")
    assert seen["headers"] == [(b"host", b"a")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("value", "language"),
    [("lt", "lt"), ("en", "en"), ("xx", "lt"), ('"lt\\015\\012X: 1"', "lt"), ("../en", "lt"), ("", "lt")],
)
def test_desk_takes_a_configured_language_only(value, language):
    client = Client(headers={"cookie": f"sauga-language={value}"})
    response = client.get("/desk/signin/")
    assert (response.status_code, response.headers["Content-Language"]) == (200, language)
