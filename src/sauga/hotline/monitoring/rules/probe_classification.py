"""What one check at an address means (docs/domain/hotline.md, vocabulary monitor.verdict).

Pure: evidence in, classification out.

The order of the questions is the rule: what proves nothing is set aside first, a removal is believed last.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

from sauga.hotline.monitoring.rules.page_text import Page, fold, read_page
from sauga.hotline.monitoring.rules.signatures import Said, Says, signatures
from sauga.hotline.monitoring.rules.similarity import FAR, NEAR, bits_apart, per_cent_alike, similarity_hash


class ProbeResult(StrEnum):
    """What a probe found: codes of the vocabulary monitor.verdict."""

    ONLINE = "ONLINE"
    GONE_HARD = "GONE_HARD"
    GONE_SOFT = "GONE_SOFT"
    GONE_REDIRECT = "GONE_REDIRECT"
    RESTRICTED = "RESTRICTED"
    UNREACHABLE = "UNREACHABLE"
    CHALLENGED = "CHALLENGED"
    CHANGED = "CHANGED"
    MOVED = "MOVED"
    REFUSED_BY_GUARD = "REFUSED_BY_GUARD"


SEEN = frozenset({ProbeResult.ONLINE, ProbeResult.CHANGED, ProbeResult.MOVED})
GONE = frozenset({ProbeResult.GONE_HARD, ProbeResult.GONE_SOFT, ProbeResult.GONE_REDIRECT})
NO_EVIDENCE = frozenset({ProbeResult.CHALLENGED, ProbeResult.REFUSED_BY_GUARD})


class Reason(StrEnum):
    """Why the verdict is what it is; at most 24 characters, kept with the check and shown beside it."""

    ANSWERS = "answers"
    SAME_TEXT = "same_text"
    SAME_TITLE = "same_title"
    SAME_DESPITE_STATUS = "same_despite_status"
    STATUS = "status"
    NO_SUCH_NAME = "no_such_name"
    NO_SUCH_NAME_ONCE = "no_such_name_once"
    SAYS_REMOVED = "says_removed"
    SAYS_ACCOUNT_GONE = "says_account_gone"
    SAYS_SUSPENDED = "says_suspended"
    PLACEHOLDER = "placeholder"
    TO_HOME = "to_home"
    TO_SEARCH = "to_search"
    TO_ERROR_PAGE = "to_error_page"
    PARKED = "parked"
    LOGIN = "login"
    FORBIDDEN = "forbidden"
    GEO = "geo"
    PAYMENT = "payment"
    RATE_LIMIT = "rate_limit"
    CHALLENGE = "challenge"
    GATE = "gate"
    TIMEOUT = "timeout"
    TLS = "tls"
    CONNECTION = "connection"
    NAME_SERVER = "name_server"
    SERVER_ERROR = "server_error"
    SAYS_FAULT = "says_fault"
    ODD_ANSWER = "odd_answer"
    REDIRECT_LOOP = "redirect_loop"
    OTHER_TEXT = "other_text"
    OTHER_KIND = "other_kind"
    OTHER_FILE = "other_file"
    EMPTY = "empty"
    ELSEWHERE = "elsewhere"
    OTHER_NETWORK = "other_network"
    GUARD = "guard"
    BAD_ADDRESS = "bad_address"
    PERSON = "person"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What one probe brought, as plain values.

    `error` is the probe's code ("dns_nxdomain", "timeout", …) or empty.

    `missing_before`: the check before this one also found no such name. `body` is the probe's word for what
    became of the body ("text", "media", "empty", "none", "disguised", "encoded"); `partial`: less came of a
    text than there was. `place` is an opaque mark of the registrable domain that answered, `network` one of
    the network behind it; both empty when unknown.
    """

    asked: str = field(default="", repr=False)
    final: str = field(default="", repr=False)
    status: int | None = None
    error: str = ""
    missing_before: bool = False
    redirects: int = 0
    body: str = "none"
    text: str = field(default="", repr=False)
    partial: bool = False
    file_mark: int | None = None
    place: str = ""
    network: str = ""
    country: str = ""
    mitigated: bool = False


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """How the item looked when it was last certainly there. No content can be derived from it."""

    text_hash: int | None = None
    title_hash: int | None = None
    body: str = ""
    file_mark: int | None = None
    place: str = ""
    network: str = ""
    country: str = ""
    at_home: bool = False


