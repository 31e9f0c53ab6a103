"""Bad input over HTTP at the public site: a clear status, never a fault of ours, and the next
visitor is served.
"""

import json
import socket
from urllib.parse import quote

import pytest
from rig.visitor import ADD, FORM, RETURN, Visitor, cut

pytestmark = [pytest.mark.flow, pytest.mark.proof]

HOST = "Host: localhost\r\nX-Forwarded-Proto: https\r\n"
FIELDS = "Content-Type: application/x-www-form-urlencoded\r\n"
BOUNDARY = "Content-Type: multipart/form-data; boundary=x\r\n"


def ask(port: int, head: str, body: bytes = b"", length: int | None = None) -> int:
    """The status of one raw request; 0 when the server closed the connection without an answer."""
    size = (
        f"Content-Length: {len(body) if length is None else length}\r\n" if body or length is not None else ""
    )
    with Visitor(port, patience=20) as visitor:
        try:
            return visitor.send(f"{head}{size}\r\n".encode("latin-1") + body).status
        except OSError:
            return 0


def post(path: str, headers: str = FIELDS) -> str:
    return f"POST {path} HTTP/1.1\r\n{HOST}{headers}"


def get(path: str, headers: str = "") -> str:
    return f"GET {path} HTTP/1.1\r\n{HOST}{headers}"


def parts(count: int) -> bytes:
    return (
        b"".join(
            b'--x\r\nContent-Disposition: form-data; name="f%d"\r\n\r\nv\r\n' % number
            for number in range(count)
        )
        + b"--x--\r\n"
    )


def nested(depth: int) -> bytes:
    return b"--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" * depth


BODIES = {
    "ten megabytes": (post(FORM), b"where=" + b"a" * 10_000_000, {413}),
    "one byte over": (post(FORM), b"w" * (1024 * 1024 + 1), {413}),
    "too many fields": (post(FORM), b"&".join(b"f%d=1" % number for number in range(5000)), {400, 413}),
    "a hundred thousand parts": (post(FORM, BOUNDARY), parts(100_000), {413}),
    "many parts": (post(FORM, BOUNDARY), parts(9000), {400, 413}),
    "parts in parts": (post(FORM, BOUNDARY), nested(5000), {400, 413, 422}),
    "a file": (
        post(FORM, BOUNDARY),
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="../../etc/passwd"\r\n\r\nv\r\n--x--\r\n',
        {400, 413, 422},
    ),
    "no boundary": (post(FORM, "Content-Type: multipart/form-data\r\n"), b"--x\r\n", {400}),
    "a boundary of nonsense": (
        post(FORM, 'Content-Type: multipart/form-data; boundary="\xff\xfe"\r\n'),
        b"--x\r\n",
        {400},
    ),
    "an unknown charset": (
        post(FORM, "Content-Type: application/x-www-form-urlencoded; charset=klingon\r\n"),
        b"where=a",
        {400, 422},
    ),
    "utf-7": (
        post(FORM, "Content-Type: application/x-www-form-urlencoded; charset=utf-7\r\n"),
        b"where=+ADw-script+AD4-",
        {400, 422},
    ),
    "deep json": (post(FORM, "Content-Type: application/json\r\n"), b"[" * 10_000, {400, 415, 422}),
    "json with a huge number": (
        post(FORM, "Content-Type: application/json\r\n"),
        json.dumps({"where": 10**4000}).encode(),
        {400, 415, 422},
    ),
    "said to be compressed": (
        post(FORM, FIELDS + "Content-Encoding: gzip\r\n"),
        b"\x1f\x8b\x08\x00",
        {400, 415, 422},
    ),
    "an expectation": (post(FORM, FIELDS + "Expect: 100-continue\r\n"), b"w" * 2_000_000, {413}),
    "a broken percent": (post(FORM), b"where=%&ticket=%zz&category=%", {422}),
    "not utf-8": (post(FORM), b"where=%ff%fe&ticket=%ff", {422}),
}


@pytest.mark.parametrize("what", BODIES)
def test_bodies(running, what):
    head, body, expected = BODIES[what]
    assert ask(running.port, head, body) in expected


