"""The head of a request: one host of ours and one framing, on every address, before anything else."""

import asyncio

import pytest
from django.db import connections
from django.urls import URLResolver, get_resolver

from sauga.project.requests.request_head import RequestHead

OURS = (b"host", b"testserver")


async def served(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def ask(app, headers, *, path="/lt/", method="GET", body=b""):
    sent, waiting = [], [{"type": "http.request", "body": body, "more_body": False}]

    async def receive():
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": headers,
        "scheme": "http",
        "root_path": "",
    }
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"]


FOREIGN = {
    "foreign": [(b"host", b"evil.example")],
    "none": [],
    "empty": [(b"host", b"")],
    "two": [OURS, (b"host", b"evil.example")],
    "twice the same": [OURS, OURS],
    "two in one": [(b"host", b"testserver, evil.example")],
    "a path in it": [(b"host", b"testserver/evil")],
    "credentials": [(b"host", b"testserver@evil.example")],
    "bytes": [(b"host", b"test\xc4\x85server")],
    "by another header": [(b"host", b"evil.example"), (b"x-forwarded-host", b"testserver")],
}
FRAMED = {
    "unknown before chunked": [(b"transfer-encoding", b"xchunked"), (b"transfer-encoding", b"chunked")],
    "both in one": [(b"transfer-encoding", b"xchunked, chunked")],
    "unknown": [(b"transfer-encoding", b"xchunked")],
    "identity": [(b"transfer-encoding", b"identity")],
    "chunked twice": [(b"transfer-encoding", b"chunked"), (b"transfer-encoding", b"chunked")],
    "with a length": [(b"transfer-encoding", b"chunked"), (b"content-length", b"3")],
    "two lengths": [(b"content-length", b"3"), (b"content-length", b"3")],
    "a signed length": [(b"content-length", b"+3")],
    "a huge length": [(b"content-length", b"9" * 40)],
}


@pytest.mark.unit
@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_a_foreign_missing_or_doubled_host_is_refused(headers):
    assert ask(RequestHead(served), headers) == 400


@pytest.mark.unit
@pytest.mark.parametrize(
    "host", [b"testserver", b"testserver:8000", b"TESTSERVER", b"localhost", b"testserver."]
)
def test_our_names_are_served(host):
    assert ask(RequestHead(served), [(b"Host", host)]) == 200


@pytest.mark.unit
@pytest.mark.parametrize("headers", FRAMED.values(), ids=FRAMED)
def test_a_body_that_could_be_read_in_two_ways_is_refused(headers):
    assert ask(RequestHead(served), [OURS, *headers], method="POST", body=b"abc") == 400


@pytest.mark.unit
@pytest.mark.parametrize("headers", [[], [(b"transfer-encoding", b"Chunked")], [(b"content-length", b"3")]])
def test_plain_framing_is_served(headers):
    assert ask(RequestHead(served), [OURS, *headers], method="POST", body=b"abc") == 200


def addresses(patterns, place=""):
    """One address for each pattern, with any word where it takes something."""
    for pattern in patterns:
        where = place + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, where)
        else:
            yield "/" + where.replace("\\", "").replace("^", "").replace("$", "")


@pytest.mark.django_db
def test_no_address_of_the_whole_application_is_served_under_a_foreign_host(monkeypatch):
    for name in (
        "CONN_MAX_AGE",
        "CONN_HEALTH_CHECKS",
    ):  # the application keeps connections, which is not for the tests after this one
        monkeypatch.setitem(
            connections["default"].settings_dict, name, connections["default"].settings_dict[name]
        )
    from sauga.project.asgi import application

    every = sorted(set(addresses(get_resolver().url_patterns)))
    assert len(every) > 300
    wrong = [
        path
        for path in every
        for headers in (FOREIGN["foreign"], FOREIGN["two"], [])
        if ask(application, headers, path=path) != 400
    ]
    assert not wrong
    assert ask(application, [OURS], path="/-/live") == 200
