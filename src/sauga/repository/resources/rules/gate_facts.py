"""What the publish gate looks at and what it returns: facts, results, findings. Wording is up to the
pages.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """The result of a check. `NOT_RUN`: it needs a browser, and none has audited this text yet."""

    PASS = "pass"  # noqa: S105  a word, not a secret
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    NOT_RUN = "not_run"


@dataclass(frozen=True)
class Finding:
    """One place that fails. `why` is a code, `where` a field, file or language, `text` the content, shortened
    by the page.
    """

    why: str
    where: str = ""
    text: str = ""
    counted: int = 0
    allowed: int = 0


@dataclass(frozen=True)
class Result:
    """What one check found."""

    check: str
    outcome: Outcome
    findings: tuple[Finding, ...] = ()

    @property
    def was_made(self) -> bool:
        """Whether the check applied and ran."""
        return self.outcome in (Outcome.PASS, Outcome.FAIL)

    @property
    def is_good(self) -> bool:
        """Whether it does not block publication."""
        return self.outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE)


@dataclass(frozen=True)
class PdfMarks:
    """What a PDF declares for screen readers."""

    name: str
    is_readable: bool = True
    is_tagged: bool = False
    has_language: bool = False


@dataclass(frozen=True)
class GateFacts:
    """What the rules look at. `files` are (kind, mime, language); `parts` whether each part is published.

    `texts` are all texts by language, `read` those of the body, `captions` (name, text) of each WebVTT file,
    `pages` the page's markup by language, `audits` browser findings for exactly these pages. `checks` is the
    table for a text that is not a resource.
    """

    content: Mapping[str, Any]
    files: Sequence[tuple[str, str, str]]
    parts: Sequence[bool]
    day: date
    was_checked_for_children: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    read: Mapping[str, str] = field(default_factory=dict)
    captions: Sequence[tuple[str, str]] = ()
    pdfs: Sequence[PdfMarks] = ()
    pages: Mapping[str, str] = field(default_factory=dict)
    audits: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    needs_browser: bool = False
    checks: "Mapping[str, Callable[[Any], list[Finding] | None]] | None" = None