@dataclass(frozen=True)
class Classification:
    """A verdict, why, and how alike the text is to the baseline (0–100, None when there was nothing to
    compare)."""

    verdict: ProbeResult
    reason: Reason
    similarity: int | None = None

    @property
    def is_gone(self) -> bool:
        return self.verdict in GONE

    @property
    def is_seen(self) -> bool:
        return self.verdict in SEEN


@dataclass(frozen=True)
class _Sight:
    """Evidence with what is computed from it once."""

    evidence: Evidence
    baseline: Baseline | None
    page: Page
    said: Said
    text_hash: int | None

    @property
    def apart(self) -> int | None:
        """Bits between this text and the baseline's, None when one of them is missing."""
        if self.baseline is None or self.baseline.text_hash is None or self.text_hash is None:
            return None
        return bits_apart(self.text_hash, self.baseline.text_hash)

    @property
    def is_same_text(self) -> bool:
        return self.apart is not None and self.apart <= NEAR

    @property
    def is_other_text(self) -> bool:
        return self.apart is None or self.apart >= FAR

    @property
    def is_same_title(self) -> bool:
        return bool(
            self.baseline
            and self.baseline.title_hash is not None
            and title_mark(self.page) == self.baseline.title_hash
        )

    def judged(self, verdict: ProbeResult, reason: Reason) -> Classification:
        known = self.baseline.text_hash if self.baseline else None
        return Classification(verdict, reason, per_cent_alike(self.text_hash, known))


def classify(evidence: Evidence, baseline: Baseline | None) -> Classification:
    """Classify one check. Never raises; every evidence has a result.

    Without a baseline (the first check) a page counts as online unless it says otherwise of itself.
    """
    if evidence.status is None:
        return _without_answer(evidence)
    page = read_page(evidence.text) if evidence.text else Page()
    text_hash = similarity_hash(page.text) if evidence.body == "text" else None
    sight = _Sight(evidence, baseline, page, signatures().said(page), text_hash)
    return (
        _challenged(sight)
        or _by_status(sight)
        or _by_redirect(sight)
        or _by_words(sight)
        or _by_likeness(sight)
    )


_ERRORS = {
    "guard": (ProbeResult.REFUSED_BY_GUARD, Reason.GUARD),
    "bad_url": (ProbeResult.REFUSED_BY_GUARD, Reason.BAD_ADDRESS),
    "timeout": (ProbeResult.UNREACHABLE, Reason.TIMEOUT),
    "tls": (ProbeResult.UNREACHABLE, Reason.TLS),
    "dns_failure": (ProbeResult.UNREACHABLE, Reason.NAME_SERVER),
    "too_many_redirects": (ProbeResult.UNREACHABLE, Reason.REDIRECT_LOOP),
}


def _without_answer(evidence: Evidence) -> Classification:
    """No status came. "No such name" is believed the second time in a row only."""
    if evidence.error == "dns_nxdomain":
        if evidence.missing_before:
            return Classification(ProbeResult.GONE_HARD, Reason.NO_SUCH_NAME)
        return Classification(ProbeResult.UNREACHABLE, Reason.NO_SUCH_NAME_ONCE)
    verdict, reason = _ERRORS.get(evidence.error, (ProbeResult.UNREACHABLE, Reason.CONNECTION))
    return Classification(verdict, reason)


def _challenged(sight: _Sight) -> Classification | None:
    """Rate limits and robot checks prove nothing, under any status."""
    evidence = sight.evidence
    if evidence.error == "guard":
        return sight.judged(ProbeResult.REFUSED_BY_GUARD, Reason.GUARD)
    if evidence.error == "too_many_redirects":
        return sight.judged(ProbeResult.UNREACHABLE, Reason.REDIRECT_LOOP)
    if evidence.status == 429:
        return sight.judged(ProbeResult.CHALLENGED, Reason.RATE_LIMIT)
    if evidence.mitigated or (Says.CHALLENGE in sight.said.aloud and not sight.is_same_text):
        return sight.judged(ProbeResult.CHALLENGED, Reason.CHALLENGE)
    return None


