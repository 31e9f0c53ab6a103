"""Search over everything public. A question is answered and forgotten: it is stored nowhere."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection

from sauga.kernel import statements, vocab
from sauga.kernel.i18n import fold, search_stems, search_words, sort_key
from sauga.repository.search.models import ChildWords, SearchEntry, SearchWord
from sauga.repository.search.rules import distress, lexemes
from sauga.repository.search.rules.lexemes import Question

PAGE = 20
MOST_IN_TITLES, MOST_HITS = 300, 600
"""More than anyone pages through; above that the page says “more than”.

Cost grows with the number of hits.
"""
MOST_TOPIC_PAGES = 40
FACETS = ("kind", "topic", "audience", "type")
LIKE = 0.34
"""Similarity (pg_trgm) from which a word counts as the one that was meant."""
HITS = """
WITH asked AS (SELECT %(asked)s::tsquery AS q),
hit AS MATERIALIZED (
  (SELECT id FROM repository_searchentry, asked WHERE titles @@ q
    AND language = %(language)s LIMIT %(titles)s)
  UNION
  (SELECT id FROM repository_searchentry, asked WHERE vector @@ q AND language = %(language)s LIMIT %(hits)s)
)
SELECT e.id, e.kind, e.type, e.topics, e.audiences
FROM hit JOIN repository_searchentry e USING (id), asked
ORDER BY ts_rank('{0.05, 0.25, 0.6, 1.0}', e.vector, q) DESC, e.day DESC, e.id
"""
NEAREST = """
SELECT word FROM repository_searchword
WHERE language = %s AND word %% %s ORDER BY similarity(word, %s) DESC, word LIMIT 1
"""
type Addresses = Callable[[list[str], str], Mapping[str, str]]
_addresses: dict[str, Addresses] = {}


def register_addresses(kind: str, addresses: Addresses) -> None:
    """Register where texts of a kind are found: a function of their keys and the language. Called by the
    owner of the pages.
    """
    _addresses[kind] = addresses


@dataclass(frozen=True)
class Hit:
    """One text found."""

    entry: SearchEntry
    href: str
    said: list[tuple[str, bool]]
    named: list[tuple[str, bool]]


@dataclass(frozen=True)
class TopicPage:
    """A page that introduces one topic."""

    title: str
    href: str


@dataclass(frozen=True)
class Found:
    """An answer. `meant` is the question as understood where that differs; `is_capped`: more than were
    counted.

    `needs_help`: the words suggest distress, so help comes first and only `topic_pages` on the same subject
    follow (`with_results`: unless results were asked for expressly). `is_of_own_picture`: the words speak of
    a picture of the person who asks, so its removal is offered.

    Where nothing was found at all, there are only `topic_pages`. `help_language` is that of the question.
    """

    hits: list[Hit]
    total: int
    facets: dict[str, dict[str, int]]
    pages: int
    asked: Question
    meant: str = ""
    is_loose: bool = False
    is_capped: bool = False
    needs_help: bool = False
    with_results: bool = False
    wants_to_report: bool = False
    is_of_own_picture: bool = False
    help_language: str = ""
    topic_pages: list[TopicPage] = field(default_factory=list)
    elsewhere: int = 0
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def search(
    text: str,
    language: str,
    chosen: Mapping[str, tuple[str, ...]] | None = None,
    page: int = 1,
    *,
    with_results: bool = False,
) -> Found:
    """Answer a question in a language: as a whole, else with typing errors corrected, else by any of its
    words.

    Words of distress are answered with help and without results, unless results are asked for
    (`with_results`).
    """
    asking, topics, needs_help = _distress(text, language)
    if needs_help and not with_results:
        return _help_first(text, language, asking, topics)
    return replace(
        _answer(text, language, chosen or {}, page, asking=asking, topics=topics),
        needs_help=needs_help,
        with_results=needs_help,
        is_of_own_picture=needs_help and distress.OWN_PICTURE in asking.topics,
    )


def speaks_of_distress(text: str, language: str) -> bool:
    """Whether help comes first for these words."""
    return _distress(text, language)[2]


def _distress(text: str, language: str) -> tuple[distress.Judgement, list[str], bool]:
    """What the word lists say, the topics that staff keep children's words for, and whether help comes first
    by one or the other.
    """
    asking = distress.judge(text, language)
    rows = _child_words(text, [*distress.spoken(), language])
    topics = _topics_of(rows, language)
    staff_say_so = any(
        _asks_for_help(topic) and phrase not in _shipped(topic)
        for code, topic, phrase in rows
        if code in distress.spoken()
    )
    return asking, topics, asking.needs_help or (staff_say_so and not distress.is_about_teaching(text))


def _shipped(topic: str) -> set[str]:
    extra = vocab.term("topics", topic).extra
    return {
        " ".join(search_words(phrase))
        for code in ("lt", "en")
        for phrase in extra.get(f"search_{code}") or []
    }


def _child_words(text: str, languages: Iterable[str]) -> list[tuple[str, str, str]]:
    """Language, topic and phrase of the words of children whose stems all occur in the text, language by
    language. Staff keep them for topics; shipped words only name topics, and the word lists, which know more
    than a topic, judge them.
    """
    held = {code: _stems_of(text, code) for code in dict.fromkeys(languages)}
    every = sorted(frozenset[str]().union(*held.values()))
    rows = _words_with(languages=list(held), stems=every) if every else []
    return [
        (code, topic, phrase)
        for code, stems, topic, phrase in rows
        if held[code] and held[code].issuperset(stems)
    ]


def _stems_of(text: str, language: str) -> frozenset[str]:
    words = lexemes.question(text, language).words
    return frozenset(stem for word in words for stem in search_stems(fold(word), language))


@statements.prepared
def _words_with(*, languages: list[str], stems: list[str]) -> Any:
    rows = ChildWords.objects.filter(language__any_of=languages, removed_at__isnull=True)
    rows = rows.filter(stems__contained_by=statements.codes(stems))
    return rows.order_by("pk").values_list("language", "stems", "topic", "phrase")


def _help_first(text: str, language: str, asking: distress.Judgement, topics: list[str]) -> Found:
    about = [*asking.topics, *(code for code in topics if _asks_for_help(code))]
    return Found(
        hits=[],
        total=0,
        facets={name: {} for name in FACETS},
        pages=1,
        asked=lexemes.question(text, language, topics),
        needs_help=True,
        wants_to_report=asking.wants_to_report,
        is_of_own_picture=distress.OWN_PICTURE in about,
        help_language=asking.language or language,
        topic_pages=topic_pages(language, about) if about else [],
    )


def _answer(
    text: str,
    language: str,
    chosen: Mapping[str, tuple[str, ...]],
    page: int,
    *,
    asking: distress.Judgement,
    topics: Sequence[str],
) -> Found:
    asked, rows, meant, loose = _understood(text, language, topics)
    kept = [row for row in rows if all(_fits(row, name, codes) for name, codes in chosen.items())]
    pages = max(1, -(-len(kept) // PAGE))
    page = min(max(1, page), pages)
    shown = [row[0] for row in kept[(page - 1) * PAGE : page * PAGE]]
    return Found(
        hits=_shown(shown, asked, language),
        total=len(kept),
        facets={name: _counted(rows, name, chosen) for name in FACETS},
        pages=pages,
        asked=asked,
        meant=meant,
        is_loose=loose,
        is_capped=len(rows) >= MOST_HITS,
        wants_to_report=asking.wants_to_report,
        help_language=asking.language or language,
        topic_pages=[] if kept else topic_pages(language),
        elsewhere=0
        if rows
        else len(_hits(lexemes.question(text, _other(language)).tsquery, _other(language))),
        chosen=chosen,
    )


def topic_pages(language: str, topics: Iterable[str] | None = None) -> list[TopicPage]:
    """Pages that introduce topics, by title: the given topics, or all."""
    rows = _about_topics(language=language, topics=list(topics or ()), is_any=topics is None)
    found = sorted(rows, key=lambda row: sort_key(row.title))
    hrefs = _addresses["page"]([row.key for row in found], language) if found and "page" in _addresses else {}
    return [TopicPage(row.title, hrefs[row.key]) for row in found if row.key in hrefs]


@statements.fetched
def _about_topics(*, language: str, topics: list[str], is_any: bool) -> Any:
    rows = SearchEntry.objects.filter(kind="page", language=language).exclude(topics=[])
    if not is_any:
        rows = rows.filter(topics__overlap=statements.codes(topics))
    return rows.only("key", "title")[:MOST_TOPIC_PAGES]


def resource_refs(text: str, language: str) -> list[str]:
    """Resources that a question finds, best first: those of the page's language, else those of the other."""
    for code in (language, _other(language)):
        ids = [row[0] for row in _understood(text, code, topics_meant(text, code))[1] if row[1] == "resource"]
        if ids:
            held = dict(_keys(ids=ids))
            return [held[pk] for pk in ids if pk in held]
    return []


