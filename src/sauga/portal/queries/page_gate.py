"""The facts that the gate checks of a page: texts, media, links, the page as visitors will see it, browser
audits.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.core.files.base import File

from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import languages
from sauga.portal.blocks.advice import flat
from sauga.portal.models.articles import NewsIndexPage, PartnersPage
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import AudiencePage, HomePage, TopicIndexPage
from sauga.portal.models.media import Attachment, Picture, Video
from sauga.portal.models.page_gate import GateException
from sauga.portal.models.prepared import PreparedBlock
from sauga.portal.queries import editor_validation, links
from sauga.portal.queries.around import whom_of
from sauga.portal.queries.desk import MAIN, said_in
from sauga.portal.rules import page_checks
from sauga.portal.rules.page_checks import Film, PageFacts
from sauga.repository.resources.models import Audit
from sauga.repository.resources.queries import publish_gate as shared
from sauga.repository.resources.rules import publish_gate
from sauga.repository.resources.rules.gate_facts import Finding, PdfMarks, Result

LANGUAGES = tuple(row.code for row in languages.for_editors())
RELEASE = version("sauga")
BY_ITSELF = (HomePage, NewsIndexPage, PartnersPage, AudiencePage, TopicIndexPage)
"""Kinds that are not asked for whom they are: they say so by what they are."""
OWN_WORDS = ("answer", "motto", "app", "maker")
FEWEST_WORDS = 3
"""A name or a title may be the same in two languages."""
type Face = Callable[[PortalPage], str]
_faces: list[Face] = []


def register_page(face: Face) -> None:
    """Register how a page is rendered, also before publication. Called once by the owner of the pages."""
    _faces[:] = [face]


def page_of(page: PortalPage) -> str:
    """The markup of a page, of the version that the object holds."""
    return _faces[0](page) if _faces else ""


def newest(page: PortalPage) -> PortalPage:
    """The newest version of a page: what would go live."""
    revision = page.get_latest_revision()
    found: PortalPage = revision.as_object() if revision is not None else page.specific
    return found


def subject_of(page: PortalPage) -> str:
    """Its name among audits."""
    return f"page:{page.pk}"


def kind_of(page: PortalPage) -> str:
    """Its kind among audits."""
    return f"portal.{page.specific_class._meta.model_name}"


def digest_of(page: PortalPage) -> str:
    """The digest by which an audit recognises its page: everything an editor wrote, and the styles of this
    release.

    Automatic content (news, landing pages, partners) changes daily and is checked where it is written.
    """
    own = {
        field.name: field.value_to_string(page)
        for field in page._meta.concrete_fields
        if field.model is type(page) and not field.is_relation
    }
    words = {name: getattr(page, name) for name in ("title", "seo_title", "summary", "level")}
    held = {
        **own,
        **words,
        "body": page.body.get_prep_value(),
        "sources": page.sources.get_prep_value(),
        "language": page.language_tag,
        "release": RELEASE,
    }
    return hashlib.sha256(json.dumps(held, sort_keys=True, default=str).encode()).hexdigest()


def words_of(page: PortalPage, *, advice: bool = True) -> str:
    """Everything of the text itself that is read, one line per block; without what is for one group of
    readers if `advice` is false.
    """
    own = [str(getattr(page, name, "") or "") for name in OWN_WORDS]
    picks = getattr(page, "picks", None)
    body = [one for one in page.body.get_prep_value() if advice or one["type"] != "advice"]
    blocks = [*said_in(body), *(said_in(picks.get_prep_value()) if picks else ())]
    return _lines((*own, *blocks))


def advice_of(page: PortalPage) -> list[tuple[str, str]]:
    """What the page says to single groups of readers: the audience and the words."""
    stored = [one["value"] for one in page.body.get_prep_value() if one["type"] == "advice"]
    return [(value["reader"], _lines(said_in(value["body"]))) for value in stored]


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(line.strip() for line in texts if line.strip())


def exceptions_of(page: PortalPage) -> list[dict[str, Any]]:
    """Exceptions not ended, in the form the gate reads."""
    return [
        {
            "check": row.check_code,
            "reason": {code: said for code, said in (("lt", row.reason_lt), ("en", row.reason_en)) if said},
            "until": row.until.isoformat(),
            "by": row.given_by,
        }
        for row in GateException.objects.standing().filter(page_id=page.pk).order_by("given_at")
    ]


def page_facts(page: PortalPage, at: datetime) -> PageFacts:
    """Everything that the checks look at, of the version that the object holds."""
    language = str(page.locale.language_code)
    audiences, topics = whom_of(page)
    blocks = list(blocks_of(page))
    html = page_of(page)
    said, common = words_of(page), words_of(page, advice=False)
    day = at.astimezone(VILNIUS).date()
    level = page_checks.level_of(page.level, audiences)
    files = list(held(blocks, Attachment))
    shown = [row for row in held(blocks, PreparedBlock) if row.confirmed]
    media: list[Picture | Attachment] = [*held(blocks, Picture), *files]
    return PageFacts(
        content={
            "type": "",
            "audiences": audiences,
            "topics": topics,
            "reading_level": level,
            "abstract": {language: page.summary},
            "review_by": page.review_by,
            "gate_overrides": exceptions_of(page),
        },
        files=[],
        parts=[],
        day=day,
        texts={language: "\n".join([page.summary, said, *(row.words(language) for row in shown)])},
        read={language: common} if common else {},
        advice=[
            *((page_checks.level_of(page.level, [code]), {language: text}) for code, text in advice_of(page)),
            *((row.level, {language: row.words(language)}) for row in shown),
        ],
        pdfs=[_marks(row) for row in files if row.filename.lower().endswith(".pdf")],
        pages={language: html} if html else {},
        audits=shared.audits_of(subject_of(page), {digest_of(page)}),
        needs_browser=bool(settings.GATE_NEEDS_BROWSER),
        checks=page_checks.CHECKS,
        asks_whom=not isinstance(page, BY_ITSELF),
        films=[_film(row) for row in held(blocks, Video)],
        rights=[(row.title, row.rights and row.rights_holder) for row in media],
        links=links.faults(page, at),
        offers_help=any(kind == "help" for kind, _value in blocks) or any(row.services for row in shown),
        lacks=_lacking(page, language),
        unfit=editor_validation.unfit(page),
        copied=_copied(page, said),
        named={"title": page.title, "summary": page.summary},
    )


def judge(page: PortalPage, at: datetime) -> tuple[PageFacts, list[Result]]:
    """The gate's results for a version."""
    facts = page_facts(page, at)
    return facts, publish_gate.judge(facts)


