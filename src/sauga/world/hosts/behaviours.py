"""The named behaviours of synthetic hosts, as data: what a host does, what a probe of it must bring, and what
the monitor should conclude.

`verdict` is a code of `monitor.verdict`. Where the conclusion depends on the moment, it is the one at the
beginning, and `later` the one after `minutes` of the world's time. `needs` says what the monitor must know or
do to reach it: a baseline, the referrer, a second look.
"""

from dataclasses import dataclass
from typing import Literal

from sauga.world.hosts import answers as a
from sauga.world.hosts import pages

type Dns = Literal[
    "normal", "nxdomain", "servfail", "silent", "nodata", "closed", "private", "mixed", "rebind", "moves"
]
type Tls = Literal["good", "self_signed", "expired", "wrong_name", "broken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """One way of a host. `everywhere`: its home, log-in and search pages behave so too."""

    code: str
    does: str
    verdict: str
    way: a.Way = a.online
    later: str = ""
    needs: str = ""
    dns: Dns = "normal"
    tls: Tls = "good"
    scheme: Literal["http", "https"] = "http"
    status: int | None = 200
    error: str = ""
    body: str = "text"
    everywhere: bool = False


def _b(code: str, verdict: str, does: str, way: a.Way = a.online, **more: object) -> Behaviour:
    return Behaviour(code=code, verdict=verdict, does=does, way=way, **more)  # type: ignore[arg-type]  # checked by the table's test


def _dead(
    code: str, does: str, error: str, way: a.Way = a.online, *, verdict: str = "UNREACHABLE", **more: object
) -> Behaviour:
    given: dict[str, object] = {"status": None, "error": error, "body": "none", "everywhere": True} | more
    return _b(code, verdict, does, way, **given)


def _guarded(code: str, does: str, way: a.Way = a.online, **more: object) -> Behaviour:
    given: dict[str, object] = {"status": None, "error": "guard", "body": "none"} | more
    return _b(code, "REFUSED_BY_GUARD", does, way, **given)


_ALL = [
    # There
    _b("online", "ONLINE", "answers with the item"),
    _b("online-https", "ONLINE", "answers with the item over TLS", scheme="https"),
    _b("secure-redirect", "ONLINE", "sends http on to https", a.secure),
    _b("static", "ONLINE", "long page, ranges honoured", a.static),
    _b("no-ranges", "ONLINE", "refuses a range with 416", a.no_ranges),
    _b("media", "ONLINE", "a picture's type; only the head may be taken", a.media, body="media"),
    _b("disguised", "ONLINE", "binary data under a text type", a.disguised, body="disguised",
    needs="body is DISGUISED: still there"),
    _b("octets", "ONLINE", "a page under a binary type", a.octets, body="media"),
    _b("json", "ONLINE", "an interface for programs", a.json_page),
    _b("head-405", "ONLINE", "does not allow HEAD", a.head_status(405)),
    _b("head-404", "ONLINE", "answers HEAD with 404, GET with the item", a.head_status(404)),
    _b("head-501", "ONLINE", "does not know HEAD", a.head_status(501)),
    _b("slow-headers", "ONLINE", "takes a second to begin", a.slow(1)),
    _b("endless", "ONLINE", "a body that never ends", a.streaming("endless")),
    _b("drip", "ONLINE", "a letter at a time", a.streaming("drip")),
    _b("chunk-garbage", "ONLINE", "breaks its own framing after a good piece", a.streaming("garbage")),
    _b("zip-bomb", "ONLINE", "small packed, huge unpacked (many members)", a.bomb),
    _b("zip-bomb-single", "ONLINE", "small packed, large unpacked (one member)", a.bomb_single),
    _b("brotli", "ONLINE", "packed in a way nobody asked for", a.brotli, body="encoded"),
    _b("false-packing", "ONLINE", "says it is packed, and is not", a.false_packing, body="encoded"),
    _b("refresh-onward", "ONLINE", "page refreshes to the item", a.refreshes("/galerija/1")),
    _b("referrer-only", "ONLINE", "404 without the right referrer", a.by_referrer, status=404,
    needs="probe with the item's referrer"),
    _b("cloak-agent", "ONLINE", "404 for honest checkers", a.by_agent, status=404,
    needs="probe as a browser"),
    _b("cloak-vantage", "ONLINE", "404 for the main vantage point", a.by_vantage, status=404,
    needs="second vantage point"),
    _b("changes", "ONLINE", "other words after some minutes", a.changes, later="CHANGED",
    needs="text baseline"),
    _b("flapping", "ONLINE", "there and gone by turns, a minute each", a.flapping, later="GONE_HARD",
    needs="agreeing checks 10 min apart"),
    # Gone
    _b("not-found", "GONE_HARD", "404", a.fixed(pages.NOT_FOUND, 404), status=404),
    _b("gone", "GONE_HARD", "410", a.fixed(pages.NOT_FOUND, 410), status=410),
    _b("legal", "GONE_HARD", "451 for everyone", a.fixed(pages.REMOVED_EN, 451), status=451),
    _dead("nxdomain", "the name does not exist", "dns_nxdomain", verdict="GONE_HARD", dns="nxdomain",
    needs="asked twice"),
    _b("removed-after", "ONLINE", "410 after some minutes", a.removed_after, later="GONE_HARD"),
    _b("reappears", "ONLINE", "404 after some minutes, back after three times as many", a.reappears,
    later="GONE_HARD"),
    _b("soft-lt", "GONE_SOFT", "200 with removal text in Lithuanian", a.fixed(pages.REMOVED_LT)),
    _b("soft-en", "GONE_SOFT", "200 with removal text in English", a.fixed(pages.REMOVED_EN)),
    _b("soft-baltic", "GONE_SOFT", "removal text in windows-1257", a.baltic),
    _b("suspended", "GONE_SOFT", "200 with the host's suspension page", a.fixed(pages.SUSPENDED)),
    _b("soft-200-404", "GONE_SOFT", "200 with a not-found text", a.fixed(pages.NOT_FOUND)),
    _b("redirect-home", "GONE_REDIRECT", "to the home page", a.to("/")),
    _b("redirect-home-abs", "GONE_REDIRECT", "to the home page, permanently, absolute", a.to("http://{host}/",
    301)),
    _b("redirect-search", "GONE_REDIRECT", "to a search page", a.to("/search?q=item", 303)),
    _b("parked", "GONE_REDIRECT", "to a parked page elsewhere", a.to("http://parked.example/?d={host}")),
    _b("refresh-home", "GONE_REDIRECT", "page refreshes to the home page", a.refreshes("/")),
    # Behind something
    _b("login-401", "RESTRICTED", "401", a.fixed(pages.LOGIN, 401, www_authenticate='Basic realm="test"'),
    status=401),
    _b("forbidden", "RESTRICTED", "403", a.fixed("Forbidden. Draudžiama.", 403), status=403),
    _b("login-wall", "RESTRICTED", "to a log-in page", a.to("/login?next={path}")),
    _b("login-text", "RESTRICTED", "200 with a log-in form", a.fixed(pages.LOGIN, 200, pages.LOGIN_FORM)),
    _b("geo-block", "RESTRICTED", "403: not in your country", a.fixed(pages.GEO, 403), status=403),
    _b("geo-vantage", "RESTRICTED", "451 for the main vantage point only", a.geo_by_vantage, status=451,
    needs="second vantage point"),
    _b("captcha", "CHALLENGED", "403 with a challenge", a.fixed(pages.CHALLENGE, 403,
    cf_mitigated="challenge"), status=403),
    _b("captcha-200", "CHALLENGED", "200 with a challenge", a.fixed(pages.CHALLENGE)),
    _b("rate-limited", "CHALLENGED", "429, come back in 120 s", a.fixed("Too many requests.", 429,
    retry_after="120"), status=429),
    # Another
    _b("empty", "CHANGED", "200 with nothing", a.empty, body="empty", needs="baseline"),
    _b("moved", "MOVED", "to the same path at another host", a.to("http://moved.silent-hosting.example{path}",
    301)),
    _b("moves-address", "ONLINE", "moves to another network after some minutes", dns="moves", later="MOVED",
    needs="address baseline"),
    # No answer
    _dead("refused", "connection refused", "refused", dns="closed"),
    _dead("timeout", "takes the request and says nothing", "timeout", a.never),
    _dead("reset", "hangs up", "reset", a.reset),
    _b("error-500", "UNREACHABLE", "500", a.fixed(pages.ERROR, 500), status=500),
    _b("error-502", "UNREACHABLE", "502", a.fixed(pages.ERROR, 502), status=502),
    _b("maintenance", "UNREACHABLE", "503, come back in 60 s", a.fixed(pages.ERROR, 503, retry_after="60"),
    status=503),
    _dead("tls-self-signed", "a certificate nobody vouches for", "tls", tls="self_signed", scheme="https"),
    _dead("tls-expired", "an expired certificate", "tls", tls="expired", scheme="https"),
    _dead("tls-wrong-name", "a certificate of another host", "tls", tls="wrong_name", scheme="https"),
    _dead("tls-broken", "no handshake", "tls", tls="broken", scheme="https"),
    _dead("dns-failure", "the name server fails", "dns_failure", dns="servfail"),
    _dead("dns-silent", "the name server does not answer", "dns_failure", dns="silent"),
    _dead("dns-nodata", "the name has no address", "dns_failure", dns="nodata"),
    _b("redirect-loop", "UNREACHABLE", "round and round", a.loop, status=302, error="too_many_redirects",
    body="none"),
    _dead("huge-headers", "a head of 200 KB", "http", a.huge_headers),
    _dead("long-header", "one header of 100 KB", "http", a.long_header),
    _dead("noise", "no HTTP at all", "http", a.noise),
    _b("silent-body", "UNREACHABLE", "a head, and then nothing", a.streaming("silent"), error="timeout",
    body="none"),
    _b("redirect-nonsense", "UNREACHABLE", "to no address at all", a.to("http://[::1"), status=302,
    error="bad_url", body="none"),
    # Traps
    _guarded("redirect-loopback", "to 127.0.0.1", a.to("http://127.0.0.1/"), status=302),
    _guarded("redirect-metadata", "to a cloud's metadata", a.to("http://169.254.169.254/latest/meta-data/"),
    status=302),
    _guarded("redirect-private", "to a private network", a.to("http://192.168.0.1/"), status=302),
    _guarded("redirect-mapped", "to a mapped IPv6 loopback", a.to("http://[::ffff:127.0.0.1]/"), status=302),
    _guarded("redirect-file", "to a local file", a.to("file:///etc/hostname"), status=302),
    _guarded("redirect-onion", "to an onion service", a.to("http://example.onion/"), status=302),
    _guarded("redirect-port", "to a port that is not the web's", a.to("http://{host}:22/"), status=302),
    _guarded("refresh-loopback", "page refreshes to loopback", a.refreshes("http://127.0.0.1/"), status=200),
    _guarded("dns-private", "the name is a private address", dns="private"),
    _guarded("dns-mixed", "the name has one good and one loopback address", dns="mixed"),
    _b("rebinding", "ONLINE", "good address first, loopback at the second question", dns="rebind",
    later="REFUSED_BY_GUARD"),
]  # fmt: skip

BEHAVIOURS: dict[str, Behaviour] = {behaviour.code: behaviour for behaviour in _ALL}
