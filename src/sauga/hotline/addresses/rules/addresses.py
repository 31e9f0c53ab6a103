"""Addresses as people paste them: split, cleaned, checked and brought to a canonical key
(docs/domain/hotline.md, version 1).

Nothing here opens a connection or keeps anything.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import quote, urlsplit

import idna
from publicsuffixlist import PublicSuffixList

from sauga.kernel.i18n import normalised

KEY_VERSION = 1
MOST_LOCATIONS = 50
MOST_SPELLINGS = 1000  # as pasted: an address may be repeated, and each spelling is read
LONGEST = 8192  # bytes of one location as given
DROP_PARAMETERS = (
    "utm_*",
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "mc_cid",
    "mc_eid",
    "igshid",
    "yclid",
    "_ga",
)
KEEP_FRAGMENTS = ("#!", "#/")
UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.I)
DEFANGED = re.compile(r"\[\s*\.\s*\]|\(\s*\.\s*\)|\{\s*\.\s*\}|[\[({]\s*dot\s*[\])}]", re.I)
LOOKS_LIKE_HOST = re.compile(r"^[^\s/?#@:,;]+\.[^\s/?#@:.,;]{2,}\.?(:\d+)?([/?#].*)?$")
LOOKS_LIKE_IP = re.compile(r"^(\d{1,3}\.){3}\d{1,3}(:\d+)?([/?#].*)?$")
WEB_SCHEME = r"h(?:tt|xx)ps?(?::|\[:\])//"
GLUED = re.compile(rf"(?<![,;|])[,;|]+(?={WEB_SCHEME}|www\.)", re.I)
BEGINS_WEB = re.compile(WEB_SCHEME, re.I)
QUOTES = "<>\"'„“”«»`"
BEFORE, AFTER = frozenset(QUOTES + "([{,;"), frozenset(QUOTES + ",;")
BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?")
NUMBER = re.compile(r"0x[0-9a-f]*|\d+")
ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
OUR_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-ąčęėįšųūž")
NOWHERE = (".local", ".localhost", ".localdomain", ".internal", ".intranet", ".lan", ".home.arpa")


class Kind(StrEnum):
    """What kind of place an address names (vocabulary report.location_kind holds the labels)."""

    WEB = "WEB"
    ONION = "ONION"
    ACCOUNT = "ACCOUNT"
    CHAT_GROUP = "CHAT_GROUP"
    OTHER = "OTHER"


class Problem(StrEnum):
    """Why a pasted block is refused; the form has a message for each."""

    EMPTY = "empty"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    NOT_TEXT = "not_text"


class Hint(StrEnum):
    """Warnings shown to the reporter that do not block the report."""

    CREDENTIALS_DROPPED = "credentials_dropped"
    LOOK_ALIKE = "look_alike"
    NOT_PUBLIC = "not_public"
    CANNOT_CHECK = "cannot_check"


class AddressRefused(ValueError):
    """The pasted block is refused; `problem` says why and `line` (from 1) where, if it is one line."""

    def __init__(self, problem: Problem, line: int | None = None) -> None:
        super().__init__(problem)
        self.problem, self.line = problem, line


@dataclass(frozen=True)
class Location:
    """One place as given, and what we made of it.

    `address` is what a checker would open (empty when it is not on the web); `key` is the canonical identity,
    never shown.
    """

    given: str
    kind: Kind
    address: str
    key: str
    host: str
    hints: frozenset[Hint]


def split_locations(block: str) -> list[Location]:
    """Split a pasted block into locations, one a line, duplicates dropped, order kept.

    Raises AddressRefused for an empty block, more than 50 places, one above 8 KB, or bytes that are no text.
    """
    if any(0xD800 <= ord(c) <= 0xDFFF for c in block):
        raise AddressRefused(Problem.NOT_TEXT)
    lines = [clean(line) for line in re.split(r"[\r\n]+", block)]
    seen: dict[str, Location] = {}
    spellings: set[str] = set()
    for number, line in enumerate(lines, 1):
        for piece in _pieces(line):
            if piece in spellings:
                continue
            if len(piece.encode()) > LONGEST:
                raise AddressRefused(Problem.TOO_LONG, number)
            spellings.add(piece)
            if len(spellings) > MOST_SPELLINGS:
                raise AddressRefused(Problem.TOO_MANY)
            location = read_location(piece)
            seen.setdefault(location.key, location)
            if len(seen) > MOST_LOCATIONS:
                raise AddressRefused(Problem.TOO_MANY)
    if not seen:
        raise AddressRefused(Problem.EMPTY)
    return list(seen.values())


def clean(text: str) -> str:
    """Remove invisible characters: control characters, zero-width and direction marks;

    NFC; no blanks at the ends.
    """
    return normalised(CONTROL.sub("", UNSEEN.sub("", text))).strip()


def clean_text(text: str) -> str:
    """A text of several lines without invisible characters: controls, direction marks, lone surrogates; at
    most two blank lines in a row."""
    text = text.encode("utf-8", "replace").decode()
    lines = [clean(line) for line in re.split(r"\r\n|\r|\n", text)]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines)).strip()


def _pieces(line: str) -> list[str]:
    """A line of several addresses is split at blanks and at commas between them; a line of plain text stays
    whole (a group, an account).

    Text around an address stays with the first address, so that nothing the reporter wrote is lost.
    """
    words = [bare for word in GLUED.sub(" ", line).split() if (bare := _bare(word))]
    if not words:
        return []
    if all(_is_web(word) for word in words):
        return words
    several = [word for word in words if BEGINS_WEB.match(word)]
    return [line, *several[1:]]


def _bare(word: str) -> str:
    """A word without the quotes, brackets, commas and the full stop that a sentence puts
    around an address.
    """
    start, end = 0, len(word)
    count = {sign: word.count(sign) for pair in BRACKETS.items() for sign in pair}
    before = None
    while before != (start, end):
        before = start, end
        while start < end and word[start] in BEFORE:
            count[word[start]] = count.get(word[start], 0) - 1
            start += 1
        while start < end and (word[end - 1] in AFTER or _ends_a_sentence(word, start, end, count)):
            end -= 1
            count[word[end]] = count.get(word[end], 0) - 1
    return word[start:end]


def _ends_a_sentence(word: str, start: int, end: int, count: Mapping[str, int]) -> bool:
    """Whether the last sign of word[start:end] belongs to the text around: a full stop that is no dot
    segment, a bracket that nothing opened. `count` says how many of each bracket there are, so that a
    thousand of them are not counted a thousand times."""
    last = word[end - 1]
    if last == ".":
        return not word[max(start, end - 3) : end].endswith(("/.", "/.."))
    return last in BRACKETS and count[last] > count[BRACKETS[last]]


def _is_web(word: str) -> bool:
    plain = _fanged(word)
    scheme = SCHEME.match(plain)
    if plain.startswith("//") or (scheme and plain[scheme.end() :].startswith("//")):
        return True
    return bool(LOOKS_LIKE_HOST.match(plain) or LOOKS_LIKE_IP.match(plain))


def _fanged(word: str) -> str:
    """An address that was made harmless to click (hxxp, [.], [:]) as it is."""
    return re.sub(r"^hxxp", "http", DEFANGED.sub(".", word.replace("[:]", ":", 1)), flags=re.I)


def read_location(given: str) -> Location:
    """Read one location. Nothing is refused: what is not a web address becomes a name without a host."""
    words = [_bare(word) for word in given.split()]
    said = next((word for word in words if BEGINS_WEB.match(word)), "") if len(words) > 1 else _bare(given)
    candidate = _fanged(said)
    if not _is_web(candidate):
        return _name(given)
    if candidate.startswith("//"):
        candidate = "http:" + candidate
    scheme = SCHEME.match(candidate)
    if scheme is None or not candidate[scheme.end() :].startswith("//"):
        secure = re.match(r"[^/?#]*:443(?!\d)", candidate)
        candidate = f"http{'s' if secure else ''}://{candidate}"
    candidate = re.sub(r"^https?:/+(?=https?:/)", "", candidate, flags=re.I)
    try:
        return _web(given, candidate)
    except (ValueError, UnicodeError):
        return _name(given)


def _name(given: str) -> Location:
    folded = " ".join(given.casefold().split())
    kind = Kind.ACCOUNT if given.startswith("@") else Kind.OTHER
    return Location(
        given, kind, "", f"v{KEY_VERSION} name {kind} {folded}", "", frozenset({Hint.CANNOT_CHECK})
    )


def _web(given: str, candidate: str, *, settled: bool = False) -> Location:
    # A browser reads a backslash before the query as a slash; read any other way, the host could
    # be another one.
    head, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", candidate, re.S).groups()  # type: ignore[union-attr]  # matches any text
    parts = urlsplit(head.replace("\\", "/") + mark + rest)
    scheme = parts.scheme.lower()
    if scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("no web address")
    host = canonical_host(parts.hostname)
    literal = f"[{host}]" if ":" in host else host
    shown_port = "" if parts.port in {None, {"http": 80, "https": 443}[scheme]} else f":{parts.port}"
    path = canonical_path(parts.path)
    fragment = (
        "#" + _shortest(parts.fragment, "/?")
        if parts.fragment.startswith(tuple(mark[1:] for mark in KEEP_FRAGMENTS))
        else ""
    )
    asked, query = _shortest(parts.query, "/?"), canonical_query(parts.query)
    address = f"{scheme}://{literal}{shown_port}{path}" + (f"?{asked}" if asked else "") + fragment
    # What a sentence might seem to have added is encoded, so that the address reads back as itself.
    end = address[len(_bare(address)) :]
    address = address[: len(address) - len(end)] + "".join(f"%{ord(sign):02X}" for sign in end)
    if end and not settled:
        return _web(given, address, settled=True)
    return Location(
        given,
        Kind.ONION if host.endswith(".onion") else Kind.WEB,
        address,
        f"v{KEY_VERSION} //{literal}{shown_port}{path}" + (f"?{query}" if query else "") + fragment,
        host,
        frozenset(_hints(parts.netloc, host)),
    )


def _hints(netloc: str, host: str) -> Iterable[Hint]:
    if "@" in netloc:
        yield Hint.CREDENTIALS_DROPPED
    if any(label.startswith("xn--") and not _reads_as_ours(label) for label in host.split(".")):
        yield Hint.LOOK_ALIKE
    if host.endswith(".onion"):
        yield Hint.CANNOT_CHECK
    elif not is_public_name(host):
        yield Hint.NOT_PUBLIC


def _reads_as_ours(label: str) -> bool:
    """Whether an A-label holds nothing but Lithuanian letters: such a name is not disguised as another."""
    try:
        return set(label.removeprefix("xn--").encode().decode("punycode")) <= OUR_LETTERS
    except UnicodeError:
        return False


def canonical_host(host: str) -> str:
    """Lower case, A-label, no trailing dot; numbers in any notation become their address.

    Raises ValueError for no host name.
    """
    host = host.rstrip(".").lower()
    if ":" in host:
        address = IPv6Address(host.partition("%")[0])
        return str(address.ipv4_mapped or address)
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True, transitional=False).decode().rstrip(".")
        except idna.IDNAError:
            host = (
                host.encode("idna").decode().lower()
            )  # signs that newer rules refuse and browsers still open
    labels = host.split(".")
    if NUMBER.fullmatch(labels[-1]):
        return _address_of(labels)
    if len(host) > 253 or any(len(label) > 63 or not LABEL.fullmatch(label) for label in labels):
        raise ValueError("no host name")
    return host


def _address_of(labels: list[str]) -> str:
    """The IPv4 address written in one to four numbers, decimal, octal or hexadecimal, as browsers read it
    (WHATWG URL, 3.5)."""
    if not all(NUMBER.fullmatch(label) for label in labels):
        raise ValueError("no address")
    numbers = [
        int(label[2:] or "0", 16) if label.startswith("0x") else int(label, 8 if label[:1] == "0" else 10)
        for label in labels
    ]
    if (
        len(numbers) > 4
        or any(number > 255 for number in numbers[:-1])
        or numbers[-1] >= 256 ** (5 - len(numbers))
    ):
        raise ValueError("no address")
    return str(
        IPv4Address(sum(number << 8 * (3 - place) for place, number in enumerate(numbers[:-1])) + numbers[-1])
    )


def _shortest(text: str, also: str = "") -> str:
    """Percent-encoding in its shortest form (RFC 3986, 6.2.2): what needs none is decoded, what stays is in
    upper case, what needs it is encoded. An encoded separator stays encoded: it is another place."""

    def shorter(match: re.Match[bytes]) -> bytes:
        byte = int(match[1], 16)
        return bytes([byte]) if byte in UNRESERVED else match[0].upper()

    return re.sub(
        "%(?![0-9A-F]{2})", "%25", quote(ESCAPE.sub(shorter, text.encode()), safe="%!$&'()*+,;=:@~-._" + also)
    )


def canonical_path(path: str) -> str:
    """Percent-encoding in its shortest form, dot segments resolved; an empty path is /."""
    kept: list[str] = []
    segments = _shortest(path or "/", "/").split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept)


def canonical_query(query: str, drop: Iterable[str] = DROP_PARAMETERS) -> str:
    """Tracking parameters removed, everything else in the order given, percent-encoding in
    its shortest form.
    """
    kept = []
    for pair in _shortest(query, "/?").split("&"):
        name = pair.partition("=")[0].lower()
        if pair and not any(fnmatchcase(name, pattern) for pattern in drop):
            kept.append(pair)
    return "&".join(kept)


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def registrable_domain(host: str) -> str:
    """The domain someone registered, like pavyzdys.example of nuotraukos.pavyzdys.example; the host itself
    for an IP or bare name."""
    if ":" in host or host.replace(".", "").isdigit():
        return host
    return _suffixes().privatesuffix(host) or host


def is_public_name(host: str) -> bool:
    """False for names and literals that lead nowhere public: localhost, one label, private, loopback and
    link-local addresses."""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(NOWHERE)


def with_referrer(key: str, referrer: str) -> str:
    """The identity of a place that shows its content only when one comes from `referrer`
    (docs/domain/hotline.md)."""
    return f"{key} from {read_location(referrer).key}" if referrer else key


def near_key(location: Location) -> str:
    """Equal for two locations that differ only in www., a mobile host or parameters: proposed to a person,
    never merged automatically."""
    host = location.host
    if host != registrable_domain(host):
        host = re.sub(r"^(www|m|mobile|lt|en)\.", "", host)
    literal = f"[{location.host}]" if ":" in location.host else location.host
    return host + location.key.partition("//")[2].removeprefix(literal).partition("?")[0].partition("#")[
        0
    ].rstrip("/")
