"""The checks of the publish gate, one small function each: what fails and where; no finding is a pass.

A check returns findings, or None where it does not apply. Codes, and whether a check may be overridden, are
in the vocabulary `gate_checks`; this table and the vocabulary name the same checks (a test compares them).
"""

import re
from collections.abc import Callable, Iterable

from sauga.kernel import i18n, vocab
from sauga.kernel.i18n import Personal, find_personal, readability
from sauga.kernel.media import captions
from sauga.repository.resources.rules import markup, metadata
from sauga.repository.resources.rules.gate_facts import Finding, GateFacts

type Findings = list[Finding] | None
type Check = Callable[[GateFacts], Findings]

NO_LANGUAGE = "zxx"
"""A film without speech."""
PACKAGED = ("application/zip", "application/x-h5p", "text/html")
PERSONAL = {
    Personal.PHONE,
    Personal.PERSONAL_CODE,
    Personal.ACCOUNT,
    Personal.EMAIL,
    Personal.HANDLE,
    Personal.IP,
}
"""What identifies a person and has no place in a published text."""
ROLES = (
    "info",
    "labas",
    "pagalba",
    "pastas",
    "office",
    "help",
    "contact",
    "kontaktai",
    "redakcija",
    "biblioteka",
    "mokykla",
)
"""A mailbox of an office is not a person's."""
FREEPHONE = re.compile(r"(?:\+?370|8|0)[\s-]*800\b")
"""A number that is free for the caller belongs to a line, not to a person."""


def _metadata(facts: GateFacts) -> Findings:
    return [Finding("missing", name) for name in metadata.missing(facts.content)]


def _axe(facts: GateFacts) -> Findings:
    """Only a browser can tell; `publish_gate.judge` knows when none has audited."""
    return list(facts.audits.get("axe", ()))


def _on_pages(facts: GateFacts, check: Callable[[str], Iterable[Finding]]) -> Findings:
    if not facts.pages:
        return None
    found = [(language, one) for language, html in facts.pages.items() for one in check(html)]
    return [
        Finding(one.why, one.where or language, one.text, one.counted, one.allowed) for language, one in found
    ]


def _html(facts: GateFacts) -> Findings:
    return _on_pages(facts, lambda html: [*markup.html_findings(html), *markup.structure_findings(html)])


def _features(facts: GateFacts) -> set[str]:
    return set((facts.content.get("accessibility") or {}).get("features") or ())


def _has(facts: GateFacts, *kinds: str) -> bool:
    return any(held in kinds for held, _mime, _language in facts.files)


def _alt_text(facts: GateFacts) -> Findings:
    """Images on the page; image files need a description that travels with them."""
    found = _on_pages(facts, markup.alt_findings) or []
    pictures = [
        mime
        for kind, mime, _language in facts.files
        if kind in {"main", "print_ready"} and mime.startswith("image/")
    ]
    if (
        pictures
        and not _features(facts) & {"alternativeText", "longDescription"}
        and not _has(facts, "text_version")
    ):
        found.append(Finding("files_without_description", counted=len(pictures)))
    return found


def _captions(facts: GateFacts) -> Findings:
    """Every spoken language has captions, a film without speech has some, and no caption overlaps another."""
    heard = {
        language
        for kind, mime, language in facts.files
        if kind in {"main", "audio_description"} and mime.startswith("video/")
    }
    written = {language for kind, _mime, language in facts.files if kind == "captions"}
    spoken = heard - {NO_LANGUAGE}
    found = [Finding("captions_missing", language) for language in sorted(spoken - written)]
    if not written and not spoken:
        found.append(Finding("captions_none"))
    faults = [(name, one) for name, text in facts.captions for one in captions.faults(text)]
    return found + [Finding(one.why, name, one.where) for name, one in faults]


def _transcript(facts: GateFacts) -> Findings:
    return [] if _has(facts, "transcript") else [Finding("file_missing", "transcript")]


def _audio_description(facts: GateFacts) -> Findings:
    described = _has(facts, "audio_description") or "audioDescription" in _features(facts)
    return [] if described else [Finding("file_missing", "audio_description")]


def _tagged_pdf(facts: GateFacts) -> Findings:
    found: list[Finding] = []
    for marks in facts.pdfs:
        if not marks.is_readable:
            found.append(Finding("pdf_unreadable", marks.name))
        elif not marks.is_tagged:
            found.append(Finding("pdf_untagged", marks.name))
        elif not marks.has_language:
            found.append(Finding("pdf_language", marks.name))
    return found if facts.pdfs else None


def _keyboard(facts: GateFacts) -> Findings:
    """The page by its markup and, where a browser audited, by keyboard; for a package its editor confirms
    it.
    """
    found = _on_pages(facts, markup.keyboard_findings) or []
    packaged = any(kind == "main" and mime in PACKAGED for kind, mime, _language in facts.files)
    asked = "keyboard" in types_checks(facts)
    if asked and packaged and not _features(facts) & {"structuralNavigation", "ARIA"}:
        found.append(Finding("keyboard_unsaid"))
    return [*found, *facts.audits.get("keyboard", ())]


def _print_fallback(facts: GateFacts) -> Findings:
    printed = any(
        mime == "application/pdf"
        for kind, mime, _language in facts.files
        if kind in {"main", "print_ready", "text_version"}
    )
    return [] if printed else [Finding("file_missing", "print_ready")]