@statements.prepared
def _keys(*, ids: list[int]) -> Any:
    return SearchEntry.objects.filter(pk__any_of=ids).values_list("pk", "key")


def topics_meant(text: str, language: str) -> list[str]:
    """Topics that the words mean according to the words staff keep."""
    return _topics_of(_child_words(text, [language]), language)


def _topics_of(rows: Iterable[tuple[str, str, str]], language: str) -> list[str]:
    return list(dict.fromkeys(topic for code, topic, _phrase in rows if code == language))


def words_by_topic(language: str) -> dict[str, int]:
    """How many words of children are kept for each topic of the vocabulary; 0 where there are none yet."""
    held = Counter(
        ChildWords.objects.filter(language=language, removed_at__isnull=True).values_list("topic", flat=True)
    )
    return {term.code: held[term.code] for term in vocab.terms("topics")}


def words_of(language: str, topic: str, *, retired: bool = False) -> list[ChildWords]:
    """Current or former words for a topic, in alphabetical order."""
    rows = ChildWords.objects.filter(language=language, topic=topic, removed_at__isnull=not retired)
    return sorted(rows, key=lambda row: sort_key(row.phrase))


def words_for(key: int) -> ChildWords | None:
    """One of them."""
    return ChildWords.objects.filter(pk=key).first()


