"""What a probe asks for and what it returns. Nothing here touches the network."""

from dataclasses import dataclass, field
from enum import StrEnum


class ProbeError(StrEnum):
    """Why a probe has no complete answer. HTTP status codes are no errors: they are answers."""

    DNS_NXDOMAIN = "dns_nxdomain"
    DNS_FAILURE = "dns_failure"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    TLS = "tls"
    RESET = "reset"
    GUARD = "guard"
    BAD_URL = "bad_url"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    HTTP = "http"


class Body(StrEnum):
    """What became of the body.

    Only TEXT was kept, in memory; DISGUISED is binary data sent under a text type and thrown away.
    """

    NONE = "none"
    EMPTY = "empty"
    TEXT = "text"
    MEDIA = "media"
    DISGUISED = "disguised"
    ENCODED = "encoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbePolicy:
    """Limits of one probe. Defaults are those of the hotline's design (`docs/domain/hotline.md`).

    `known_text`: the last probe found text here, so ask for it at once and save the HEAD request.
    `user_agent`: what we call ourselves; `vantage`: from where we look ("main", or a name from
    `Client.vantages`).
    """

    seconds: float = 20.0
    body_seconds: float = 6.0
    max_bytes: int = 256 * 1024
    max_redirects: int = 5
    follow_refresh: bool = True
    known_text: bool = False
    headers_only: bool = False
    user_agent: str = "Sauga/1.0 (+hotline availability check)"
    accept: str = "text/html,application/xhtml+xml,*/*;q=0.5"
    language: str = "lt,en;q=0.7"
    vantage: str = "main"


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: where it started, the status that sent us on (or 200 for a page that refreshes itself)
    and where it pointed."""

    url: str
    status: int
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """The answer of one check.

    `status` is the last answer's (206 to our own range is reported as 200). `error` is None for a complete
    answer; with an error, the status is that of the last answer before it (a redirect into a private network,
    headers whose body broke), so look at `error` first. `text` lives in memory only: never store, log or
    print it. `addresses` are those of the last host asked; `elapsed` is in seconds, without the time spent
    waiting for our own politeness. `redirects` holds pages that refresh themselves too, with status 200.
    """

    url: str
    status: int | None = None
    error: ProbeError | None = None
    detail: str = ""
    final_url: str = ""
    redirects: tuple[Hop, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = ""
    text: str = field(default="", repr=False)
    body: Body = Body.NONE
    truncated: bool = False
    refresh: str = ""
    addresses: tuple[str, ...] = ()
    requests: int = 0
    elapsed: float = 0.0

    @property
    def retry_after(self) -> str:
        """The server's wish, as it wrote it (seconds or a date), or empty."""
        return self.headers.get("retry-after", "")