def _by_status(sight: _Sight) -> Classification | None:  # noqa: PLR0911  one return a kind of answer
    """What a status other than 2xx means. None for 2xx."""
    status = sight.evidence.status or 0
    aloud = sight.said.aloud
    if 200 <= status < 300:
        return None
    if status in {404, 410, 451}:
        if Says.GEO in aloud:
            return sight.judged(ProbeResult.RESTRICTED, Reason.GEO)
        if (
            sight.is_same_text
            and sight.is_same_title
            and not aloud & {Says.REMOVED, Says.ACCOUNT, Says.SUSPENDED}
        ):
            return sight.judged(ProbeResult.CHANGED, Reason.SAME_DESPITE_STATUS)
        return sight.judged(ProbeResult.GONE_HARD, Reason.STATUS)
    if status in {401, 402, 403, 407, 511}:
        return _barred(sight, status)
    if status >= 500 or status in {408, 425}:
        return sight.judged(ProbeResult.UNREACHABLE, Reason.SERVER_ERROR)
    return sight.judged(ProbeResult.UNREACHABLE, Reason.ODD_ANSWER)


def _barred(sight: _Sight, status: int) -> Classification:
    """Access was restricted: for a country, for visitors without an account, or for good when the whole site
    is suspended."""
    aloud = sight.said.aloud
    if Says.GEO in aloud:
        return sight.judged(ProbeResult.RESTRICTED, Reason.GEO)
    if Says.SUSPENDED in aloud:
        return sight.judged(ProbeResult.GONE_SOFT, Reason.SAYS_SUSPENDED)
    reasons = {401: Reason.LOGIN, 402: Reason.PAYMENT, 407: Reason.LOGIN, 511: Reason.LOGIN}
    return sight.judged(ProbeResult.RESTRICTED, reasons.get(status, Reason.FORBIDDEN))


_LEADS_TO = {
    "search": (ProbeResult.GONE_REDIRECT, Reason.TO_SEARCH),
    "error": (ProbeResult.GONE_REDIRECT, Reason.TO_ERROR_PAGE),
    "placeholder": (ProbeResult.GONE_REDIRECT, Reason.PLACEHOLDER),
    "suspended": (ProbeResult.GONE_REDIRECT, Reason.SAYS_SUSPENDED),
    "parked": (ProbeResult.GONE_REDIRECT, Reason.PARKED),
    "login": (ProbeResult.RESTRICTED, Reason.LOGIN),
    "challenge": (ProbeResult.CHALLENGED, Reason.CHALLENGE),
    "gate": (ProbeResult.CHALLENGED, Reason.GATE),
}


def _by_redirect(sight: _Sight) -> Classification | None:
    """Where a redirect led: home, search, an error page, a parked domain, a login.

    None when it led to the content or there was none.
    """
    evidence, baseline = sight.evidence, sight.baseline
    if not evidence.redirects or sight.is_same_text:
        return None
    asked, final = _split(evidence.asked), _split(evidence.final)
    if Says.GEO in sight.said.aloud:
        return sight.judged(ProbeResult.RESTRICTED, Reason.GEO)
    moved_path = (_segments(final), final.query) != (_segments(asked), asked.query)
    led = signatures().host_says(final.hostname or "") or (
        signatures().path_says(_segments(final)) if moved_path else ""
    )
    if led:
        return sight.judged(*_LEADS_TO[led])
    if moved_path and is_home(evidence.final) and not (baseline and baseline.at_home):
        if baseline is None and not _same_house(asked, final):
            return sight.judged(
                ProbeResult.CHANGED, Reason.TO_HOME
            )  # perhaps a short link to a site's front page: a person must check
        return sight.judged(ProbeResult.GONE_REDIRECT, Reason.TO_HOME)
    return None


def _same_house(asked: SplitResult, final: SplitResult) -> bool:
    """Whether two hosts are one site by name: equal, or one below the other, `www.` aside."""
    one, other = ((parts.hostname or "").removeprefix("www.").removeprefix("m.") for parts in (asked, final))
    return one == other or one.endswith("." + other) or other.endswith("." + one)


_SAID: tuple[tuple[Says, ProbeResult, Reason], ...] = (
    (Says.GEO, ProbeResult.RESTRICTED, Reason.GEO),
    (Says.SUSPENDED, ProbeResult.GONE_SOFT, Reason.SAYS_SUSPENDED),
    (Says.ACCOUNT, ProbeResult.GONE_SOFT, Reason.SAYS_ACCOUNT_GONE),
    (Says.FAULT, ProbeResult.UNREACHABLE, Reason.SAYS_FAULT),
    (Says.REMOVED, ProbeResult.GONE_SOFT, Reason.SAYS_REMOVED),
    (Says.GATE, ProbeResult.CHALLENGED, Reason.GATE),
    (Says.PARKED, ProbeResult.GONE_REDIRECT, Reason.PARKED),
    (Says.LOGIN, ProbeResult.RESTRICTED, Reason.LOGIN),
)