def _understood(text: str, language: str, topics: Sequence[str]) -> tuple[Question, list[Any], str, bool]:
    asked = lexemes.question(text, language, topics)
    if not asked.words:
        return asked, [], "", False
    rows = _hits(asked.tsquery, language)
    if rows:
        return asked, rows, "", False
    meant = " ".join(_nearest(word, language) or word for word in asked.words)
    if meant != " ".join(asked.words):
        again = lexemes.question(meant, language, topics_meant(meant, language))
        if rows := _hits(again.tsquery, language):
            return again, rows, meant, False
    rows = _hits(asked.loosely, language) if len(asked.words) > 1 else []
    return asked, rows, "", bool(rows)


def _hits(asked: str, language: str) -> list[Any]:
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            HITS, {"asked": asked, "language": language, "titles": MOST_IN_TITLES, "hits": MOST_HITS}
        )
        return list(cursor.fetchall())


def _nearest(word: str, language: str) -> str:
    """The most similar word of our texts; empty when it occurs as typed or nothing is similar."""
    plain = fold(word)
    if len(plain) < 4 or _word(language=language, word=plain):
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, false)", [str(LIKE)])
        cursor.execute(NEAREST, [language, plain, plain])
        found = cursor.fetchone()
    return str(found[0]) if found else ""


@statements.prepared
def _word(*, language: str, word: str) -> Any:
    return SearchWord.objects.filter(language=language, word=word).values_list("pk")[:1]


def _other(language: str) -> str:
    return "en" if language == "lt" else "lt"


def _value(row: Any, name: str) -> list[str]:
    _id, kind, type_, topics, audiences = row
    values: dict[str, list[str]] = {
        "kind": [kind],
        "type": [type_] if type_ else [],
        "topic": topics,
        "audience": audiences,
    }
    return values[name]


def _fits(row: Any, name: str, codes: Iterable[str]) -> bool:
    return name not in FACETS or bool(set(_value(row, name)) & set(codes))


def _counted(rows: list[Any], name: str, chosen: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """How many texts each choice of a facet would show while the other facets stay as chosen."""
    others = {other: codes for other, codes in chosen.items() if other != name and codes}
    kept = (
        [row for row in rows if all(_fits(row, other, codes) for other, codes in others.items())]
        if others
        else rows
    )
    return dict(Counter(code for row in kept for code in _value(row, name)).most_common())


def _shown(ids: list[int], asked: Question, language: str) -> list[Hit]:
    rows = {row.pk: row for row in _entries(keys=ids)}
    entries = [rows[pk] for pk in ids if pk in rows]
    hrefs: dict[tuple[str, str], str] = {}
    for kind in {entry.kind for entry in entries}:
        keys = [entry.key for entry in entries if entry.kind == kind]
        found = _addresses[kind](keys, language) if kind in _addresses else {}
        hrefs.update({(kind, key): href for key, href in found.items()})
    return [
        Hit(entry, hrefs.get((entry.kind, entry.key), ""), _excerpt(entry, asked), _named(entry, asked))
        for entry in entries
    ]


@statements.fetched
def _entries(*, keys: list[int]) -> Any:
    return SearchEntry.objects.filter(pk__any_of=keys).defer("vector", "titles")


def _named(entry: SearchEntry, asked: Question) -> list[tuple[str, bool]]:
    """The title with the searched words marked."""
    return lexemes.excerpt(entry.title, asked, longest=len(entry.title) + 1)


def _excerpt(entry: SearchEntry, asked: Question) -> list[tuple[str, bool]]:
    """Where the words occur: in the summary, else in the text, else its beginning."""
    for text in (entry.summary, entry.body[:4000]):
        said = lexemes.excerpt(text, asked) if text else []
        if any(is_hit for _piece, is_hit in said):
            return said
    return lexemes.excerpt(entry.summary or entry.body[:400], asked)


def _asks_for_help(topic: str) -> bool:
    return vocab.has_term("topics", topic) and bool(
        vocab.term("topics", topic).extra.get("help_block_required")
    )