def last_audit(page: PortalPage) -> Audit | None:
    """The latest browser audit of the page."""
    return shared.last_audit(subject_of(page))


def fallen() -> list[PortalPage]:
    """Live pages that would no longer pass, in tree order; the codes are in `gate_word.failing`."""
    rows = PortalPage.objects.live().exclude(gate_word__failing=[]).filter(gate_word__isnull=False)
    return list(rows.select_related("locale", "gate_word").order_by("path"))


def blocks_of(page: PortalPage) -> Iterator[tuple[str, Any]]:
    """Kind and value of each block of the body, also of those within advice."""
    yield from ((block.block_type, block.value) for block in flat(page.body))


def held[T](blocks: list[tuple[str, Any]], kind: type[T]) -> Iterator[T]:
    """Media of one kind among blocks, each once."""
    seen: set[Any] = set()
    for _type, value in blocks:
        for one in value.values() if hasattr(value, "values") else ():
            if isinstance(one, kind) and getattr(one, "pk", None) not in seen:
                seen.add(getattr(one, "pk", None))
                yield one


LARGEST_READ = 60 * 1024 * 1024


def _film(row: Video) -> Film:
    return Film(
        row.title, row.language, _text(row.captions), row.transcript, row.rights and row.rights_holder
    )


def _text(file: Any) -> str:
    content = _bytes(file)
    return content.decode("utf-8", "replace")


def _bytes(file: Any) -> bytes:
    if not file or not file.storage.exists(file.name) or file.size > LARGEST_READ:
        return b""
    with file.storage.open(file.name) as stored:
        held: File[bytes] = stored
        return bytes(held.read())


def _marks(row: Attachment) -> PdfMarks:
    return shared.pdf_marks(row.title, _bytes(row.file))


def _copied(page: PortalPage, said: str) -> list[Finding]:
    """Passages of a translation that equal the source: not translated."""
    language = str(page.locale.language_code)
    if language == MAIN:
        return []
    source = PortalPage.objects.filter(
        translation_key=page.translation_key, locale__language_code=MAIN
    ).first()
    if source is None:
        return []
    original = newest(source)
    pairs = ((page.summary, original.summary), (said, words_of(original)))
    return [
        Finding("page_copied", language, one)
        for one, other in pairs
        if len(one.split()) >= FEWEST_WORDS and one == other
    ]


def _lacking(page: PortalPage, language: str) -> list[str]:
    """Languages in which the text has not been started. A simplified version is not asked: its main text
    is.
    """
    if page.main_id is not None:
        return []
    others = set(
        PortalPage.objects.filter(translation_key=page.translation_key)
        .exclude(pk=page.pk)
        .values_list("locale__language_code", flat=True)
    )
    return [code for code in LANGUAGES if code != language and code not in others]