def _by_words(sight: _Sight) -> Classification | None:
    """What a page answered with 2xx says of itself.

    Words on a page that is still the same page say nothing new.
    """
    if sight.is_same_text:
        return None
    said = sight.said.aloud
    if sight.baseline is not None and sight.is_other_text:
        said = said | sight.said.aside
    for says, verdict, reason in _SAID:
        if says in said:
            return sight.judged(verdict, reason)
    return None


def _by_likeness(sight: _Sight) -> Classification:  # noqa: PLR0911  one return a kind of answer
    """The page answers and says nothing of itself: is it still what it was, and still where it was?"""
    evidence, baseline = sight.evidence, sight.baseline
    if evidence.error:
        return sight.judged(
            ProbeResult.UNREACHABLE,
            _ERRORS.get(evidence.error, (ProbeResult.UNREACHABLE, Reason.CONNECTION))[1],
        )
    if baseline is None:
        return sight.judged(ProbeResult.ONLINE, Reason.ANSWERS)
    if evidence.body != baseline.body and baseline.body:
        return sight.judged(
            ProbeResult.CHANGED, Reason.EMPTY if evidence.body in {"empty", "none"} else Reason.OTHER_KIND
        )
    if evidence.body == "text" and baseline.text_hash is not None:
        if sight.text_hash is None:
            return sight.judged(ProbeResult.CHANGED, Reason.EMPTY)
        if (
            not sight.is_same_text
            and not evidence.partial
            and (sight.is_other_text or not sight.is_same_title)
        ):
            return sight.judged(ProbeResult.CHANGED, Reason.OTHER_TEXT)
    elif (
        evidence.file_mark is not None
        and baseline.file_mark is not None
        and evidence.file_mark != baseline.file_mark
    ):
        return sight.judged(ProbeResult.CHANGED, Reason.OTHER_FILE)
    return _still_there(sight, baseline)


def _still_there(sight: _Sight, baseline: Baseline) -> Classification:
    evidence = sight.evidence
    if evidence.place and baseline.place and evidence.place != baseline.place:
        return sight.judged(ProbeResult.MOVED, Reason.ELSEWHERE)
    for seen, known in ((evidence.country, baseline.country), (evidence.network, baseline.network)):
        if seen and known and seen != known:
            return sight.judged(ProbeResult.MOVED, Reason.OTHER_NETWORK)
    same = (
        Reason.SAME_TEXT
        if sight.is_same_text
        else Reason.SAME_TITLE
        if sight.is_same_title
        else Reason.ANSWERS
    )
    return sight.judged(ProbeResult.ONLINE, same)


def baseline_of(evidence: Evidence) -> Baseline:
    """What to remember of a look at which the item was surely there."""
    page = read_page(evidence.text) if evidence.text else Page()
    return Baseline(
        text_hash=similarity_hash(page.text) if evidence.body == "text" else None,
        title_hash=title_mark(page),
        body=evidence.body,
        file_mark=evidence.file_mark,
        place=evidence.place,
        network=evidence.network,
        country=evidence.country,
        at_home=is_home(evidence.final or evidence.asked),
    )


def title_mark(page: Page) -> int | None:
    """A similarity hash of the title, None without one."""
    return similarity_hash(page.title) if fold(page.title).strip() else None


def is_home(url: str) -> bool:
    """Whether the address is the front page of its host, in whatever language."""
    parts = _split(url)
    segments = _segments(parts)
    if (
        segments
        and len(segments[0]) in {2, 5}
        and segments[0][:2].isalpha()
        and (len(segments[0]) == 2 or segments[0][2] in "-_")
    ):
        segments = segments[1:]
    return not segments or (len(segments) == 1 and segments[0] in signatures().paths["home"])


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url.lower())
    except ValueError:
        return urlsplit("")


def _segments(parts: SplitResult) -> list[str]:
    return [segment for segment in parts.path.split("/") if segment]
