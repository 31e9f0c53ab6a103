"""Calls from the browser: credentials of the relay that last minutes, and descriptions of a session without
any address of a person.

Sound goes through the relay only, so that neither side learns the other's address (RFC 8656 TURN; RFC
8829 relay policy).
"""

import base64
import hmac
import re
import secrets
from datetime import datetime, timedelta
from typing import Any

LASTS = timedelta(minutes=10)
LONGEST = 6000
RELAYED = re.compile(r"a=candidate:\S+ \d+ \S+ \d+ \S+ \d+ typ relay(?= |$)")
RELATED = re.compile(r" raddr \S+ rport \d+")
ALLOWED = re.compile(r"[\x20-\x7e]*")
NOWHERE = "IN IP4 0.0.0.0"
SOUND = re.compile(r"m=audio \d+ ([A-Z/]+)((?: \d+)+)")
INSTEAD = {"c=": f"c={NOWHERE}", "a=rtcp:": f"a=rtcp:9 {NOWHERE}", "s=": "s=-"}
_URI = r"(?:urn:ietf:params:rtp-hdrext:[\w:.-]+|http://www\.(?:webrtc|ietf)\.org/[\w/.:-]+)"
SAYS_HOW = re.compile(
    r"v=0|t=0 0|b=(?:AS|TIAS):\d+"
    r"|a=(?:group:BUNDLE \w+|ice-(?:lite|ufrag:[\w+/]{4,64}|pwd:[\w+/]{22,128}|options:[a-z0-9 "
    r"-]+)|end-of-candidates"
    r"|fingerprint:sha-\d+ "
    r"[0-9A-F:]+|setup:[a-z]+|mid:\d+|sendrecv|sendonly|recvonly|inactive|rtcp-mux|rtcp-mux-only|"
    r"rtcp-rsize"
    rf"|extmap-allow-mixed|extmap:\d+(?:/[a-z]+)? {_URI}"
    r"|rtpmap:\d+ (?:opus|red|G722|PCMU|PCMA|CN|telephone-event|ISAC|ILBC)/\d+(?:/\d+)?"
    r"|fmtp:\d+ [a-z0-9=;/,. -]+|rtcp-fb:(?:\d+|\*) [a-z -]+|(?:min|max)?ptime:\d+)",
    re.ASCII,
)
"""What two browsers need to know of each other.

Lines with names of any kind (title, contact, stream, source) are left out.
"""


class NotADescription(ValueError):
    """Not a session description of one sound stream, or too long."""


def credentials(urls: list[str], secret: str, at: datetime) -> dict[str, Any]:
    """What a page needs to use the relay for ten minutes.

    The user name is the end of that time and a random part, the password its HMAC-SHA1
    (draft-uberti-behave-turn-rest): the relay needs no account of anybody, and nothing in it says
    whose call it is.
    """
    until = int((at + LASTS).timestamp())
    username = f"{until}:{secrets.token_hex(8)}"
    password = base64.b64encode(hmac.new(secret.encode(), username.encode(), "sha1").digest()).decode()
    return {
        "iceServers": [{"urls": urls, "username": username, "credential": password}],
        "iceTransportPolicy": "relay",
    }


def stripped(text: str) -> str:
    """The description with relayed candidates only, no other address, and none of the lines that may say
    who a caller is.

    Raises NotADescription.
    """
    if len(text) > LONGEST or not text.startswith("v=0"):
        raise NotADescription
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    if any(not ALLOWED.fullmatch(line) for line in lines):
        raise NotADescription
    if [line.split(" ")[0] for line in lines if line.startswith("m=")] != ["m=audio"]:
        raise NotADescription
    kept = [cleaned for line in lines if (cleaned := _line(line))]
    return "\r\n".join(kept) + "\r\n"


def _line(line: str) -> str:
    if line.startswith("a=candidate:"):
        return RELATED.sub(" raddr 0.0.0.0 rport 0", line) if RELAYED.match(line) else ""
    for begins, instead in INSTEAD.items():
        if line.startswith(begins):
            return instead
    if line.startswith("o="):
        return " ".join(
            [
                "o=-",
                *(word if word.isdecimal() else "0" for word in [*line.split(" ")[1:3], "0", "0"][:2]),
                NOWHERE,
            ]
        )
    if found := SOUND.match(line):
        return f"m=audio 9 {found[1]} {found[2].strip()}"
    return line if SAYS_HOW.fullmatch(line) else ""
