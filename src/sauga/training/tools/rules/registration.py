"""What may be registered about a tool: its addresses and its parameters. Pure functions."""

import re
from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

LONGEST_ADDRESS, MOST_ADDRESSES = 500, 10
MOST_PARAMETERS, LONGEST_VALUE = 20, 200
LOCAL = {"localhost", "127.0.0.1"}
PARAMETER = re.compile(r"([A-Za-z0-9_.-]{1,60})=(.{0,200})")


class LineUnfit(ValueError):
    """A line that cannot be read; `line` is its number, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def is_address(text: str, *, allows_local: bool = False) -> bool:
    """Whether a text is an address of a tool: https, a host, no user, no fragment. With `allows_local` (the
    demo and the tests) also plain http to this machine."""
    parts = _parts(text)
    if parts is None or not parts.hostname or parts.username is not None or parts.fragment:
        return False
    if parts.scheme == "https":
        return True
    return allows_local and parts.scheme == "http" and parts.hostname in LOCAL


def _parts(text: str) -> SplitResult | None:
    if not text or len(text) > LONGEST_ADDRESS or not text.isascii() or not text.isprintable():
        return None
    if any(sign in text for sign in " \"'<>\\;,"):  # what would end an address in a list of a policy
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts


def origin_of(address: str) -> str:
    """Scheme, host and port of an address; empty for what is none."""
    parts = _parts(address)
    return f"{parts.scheme}://{parts.netloc}" if parts is not None and parts.netloc else ""


def addresses(text: str, *, allows_local: bool = False) -> list[str]:
    """Addresses, one a line. Raises LineUnfit."""
    found: list[str] = []
    for number, line in enumerate((one.strip() for one in text.splitlines() if one.strip()), 1):
        if number > MOST_ADDRESSES or not is_address(line, allows_local=allows_local):
            raise LineUnfit(number)
        found.append(line)
    return list(dict.fromkeys(found))


def parameters(text: str) -> dict[str, str]:
    """Parameters for the tool, `name=value` a line. Raises LineUnfit."""
    found: dict[str, str] = {}
    for number, line in enumerate((one.strip() for one in text.splitlines() if one.strip()), 1):
        match = PARAMETER.fullmatch(line)
        if match is None or number > MOST_PARAMETERS:
            raise LineUnfit(number)
        found[match[1]] = match[2]
    return found


def parameters_text(held: dict[str, str]) -> str:
    """The same lines, to be edited."""
    return "\n".join(f"{name}={value}" for name, value in held.items())


def may_open(target: str, registered: Sequence[str]) -> bool:
    """Whether an activity may open an address: only at an origin that the tool was registered with."""
    return bool(target) and origin_of(target) in {origin_of(one) for one in registered}