HEADS = {
    "another host": (f"GET {FORM} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Proto: https\r\n", {400}),
    "another host behind the proxy": (get(FORM, "X-Forwarded-Host: evil.example\r\n"), {200}),
    "no host": (f"GET {FORM} HTTP/1.1\r\nX-Forwarded-Proto: https\r\n", {200, 400}),
    "two hosts": (f"GET {FORM} HTTP/1.1\r\n{HOST}Host: evil.example\r\n", {400}),
    "a host of markup": (f'GET {FORM} HTTP/1.1\r\nHost: localhost"><script>\r\n', {400}),
    "a whole address of elsewhere": (f"GET http://evil.example{FORM} HTTP/1.1\r\n{HOST}", {200, 400, 404}),
    "a line break in a header": (get(FORM, "X-A: b\rSet-Cookie: c=d\r\n"), {200, 400}),
    "a line break in the path": (get("/lt/%0d%0aSet-Cookie:%20a=b/"), {400}),
    "an unknown method": (f"BREW {FORM} HTTP/1.1\r\n{HOST}", {400, 405}),
    "an override of the method": (get(FORM, "X-HTTP-Method-Override: DELETE\r\n"), {200}),
    "trace": (f"TRACE {FORM} HTTP/1.1\r\n{HOST}", {405}),
    "a header of 80 kB": (get(FORM, f"X-A: {'a' * 80_000}\r\n"), {200, 400, 431}),
    "a thousand headers": (
        get(FORM, "".join(f"X-{number}: a\r\n" for number in range(1000))),
        {200, 400, 431},
    ),
    "a cookie of 60 kB": (get(FORM, f"Cookie: {'a=b; ' * 12_000}\r\n"), {200, 400, 431}),
    "a length that is no number": (post(FORM, FIELDS + "Content-Length: many\r\n"), {400}),
    "a negative length": (post(FORM, FIELDS + "Content-Length: -5\r\n"), {400}),
    "length and chunks": (post(FORM, FIELDS + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), {400}),
    "two lengths": (post(FORM, FIELDS + "Content-Length: 0\r\nContent-Length: 5\r\n"), {400}),
    "a path out of the folder": (get("/static/../../../etc/passwd"), {404}),
    "an escaped path out of the folder": (get("/static/..%2f..%2f..%2fetc/passwd"), {404}),
    "nul in the path": (get("/lt/%00/"), {400}),
    "not utf-8 in the path": (get("/lt/%ff%fe/"), {400, 404}),
    "nul in the query": (get(f"{FORM}?a=%00%ff"), {400}),
    "not utf-8 in the query": (get(f"{FORM}?a=%ff"), {200}),
    "a control written into a cookie": (get(FORM, 'Cookie: sauga-language="lt\\015\\012X: 1"\r\n'), {400}),
    "another coding before chunks": (
        post(FORM, FIELDS + "Transfer-Encoding: xchunked\r\nTransfer-Encoding: chunked\r\n"),
        {400},
    ),
    "sql in the query": (get(f"{FORM}?order=1;DROP%20TABLE%20x--"), {200}),
    "a page number of 5000 digits": (get(f"/lt/istekliai/?page={'9' * 5000}"), {200}),
    "a page number that is none": (get("/en/search/?q=a&page=%C2%B2"), {200}),
    "a path of 20 kB": (get(f"/lt/{'a' * 20_000}/"), {400, 404, 414}),
    "a language that is none": (get(FORM, f"Accept-Language: {'x-' * 5000};q=banana\r\n"), {200}),
    "a range": (get(FORM, "Range: bytes=0-9999999999\r\n"), {200, 206, 416}),
    "another protocol": (
        get(FORM, "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: a\r\n"),
        {200, 400, 426},
    ),
}


@pytest.mark.parametrize("what", HEADS)
def test_heads(running, what):
    head, expected = HEADS[what]
    assert ask(running.port, head) in expected


PLACES = {
    "nul": "https://a.example/\x00x",
    "a lone surrogate": "%ED%A0%80",
    "right to left": "https://a.example/\u202egpj.exe",
    "zero width": "https://a\u200b.example/\u2060x",
    "a combining bomb": "https://a.example/" + "a" + "\u0301" * 2000,
    "markup": '"><svg onload=alert(1)><script>alert(1)</script>',
    "a template": "{{ request }}{% debug %}${7*7}",
    "sql": "'; DROP TABLE hotline_report; --",
    "a formula": '=HYPERLINK("http://evil.example")',
    "a line break": "a\r\nBcc: all@evil.example",
    "look-alikes": "https://раypal.example/",
    "punycode": "https://xn--80ak6aa92e.example/",
    "punycode that is none": "https://xn--\u0301---.example/",
    "a password": "https://user:secret@a.example/",
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "ipv6": "http://[fe80::1%25eth0]:99999/",
    "not an address": "http://[::::]/",
    "data": "data:text/html;base64,PHNjcmlwdD4=",
    "an onion": "http://expyuzz4wqqyqhjn.onion/",
    "dots": "https://a.example../" + "../" * 500,
    "a port of letters": "https://a.example:letters/",
}


