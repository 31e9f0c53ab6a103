"""The facts that the gate checks: texts, readable files, the page as it will look, and browser audits of
exactly that page.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date

from django.conf import settings

from sauga.kernel import media
from sauga.repository.resources.models import LANGUAGES, Audit, Rendition, Resource
from sauga.repository.resources.queries.snapshots import content_of, files_of, parts_of
from sauga.repository.resources.rules import blocks, publish_gate
from sauga.repository.resources.rules.gate_facts import Finding, GateFacts, Outcome, PdfMarks, Result
from sauga.repository.states import LIVE, ResourceState

type Face = Callable[[Resource, str], str]
_faces: list[Face] = []


def register_page(face: Face) -> None:
    """Register how a resource's page is rendered, also before publication. Called once by the owner of the
    pages.
    """
    _faces[:] = [face]


def page_of(resource: Resource, language: str) -> str:
    """The markup of its public page in a language; empty when no renderer is registered."""
    return _faces[0](resource, language) if _faces else ""


def digest_of(html: str) -> str:
    """The digest by which an audit recognises its page."""
    return hashlib.sha256(html.encode()).hexdigest()


def spoken(resource: Resource) -> list[str]:
    """Languages of the interface in which it has texts."""
    return [code for code in LANGUAGES if (resource.title or {}).get(code)]


def words_of(resource: Resource) -> dict[str, str]:
    """What is read, by language: summary and body, one line per block."""
    held = {
        code: [
            str((resource.abstract or {}).get(code) or ""),
            blocks.words((resource.body or {}).get(code) or []),
        ]
        for code in spoken(resource)
    }
    return {code: text for code, parts in held.items() if (text := "\n".join(part for part in parts if part))}


def subject_of(resource: Resource) -> str:
    """Its name among audits."""
    return f"resource:{resource.ref}"


def gate_facts(resource: Resource, on: date, *, with_pages: bool = True) -> GateFacts:
    """All facts that the checks look at; without the page itself where only what its editor fills in is
    asked for.
    """
    files = files_of(resource)
    shown = spoken(resource) if with_pages else []
    pages = {code: html for code in shown if (html := page_of(resource, code))}
    passed = resource.steps.filter(
        before=ResourceState.CHILD_SAFETY_CHECK, after=ResourceState.GATE_CHECK
    ).exists()
    return GateFacts(
        content=content_of(resource),
        files=[(row.kind, row.mime, row.language) for row in files],
        parts=[part.state in LIVE for part in parts_of(resource)],
        day=on,
        was_checked_for_children=passed,
        texts=words_of(resource),
        read={
            code: said
            for code in spoken(resource)
            if (said := blocks.words((resource.body or {}).get(code) or []))
        },
        captions=[(row.name, _text(row)) for row in files if row.kind == "captions"],
        pdfs=[_marks(row) for row in files if row.mime == "application/pdf"],
        pages=pages,
        audits=audits_of(subject_of(resource), {digest_of(html) for html in pages.values()}),
        needs_browser=bool(settings.GATE_NEEDS_BROWSER),
    )


def refusals(resource: Resource, on: date) -> list[str]:
    """Codes of the checks for which publishing would be refused on that day, for any reviewer.

    Two answers are still open during review: a person makes the child-safety check, and the browser, where
    there is one, may not have audited yet.
    """
    facts = gate_facts(resource, on)
    return refused(facts, publish_gate.judge(facts))


def refused(facts: GateFacts, results: Sequence[Result]) -> list[str]:
    """The same of facts that have been judged."""
    to_come = {
        "child_safety",
        *(one.check for one in results if one.outcome is Outcome.NOT_RUN and settings.CHROMIUM),
    }
    return [code for code in publish_gate.failing(facts, results) if code not in to_come]


def audits_of(subject: str, digests: set[str]) -> dict[str, list[Finding]]:
    """Browser findings by check; only checks that saw every one of these texts exactly as they are."""
    latest: dict[tuple[str, str], Audit] = {}
    for row in Audit.objects.filter(subject=subject, digest__in=digests).order_by("at", "pk"):
        latest[row.check_code, row.digest] = row
    found: dict[str, list[Finding]] = {}
    for check in {check for check, _digest in latest}:
        rows = [latest[check, one] for one in digests if (check, one) in latest]
        if len(rows) == len(digests):
            found[check] = [
                Finding(one["why"], one.get("where", ""), one.get("text", ""))
                for row in rows
                for one in row.findings
            ]
    return found


def last_audit(subject: str) -> Audit | None:
    """The latest browser audit of a text."""
    found: Audit | None = (
        Audit.objects.filter(subject=subject).exclude(digest="").order_by("-at", "-pk").first()
    )
    return found


def pdf_marks(name: str, content: bytes) -> PdfMarks:
    """What a PDF declares about itself: whether it is tagged, whether it names its language."""
    try:
        found = media.check_pdf(content)
    except media.FileRefused:
        return PdfMarks(name, is_readable=False)
    return PdfMarks(name, is_tagged=found.tagged, has_language=bool(found.language))


def _marks(row: Rendition) -> PdfMarks:
    """The same, as it was found when the file was uploaded; older files are read again."""
    facts = row.media.facts if row.media is not None else {}
    if "tagged" not in facts:
        return pdf_marks(row.name, media.read(row.media) if row.media is not None else b"")
    return PdfMarks(row.name, is_tagged=facts["tagged"], has_language=bool(facts["language"]))


def _text(row: Rendition) -> str:
    return media.read(row.media).decode("utf-8", "replace") if row.media is not None else ""
