"""What an encoder offers over WHIP (RFC 9725), read before anything acts on it: an SDP offer (RFC 8866) of
one picture and one sound.

Addresses in an offer are taken out. The server answers checks that come to it and never sends anything to
an address that a browser wrote into an offer.
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

LARGEST = 64 * 1024
MOST_LINES, LONGEST_LINE, MOST_MEDIA = 2000, 2000, 4
LINE = re.compile(r"[a-z]=[\x20-\x7e]*")
MEDIA = re.compile(r"m=(audio|video) \d{1,5} UDP/TLS/RTP/SAVPF?(?: \d{1,3})+")
CREDENTIALS = (
    re.compile(r"a=ice-ufrag:[A-Za-z0-9+/]{4,256}"),
    re.compile(r"a=ice-pwd:[A-Za-z0-9+/]{22,256}"),
    re.compile(r"a=fingerprint:sha-(?:256|384|512) (?:[0-9A-Fa-f]{2}:){31,63}[0-9A-Fa-f]{2}"),
)
CODECS = {
    "audio": re.compile(r"a=rtpmap:\d{1,3} opus/48000(?:/2)?", re.IGNORECASE),
    "video": re.compile(r"a=rtpmap:\d{1,3} (?:VP8|H264)/90000", re.IGNORECASE),
}
BUNDLE = re.compile(r"a=group:BUNDLE(?: [\x21-\x7e]+){2,}")
SENDS = re.compile(r"a=(sendonly|sendrecv|recvonly|inactive)")
ADDRESSES = ("a=candidate", "a=end-of-candidates", "a=remote-candidates")
CANDIDATE = re.compile(r"a=candidate:(\S+) 1 udp (\d+) (\S+) (\d+) typ host")


class Flaw(StrEnum):
    """Why an offer is not taken."""

    MALFORMED = "MALFORMED"
    NO_SOUND = "NO_SOUND"
    NO_PICTURE = "NO_PICTURE"
    UNSUPPORTED = "UNSUPPORTED"


class OfferRefused(Exception):
    """An offer that cannot be served; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


def read(content: bytes) -> str:
    """The offer without any address, as it is handed on. Raises OfferRefused."""
    lines = _lines(content)
    parts = _media(lines)
    if not 1 <= len(parts) <= MOST_MEDIA or not all(MEDIA.fullmatch(part[0]) for part in parts):
        raise OfferRefused(Flaw.UNSUPPORTED)
    held = {kind: [part for part in parts if part[0].startswith(f"m={kind} ")] for kind in CODECS}
    for kind, flaw in (("audio", Flaw.NO_SOUND), ("video", Flaw.NO_PICTURE)):
        if not any(_is_sent(part) for part in held[kind]):
            raise OfferRefused(flaw)
    for kind, sign in CODECS.items():
        if len(held[kind]) != 1 or not any(sign.match(line) for line in held[kind][0]):
            raise OfferRefused(Flaw.UNSUPPORTED)
    if not all(any(sign.fullmatch(line) for line in lines) for sign in CREDENTIALS):
        raise OfferRefused(Flaw.MALFORMED)
    if not any(BUNDLE.fullmatch(line) for line in lines):
        raise OfferRefused(Flaw.UNSUPPORTED)
    return _joined(line for line in lines if not line.startswith(ADDRESSES))


def reachable(answer: str, addresses: Sequence[str]) -> str:
    """The answer with the addresses at which the server is reached instead of its own; the same where none
    are named."""
    if not addresses:
        return answer
    lines: list[str] = []
    known: set[str] = set()
    for line in answer.splitlines():
        found = CANDIDATE.match(line)
        if found is None:
            lines.append(line)
            continue
        _foundation, priority, _own, port = found.groups()
        for place, address in enumerate(addresses):
            made = f"a=candidate:public{place} 1 udp {int(priority) - place} {address} {port} typ host"
            if (word := f"{len(_media(lines))}-{address}-{port}") not in known:
                known.add(word)
                lines.append(made)
    return _joined(lines)


def _lines(content: bytes) -> list[str]:
    if len(content) > LARGEST:
        raise OfferRefused(Flaw.MALFORMED)
    try:
        lines = content.decode("ascii").replace("\r\n", "\n").rstrip("\n").split("\n")
    except UnicodeDecodeError:
        raise OfferRefused(Flaw.MALFORMED) from None
    is_sound = all(len(line) <= LONGEST_LINE and LINE.fullmatch(line) for line in lines)
    if not is_sound or lines[0] != "v=0" or len(lines) > MOST_LINES:
        raise OfferRefused(Flaw.MALFORMED)
    return lines


def _media(lines: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = []
    for line in lines:
        if line.startswith("m="):
            parts.append([])
        if parts:
            parts[-1].append(line)
    return parts


def _is_sent(part: Sequence[str]) -> bool:
    said = [found[1] for line in part if (found := SENDS.fullmatch(line))]
    return not said or said[-1] in {"sendonly", "sendrecv"}


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\r\n" for line in lines)