def _text_version(facts: GateFacts) -> Findings:
    return (
        []
        if _has(facts, "text_version", "transcript") or facts.content.get("body")
        else [Finding("file_missing", "text_version")]
    )


def _editable_source(facts: GateFacts) -> Findings:
    return [] if _has(facts, "editable_source") else [Finding("file_missing", "editable_source")]


def _reading_level(facts: GateFacts) -> Findings:
    """The text, for its readers; the summary is in the catalogue and read by adults who choose."""
    level = str(facts.content.get("reading_level") or "adult")
    shelf = level if level == "expert" else "adult"
    summaries = {code: str(text) for code, text in (facts.content.get("abstract") or {}).items()}
    found: list[Finding] = []
    for texts, readers in ((facts.read, level), (summaries, shelf)):
        for language, text in texts.items():
            for trouble in readability.troubles(text, language, readers):
                found.append(
                    Finding(
                        f"reading_{trouble.why}", language, trouble.text, trouble.counted, trouble.allowed
                    )
                )
    return found


def _both_languages(facts: GateFacts) -> Findings:
    return [
        *(
            Finding("language_lacks", code)
            for code in ("lt", "en")
            if code not in facts.content.get("languages", [])
        ),
        *other_language(facts),
    ]


def other_language(facts: GateFacts) -> list[Finding]:
    """Texts labelled as one language and written in the other: a missing translation."""
    texts = [
        *facts.texts.items(),
        *((code, str(text)) for code, text in (facts.content.get("title") or {}).items()),
    ]
    return [
        Finding("language_other", code, text.strip())
        for code, text in texts
        if i18n.written_in(text) not in {"", code}
    ]


def _help_block(facts: GateFacts) -> Findings:
    """A topic that needs a help block has a help service."""
    topics = [
        vocab.term("topics", code)
        for code in facts.content.get("topics", [])
        if vocab.has_term("topics", code)
    ]
    asking = [topic.code for topic in topics if topic.extra.get("help_block_required")]
    if not asking:
        return None
    return [] if facts.content.get("help_services") else [Finding("help_missing", code) for code in asking]


def _licence(facts: GateFacts) -> Findings:
    licence = facts.content.get("licence")
    if not licence:
        return [Finding("licence_missing")]
    return [Finding("licence_closed", str(licence))] if licence == "all_rights_reserved" else []


def _personal_data(facts: GateFacts) -> Findings:
    found: list[Finding] = []
    for language, text in facts.texts.items():
        for one in find_personal(text):
            said = text[one.start : one.end]
            office = one.kind is Personal.EMAIL and said.split("@")[0].lower() in ROLES
            freephone = one.kind is Personal.PHONE and FREEPHONE.match(said)
            if one.kind in PERSONAL and one.certain and not office and not freephone:
                found.append(Finding(f"personal_{one.kind}", language, said))
    return found


def _no_third_party(facts: GateFacts) -> Findings:
    found = _on_pages(facts, markup.outside_findings)
    seen = list(facts.audits.get("no_third_party", ()))
    return seen if found is None and seen else None if found is None else [*found, *seen]


def _child_safety(facts: GateFacts) -> Findings:
    if facts.content.get("sensitivity", "normal") == "normal":
        return None
    return [] if facts.was_checked_for_children else [Finding("second_person")]


def _all_parts_published(facts: GateFacts) -> Findings:
    if facts.content["type"] != "toolkit" and not facts.parts:
        return None
    waiting = sum(not published for published in facts.parts)
    return (
        [Finding("parts_waiting", counted=waiting)]
        if waiting
        else []
        if facts.parts
        else [Finding("parts_missing")]
    )


def _review_date(facts: GateFacts) -> Findings:
    review_by = facts.content.get("review_by")
    if review_by is None:
        return [Finding("review_missing")]
    return [] if review_by > facts.day else [Finding("review_passed", text=review_by.isoformat())]


CHECKS: dict[str, Check] = {
    "metadata": _metadata,
    "axe": _axe,
    "html": _html,
    "alt_text": _alt_text,
    "captions": _captions,
    "transcript": _transcript,
    "audio_description": _audio_description,
    "tagged_pdf": _tagged_pdf,
    "keyboard": _keyboard,
    "print_fallback": _print_fallback,
    "text_version": _text_version,
    "editable_source": _editable_source,
    "reading_level": _reading_level,
    "both_languages": _both_languages,
    "help_block": _help_block,
    "licence": _licence,
    "personal_data": _personal_data,
    "no_third_party": _no_third_party,
    "child_safety": _child_safety,
    "all_parts_published": _all_parts_published,
    "review_date": _review_date,
}
BY_TYPE = frozenset(
    {
        "captions",
        "transcript",
        "audio_description",
        "tagged_pdf",
        "print_fallback",
        "text_version",
        "editable_source",
    }
)
"""Checks that count only for types whose term names them under `gate`."""


def types_checks(facts: GateFacts) -> frozenset[str]:
    """What the resource's type requires beyond the common checks."""
    kind = str(facts.content.get("type") or "")
    return (
        frozenset(vocab.term("resource_types", kind).extra.get("gate", ()))
        if vocab.has_term("resource_types", kind)
        else frozenset()
    )
