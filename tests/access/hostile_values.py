"""Values that are nobody's honest input: texts, bytes, headers, cookies, bodies."""

from django.conf import settings

# fmt: off
TEXTS: tuple[str, ...] = (
    "\x00", "a\x00b", "\x01\x1f\x7f", "\x85", "\r\nSet-Cookie: a=b", "\n", "\t", "\r", " ", "",
    "\u202egpj.exe", "\u2066a\u2069",
    "\u200b\ufeff", "\U0001f986", "\U000e0001", "\u0130", "a\u0301" * 200, "\u0301\u0323" * 400, "\ufffd",
    "\uffff",
    "9" * 30, "9" * 5000, "-1", "-9223372036854775809", "1e309", "NaN", "Infinity", "0", "²", "١", "0x10",
    "1_0", "1.5", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808",
    "99999999999999999999", "0001-01-01",
    "9999-12-31", "2026-02-30", "0000-00-00", "9999-W52", "9999-W53", "0001-W01", "9999-Q4", "0001-Q1",
    "9999", "0001-01",
    "9999-12-31T23:59:59.999999-14:00", "0001-01-01T00:00:00+14:00", "2026-11-24T25:61", "24:00",
    "P9999999999D",
    "9999-12-31 23:59", "'", '"', '\\', "%", "%00", "%ff", "%%30%30", "{{ request }}{% debug %}",
    "<svg onload=alert(1)>",
    "javascript:alert(1)", "'; DROP TABLE x; --", "../../etc/passwd", "..", ".", "/", "//evil.example",
    "\\\\evil.example", "a/b",
    "a" * 300, "a" * 5000, "ą" * 300, "-" * 100, "a-" * 200, "http://[", "http://[::1", "//[",
    "http://a.example:99999/",
    "http://a.example:x/", "http://[::ffff:1.2.3.4%25]/", "https://xn--\u0301.example/", "mailto:", "data:,",
    "file:///", "a@b",
    "@", "=1+1", "[", "]", "(", "*", "?", "+", "^$", "|", "&", "&amp;", ";", ",", "1,2,3", "a:b:c", "a.b.c",
    "true", "null", "[]",
    "{}", '{"a":', "[" * 2000, '{"id": "\\ud800"}', "lt", "en", "xx", "pt-br", "__class__", "__all__", "id",
    "-id", "pk__in",
    "0000-0000", "00000000-0000-0000-0000-000000000000", "AAAA-AAAA", "nothing", "submit", "delete", "all",
    "on", "1", "2", "10",
    "100",
)
BYTES: tuple[bytes, ...] = (
    b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\x80", b"\xc3(", b"\x00", b"\x0b",
    b"a\rb", b"\xc4\x85",
)
METHODS = (
    "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW", "PROPFIND", "get", "",
)
HEADERS: dict[str, tuple[str | bytes, ...]] = {
    "host": (
        "evil.example", "", "testserver:99999", "testserver, evil.example", "[::1",
        "testserver\\@evil.example", b"\xff",
        "ą.example", "a" * 300,
    ),
    "range": (
        "bytes=0-", "bytes=9-1", "bytes=-", "bytes=-0", "bytes=0-0," * 500, "bytes=99999999999999999999-",
        "lines=1-2", "bytes=²-",
        "bytes",
    ),
    "accept-language": (
        "*", ",,,;q=", "lt;q=nan", "lt;q=1e999", "x-" * 4000, "en_US.UTF-8", "lt\u0130", ";q=1", b"\xff\xff",
        "zh-hant;q=0.5" * 30,
    ),
    "content-type": (
        "", "/", "text", "multipart/form-data", "multipart/form-data; boundary=",
        'multipart/form-data; boundary="\u2028"',
        "multipart/mixed; boundary=x", "application/json", "application/json; charset=utf-16",
        "application/octet-stream",
        "a" * 5000, ";" * 2000, b"\xff/\xff",
        *(f"{kind}; charset={name}" for kind in ("text/html",
        "application/x-www-form-urlencoded") for name in (
            "klingon", "utf-7", "hex", "zip", "rot13", "idna", "undefined", "utf-16", "unicode_escape",
            "punycode"
        )),
    ),
    "content-length": ("-1", "0", "²", "9" * 30, "1, 1", " ", "0x1"),
    "transfer-encoding": ("xchunked", "chunked, chunked", "gzip, chunked", "identity"),
    "content-encoding": ("gzip", "deflate", "br", "x"),
    "origin": ("null", "http://[", "https://evil.example", "//[", b"\xff", "https://testserver.evil.example"),
    "referer": (
        "http://[", "//[", "https://evil.example/", "a" * 9000, "https://testserver/desk/\u202e", b"\xff\xfe",
        "http://a.example:x/",
    ),
    "if-none-match": ("*", '"', "W/", '"a", "b", ' * 300, "ą", b"\xff"),
    "if-modified-since": ("yesterday", "Thu, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT",
    "Mon, 99 Xxx 99999", "0"),
    "last-event-id": ("9" * 30, "-1", "a&b=c&" * 200, "²", "a=\ufffd", "%00"),
    "hx-current-url": (
        "http://[", "javascript:x", "//evil.example",
        "https://testserver/desk/" + "a" * 3000,
        "://", b"\xff",
    ),
    "user-agent": ("", "a" * 9000, b"\xff\xfe", "<svg>", "bot\u202e"),
    "accept": ("*/*;q=x", ";" * 500, "text/html;" * 500, "application/json;version=9"),
    "accept-encoding": ("gzip;q=x", "*;q=0", "identity;q=0"),
    "x-forwarded-for": ("::ffff:1.2.3.4", "a" * 5000, "1.2.3.4, " * 300),
    "x-forwarded-proto": ("https", "gopher", "https, http", ""),
    "x-forwarded-host": ("evil.example", "["),
    "x-http-method-override": ("DELETE", "\u202e"),
    "x-requested-with": ("XMLHttpRequest", "\u202e"),
    "hx-request": ("true", "\u202e"),
    "authorization": (
        "Basic =",
        "Bearer " + "a" * 5000,
        'Digest username=""', b"\xff",
    ),
    "expect": ("100-continue", "200"),
    "upgrade": ("websocket", "h2c"),
    "sec-fetch-site": ("cross-site", "²"),
    "signature": ("v1=", "v1=" + "0" * 64, "\u202e"),
}
KEPT_IN_COOKIES = (
    settings.SESSION_COOKIE_NAME, f"{settings.SESSION_COOKIE_NAME}-visit", settings.CSRF_COOKIE_NAME,
    "sauga-language", "messages", "a",
)
COOKIES: tuple[bytes, ...] = (
    b'"lt\\015\\012X: 1"', b'"\\000"', b'"\\177a"', b"\xff\xfe", b"a" * 4000, b'"', b"=", b"a=b; =; ;;", b"",
    b"lt", b"xx",
    b"\xe2\x80\xae",
    b'"' + b"\\301" * 50 + b'"',
    b"a" * 32, b"0" * 32, b"[[1]]", b'"[[\\042__json_message\\042]]"', b".eJw",
    b"{}", b"null",
)
BODIES: tuple[tuple[str, bytes], ...] = (
    ("application/x-www-form-urlencoded", b"=&&&=%&%zz&a=%ff%fe&a=%00"),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(600))),
    ("application/x-www-form-urlencoded; charset=utf-7", b"a=+ADw-"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="../a\x00.svg"\r\n\r\nv\r\n--x--\r\n',
    ),
    ("multipart/form-data; boundary=x",
    b'--x\r\nContent-Disposition: form-data; name="\xff"\r\n\r\n\x00\xff\r\n--x--\r\n'),
    (
        "multipart/form-data; boundary=x",
        (
            b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: '
            b'base64\r\n\r\n!\r\n--x--\r\n'
            ),
    ),
    ("multipart/form-data; boundary=x",
    b"--x\r\nContent-Disposition: form-data; name*=utf-9''%ff; filename*=x\r\n\r\nv\r\n--x--\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" * 200),
    ("multipart/form-data; boundary=x", b"--x"),
    ("multipart/form-data", b"--x\r\n"),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x\r\n"),
    ("application/json", b"[" * 10000),
    ("application/json", b'{"a": ' + b"9" * 5000 + b"}"),
    ("application/json", b'{"a": NaN, "a": "\\ud800"}'),
    ("application/json; charset=utf-16", b"\xff\xfe{\x00}\x00"),
    ("application/json", b"\xff"),
    ("text/plain; charset=hex", b"a=b"),
    ("", b"\x00" * 1000),
)