@pytest.mark.parametrize("what", PLACES)
def test_places_are_taken_and_open_again_as_they_were_or_meet_a_kind_error(running, what):
    raw = PLACES[what] if what == "a lone surrogate" else quote(PLACES[what], safe="")
    with Visitor(running.port) as visitor:
        body = f"ticket={visitor.ticket()}&category=HATE&where={raw}".encode()
        answer = visitor.send(f"{post(FORM)}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        assert answer.status in {200, 422}
        assert b"<script>alert(1)" not in answer.page and b"<svg onload" not in answer.page
        if answer.status == 200:
            code = cut(answer.page, b"data-code>", b"<").decode()
            again = visitor.post(RETURN, receipt=code)
            assert again.status == 200
            assert b"<script>alert(1)" not in again.page and b"<svg onload" not in again.page


def test_long_places_meet_a_kind_error(running):
    with Visitor(running.port) as visitor:
        assert (
            visitor.post(
                FORM, ticket=visitor.ticket(), where="https://a.example/" + "a" * 9000, category="HATE"
            ).status
            == 422
        )
        assert visitor.post(FORM, ticket=visitor.ticket(), where="a" * 500_000, category="HATE").status == 422


@pytest.mark.parametrize(
    "text", ["", "a", "A" * 100_000, "\x00", "žodis " * 9, "=" * 60, "🦆", "-" * 54, "AAAA" * 30]
)
def test_tickets_passes_and_receipts_of_nonsense(running, text):
    with Visitor(running.port) as visitor:
        assert visitor.post(FORM, ticket=text, where="https://a.example/", category="HATE").status == 422
        assert visitor.post(ADD, **{"pass": text, "step": text}).status == 403
        assert visitor.post(RETURN, **{"pass": text}).status == 403
        assert visitor.post(RETURN, receipt=text).status == 422


def test_strange_answers_to_the_questions(running):
    with Visitor(running.port) as visitor:
        visitor.ticket()
        page = visitor.post(
            FORM, ticket=visitor.ticket(), where="https://a.example/strange", category="HATE"
        ).page
        pass_ = cut(page, b'name="pass" value="', b'"').decode()
        for given in (
            {"step": "danger", "danger": "perhaps"},
            {"step": "path", "referrer-1": "a" * 20_000, "access-1": "NOTHING"},
            {"step": "circumstances", "seen": "tomorrow", "seen_date": "9999-99-99", "reporter_kind": "KING"},
            {"step": "circumstances", "seen_date": "0001-01-01"},
            {"step": "note", "note": "a" * 20_000},
            {"step": "contact", "contact": "a" * 5000},
            {"step": "contact", "contact": "a@b.example\r\nBcc: all@evil.example"},
            {
                "step": "note",
                "note": "\u202e\x00\ud83e" + "\u0301" * 500,
                "state": "CLOSED",
                "priority": "P1",
            },
        ):
            body = {name: value.encode("utf-8", "replace").decode() for name, value in given.items()}
            assert visitor.post(ADD, **{"pass": pass_, **body}).status in {200, 422}, given["step"]


def test_cached_pages_never_carry_another_visitors_address(running):
    """The form's page is kept for a minute; what one visitor writes behind the question mark is not."""
    with Visitor(running.port) as visitor:
        assert b"poison7" in visitor.get(f"{FORM}?a=poison7").page, (
            "the language switch repeats one's own query"
        )
        for path in (FORM, "/en/report/"):
            assert b"poison7" not in visitor.get(path).page


def test_body_shorter_than_said_is_let_go(running):
    with socket.create_connection(("127.0.0.1", running.port), timeout=20) as line:
        line.sendall(f"{post(FORM)}Content-Length: 100\r\n\r\nwhere=a".encode())
        line.shutdown(socket.SHUT_WR)
        assert line.recv(100) in {b"", b"HTTP/1.1 400"[:100]}


def test_nothing_of_all_that_was_a_fault_and_visitors_are_served(running):
    """Last in this file: the log names no fault, and an honest report is taken."""
    with Visitor(running.port) as visitor:
        assert len(visitor.report("https://a.example/honest", "HATE")) == 23
    written = running.installation.log.read_text(encoding="utf-8")
    assert "a request failed" not in written and "Traceback" not in written, written[-2000:]
